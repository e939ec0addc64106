#include "build/entry_table.h"

#include "model/lexicon.h"

enum status entry_table_init(struct entry_table *t, const struct alloc *alloc,
                             uint32_t capacity, struct err *e)
{
    memset(t, 0, sizeof *t);
    t->alloc = alloc;
    t->capacity = capacity;
    buf_init(&t->facts, alloc);
    buf_init(&t->pairs, alloc);
    buf_init(&t->key, alloc);
    buf_init(&t->before, alloc);
    t->known = strmap_create(alloc);
    t->rows = alloc_get(alloc, capacity * sizeof *t->rows);
    return t->known != NULL && t->rows != NULL ? STATUS_OK : err_nomem(e);
}

void entry_table_free(struct entry_table *t)
{
    if (t->alloc != NULL) {
        strmap_free(t->known);
        buf_free(&t->facts);
        buf_free(&t->pairs);
        buf_free(&t->key);
        buf_free(&t->before);
        alloc_free(t->alloc, t->rows, t->capacity * sizeof *t->rows);
        memset(t, 0, sizeof *t);
    }
}

void entry_table_fact(struct entry_table *t, const struct entry_fact *fact)
{
    char record[ENTRIES_FACT] = {0};
    bytes_store32(record, fact->annotated);
    bytes_store32(record + 4, fact->occurrences);
    bytes_store16(record + 14, fact->label);
    record[16] = (char)fact->policy;
    record[17] = (char)fact->flags;
    bytes_store16(record + 18, (uint16_t)fact->priority);
    bytes_store16(record + 20, fact->trust);
    buf_clear(&t->key);
    buf_add(&t->key, record, sizeof record);
}

void entry_table_pair(struct entry_table *t, uint32_t label, uint32_t count)
{
    char pair[LEXICON_PAIR_SIZE];
    bytes_store32(pair, label);
    bytes_store32(pair + 4, count);
    buf_add(&t->key, pair, sizeof pair);
}

/* The number of the fact in t->key. Neighbours have mostly the same. */
static enum status find_fact(struct entry_table *t, uint32_t *out,
                             struct err *e)
{
    struct slice key = buf_view(&t->key);
    bool added = false;
    if (t->count > 0 && slice_eq(key, buf_view(&t->before))) {
        *out = t->last;
        return STATUS_OK;
    }
    if (!buf_ok(&t->key) || !strmap_put(t->known, key, &t->last, &added)) {
        return err_nomem(e);
    }
    if (added) {
        size_t at = t->facts.len;
        size_t pairs = key.len - ENTRIES_FACT;
        buf_add(&t->facts, key.data, ENTRIES_FACT);
        if (buf_ok(&t->facts)) {
            char *fact = t->facts.data + at;
            bytes_store32(fact + 8,
                          (uint32_t)(t->pairs.len / LEXICON_PAIR_SIZE));
            bytes_store16(fact + 12, (uint16_t)(pairs / LEXICON_PAIR_SIZE));
        }
        buf_add(&t->pairs, key.data + ENTRIES_FACT, pairs);
    }
    buf_clear(&t->before);
    buf_slice(&t->before, key);
    *out = t->last;
    return buf_ok(&t->facts) && buf_ok(&t->pairs) && buf_ok(&t->before)
               ? STATUS_OK
               : err_nomem(e);
}

enum status entry_table_add(struct entry_table *t, uint32_t name, uint32_t id,
                            uint32_t origin, struct err *e)
{
    uint32_t fact = 0;
    enum status s = find_fact(t, &fact, e);
    if (s == STATUS_OK) {
        uint32_t *to = t->rows[t->count++].values;
        to[ENTRIES_NAME] = name;
        to[ENTRIES_FACTS] = fact;
        to[ENTRIES_ID] = id;
        to[ENTRIES_ORIGIN] = origin;
    }
    return s;
}

static unsigned bits_of(const struct entry_table *t, unsigned column)
{
    uint32_t all = 0;
    unsigned bits = 0;
    for (uint32_t i = 0; i < t->count; i++) {
        all |= t->rows[i].values[column];
    }
    for (; all != 0; all >>= 1) {
        bits++;
    }
    return bits;
}

static void put_column(const struct entry_table *t, unsigned column,
                       unsigned bits, struct buf *out)
{
    uint64_t word = 0;
    unsigned used = 0;
    size_t end = out->len + (size_t)column_size(t->count, bits);
    char bytes[8];
    for (uint32_t i = 0; i < t->count && bits > 0; i++) {
        uint64_t value = t->rows[i].values[column];
        word |= value << used;
        used += bits;
        if (used >= 64) {
            bytes_store64(bytes, word);
            buf_add(out, bytes, sizeof bytes);
            used -= 64;
            word = used > 0 ? value >> (bits - used) : 0;
        }
    }
    bytes_store64(bytes, word);
    buf_add(out, bytes, sizeof bytes); /* also of the zeros behind */
    buf_fill(out, '\0', buf_ok(out) ? end - out->len : 0);
}

enum status entry_table_write(const struct entry_table *t, struct buf *out,
                              struct err *e)
{
    char header[ENTRIES_HEADER] = {0};
    unsigned bits[ENTRIES_COLUMNS];
    uint64_t size = sizeof header + t->facts.len;
    bytes_store32(header, t->count);
    bytes_store32(header + 4, (uint32_t)(t->facts.len / ENTRIES_FACT));
    for (unsigned k = 0; k < ENTRIES_COLUMNS; k++) {
        bits[k] = bits_of(t, k);
        header[8 + k] = (char)bits[k];
        size += column_size(t->count, bits[k]);
    }
    if (!buf_reserve(out, (size_t)size)) {
        return err_nomem(e);
    }
    buf_add(out, header, sizeof header);
    buf_slice(out, buf_view(&t->facts));
    for (unsigned k = 0; k < ENTRIES_COLUMNS; k++) {
        put_column(t, k, bits[k], out);
    }
    return buf_ok(out) ? STATUS_OK : err_nomem(e);
}
