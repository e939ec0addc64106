/* Is a record's name what stands in the text?  A hash has said so; here the
   bytes are compared, and the case policy is applied.

   1. the bytes one by one (folded: with ASCII case set aside)
   2. the same, but any white space where the name has a space
   3. token by token, by keys: NFC and NFD, full folding, plurals */
#include "tag/scan_state.h"

#include <string.h>

#include "text/class.h"
#include "text/cut.h"

/* How a stretch of text is related to a name of the same key. */
enum relation {
    REL_KEY = 1,     /* the same keys */
    REL_EXACT = 2,   /* the same letters, after NFC (but for a plural's) */
    REL_SMART = 4,   /* each capital of the name is one in the text */
    REL_SINGULAR = 8 /* the same without plural folding */
};

enum { REL_ALL = 15 };

#define LOW_BITS  0x7f7f7f7f7f7f7f7fULL
#define CASE_BITS 0x2020202020202020ULL
#define ONES      0x0101010101010101ULL

/* ASCII lower case of 8 bytes. */
static inline uint64_t lower8(uint64_t x)
{
    uint64_t y = x & LOW_BITS;
    uint64_t upper =
        (y + (0x80 - 'A') * ONES) & ~(y + (0x7f - 'Z') * ONES) & ~x & ~LOW_BITS;
    return x | upper >> 2;
}

struct difference {
    uint64_t strict; /* all ones: case counts */
    uint64_t bytes;
    uint64_t lost; /* not 0: a capital of the name is small in the text */
};

/* The number of equal bytes, 8 or less; notes how these differ in case. */
static inline size_t compare8(struct difference *d, uint64_t name,
                              uint64_t text)
{
    uint64_t x = name ^ text;
    uint64_t folded = (lower8(name) ^ lower8(text)) | (x & d->strict);
    size_t same = 8;
    if (folded != 0) {
        same = bits_ctz(folded) / 8;
        x &= (1ULL << 8 * same) - 1;
    }
    d->bytes |= x;
    d->lost |= x & text & CASE_BITS;
    return same;
}

static inline uint64_t load_few(const uint8_t *p, size_t n)
{
    uint64_t x = 0;
    if (n >= 4)
        return bytes_load32(p) | (uint64_t)bytes_load32(p + n - 4) << 32;
    for (size_t i = 0; i < n; i++)
        x |= (uint64_t)p[i] << 8 * i;
    return x;
}

/* n bytes of both can be read.  How many of them are equal but for ASCII
   case: n, or the place of the first that is not. */
static inline size_t compare_bytes(struct difference *d, const uint8_t *name,
                                   const uint8_t *text, size_t n)
{
    if (n < 8) {
        size_t same = compare8(d, load_few(name, n), load_few(text, n));
        if (same == 8)
            return n;
        /* of 4 to 7 bytes, the last four were put at 4 */
        return n < 4 || same < 4 ? same : n - 8 + same;
    }
    for (size_t i = 0; i < n; i += 8) {
        if (i + 8 > n)
            i = n - 8; /* some bytes again */
        size_t same =
            compare8(d, bytes_load64(name + i), bytes_load64(text + i));
        if (same < 8)
            return i + same;
    }
    return n;
}

/* May the token that ends with byte `last` go on at end of the text? */
static bool may_go_on(const struct scan *sc, uint8_t last, size_t end)
{
    if (end >= sc->len)
        return false;
    uint8_t next = sc->text[end];
    if (last < 0x80 && class_of_byte[last] != BYTE_WORD)
        return false;
    return next >= 0x80 || class_of_byte[next] == BYTE_WORD;
}

static unsigned relation_of(const struct difference *d)
{
    unsigned rel = REL_KEY | REL_SINGULAR;
    if (d->bytes == 0)
        rel |= REL_EXACT;
    if (d->lost == 0)
        rel |= REL_SMART;
    return rel;
}

/* Can the words of x and y still have one key, if they are the first bytes
   that differ?  Two ASCII letters: only at the end of a plural. */
static bool may_fold(const struct scan *sc, unsigned x, unsigned y)
{
    if ((x | y) >= 0x80)
        return true;
    if (!(sc->how & FOLD_PLURAL))
        return false;
    x |= 0x20;
    y |= 0x20;
    return x == 's' || y == 's' || (x == 'i' && y == 'y') ||
           (x == 'y' && y == 'i');
}

/* The first n bytes of a load of 8, the others 0. */
static inline uint64_t load_first(const uint8_t *p, size_t n)
{
    return bytes_load64(p) & (n >= 8 ? ~0ULL : (1ULL << 8 * n) - 1);
}

/* Short names, the most common, without a loop: 16 bytes of both can be
   read.  Notes how they differ in case; false if in more. */
static inline bool compare_short(struct difference *d, const uint8_t *name,
                                 const uint8_t *text, size_t n)
{
    size_t m = n > 8 ? n - 8 : 0;
    uint64_t n0 = load_first(name, n), t0 = load_first(text, n);
    uint64_t n1 = load_first(name + 8, m), t1 = load_first(text + 8, m);
    uint64_t x0 = n0 ^ t0, x1 = n1 ^ t1;
    d->bytes = x0 | x1;
    d->lost = ((x0 & t0) | (x1 & t1)) & CASE_BITS;
    if (d->bytes == 0)
        return true;
    return ((lower8(n0) ^ lower8(t0)) | (lower8(n1) ^ lower8(t1)) |
            (d->bytes & d->strict)) == 0;
}

/* 1. and 2.; 0: not equal in this way, and if !*maybe in no other. */
static unsigned compare_fast(const struct scan *sc, const struct record *rec,
                             size_t start, size_t *end, bool *maybe)
{
    const uint64_t strict = sc->how & FOLD_CASE ? 0 : ~0ULL;
    struct difference d = {strict, 0, 0};
    const uint8_t *name = rec->surface, *text = sc->text;
    size_t n = rec->length, at = start, i = 0;
    *maybe = true;
    if (n <= 16 && sc->len - start >= 16 && n > 0 &&
        compare_short(&d, name, text + start, n)) {
        at = start + n;
        i = n;
    } else {
        d = (struct difference){strict, 0, 0};
    }
    while (i < n) {
        size_t left = sc->len - at, most = n - i < left ? n - i : left;
        size_t same = compare_bytes(&d, name + i, text + at, most);
        at += same;
        i += same;
        if (i == n)
            break;
        if (at == sc->len)
            return 0;
        /* behind a space: there may be more of them in the text */
        bool back = i > 0 && name[i] != ' ' && name[i - 1] == ' ';
        at -= back;
        i -= back;
        if (name[i] != ' ') {
            *maybe = may_fold(sc, name[i], text[at]);
            return 0;
        }
        enum cut_gap gap;
        size_t next = cut_gap_end(text, sc->len, at, &gap);
        if (gap != CUT_SPACED) {
            *maybe = gap == CUT_GLUED && may_fold(sc, ' ', text[at]);
            return 0;
        }
        if (back && next == at + 1) { /* no: what follows differs */
            *maybe = next < sc->len && may_fold(sc, name[i + 1], text[next]);
            return 0;
        }
        at = next;
        i++;
    }
    if (n == 0)
        return 0;
    if (may_go_on(sc, name[n - 1], at)) {
        *maybe = may_fold(sc, name[n - 1] & 0x80, text[at]);
        return 0;
    }
    *end = at;
    return relation_of(&d);
}

static bool same_key(const struct word_key *a, const struct word_key *b)
{
    return a->n == b->n && memcmp(a->bytes, b->bytes, a->n) == 0;
}

static bool is_capital(uint32_t cp)
{
    return cp < 0x80 ? cp >= 'A' && cp <= 'Z' : class_is_upper(cp);
}

/* Is each capital of a one in b?  Both are NFC keys. */
static bool keeps_capitals(const struct word_key *a, const struct word_key *b)
{
    size_t i = 0, j = 0;
    while (i < a->n && j < b->n) {
        uint32_t x, y;
        size_t n, m;
        class_of_cp(a->bytes + i, a->n - i, &x, &n);
        class_of_cp(b->bytes + j, b->n - j, &y, &m);
        if (is_capital(x) && !is_capital(y))
            return false;
        i += n;
        j += m;
    }
    return true;
}

static bool is_ascii(const uint8_t *p, size_t n)
{
    uint64_t all = 0;
    for (size_t i = 0; i + 8 < n; i += 8)
        all |= bytes_load64(p + i);
    for (size_t i = n > 8 ? n - 8 : 0; i < n; i++)
        all |= p[i];
    return (all & ~LOW_BITS) == 0;
}

static uint8_t small(uint8_t c)
{
    return c >= 'A' && c <= 'Z' ? (uint8_t)(c | 0x20) : c;
}

/* The key of a word of ASCII without its plural's ending: so many bytes of
   the word, the last of them `last`. */
struct singular {
    size_t n;
    uint8_t last;
};

/* As key_plural. */
static struct singular singular_of(const uint8_t *p, size_t n)
{
    struct singular s = {n, p[n - 1]};
    if (n <= 3 || small(p[n - 1]) != 's' || !key_before_s[p[n - 2]])
        return s;
    bool ies = n > 4 && small(p[n - 2]) == 'e' && small(p[n - 3]) == 'i';
    s.n = ies ? n - 2 : n - 1;
    s.last = p[s.n - 1];
    if (ies)
        s.last = s.last == 'I' ? 'Y' : 'y';
    return s;
}

/* compare_words of two words of ASCII, with plurals and case set aside.  The
   bytes are compared once; `end` is where one of them has another last
   byte. */
static unsigned compare_ascii(const uint8_t *name, size_t n,
                              const uint8_t *text, size_t m)
{
    struct singular a = singular_of(name, n), b = singular_of(text, m);
    const size_t end = a.n - 1;
    bool cased = false, lost = false;
    if (a.n != b.n || small(a.last) != small(b.last))
        return 0;
    for (size_t i = 0; i < end; i++) {
        uint8_t x = name[i], y = text[i];
        if (small(x) != small(y))
            return 0;
        cased |= x != y;
        lost |= x < y;
    }
    bool same = n == m && small(name[end]) == small(text[end]);
    if (same) { /* the endings are compared, too */
        for (size_t i = end; i < n; i++) {
            cased |= name[i] != text[i];
            lost |= name[i] < text[i];
        }
    } else {
        cased |= a.last != b.last;
        lost |= a.last < b.last;
    }
    return REL_KEY | (same ? REL_SINGULAR : 0u) | (cased ? 0u : REL_EXACT) |
           (lost ? 0u : REL_SMART);
}

static unsigned compare_words(struct scan *sc, const uint8_t *name, size_t n,
                              const uint8_t *text, size_t m)
{
    struct word_key *a = &sc->key_a, *b = &sc->key_b;
    if (n == m && memcmp(name, text, n) == 0)
        return REL_ALL;
    if (sc->how == (FOLD_CASE | FOLD_PLURAL) && is_ascii(name, n) &&
        is_ascii(text, m))
        return compare_ascii(name, n, text, m);
    if (!key_word(name, n, sc->how, a) || !key_word(text, m, sc->how, b) ||
        !same_key(a, b))
        return 0;
    unsigned rel = REL_KEY;
    unsigned plural = sc->how & FOLD_PLURAL;
    key_word(name, n, sc->how & FOLD_CASE, a);
    key_word(text, m, sc->how & FOLD_CASE, b);
    if (same_key(a, b))
        rel |= REL_SINGULAR;
    key_word(name, n, rel & REL_SINGULAR ? 0 : plural, a);
    key_word(text, m, rel & REL_SINGULAR ? 0 : plural, b);
    if (same_key(a, b))
        rel |= REL_EXACT;
    if (keeps_capitals(a, b))
        rel |= REL_SMART;
    return rel;
}

/* 3. */
static unsigned compare_tokens(struct scan *sc, const struct record *rec,
                               size_t start, size_t *end)
{
    const uint8_t *name = rec->surface, *text = sc->text;
    size_t n = rec->length, i = 0, at = start;
    unsigned rel = REL_ALL;
    while (i < n) {
        enum cut_gap want, gap;
        size_t name_end, text_end;
        i = cut_gap_end(name, n, i, &want);
        if (i == n)
            return 0;
        at = cut_gap_end(text, sc->len, at, &gap);
        if (at >= sc->len || gap != want)
            return 0;
        enum cut_kind k = cut_token_end(name, n, i, &name_end);
        if (cut_token_end(text, sc->len, at, &text_end) != k || k == CUT_BAD)
            return 0;
        if (k == CUT_WORD)
            rel &= compare_words(sc, name + i, name_end - i, text + at,
                                 text_end - at);
        else if (name_end - i != text_end - at ||
                 memcmp(name + i, text + at, name_end - i) != 0)
            return 0;
        if (!(rel & REL_KEY))
            return 0;
        sc->stats.steps++;
        i = name_end;
        at = text_end;
    }
    *end = at;
    return rel;
}

static bool allows(const struct scan *sc, const struct record *rec,
                   unsigned rel)
{
    if (sc->how == 0)
        return rel & REL_EXACT;
    if (!(rel & REL_SINGULAR) && !(rec->flags & RECORD_PLURAL))
        return false;
    switch (rec->policy) {
    case POLICY_EXACT: return rel & REL_EXACT;
    case POLICY_SMART: return rel & REL_SMART;
    default: return true;
    }
}

bool verify_chain(struct scan *sc, uint32_t at, size_t start, struct found *out)
{
    for (unsigned tries = 0; tries < LIMIT_CHAIN; tries++) {
        struct record rec;
        size_t end = 0;
        if (!index_record(sc->ix, at, &rec))
            return false;
        bool maybe;
        unsigned rel = compare_fast(sc, &rec, start, &end, &maybe);
        if (rel == 0 && maybe)
            rel = compare_tokens(sc, &rec, start, &end);
        if (rel != 0 && allows(sc, &rec, rel)) {
            out->end = end;
            out->entry = rec.entry;
            out->label = rec.label;
            out->plain = rec.flags & RECORD_PLAIN;
            return !(rec.flags & RECORD_VETO);
        }
        if (rel == 0 || !(rec.flags & RECORD_MORE))
            return false;
        at = index_record_next(at, &rec);
    }
    return false;
}
