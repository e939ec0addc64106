#include "build/score_table.h"

#include "base/bytes.h"
#include "model/score.h"

enum status score_table_init(struct score_table_builder *t,
                             const struct alloc *alloc, struct err *e)
{
    memset(t, 0, sizeof *t);
    t->alloc = alloc;
    hashmap_init(&t->keys, alloc);
    t->records = strmap_create(alloc);
    return t->records != NULL ? STATUS_OK : err_nomem(e);
}

void score_table_free(struct score_table_builder *t)
{
    hashmap_free(&t->keys);
    strmap_free(t->records);
    alloc_free(t->alloc, t->record, t->record_capacity * sizeof *t->record);
    memset(t, 0, sizeof *t);
}

enum status score_table_add(struct score_table_builder *t, uint64_t key,
                            const void *record, size_t size, struct err *e)
{
    uint32_t before = t->keys.count;
    uint32_t id = 0;
    void *ids = t->record;
    if (!alloc_grow(t->alloc, &ids, &t->record_capacity, (size_t)before + 1,
                    sizeof *t->record)) {
        return err_nomem(e);
    }
    t->record = ids;
    if (!hashmap_put(&t->keys, key, &id)) {
        return err_nomem(e);
    }
    if (id == before &&
        !strmap_put(t->records, slice_of(record, size), &t->record[id], NULL)) {
        return err_nomem(e);
    }
    return STATUS_OK;
}

uint32_t score_table_slots(size_t keys)
{
    uint32_t slots = 2;
    while (slots < keys * 2) {
        slots *= 2;
    }
    return slots;
}

enum status score_table_write(const struct score_table_builder *t,
                              struct buf *out, uint32_t *slots,
                              uint32_t *records, struct err *e)
{
    uint32_t n = score_table_slots(t->keys.count);
    if (!buf_reserve(out, (size_t)n * 12)) {
        return err_nomem(e);
    }
    uint8_t *keys = (uint8_t *)out->data + out->len;
    uint8_t *ids = keys + (size_t)n * 8;
    memset(keys, 0, (size_t)n * 12);
    out->len += (size_t)n * 12;
    for (size_t i = 0; i < t->keys.slots; i++) {
        uint64_t key = t->keys.keys[i];
        if (key == 0) {
            continue;
        }
        uint32_t at = score_slot(key, n);
        while (bytes_load64(keys + (size_t)at * 8) != 0) {
            at = (at + 1) & (n - 1);
        }
        bytes_store64(keys + (size_t)at * 8, key);
        bytes_store32(ids + (size_t)at * 4, t->record[t->keys.ids[i]]);
    }
    buf_fill(out, '\0', (8 - out->len % 8) % 8);
    *slots = n;
    *records = strmap_count(t->records);
    for (uint32_t i = 0; i < *records; i++) {
        buf_slice(out, strmap_key(t->records, i));
    }
    return buf_ok(out) ? STATUS_OK : err_nomem(e);
}
