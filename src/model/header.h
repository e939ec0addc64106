/* The index image's header.

     0 magic "GAZINDEX"   8 version   12 flags   16 size of the image
    24 salt              32 names    36 nodes   40 deep nodes
    44 tokens of the longest name    48 log2 of the first filter's words
    52 log2 of the pairs' filter's words
    56, 60, 64 the same of the triples' and fours' filters and of the rows
    68 buckets of names of one token, the first of slots
    72 nine sections {offset, count}: first, pair, triple, lead, slots, deep,
       records, quad, row
       count: slots and deep: buckets; records: bytes; else 0 */
#ifndef GAZ_MODEL_HEADER_H
#define GAZ_MODEL_HEADER_H

#include "model/index.h"

enum { LIMIT_NAME_TOKENS = 65000 };

struct index_section {
    uint64_t offset, count;
};

struct index_header {
    uint32_t version, flags;
    uint64_t size, salt;
    uint32_t names, nodes, deep_nodes, max_tokens, first_log2, pair_log2,
        triple_log2, quad_log2, row_log2, solo_buckets;
    struct index_section first, pair, triple, lead, slots, deep, records, quad,
        row;
};

enum { INDEX_SECTIONS = 9 };

/* The sections in the order of the header. */
static inline void index_sections(struct index_header *h,
                                  struct index_section *out[INDEX_SECTIONS])
{
    struct index_section *s[INDEX_SECTIONS] = {
        &h->first, &h->pair,    &h->triple, &h->lead, &h->slots,
        &h->deep,  &h->records, &h->quad,   &h->row};
    memcpy(out, s, sizeof s);
}

/* false: not one of ours. */
static inline bool index_header_load(const uint8_t *p, struct index_header *h)
{
    if (memcmp(p, "GAZINDEX", 8) != 0)
        return false;
    h->version = bytes_load32(p + 8);
    h->flags = bytes_load32(p + 12);
    h->size = bytes_load64(p + 16);
    h->salt = bytes_load64(p + 24);
    h->names = bytes_load32(p + 32);
    h->nodes = bytes_load32(p + 36);
    h->deep_nodes = bytes_load32(p + 40);
    h->max_tokens = bytes_load32(p + 44);
    h->first_log2 = bytes_load32(p + 48);
    h->pair_log2 = bytes_load32(p + 52);
    h->triple_log2 = bytes_load32(p + 56);
    h->quad_log2 = bytes_load32(p + 60);
    h->row_log2 = bytes_load32(p + 64);
    h->solo_buckets = bytes_load32(p + 68);
    struct index_section *s[INDEX_SECTIONS];
    index_sections(h, s);
    for (size_t i = 0; i < INDEX_SECTIONS; i++) {
        s[i]->offset = bytes_load64(p + 72 + 16 * i);
        s[i]->count = bytes_load64(p + 80 + 16 * i);
    }
    return true;
}

static inline void index_header_store(uint8_t *p, struct index_header *h)
{
    memcpy(p, "GAZINDEX", 8);
    bytes_store32(p + 8, h->version);
    bytes_store32(p + 12, h->flags);
    bytes_store64(p + 16, h->size);
    bytes_store64(p + 24, h->salt);
    bytes_store32(p + 32, h->names);
    bytes_store32(p + 36, h->nodes);
    bytes_store32(p + 40, h->deep_nodes);
    bytes_store32(p + 44, h->max_tokens);
    bytes_store32(p + 48, h->first_log2);
    bytes_store32(p + 52, h->pair_log2);
    bytes_store32(p + 56, h->triple_log2);
    bytes_store32(p + 60, h->quad_log2);
    bytes_store32(p + 64, h->row_log2);
    bytes_store32(p + 68, h->solo_buckets);
    struct index_section *s[INDEX_SECTIONS];
    index_sections(h, s);
    for (size_t i = 0; i < INDEX_SECTIONS; i++) {
        bytes_store64(p + 72 + 16 * i, s[i]->offset);
        bytes_store64(p + 80 + 16 * i, s[i]->count);
    }
}

#endif
