#include "tag/prefilter.h"

#include "base/bytes.h"
#include "text/block.h"
#include "text/chars.h"

#define CASES UINT64_C(0x2020202020202020)

enum { SETS = 8, SET_OF_ALL = 1 << (SETS - 1) };

/* Of the first bytes of a word. */
static uint32_t row_of(uint32_t four)
{
    return ((four | 0x202000) & 0xFFFFFF) * PREFILTER_FACTOR >>
           (32 - PREFILTER_ROW_BITS);
}

static uint32_t bit_of(uint32_t four)
{
    return four >> 24 & 31;
}

/* Of the first n bytes of a word: two places in a table of bits. */
static uint64_t hash_of(uint64_t eight, unsigned n)
{
    uint64_t mask = ~UINT64_C(0) >> (64 - 8 * n);
    return ((eight | (CASES & ~UINT64_C(0xFF))) & mask) *
           UINT64_C(0x9E3779B97F4A7C15);
}

static uint32_t has(const uint32_t *bits, uint64_t hash)
{
    uint32_t a = (uint32_t)(hash >> (64 - PREFILTER_LIKELY_BITS));
    uint32_t b = (uint32_t)(hash >> (64 - 2 * PREFILTER_LIKELY_BITS)) &
                 ((1u << PREFILTER_LIKELY_BITS) - 1);
    return bits[a / 32] >> a % 32 & bits[b / 32] >> b % 32 & 1;
}

static void put(uint32_t *bits, uint64_t hash)
{
    uint32_t a = (uint32_t)(hash >> (64 - PREFILTER_LIKELY_BITS));
    uint32_t b = (uint32_t)(hash >> (64 - 2 * PREFILTER_LIKELY_BITS)) &
                 ((1u << PREFILTER_LIKELY_BITS) - 1);
    bits[a / 32] |= 1u << a % 32;
    bits[b / 32] |= 1u << b % 32;
}

static void add_bytes(struct prefilter *f, uint64_t eight, unsigned length)
{
    uint32_t four = (uint32_t)eight;
    f->rows[row_of(four)] |= length > 3 ? 1u << bit_of(four) : UINT32_MAX;
    put(f->likely, hash_of(eight, length < 6 ? length : 6));
}

/* A beginning of 3 bytes and more. */
static void add_to_row(struct prefilter *f, const struct lexicon_prefix *p)
{
    uint64_t eight = bytes_load64(p->bytes);
    if ((p->cases & 1) != 0) {
        add_bytes(f, eight & ~UINT64_C(0x20), p->length);
    }
    if ((p->cases & 0x100) != 0) {
        add_bytes(f, eight, p->length);
    }
}

/* One of 1 or 2 bytes: with or without 0x20, as it may be. */
static void add_to_sets(struct prefilter *f, const struct lexicon_prefix *p)
{
    unsigned char first = (unsigned char)p->bytes[0];
    unsigned char second = (unsigned char)p->bytes[1];
    uint8_t set =
        p->length == 1 ? SET_OF_ALL : (uint8_t)(1u << first % (SETS - 1));
    f->any_short = true;
    f->one[first & ~0x20] |= (p->cases & 1) != 0 ? set : 0;
    f->one[first] |= (p->cases & 0x100) != 0 ? set : 0;
    if (p->length == 2) {
        f->two[second & ~0x20] |= (p->cases & 2) != 0 ? set : 0;
        f->two[second] |= (p->cases & 0x200) != 0 ? set : 0;
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

static uint32_t place_of(const struct lexicon_prefix *p)
{
    return p->length < 3 ? PREFILTER_ROWS
                         : row_of(bytes_load32(p->bytes) | 0x20);
}

/* The longest group that is a beginning of group i, which is behind it. */
static uint32_t shorter_than(const struct prefilter *f, uint32_t i)
{
    uint32_t k = i - 1;
    while (k != LEXICON_NONE &&
           (f->groups[k].length >= f->groups[i].length ||
            same_bytes(f->keys[k], f->keys[i]) < f->groups[k].length)) {
        k = f->groups[k].shorter;
    }
    return k;
}

/* The next record in the order of rows; `begun`: in a row that has one. */
static void add_way(struct prefilter *f, uint32_t record, uint32_t at,
                    bool begun)
{
    struct lexicon_prefix p;
    lexicon_prefix(f->lexicon, record, &p);
    uint64_t key = key_of(p.bytes);
    uint32_t last = f->group_count - 1;
    if (!begun || f->keys[last] != key || f->groups[last].length != p.length) {
        uint32_t i = f->group_count++;
        f->keys[i] = key;
        f->groups[i] = (struct prefilter_group){at, LEXICON_NONE, p.length};
        f->groups[i].shorter = begun ? shorter_than(f, i) : LEXICON_NONE;
    }
    uint32_t behind = 0xFFu << p.length & 0xFF;
    f->ways[at] =
        (struct prefilter_way){record, p.cases | behind | behind << 8};
}

/* Records by row into `order`, in each as they are; then their groups. */
static void add_ways(struct prefilter *f, uint32_t *order)
{
    const uint32_t n = f->lexicon->prefix_count;
    struct lexicon_prefix p;
    uint32_t *to = f->from + 1;
    for (uint32_t i = 0; i < n; i++) {
        lexicon_prefix(f->lexicon, i, &p);
        to[place_of(&p)]++;
    }
    for (uint32_t r = 1; r <= PREFILTER_ROWS; r++) {
        to[r] += to[r - 1];
    }
    for (uint32_t i = n; i-- > 0;) {
        lexicon_prefix(f->lexicon, i, &p);
        order[--to[place_of(&p)]] = i;
    }
    /* now to[r] is where row r begins among the records: f->from[r + 1] */
    for (uint32_t r = 0, at = 0; r <= PREFILTER_ROWS; r++) {
        uint32_t end = r < PREFILTER_ROWS ? to[r + 1] : n;
        uint32_t first = f->group_count;
        for (; at < end; at++) {
            add_way(f, order[at], at, f->group_count > first);
        }
        f->from[r] = first;
    }
    f->from[PREFILTER_ROWS + 1] = f->group_count;
    f->groups[f->group_count].ways = n;
}

static bool add_all(struct prefilter *f, const struct alloc *alloc)
{
    size_t n = (size_t)f->lexicon->prefix_count + 1;
    uint32_t *order = alloc_get(alloc, n * sizeof *order);
    f->alloc = alloc;
    f->keys = alloc_get(alloc, n * sizeof *f->keys);
    f->groups = alloc_get(alloc, n * sizeof *f->groups);
    f->ways = alloc_get(alloc, n * sizeof *f->ways);
    bool ok = order != NULL && f->keys != NULL && f->groups != NULL &&
              f->ways != NULL;
    if (ok) {
        add_ways(f, order);
    }
    alloc_free(alloc, order, n * sizeof *order);
    return ok;
}

void prefilter_free(struct prefilter *f)
{
    if (f->alloc != NULL) {
        size_t n = (size_t)f->lexicon->prefix_count + 1;
        alloc_free(f->alloc, f->keys, n * sizeof *f->keys);
        alloc_free(f->alloc, f->groups, n * sizeof *f->groups);
        alloc_free(f->alloc, f->ways, n * sizeof *f->ways);
    }
}

bool prefilter_init(struct prefilter *f, const struct alloc *alloc,
                    const struct lexicon *lexicon)
{
    memset(f, 0, sizeof *f);
    memset(f->two, SET_OF_ALL, sizeof f->two);
    f->lexicon = lexicon;
    for (uint32_t i = 0; i < lexicon->rule_count; i++) {
        struct lexicon_rule rule;
        lexicon_rule(lexicon, i, &rule);
        f->everywhere = f->everywhere || rule.inside_words;
    }
    for (uint32_t i = 0; i < lexicon->prefix_count; i++) {
        struct lexicon_prefix p;
        lexicon_prefix(lexicon, i, &p);
        f->high = f->high || (p.bytes[0] & 0x80) != 0;
        if (p.length > 2) {
            add_to_row(f, &p);
        } else {
            add_to_sets(f, &p);
        }
    }
    return add_all(f, alloc);
}

/* 3.: 0 or 1. */
static uint32_t is_short(const struct prefilter *f, uint32_t four)
{
    return (f->one[four & 0xFF] & f->two[four >> 8 & 0xFF]) != 0;
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

/* 2. and 3.: the words of a block that pass, as bits; BLOCK_SLACK bytes behind
 * it can be read. */
static inline size_t sift(const struct prefilter *f, const char *p,
                          uint32_t base, uint64_t starts, uint32_t *at)
{
    size_t n = 0;
    while (starts != 0) {
        unsigned i = bits_ctz(starts);
        uint32_t four = bytes_load32(p + i);
        at[n] = base + i;
        n += (f->rows[row_of(four)] >> bit_of(four) & 1) | is_short(f, four);
        starts &= starts - 1;
    }
    return n;
}

/* From byte `at` of the step on, of which places passed before. */
static size_t sift_rest(const struct prefilter *f, struct slice text,
                        size_t from, size_t at, size_t end, uint32_t *places)
{
    size_t n = 0;
    uint64_t before = at > 0 && (unsigned char)text.data[at - 1] < 0x80 &&
                      char_class((unsigned char)text.data[at - 1]) == CHAR_WORD;
    for (size_t i = at; i < end; i += BLOCK) {
        char room[BLOCK + BLOCK_SLACK];
        const char *p = block_at(text, i, room);
        uint64_t starts = word_starts(f, p, &before);
        if (end - i < BLOCK) {
            starts &= (UINT64_C(1) << (end - i)) - 1;
        }
        n += sift(f, p, (uint32_t)(i - from), starts, places + n);
    }
    return n;
}

/* 4.: are the first bytes of a word likely to be a beginning? */
static uint32_t is_likely(const struct prefilter *f, const char *word)
{
    uint64_t eight = bytes_load64(word);
    return is_short(f, (uint32_t)eight) | has(f->likely, hash_of(eight, 3)) |
           has(f->likely, hash_of(eight, 4)) |
           has(f->likely, hash_of(eight, 5)) |
           has(f->likely, hash_of(eight, 6));
}

size_t prefilter_next(const struct prefilter *f, struct slice text, size_t *pos,
                      size_t at[PREFILTER_STEP], prefilter_sift_fn *fast)
{
    uint32_t places[PREFILTER_STEP + PREFILTER_ROOM];
    size_t from = *pos;
    size_t left = text.len - from;
    size_t end = left < PREFILTER_STEP ? text.len : from + PREFILTER_STEP;
    size_t kept = 0;
    size_t n = fast != NULL ? fast(f, text, from, pos, places) : 0;
    n += sift_rest(f, text, from, *pos, end, places + n);
    for (size_t i = 0; i < n; i++) {
        size_t place = from + places[i];
        at[kept] = place;
        kept += text.len - place < 8 || is_likely(f, text.data + place);
    }
    *pos = end;
    return kept;
}

/* Behind the last of the groups from .. to - 1 whose key is not above. */
static uint32_t upper(const struct prefilter *f, uint32_t from, uint32_t to,
                      uint64_t key)
{
    const uint64_t *low = f->keys + from;
    uint32_t n = to - from;
    while (n > 0) {
        uint32_t half = n / 2;
        bool on = low[half] <= key;
        low += on ? half + 1 : 0;
        n = on ? n - half - 1 : half;
    }
    return (uint32_t)(low - f->keys);
}

/* The groups from .. to - 1 that fit. The last that is not behind the text has
 * most bytes in common with it, and those that fit are beginnings of it, or it
 * is one. */
static void collect(struct prefilter_fits *it, uint32_t from, uint32_t to,
                    uint64_t key)
{
    const struct prefilter *f = it->filter;
    uint32_t behind = upper(f, from, to, key);
    uint32_t i = behind > from ? behind - 1 : LEXICON_NONE;
    unsigned same = i != LEXICON_NONE ? same_bytes(f->keys[i], key) : 0;
    for (; i != LEXICON_NONE; i = f->groups[i].shorter) {
        if (f->groups[i].length <= same) {
            it->found[it->left++] = i;
        }
    }
}

void prefilter_fits_open(struct prefilter_fits *it, const struct prefilter *f,
                         struct slice text, size_t at)
{
    size_t left = text.len - at;
    char room[8] = {0};
    if (left < sizeof room) {
        memcpy(room, text.data + at, left);
    }
    uint64_t eight = bytes_load64(left < 8 ? room : text.data + at);
    uint32_t row = row_of((uint32_t)eight | 0x20);
    uint64_t key = bytes_swap64(eight | CASES);
    it->filter = f;
    it->low =
        (uint32_t)((eight & CASES) / 0x20 * UINT64_C(0x0102040810204080) >> 56);
    it->left = 0;
    it->at = it->end = 0;
    if (f->from[row] < f->from[row + 1]) {
        collect(it, f->from[row], f->from[row + 1], key);
    }
    if (is_short(f, (uint32_t)eight) != 0) {
        collect(it, f->from[PREFILTER_ROWS], f->from[PREFILTER_ROWS + 1], key);
    }
}

bool prefilter_fits_next(struct prefilter_fits *it, struct lexicon_prefix *out)
{
    const struct prefilter *f = it->filter;
    for (;;) {
        while (it->at < it->end) {
            const struct prefilter_way *w = &f->ways[it->at++];
            uint32_t fits = (w->cases >> 8 & it->low) | (w->cases & ~it->low);
            if ((fits & 0xFF) == 0xFF) {
                lexicon_prefix(f->lexicon, w->record, out);
                return true;
            }
        }
        if (it->left == 0) {
            return false;
        }
        const struct prefilter_group *g = &f->groups[it->found[--it->left]];
        it->at = g->ways;
        it->end = g[1].ways;
    }
}
