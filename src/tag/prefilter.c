#include "tag/prefilter.h"

#include "base/bytes.h"
#include "text/block.h"
#include "text/chars.h"

/* Two places in a table of bits: the upper half and the lower. */
static uint32_t hash_of(uint64_t bytes)
{
    return (uint32_t)(bytes * UINT64_C(0x9E3779B97F4A7C15) >> 32);
}

static uint32_t hash(uint32_t four)
{
    return hash_of(four);
}

static uint32_t hash_three(uint32_t four)
{
    return hash_of(four << 8);
}

/* Of the first 6 bytes. */
static uint32_t hash_six(uint64_t eight)
{
    return hash_of(eight << 16);
}

/* 0 or 1. */
static uint32_t bit_at(const uint32_t *bits, uint32_t i)
{
    return bits[i / 32] >> i % 32 & 1;
}

static uint32_t one_of_hash(const uint32_t *bits, uint32_t hash)
{
    return bit_at(bits, hash >> PREFILTER_HASH_BITS);
}

static uint32_t both_of_hash(const uint32_t *bits, uint32_t hash)
{
    return one_of_hash(bits, hash) &
           bit_at(bits, hash & ((1u << PREFILTER_HASH_BITS) - 1));
}

static void set_bit(uint32_t *bits, uint32_t i)
{
    bits[i / 32] |= UINT32_C(1) << (i % 32);
}

static void set_hash(uint32_t *bits, uint32_t hash)
{
    set_bit(bits, hash >> PREFILTER_HASH_BITS);
    set_bit(bits, hash & ((1u << PREFILTER_HASH_BITS) - 1));
}

static void add_prefix(struct prefilter *f, const struct lexicon_prefix *p)
{
    uint32_t four = bytes_load32(p->bytes);
    f->first[(four & 0xFF) + 1]++;
    f->high = f->high || (four & 0x80) != 0;
    if (p->length > 3) {
        set_bit(f->bits, hash(four) >> PREFILTER_HASH_BITS);
        if (p->length < 6) {
            set_hash(f->few, hash(four));
        } else {
            set_hash(f->longs, hash_six(bytes_load64(p->bytes)));
        }
    } else if (p->length == 3) {
        set_hash(f->threes, hash_three(four));
    } else if (p->length == 2) {
        set_bit(f->pairs, four & 0xFFFF);
    }
    for (uint32_t c = 0; p->length == 1 && c < 256; c++) {
        set_bit(f->pairs, (four & 0xFF) | (c | 0x20) << 8);
    }
}

/* Bytes so that numbers are in the order of what they hold. */
static uint64_t key_of(const void *bytes)
{
    return bytes_swap64(bytes_load64(bytes));
}

/* So many of the first bytes of two keys are equal. */
static unsigned same_bytes(uint64_t a, uint64_t b)
{
    return a == b ? 8 : (unsigned)__builtin_clzll(a ^ b) / 8;
}

/* Bits 0 .. length - 1: the lengths up to that one. */
static unsigned lengths_to(unsigned length)
{
    return (1u << length) - 1;
}

/* The keys, and what lengths a beginning of each has that is a record too. */
static bool add_keys(struct prefilter *f, const struct alloc *alloc)
{
    uint32_t n = f->lexicon->prefix_count;
    f->alloc = alloc;
    f->keys = alloc_get(alloc, (n + 1) * sizeof *f->keys);
    f->lengths = alloc_get(alloc, n + 1);
    if (f->keys == NULL || f->lengths == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < n; i++) {
        struct lexicon_prefix p;
        lexicon_prefix(f->lexicon, i, &p);
        f->keys[i] = key_of(p.bytes);
        unsigned same = i > 0 ? same_bytes(f->keys[i - 1], f->keys[i]) : 0;
        unsigned before = i > 0 ? f->lengths[i - 1] & lengths_to(same) : 0;
        f->lengths[i] = (uint8_t)(before | 1u << (p.length - 1));
    }
    return true;
}

void prefilter_free(struct prefilter *f)
{
    if (f->alloc != NULL) {
        size_t n = (size_t)f->lexicon->prefix_count + 1;
        alloc_free(f->alloc, f->keys, n * sizeof *f->keys);
        alloc_free(f->alloc, f->lengths, n);
    }
}

bool prefilter_init(struct prefilter *f, const struct alloc *alloc,
                    const struct lexicon *lexicon)
{
    memset(f, 0, sizeof *f);
    f->lexicon = lexicon;
    for (uint32_t i = 0; i < lexicon->rule_count; i++) {
        struct lexicon_rule rule;
        lexicon_rule(lexicon, i, &rule);
        f->everywhere = f->everywhere || rule.inside_words;
    }
    for (uint32_t i = 0; i < lexicon->prefix_count; i++) {
        struct lexicon_prefix p;
        lexicon_prefix(lexicon, i, &p);
        add_prefix(f, &p);
    }
    for (size_t i = 1; i <= 256; i++) {
        f->first[i] += f->first[i - 1];
    }
    return add_keys(f, alloc);
}

/* A bit for each byte of the block that begins a code point above ASCII. */
static uint64_t block_leads(const char *p)
{
    uint64_t leads = 0;
    for (unsigned i = 0; i < BLOCK; i++) {
        leads |= (uint64_t)((unsigned char)p[i] >= 0xC0) << i;
    }
    return leads;
}

/* A bit for each byte of the block where a word begins. *before: was the byte
 * before it part of an ASCII word? */
static inline uint64_t word_starts(const struct prefilter *f, const char *p,
                                   uint64_t *before)
{
    uint64_t words = block_words(p);
    uint64_t starts = words & ~(words << 1 | *before);
    *before = words >> 63;
    if (f->high) {
        starts |= block_leads(p);
    }
    return f->everywhere ? ~UINT64_C(0) : starts;
}

/* Put the places of a block that pass into at; BLOCK_SLACK bytes behind the
 * block can be read. */
static inline size_t sift(const struct prefilter *f, const char *p, size_t base,
                          uint64_t starts, size_t *at)
{
    size_t n = 0;
    while (starts != 0) {
        unsigned i = (unsigned)__builtin_ctzll(starts);
        uint32_t four = bytes_load32(p + i) | 0x20202020;
        at[n] = base + i;
        n += one_of_hash(f->bits, hash(four)) |
             both_of_hash(f->threes, hash_three(four)) |
             bit_at(f->pairs, four & 0xFFFF);
        starts &= starts - 1;
    }
    return n;
}

/* 3.: of the places those where their first 6 bytes make a beginning likely. */
static size_t keep_likely(const struct prefilter *f, struct slice text,
                          size_t *at, size_t n)
{
    const uint64_t cases = UINT64_C(0x2020202020202020);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t likely = text.len - at[i] < 8;
        if (likely == 0) {
            uint64_t eight = bytes_load64(text.data + at[i]) | cases;
            uint32_t pair = eight & 0xFFFF;
            likely = bit_at(f->pairs, pair) |
                     both_of_hash(f->threes, hash_three((uint32_t)eight)) |
                     both_of_hash(f->few, hash((uint32_t)eight)) |
                     both_of_hash(f->longs, hash_six(eight));
        }
        at[kept] = at[i];
        kept += likely;
    }
    return kept;
}

size_t prefilter_next(const struct prefilter *f, struct slice text, size_t *pos,
                      size_t at[PREFILTER_BATCH + BLOCK])
{
    size_t n = 0;
    size_t i = *pos;
    uint64_t before = i > 0 && (unsigned char)text.data[i - 1] < 0x80 &&
                      char_class((unsigned char)text.data[i - 1]) == CHAR_WORD;
    while (n < PREFILTER_BATCH && i < text.len) {
        size_t left = text.len - i;
        char room[BLOCK + BLOCK_SLACK];
        const char *p = block_at(text, i, room);
        uint64_t starts = word_starts(f, p, &before);
        if (left < BLOCK) {
            starts &= (UINT64_C(1) << left) - 1;
        }
        n += sift(f, p, i, starts, at + n);
        i = left < BLOCK ? text.len : i + BLOCK;
    }
    *pos = i;
    return keep_likely(f, text, at, n);
}

/* The first of the records lo .. hi - 1 whose key is not below. */
static uint32_t lower(const struct prefilter_fits *it, uint64_t key)
{
    const uint64_t *low = it->filter->keys + it->lo;
    uint32_t n = it->hi - it->lo;
    while (n > 0) {
        uint32_t half = n / 2;
        bool on = low[half] < key;
        low += on ? half + 1 : 0;
        n = on ? n - half - 1 : half;
    }
    return (uint32_t)(low - it->filter->keys);
}

void prefilter_fits_open(struct prefilter_fits *it, const struct prefilter *f,
                         struct slice text, size_t at)
{
    size_t left = text.len - at;
    uint64_t eight = 0;
    if (left >= 8) {
        memcpy(&eight, text.data + at, 8);
    } else {
        memcpy(&eight, text.data + at, left);
    }
    unsigned first = (unsigned char)text.data[at] | 0x20;
    it->filter = f;
    it->key = key_of(&eight) | UINT64_C(0x2020202020202020);
    it->lengths = 0;
    it->now = 0;
    it->lo = f->first[first];
    it->hi = f->first[first + 1];
    /* The last that is not behind the text has most bytes in common with it,
     * and of the others those that fit are beginnings of it. */
    uint32_t last = it->key < UINT64_MAX ? lower(it, it->key + 1) : it->hi;
    if (last > it->lo) {
        unsigned same = same_bytes(f->keys[last - 1], it->key);
        it->lengths = f->lengths[last - 1] & lengths_to(same);
    }
}

bool prefilter_fits_next(struct prefilter_fits *it, struct lexicon_prefix *out)
{
    const struct prefilter *f = it->filter;
    for (;;) {
        if (it->now != 0 && it->at < it->hi && f->keys[it->at] == it->now) {
            lexicon_prefix(f->lexicon, it->at++, out);
            return true;
        }
        if (it->lengths == 0) {
            return false;
        }
        unsigned n = bits_ctz(it->lengths) + 1;
        it->lengths &= it->lengths - 1;
        it->now = it->key & ~UINT64_C(0) << (64 - 8 * n);
        it->at = lower(it, it->now);
    }
}
