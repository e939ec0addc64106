#include "build/tables.h"

#include "model/index.h"

uint32_t tables_filter_log2(size_t n, unsigned bits)
{
    uint32_t log2 = 3;
    while (log2 < 28 && (64ULL << log2) < (uint64_t)n * bits)
        log2++;
    return log2;
}

/* Sets a hash's bits in a filter's word. */
static void set_bits(uint8_t *w, uint64_t h)
{
    bytes_store64(w, bytes_load64(w) | 1ULL << (h >> 24 & 63) |
                         1ULL << (h >> 32 & 63) | 1ULL << (h >> 40 & 63));
}

void tables_filter(uint8_t *filter, uint32_t log2, struct slice hashes)
{
    for (size_t i = 0; i + 8 <= hashes.len; i += 8) {
        uint64_t h;
        memcpy(&h, hashes.data + i, 8);
        set_bits(filter + (h >> (64 - log2)) * 8, h);
    }
}

void tables_names(uint8_t *filter, uint32_t log2, struct slice hashes)
{
    for (size_t i = 0; i + 8 <= hashes.len; i += 8) {
        uint64_t h;
        memcpy(&h, hashes.data + i, 8);
        /* the bits that index_word_name asks for */
        set_bits(filter + (h >> (64 - log2)) * 8, h << 24);
    }
}

void tables_rows(uint8_t *rows, uint32_t log2, const struct tree *t)
{
    for (size_t i = 0; i + 8 <= t->solo.len; i += 8) {
        uint64_t h;
        memcpy(&h, t->solo.data + i, 8);
        uint8_t *row = rows + index_row(h, 0, 64 - log2) * 8;
        for (size_t k = 0; k < ROW_WORDS; k++)
            set_bits(row + 8 * k, h);
    }
    for (size_t i = 0; i + 16 <= t->row.len; i += 16) {
        uint64_t h[2];
        memcpy(h, t->row.data + i, 16);
        set_bits(rows + index_row(h[0], h[1], 64 - log2) * 8, h[1]);
    }
}

/* Every bucket that a lookup of this node will pass must be full, and none
   of them may hold its tag: the order of insertion keeps both true. */
static bool place_slot(uint8_t *slots, struct place at, uint32_t value)
{
    for (unsigned k = 0; k < BUCKETS_MAX; k++) {
        uint8_t *b = slots + ((size_t)at.bucket + k) * 64;
        for (size_t i = 0; i < BUCKET_SLOTS; i++) {
            uint64_t slot = bytes_load64(b + 8 * i);
            if (slot == 0) {
                bytes_store64(b + 8 * i, (uint64_t)at.tag << 32 | value);
                return true;
            }
            if ((uint32_t)(slot >> 32) == at.tag)
                return false;
        }
    }
    return false;
}

bool tables_slots(uint8_t *slots, uint64_t buckets, uint64_t salt,
                  const struct tree_node *nodes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct place at = index_place(nodes[i].prefix, salt, buckets);
        /* an empty slot reads as tag 0: keep that tag out */
        if (at.tag == 0 || !place_slot(slots, at, nodes[i].slot))
            return false;
    }
    return true;
}

bool tables_deep(uint8_t *slots, uint64_t buckets,
                 const struct tree_node *nodes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint64_t key = nodes[i].prefix;
        uint64_t home = ((key >> 31 & UINT32_MAX) * buckets) >> 32;
        uint8_t *p = slots + home * 64;
        const size_t most = (size_t)BUCKETS_MAX * 4;
        size_t k = 0;
        while (k < most && bytes_load64(p + 16 * k) != 0) {
            if (bytes_load64(p + 16 * k) == key)
                return false;
            k++;
        }
        if (k == most)
            return false;
        bytes_store64(p + 16 * k, key);
        bytes_store32(p + 16 * k + 8, nodes[i].slot);
    }
    return true;
}
