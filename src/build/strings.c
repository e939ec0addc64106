#include "build/strings.h"

#include "base/digest.h"

enum { SLOTS_FIRST = 256 };

enum status strings_init(struct strings *p, const struct alloc *alloc,
                         struct err *e)
{
    memset(p, 0, sizeof *p);
    p->alloc = alloc;
    buf_init(&p->bytes, alloc);
    buf_byte(&p->bytes, '\0');
    return buf_ok(&p->bytes) ? STATUS_OK : err_nomem(e);
}

void strings_free(struct strings *p)
{
    if (p->alloc != NULL) {
        buf_free(&p->bytes);
        alloc_free(p->alloc, p->slots, p->slot_count * sizeof *p->slots);
        memset(p, 0, sizeof *p);
    }
}

/* Where a string's place stands, or is to stand. */
static size_t slot_of(const struct strings *p, const uint32_t *slots, size_t n,
                      struct slice s)
{
    size_t i = (size_t)digest_xxh64(s.data, s.len, 0) & (n - 1);
    while (slots[i] != 0) {
        const char *other = p->bytes.data + slots[i];
        if (p->bytes.len - slots[i] > s.len &&
            memcmp(other, s.data, s.len) == 0 && other[s.len] == '\0') {
            break;
        }
        i = (i + 1) & (n - 1);
    }
    return i;
}

/* Twice the slots, so that no more than half are ever full. */
static bool enlarge(struct strings *p)
{
    size_t n = p->slot_count == 0 ? SLOTS_FIRST : p->slot_count * 2;
    uint32_t *slots = alloc_get(p->alloc, n * sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    memset(slots, 0, n * sizeof *slots);
    for (size_t i = 0; i < p->slot_count; i++) {
        if (p->slots[i] != 0) {
            struct slice s = slice_str(p->bytes.data + p->slots[i]);
            slots[slot_of(p, slots, n, s)] = p->slots[i];
        }
    }
    alloc_free(p->alloc, p->slots, p->slot_count * sizeof *p->slots);
    p->slots = slots;
    p->slot_count = n;
    return true;
}

enum status strings_add(struct strings *p, struct slice s, uint32_t *at,
                        struct err *e)
{
    if (p->bytes.len > UINT32_MAX - s.len - 1) {
        return err_set(e, STATUS_LIMIT, "more than 4 GB of names");
    }
    uint32_t place = (uint32_t)p->bytes.len;
    buf_slice(&p->bytes, s);
    buf_byte(&p->bytes, '\0');
    if (!buf_ok(&p->bytes)) {
        return err_nomem(e);
    }
    *at = place;
    return STATUS_OK;
}

enum status strings_share(struct strings *p, struct slice s, uint32_t *at,
                          struct err *e)
{
    if (s.len == 0) {
        *at = 0;
        return STATUS_OK;
    }
    if (p->count * 2 >= p->slot_count && !enlarge(p)) {
        return err_nomem(e);
    }
    size_t slot = slot_of(p, p->slots, p->slot_count, s);
    if (p->slots[slot] == 0) {
        enum status st = strings_add(p, s, &p->slots[slot], e);
        if (st != STATUS_OK) {
            return st;
        }
        p->count++;
    }
    *at = p->slots[slot];
    return STATUS_OK;
}
