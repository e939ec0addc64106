/* x86-64 with AVX-512 BW, VBMI and VBMI2: Ice Lake, Zen 4 and later.

   Words are hashed and tested eight at a time. */
#include "tag/level.h"

#if defined(__AVX512VBMI2__) && defined(__AVX512VBMI__) &&                     \
    defined(__AVX512DQ__) && defined(__AVX512BITALG__) && defined(__BMI2__)

#include <immintrin.h>

#include "tag/classify_avx512.h"
#include "tag/prefilter_avx512.h"
#define FIND_TWO_STEP 64
#include "text/find_two_impl.h"
#include "text/hash.h"
#include "text/introduce_impl.h"

static void classify(struct chunk *c, const uint8_t *p, uint32_t blocks,
                     uint32_t *n_ends)
{
    if (c->plural)
        classify_as(c, p, blocks, n_ends, true);
    else
        classify_as(c, p, blocks, n_ends, false);
}

/* Four words of up to 16 bytes, one in each quarter, as they are loaded. */
static inline __m512i load4(const uint8_t *bytes, const uint16_t *start)
{
#define AT(i)                                                                  \
    _mm_loadu_si128(                                                           \
        (const __m128i *)(const void *)(bytes + (start[i] & 0x7fffu)))
    __m512i x = _mm512_castsi128_si512(AT(0));
    x = _mm512_inserti32x4(x, AT(1), 1);
    x = _mm512_inserti32x4(x, AT(2), 2);
    return _mm512_inserti32x4(x, AT(3), 3);
#undef AT
}

/* hash_piece before its last multiplication, in the lower half of each
   quarter; and in *odd a bit for each word with a non-ASCII byte. */
static inline __m512i mix4(__m512i x, __m512i len, uint32_t *odd)
{
    const __m512i iota16 = _mm512_broadcast_i32x4(
        _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
    const __m512i seed =
        _mm512_broadcast_i32x4(_mm_set_epi64x(0, (long long)HASH_SEED));
    const __m512i factor = _mm512_broadcast_i32x4(
        _mm_set_epi64x((long long)HASH_K2, (long long)HASH_K1));
    __mmask64 in = _mm512_cmplt_epu8_mask(iota16, len);
    x = _mm512_maskz_mov_epi8(in, x);
    uint32_t high = _mm512_test_epi64_mask(
        x, _mm512_set1_epi64((long long)0x8080808080808080ULL));
    *odd = _pext_u32(high | high >> 1, 0x55);
    x = _mm512_mullo_epi64(_mm512_xor_si512(x, seed), factor);
    /* the upper half's product, its 32-bit halves swapped, to the lower */
    return _mm512_xor_si512(x, _mm512_shuffle_epi32(x, _MM_PERM_CDCD));
}

static inline __m512i spread(__m128i len, int from)
{
    /* the lengths are 16-bit; each one's lower byte to 16 bytes */
    const __m512i base = _mm512_setr_epi64(
        0, 0, 0x0202020202020202, 0x0202020202020202, 0x0404040404040404,
        0x0404040404040404, 0x0606060606060606, 0x0606060606060606);
    return _mm512_shuffle_epi8(
        _mm512_broadcast_i32x4(len),
        _mm512_add_epi8(base, _mm512_set1_epi8((char)(2 * from))));
}

static inline void hash_as(struct chunk *c, const bool plural)
{
    struct words *w = &c->runs;
    const __m512i lower = _mm512_setr_epi64(0, 2, 4, 6, 8, 10, 12, 14);
    __m128i index = _mm_setr_epi16(0, 1, 2, 3, 4, 5, 6, 7);
    uint32_t odds = 0;
    /* behind the last run: empty words */
    memset(w->start + w->n, 0, 16);
    memset(w->end + w->n, 0, 16);
    for (uint32_t j = 0; j < w->n; j += 8) {
        __m128i start =
            _mm_loadu_si128((const __m128i *)(const void *)(w->start + j));
        __m128i end =
            _mm_loadu_si128((const __m128i *)(const void *)(w->end + j));
        __m128i len =
            _mm_sub_epi16(end, _mm_and_si128(start, _mm_set1_epi16(0x7fff)));
        uint32_t longs = _mm_cmpgt_epu16_mask(len, _mm_set1_epi16(16));
        len = _mm_min_epu16(len, _mm_set1_epi16(16));
        uint32_t odd_a, odd_b, ies = 0;
        if (plural) {
            __m128i is = _mm_loadl_epi64(
                (const __m128i *)(const void *)(c->plurals + j));
            uint32_t longer = _mm_cmpgt_epu16_mask(len, _mm_set1_epi16(3));
            ies = _mm_test_epi8_mask(is, _mm_set1_epi8(PLURAL_IES)) & longer;
            len = _mm_mask_sub_epi16(len,
                                     (__mmask8)(_mm_movepi8_mask(is) & longer),
                                     len, _mm_set1_epi16(1));
        }
        __m512i a = mix4(load4(c->bytes, w->start + j), spread(len, 0), &odd_a);
        __m512i b =
            mix4(load4(c->bytes, w->start + j + 4), spread(len, 4), &odd_b);
        __m512i z = _mm512_permutex2var_epi64(a, lower, b);
        z = _mm512_xor_si512(z, _mm512_srli_epi64(z, 32));
        z = _mm512_mullo_epi64(z, _mm512_set1_epi64((long long)HASH_K3));
        _mm512_storeu_si512(w->hash + j, z);
        uint32_t odd = odd_a | odd_b << 4 | longs | ies;
        _mm_storeu_si128((__m128i *)(void *)(c->odd_run + odds),
                         _mm_maskz_compress_epi16((__mmask8)odd, index));
        odds += bits_count(odd);
        index = _mm_add_epi16(index, _mm_set1_epi16(8));
    }
    c->odd = odds;
}

static void hash(struct chunk *c)
{
    if (c->plural)
        hash_as(c, true);
    else
        hash_as(c, false);
}

/* hash_symbol of eight bytes. */
static inline __m512i after8(const uint8_t *p)
{
    __m512i c =
        _mm512_cvtepu8_epi64(_mm_loadl_epi64((const __m128i *)(const void *)p));
    return _mm512_mullo_epi64(c, _mm512_set1_epi64((long long)HASH_K2));
}

/* from[at[0]] to from[at[7]]: eight loads, since the instruction that gathers
   makes the filters' loop a sixth slower on Zen 4. */
#define LOAD2(from, at, i)                                                     \
    _mm_set_epi64x((long long)(from)[(at)[(i) + 1]], (long long)(from)[(at)[i]])
#define LOAD8(from, at)                                                        \
    _mm512_inserti32x4(                                                        \
        _mm512_inserti32x4(                                                    \
            _mm512_inserti32x4(_mm512_castsi128_si512(LOAD2(from, at, 0)),     \
                               LOAD2(from, at, 2), 1),                         \
            LOAD2(from, at, 4), 2),                                            \
        LOAD2(from, at, 6), 3)

/* from[which] of eight.  Taking the indexes out of the vector by anything but
   memory is slower, too; volatile forbids it. */
static inline __m512i load8(const uint64_t *from, __m512i which)
{
    uint64_t at[8];
    const volatile uint64_t *const v = at;
    _mm512_storeu_si512(at, which);
    return LOAD8(from, v);
}

/* One instruction takes, for each of a hash's eight bytes, the bit of the
   filter's word which that byte names.  The result has a hash's byte 3 set if
   the bits of bytes 3, 4 and 5 are, and its byte 0 if those of 0, 1 and 2. */
static inline uint64_t word_mask8(__m512i words, __m512i h)
{
    uint64_t m = _mm512_bitshuffle_epi64_mask(words, h);
    __asm__("" : "+r"(m)); /* out of the mask register once, not thrice */
    return m & m >> 1 & m >> 2;
}

/* index_word_bit of eight, and index_word_name. */
static inline uint32_t word_bits8(uint64_t mask)
{
    return (uint32_t)_pext_u64(mask, 0x0808080808080808ULL);
}

static inline uint32_t word_names8(uint64_t mask)
{
    return (uint32_t)_pext_u64(mask, 0x0101010101010101ULL);
}

/* index_bit of eight. */
static inline uint32_t bits8(const uint64_t *filter, __m512i shift, __m512i h)
{
    return word_bits8(
        word_mask8(load8(filter, _mm512_srlv_epi64(h, shift)), h));
}

/* hash_step of eight. */
static inline __m512i step8(__m512i prefix, __m512i token)
{
    __m512i x = _mm512_mullo_epi64(
        _mm512_xor_si512(prefix, _mm512_rol_epi64(token, 29)),
        _mm512_set1_epi64((long long)HASH_K4));
    return _mm512_xor_si512(x, _mm512_srli_epi64(x, 32));
}

static inline __m128i load16x8(const uint16_t *p)
{
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

static inline void put8(uint16_t *list, uint32_t which, __m128i index)
{
    _mm_storeu_si128((__m128i *)(void *)list,
                     _mm_maskz_compress_epi16((__mmask8)which, index));
}

static inline void put_hash8(uint64_t *list, uint32_t which, __m512i h)
{
    _mm512_storeu_si512(list, _mm512_maskz_compress_epi64((__mmask8)which, h));
}

/* Which lanes are there, of n and from i on. */
static inline uint32_t lanes8(uint32_t n, uint32_t i)
{
    return n - i >= 8 ? 0xff : (1u << (n - i)) - 1;
}

/* The indexes of 32 words from i on as `near` has them: the starts of the next
   word and of that behind it tell how they follow. */
static inline __m512i near32(const struct words *w, uint32_t i)
{
    const __m512i top = _mm512_set1_epi16((short)LIST_JOINED);
    __m512i second = _mm512_loadu_si512(w->start + i + 1);
    __m512i third = _mm512_loadu_si512(w->start + i + 2);
    __m512i end = _mm512_loadu_si512(w->end + i);
    __mmask32 glued = _mm512_cmpeq_epi16_mask(
        second, _mm512_add_epi16(end, _mm512_set1_epi16(1)));
    __m512i index =
        _mm512_add_epi16(_mm512_cvtepu8_epi16(_mm256_loadu_si256(
                             (const __m256i *)(const void *)numbers)),
                         _mm512_set1_epi16((short)i));
    __m512i flags =
        _mm512_or_si512(_mm512_and_si512(second, top),
                        _mm512_srli_epi16(_mm512_and_si512(third, top), 1));
    index = _mm512_mask_add_epi16(index, glued, index,
                                  _mm512_set1_epi16(LIST_GLUED));
    return _mm512_or_si512(index, flags);
}

/* The tokens behind eight words, and the rows that tell of both. */
static inline __m512i rows8(struct chunk *c, uint32_t i, uint32_t *row)
{
    const struct words *w = c->words;
    const __m512i in_row = _mm512_set1_epi64(ROW_WORDS - 1);
    __m512i h = _mm512_loadu_si512(w->hash + i);
    __mmask8 joined = (__mmask8)_mm_movepi16_mask(load16x8(w->start + i + 1));
    __m512i token =
        _mm512_mask_loadu_epi64(after8(w->after + i), joined, w->hash + i + 1);
    _mm512_storeu_si512(c->token + i, token);
    h = _mm512_srlv_epi64(h, _mm512_set1_epi64(c->ix->row_shift));
    h = _mm512_or_si512(_mm512_andnot_si512(in_row, h),
                        _mm512_srli_epi64(token, 64 - ROW_LOG2));
    _mm256_storeu_si256((__m256i *)(void *)row, _mm512_cvtepi64_epi32(h));
    return token;
}

/* Puts those of 32 into a list; how many. */
static inline uint32_t put32(uint16_t *list, uint32_t which, __m512i index)
{
    _mm512_storeu_si512(list, _mm512_maskz_compress_epi16(which, index));
    return bits_count(which);
}

/* The rows that are looked at are computed two rounds ahead, so that the loads
   need not wait for them.  What passes is noted in bits first: putting 32 words
   into the lists at once takes as long as eight. */
static void filter_rows(struct chunk *c)
{
    const struct words *w = c->words;
    const uint64_t *row = c->ix->row;
    uint32_t solos = 0, near = 0, n = w->n > 0 ? w->n - 1 : 0;
    uint8_t in_solo[CHUNK_WORDS / 8 + 4], in_near[CHUNK_WORDS / 8 + 4];
    uint32_t at[4][8];
    __m512i token = rows8(c, 0, at[0]);
    __m512i token1 = rows8(c, 8, at[1]);
    for (uint32_t i = 0; i < n; i += 8) {
        __m512i then = rows8(c, i + 16, at[(i / 8 + 2) % 4]);
        const uint32_t *which = at[i / 8 % 4];
        __m512i x = LOAD8(row, which);
        in_solo[i / 8] =
            (uint8_t)word_bits8(word_mask8(x, _mm512_loadu_si512(w->hash + i)));
        in_near[i / 8] = (uint8_t)word_bits8(word_mask8(x, token));
        token = token1;
        token1 = then;
    }
    for (uint32_t i = 0; i < n; i += 32) {
        uint32_t valid = n - i >= 32 ? UINT32_MAX : (1u << (n - i)) - 1;
        __m512i index = near32(w, i);
        solos += put32(c->solo + solos, bytes_load32(in_solo + i / 8) & valid,
                       index);
        near +=
            put32(c->near + near, bytes_load32(in_near + i / 8) & valid, index);
    }
    c->solos = solos;
    c->nears = near;
}

/* Of the names of one word that the rows pass, what the first filter
   passes too. */
static void filter_solos(struct chunk *c)
{
    const struct index *ix = c->ix;
    const __m512i shift = _mm512_set1_epi64(ix->first_shift);
    uint32_t kept = 0, n = c->solos;
    for (uint32_t i = 0; i < n; i += 8) {
        uint32_t valid = lanes8(n, i);
        __m128i k =
            _mm_and_si128(_mm_maskz_loadu_epi16((__mmask8)valid, c->solo + i),
                          _mm_set1_epi16(LIST_WORD));
        __m512i h = load8(c->words->hash, _mm512_cvtepu16_epi64(k));
        uint32_t in = bits8(ix->first, shift, h) & valid;
        put8(c->solo + kept, in, k);
        kept += bits_count(in);
    }
    c->solos = kept;
}

static void filter(struct chunk *c)
{
    const struct index *ix = c->ix;
    const __m512i shift = _mm512_set1_epi64(ix->pair_shift);
    uint32_t pairs = 0, glues = 0, others = 0;
    filter_rows(c);
    filter_solos(c);
    const uint32_t n = c->nears;
    for (uint32_t i = 0; i < n; i += 8) {
        /* Behind the last is what an earlier chunk left: no place of a word
           of this one. */
        uint32_t valid = lanes8(n, i);
        __m128i k = _mm_maskz_loadu_epi16((__mmask8)valid, c->near + i);
        __m512i at =
            _mm512_cvtepu16_epi64(_mm_and_si128(k, _mm_set1_epi16(LIST_WORD)));
        __m512i p = step8(load8(c->words->hash, at), load8(c->token, at));
        uint64_t mask =
            word_mask8(load8(ix->pair, _mm512_srlv_epi64(p, shift)), p);
        uint32_t in = word_bits8(mask) & valid;
        uint32_t joined = _mm_movepi16_mask(k);
        uint32_t glue =
            in & ~joined & _mm_test_epi16_mask(k, _mm_set1_epi16(LIST_GLUED));
        uint32_t other = in & ~joined & ~glue;
        in &= joined;
        /* in place of LIST_JOINED */
        k = _mm_and_si128(k, _mm_set1_epi16(LIST_TWO - 1));
        k = _mm_mask_add_epi16(k, (__mmask8)word_names8(mask), k,
                               _mm_set1_epi16((short)LIST_TWO));
        put8(c->pair + pairs, in, k);
        put_hash8(c->pair_hash + pairs, in, p);
        put8(c->glue + glues, glue, k);
        put_hash8(c->glue_hash + glues, glue, p);
        put8(c->other + others, other,
             _mm_and_si128(k, _mm_set1_epi16(LIST_WORD)));
        pairs += bits_count(in);
        glues += bits_count(glue);
        others += bits_count(other);
    }
    c->pairs = pairs;
    c->glues = glues;
    c->others = others;
}

/* Of the pairs, or of words with a symbol and a word glued to it. */
static inline void keep_as(struct chunk *c, const bool glued)
{
    const struct index *ix = c->ix;
    const __m512i shift = _mm512_set1_epi64(ix->triple_shift);
    const __m128i last2 = _mm_set1_epi16((short)(c->words->n - 2));
    const uint16_t *list = glued ? c->glue : c->pair;
    const uint64_t *hash = glued ? c->glue_hash : c->pair_hash;
    uint32_t twos = c->twos, threes = c->threes, goes = c->goes;
    const uint32_t n = glued ? c->glues : c->pairs;
    for (uint32_t i = 0; i < n; i += 8) {
        uint32_t valid = lanes8(n, i);
        __m128i k = _mm_maskz_loadu_epi16((__mmask8)valid, list + i);
        uint32_t third =
            glued ? 0xffu : _mm_test_epi16_mask(k, _mm_set1_epi16(LIST_THIRD));
        uint32_t is_two = _mm_movepi16_mask(k);
        k = _mm_and_si128(k, _mm_set1_epi16(LIST_WORD));
        __m512i at = _mm512_cvtepu16_epi64(k);
        __m512i two = _mm512_loadu_si512(hash + i);
        __m512i next = load8(glued ? c->words->hash + 1 : c->token + 1, at);
        if (glued)
            next = _mm512_xor_si512(next,
                                    _mm512_set1_epi64((long long)HASH_GLUED));
        __m512i three = step8(two, next);
        uint64_t mask = word_mask8(
            load8(ix->triple, _mm512_srlv_epi64(three, shift)), three);
        /* of the chunk's last words not all that follows is known */
        uint32_t unseen = glued ? 0 : _mm_cmpeq_epi16_mask(k, last2);
        uint32_t on = (word_bits8(mask) | unseen) & valid;
        third &= ~unseen;
        uint32_t is_three = word_names8(mask) & on & third;
        put8(c->two + twos, is_two, k);
        put_hash8(c->two_hash + twos, is_two, two);
        put8(c->three + threes, is_three, k);
        put_hash8(c->three_hash + threes, is_three, three);
        put8(c->go + goes, on,
             _mm_mask_add_epi16(
                 k, (__mmask8)third, k,
                 _mm_set1_epi16(glued ? LIST_GLUED : LIST_THIRD)));
        put_hash8(c->go_hash + goes, on,
                  _mm512_mask_mov_epi64(two, (__mmask8)third, three));
        twos += bits_count(is_two);
        threes += bits_count(is_three);
        goes += bits_count(on);
    }
    c->twos = twos;
    c->threes = threes;
    c->goes = goes;
}

/* Those of which the third token is known go on only as the fours' filter
   says. */
static void keep_fours(struct chunk *c)
{
    const struct index *ix = c->ix;
    const __m512i shift = _mm512_set1_epi64(ix->quad_shift);
    const __m128i last = _mm_set1_epi16((short)(c->words->n - 1));
    uint32_t goes = 0;
    const uint32_t n = c->goes;
    for (uint32_t i = 0; i < n; i += 8) {
        uint32_t valid = lanes8(n, i);
        __m128i word = _mm_maskz_loadu_epi16((__mmask8)valid, c->go + i);
        uint32_t known =
            _mm_test_epi16_mask(word, _mm_set1_epi16(LIST_THIRD | LIST_GLUED));
        __mmask8 glued = _mm_test_epi16_mask(word, _mm_set1_epi16(LIST_GLUED));
        __m128i k = _mm_and_si128(word, _mm_set1_epi16(LIST_WORD));
        k = _mm_add_epi16(
            k, _mm_mask_mov_epi16(_mm_set1_epi16(2), glued, _mm_set1_epi16(1)));
        __m512i hash = _mm512_loadu_si512(c->go_hash + i);
        __m512i four = step8(hash, load8(c->token, _mm512_cvtepu16_epi64(k)));
        uint32_t on = bits8(ix->quad, shift, four) | ~known |
                      _mm_cmpge_epu16_mask(k, last);
        on &= valid;
        put8(c->go + goes, on, word);
        put_hash8(c->go_hash + goes, on, hash);
        goes += bits_count(on);
    }
    c->goes = goes;
}

static void keep(struct chunk *c)
{
    c->twos = c->threes = c->goes = 0;
    keep_as(c, false);
    keep_as(c, true);
    keep_fours(c);
}

const struct level level_avx512 = {SIMD_AVX512,   "avx512", classify,
                                   hash,          filter,   keep,
                                   find_two_skip, sift,     introduce_skip};

#endif
