#include "model/index.h"

/* The header: see model/header.h for the offsets. */
#include "model/header.h"

static bool section(const struct index_section *s, size_t size, uint64_t bytes)
{
    return s->offset % 64 == 0 && s->offset >= INDEX_HEADER &&
           s->offset <= size && bytes <= size - s->offset;
}

/* Numbers that sizes and shifts are made of. */
static bool numbers_ok(const struct index_header *h, size_t size)
{
    return h->size == size && h->first_log2 >= 1 && h->first_log2 <= 28 &&
           h->pair_log2 >= 1 && h->pair_log2 <= 28 && h->triple_log2 >= 1 &&
           h->triple_log2 <= 28 && h->quad_log2 >= 1 && h->quad_log2 <= 28 &&
           h->row_log2 > ROW_LOG2 && h->row_log2 <= 28 &&
           h->solo_buckets >= 1 && h->slots.count > h->solo_buckets &&
           h->slots.count <= UINT32_MAX && h->deep.count <= UINT32_MAX &&
           h->deep.count >= 1 && h->records.count <= size &&
           h->max_tokens <= LIMIT_NAME_TOKENS;
}

static bool sections_ok(const struct index_header *h, size_t size)
{
    return section(&h->first, size, 8ULL << h->first_log2) &&
           section(&h->pair, size, 8ULL << h->pair_log2) &&
           section(&h->triple, size, 8ULL << h->triple_log2) &&
           section(&h->quad, size, 8ULL << h->quad_log2) &&
           section(&h->row, size, 8ULL << h->row_log2) &&
           section(&h->lead, size, LEAD_BYTES) &&
           section(&h->slots, size, (h->slots.count + BUCKETS_MAX) * 64) &&
           section(&h->deep, size, (h->deep.count + BUCKETS_MAX) * 64) &&
           section(&h->records, size, h->records.count);
}

/* Which symbols begin names, in the two forms that the scanner asks. */
static void make_leads(struct index *ix)
{
    for (unsigned c = 0; c < 128; c++) {
        uint64_t any = 0;
        for (size_t k = 0; k < 4; k++)
            any |= bytes_load64(ix->lead + (size_t)c * 32 + k * 8);
        if (any == 0)
            continue;
        ix->leads[c] = 0x80;
        ix->lead_lut[c & 15] |= (uint8_t)(1u << (c >> 4));
    }
}

enum status index_open(const void *image, size_t size, struct index *out)
{
    const uint8_t *p = image;
    struct index_header h;
    if (size < INDEX_HEADER || (uintptr_t)p % 64 != 0 ||
        !index_header_load(p, &h))
        return STATUS_CORRUPT;
    if (h.version != INDEX_VERSION)
        return STATUS_VERSION;
    if (!numbers_ok(&h, size) || !sections_ok(&h, size))
        return STATUS_CORRUPT;
    struct index ix = {0};
    ix.first = (const uint64_t *)(const void *)(p + h.first.offset);
    ix.pair = (const uint64_t *)(const void *)(p + h.pair.offset);
    ix.triple = (const uint64_t *)(const void *)(p + h.triple.offset);
    ix.quad = (const uint64_t *)(const void *)(p + h.quad.offset);
    ix.row = (const uint64_t *)(const void *)(p + h.row.offset);
    ix.solos = (const uint64_t *)(const void *)(p + h.slots.offset);
    ix.slots = ix.solos + (size_t)h.solo_buckets * BUCKET_SLOTS;
    ix.deep = p + h.deep.offset;
    ix.lead = p + h.lead.offset;
    ix.records = p + h.records.offset;
    ix.records_size = (size_t)h.records.count;
    ix.solo_buckets = h.solo_buckets;
    ix.buckets = h.slots.count - h.solo_buckets;
    ix.deep_buckets = h.deep.count;
    ix.first_shift = 64 - h.first_log2;
    ix.pair_shift = 64 - h.pair_log2;
    ix.triple_shift = 64 - h.triple_log2;
    ix.quad_shift = 64 - h.quad_log2;
    ix.row_shift = 64 - h.row_log2;
    ix.salt = h.salt;
    ix.flags = h.flags;
    ix.max_tokens = h.max_tokens;
    ix.names = h.names;
    ix.nodes = h.nodes;
    ix.deep_nodes = h.deep_nodes;
    make_leads(&ix);
    *out = ix;
    return STATUS_OK;
}
