/* The level for any processor: plain C, eight bytes at a time. */
#include "tag/classify_impl.h"
#include "tag/words_impl.h"
#include "text/class.h"

/* The high bit of each byte that is in [lo, hi]; all bytes are below 0x80. */
static inline uint64_t in_range(uint64_t x, uint8_t lo, uint8_t hi)
{
    const uint64_t ones = 0x0101010101010101ULL;
    return (x + (0x80u - lo) * ones) & ~(x + (0x7fu - hi) * ones);
}

/* One bit for the high bit of each byte. */
static inline uint64_t gather(uint64_t x)
{
    return ((x & WORDS_HIGH) >> 7) * 0x0102040810204080ULL >> 56;
}

static uint64_t lower8(uint64_t x)
{
    uint64_t y = x & ~WORDS_HIGH;
    uint64_t upper = in_range(y, 'A', 'Z') & ~x & WORDS_HIGH;
    return x | upper >> 2;
}

static struct masks block_masks(const uint8_t *p, const struct index *ix)
{
    struct masks m = {0, 0, 0};
    for (unsigned i = 0; i < 8; i++) {
        uint64_t x = bytes_load64(p + (size_t)8 * i);
        uint64_t y = x & ~WORDS_HIGH;
        uint64_t word = in_range(y, 'A', 'Z') | in_range(y, 'a', 'z') |
                        in_range(y, '0', '9') | in_range(y, '_', '_');
        uint64_t space = in_range(y, '\t', '\r') | in_range(y, ' ', ' ');
        m.run |= gather(word | x) << 8 * i;
        m.space |= gather(space & ~x) << 8 * i;
    }
    if (ix->flags & INDEX_LEAD) {
        for (uint64_t bits = ~(m.run | m.space); bits != 0; bits &= bits - 1) {
            unsigned i = bits_ctz(bits);
            m.lead |= (uint64_t)(ix->lead_lut[p[i] & 15] >> (p[i] >> 4) & 1)
                      << i;
        }
    }
    return m;
}

static void classify(struct chunk *c, const uint8_t *p, uint32_t blocks,
                     uint32_t *n_ends)
{
    struct edge_carry carry = {0, 0};
    uint32_t runs = 0, ends = 0, leads = 0;
    for (uint32_t k = 0; k < blocks; k++) {
        uint32_t at = 64 * k;
        struct masks m = block_masks(p + at, c->ix);
        struct edges e = edges_find(&m, &carry);
        c->blocks[at / 64] = (struct block){e.starts, runs};
        runs = edges_starts(c->runs.start, runs, &e, at);
        ends = edges_ends(&c->runs, ends, e.ends, p, at);
        leads = edges_leads(c->lead, leads, m.lead, at);
        for (unsigned i = 0; c->fold && i < 8; i++)
            bytes_store64(c->lower + at + (size_t)8 * i,
                          lower8(bytes_load64(p + at + (size_t)8 * i)));
    }
    c->runs.n = runs;
    c->leads = leads;
    *n_ends = ends;
}

const struct level level_none = {SIMD_NONE,  "none",       classify,
                                 words_hash, words_filter, words_keep,
                                 NULL,       NULL,         NULL};
