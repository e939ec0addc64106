/* AArch64 with NEON. */
#include "tag/level.h"

#if defined(__aarch64__) && defined(__ARM_NEON)

#include <arm_neon.h>

#include "tag/classify_impl.h"
#include "tag/words_impl.h"

static inline uint8x16_t in_range(uint8x16_t x, uint8_t lo, uint8_t hi)
{
    return vcleq_u8(vsubq_u8(x, vdupq_n_u8(lo)),
                    vdupq_n_u8((uint8_t)(hi - lo)));
}

/* One bit for each byte of four vectors of 0x00 or 0xff. */
static inline uint64_t gather(const uint8x16_t v[4])
{
    const uint8x16_t bit = {1, 2, 4, 8, 16, 32, 64, 128,
                            1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t a = vpaddq_u8(vandq_u8(v[0], bit), vandq_u8(v[1], bit));
    uint8x16_t b = vpaddq_u8(vandq_u8(v[2], bit), vandq_u8(v[3], bit));
    a = vpaddq_u8(a, b);
    a = vpaddq_u8(a, a);
    return vgetq_lane_u64(vreinterpretq_u64_u8(a), 0);
}

static struct masks block_masks(const uint8_t *p, const struct index *ix)
{
    const uint8x16_t bit = {1, 2, 4, 8, 16, 32, 64, 128,
                            0, 0, 0, 0, 0,  0,  0,  0};
    uint8x16_t run[4], space[4], lead[4];
    uint8x16_t lut = vld1q_u8(ix->lead_lut);
    for (unsigned i = 0; i < 4; i++) {
        uint8x16_t x = vld1q_u8(p + 16 * i);
        uint8x16_t word = vorrq_u8(
            in_range(vorrq_u8(x, vdupq_n_u8(0x20)), 'a', 'z'),
            vorrq_u8(in_range(x, '0', '9'), vceqq_u8(x, vdupq_n_u8('_'))));
        run[i] = vorrq_u8(word, vcgeq_u8(x, vdupq_n_u8(0x80)));
        space[i] =
            vorrq_u8(in_range(x, '\t', '\r'), vceqq_u8(x, vdupq_n_u8(' ')));
        lead[i] = vtstq_u8(vqtbl1q_u8(lut, vandq_u8(x, vdupq_n_u8(15))),
                           vqtbl1q_u8(bit, vshrq_n_u8(x, 4)));
    }
    struct masks m = {gather(run), gather(space), gather(lead)};
    return m;
}

static void classify(struct chunk *c, const uint8_t *p, uint32_t blocks,
                     uint32_t *n_ends)
{
    struct edge_carry carry = {0, 0};
    uint32_t runs = 0, ends = 0, leads = 0;
    for (uint32_t at = 0; at < 64 * blocks; at += 64) {
        struct masks m = block_masks(p + at, c->ix);
        struct edges e = edges_find(&m, &carry);
        c->blocks[at / 64] = (struct block){e.starts, runs};
        runs = edges_starts(c->runs.start, runs, &e, at);
        ends = edges_ends(&c->runs, ends, e.ends, p, at);
        leads = edges_leads(c->lead, leads, m.lead, at);
        for (unsigned i = 0; c->fold && i < 4; i++) {
            uint8x16_t x = vld1q_u8(p + at + 16 * i);
            uint8x16_t upper =
                vandq_u8(in_range(x, 'A', 'Z'), vdupq_n_u8(0x20));
            vst1q_u8(c->lower + at + 16 * i, vorrq_u8(x, upper));
        }
    }
    c->runs.n = runs;
    c->leads = leads;
    *n_ends = ends;
}

const struct level level_neon = {SIMD_NEON,  "neon",       classify,
                                 words_hash, words_filter, words_keep,
                                 NULL,       NULL,         NULL};

#endif
