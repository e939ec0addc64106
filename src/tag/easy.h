/* The common name in one piece: at most 32 bytes that are the text's, but for
   ASCII case where that is folded, between white space.  Whatever is not so
   simple is left to verify.c and bound.c, which give the same answers. */
#ifndef GAZ_TAG_EASY_H
#define GAZ_TAG_EASY_H

#include "tag/scan_state.h"
#include "text/class.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { EASY_MAX = 32 };

enum easy {
    EASY_REFUSED, /* this name is not there */
    EASY_TAKEN,
    EASY_EDGES, /* it is; bound.c is to say if it counts */
    EASY_UNSURE
};

/* How 32 bytes of a name differ from the text: a bit for each byte. */
struct easy_difference {
    uint32_t any;
    uint32_t letter; /* not if case is set aside */
    uint32_t lost;   /* a capital of the name is small in the text */
};

#if defined(__SSE2__)
static GAZ_ALWAYS_INLINE uint32_t easy_bits(__m128i a, __m128i b)
{
    return (uint32_t)_mm_movemask_epi8(a) | (uint32_t)_mm_movemask_epi8(b)
                                                << 16;
}

static GAZ_ALWAYS_INLINE __m128i easy_cased(__m128i difference, __m128i name)
{
    const __m128i bit = _mm_set1_epi8(0x20);
    __m128i small = _mm_or_si128(name, bit);
    return _mm_and_si128(
        _mm_cmpeq_epi8(difference, bit),
        _mm_and_si128(_mm_cmpgt_epi8(small, _mm_set1_epi8('a' - 1)),
                      _mm_cmpgt_epi8(_mm_set1_epi8('z' + 1), small)));
}

/* A name's space is any white byte: a line may end there. */
static GAZ_ALWAYS_INLINE __m128i easy_space(__m128i name, __m128i text)
{
    __m128i x = _mm_sub_epi8(text, _mm_set1_epi8('\t'));
    __m128i white =
        _mm_cmpeq_epi8(_mm_min_epu8(x, _mm_set1_epi8('\r' - '\t')), x);
    return _mm_and_si128(white, _mm_cmpeq_epi8(name, _mm_set1_epi8(' ')));
}

static GAZ_ALWAYS_INLINE struct easy_difference
easy_compare(const uint8_t *name, const uint8_t *text, bool fold)
{
    const __m128i *p = (const __m128i *)(const void *)name;
    const __m128i *q = (const __m128i *)(const void *)text;
    __m128i n0 = _mm_loadu_si128(p), n1 = _mm_loadu_si128(p + 1);
    __m128i t0 = _mm_loadu_si128(q), t1 = _mm_loadu_si128(q + 1);
    __m128i x0 = _mm_xor_si128(n0, t0), x1 = _mm_xor_si128(n1, t1);
    const __m128i zero = _mm_setzero_si128();
    struct easy_difference d = {0, 0, 0};
    d.any =
        ~easy_bits(_mm_or_si128(_mm_cmpeq_epi8(x0, zero), easy_space(n0, t0)),
                   _mm_or_si128(_mm_cmpeq_epi8(x1, zero), easy_space(n1, t1)));
    d.letter = d.any;
    if (fold) {
        uint32_t cased = easy_bits(easy_cased(x0, n0), easy_cased(x1, n1));
        d.letter &= ~cased;
        /* 0x20 of the text's byte, moved to where a mask is taken from */
        d.lost =
            cased & easy_bits(_mm_slli_epi16(t0, 2), _mm_slli_epi16(t1, 2));
    }
    return d;
}
#else
static inline struct easy_difference
easy_compare(const uint8_t *name, const uint8_t *text, bool fold)
{
    struct easy_difference d = {0, 0, 0};
    for (unsigned i = 0; i < EASY_MAX; i++) {
        unsigned small = name[i] | 0x20u;
        bool cased =
            fold && (name[i] ^ text[i]) == 0x20 && small >= 'a' && small <= 'z';
        bool other = name[i] != text[i] &&
                     !(name[i] == ' ' && class_of_byte[text[i]] == BYTE_SPACE);
        d.any |= (uint32_t)other << i;
        d.letter |= (uint32_t)(other && !cased) << i;
        d.lost |= (uint32_t)(cased && (text[i] & 0x20)) << i;
    }
    return d;
}
#endif

/* Can two words of one hash that differ in these bytes first, or white space
   at one of them, still be one key? */
static inline bool easy_may_differ(unsigned how, const uint8_t *name,
                                   const uint8_t *text, uint32_t i)
{
    unsigned x = name[i], y = text[i];
    if ((x | y) >= 0x80)
        return true;
    if (class_of_byte[y] == BYTE_SPACE && i > 0 && name[i - 1] == ' ')
        return true; /* more white space than one byte */
    if (!(how & FOLD_PLURAL))
        return false;
    x |= 0x20;
    y |= 0x20;
    return x == 's' || y == 's' || x == 'y' || y == 'y';
}

/* Is what ends at word[n] a word that with an s there is its plural?  At least
   three ASCII letters or digits, and no plural themselves. */
static inline bool easy_has_plural(const uint8_t *word, uint32_t n)
{
    return n >= 3 && class_of_byte[word[n - 1]] == BYTE_WORD &&
           class_of_byte[word[n - 2]] == BYTE_WORD &&
           class_of_byte[word[n - 3]] == BYTE_WORD &&
           key_before_s[word[n - 1]] && (word[n - 1] | 0x20) != 's' &&
           !((word[n - 1] | 0x20) == 'e' && (word[n - 2] | 0x20) == 'i');
}

/* Of two words that are the same up to byte i, is one 'y' and the other one
   'ies' from there on, in letters of one case? */
static inline bool easy_is_ies(const uint8_t *y, const uint8_t *ies, uint32_t i)
{
    unsigned small = y[i] & 0x20u;
    return (y[i] | 0x20) == 'y' && ies[i] == ('I' | small) &&
           ies[i + 1] == ('E' | small) && ies[i + 2] == ('S' | small) &&
           i >= 2 && class_of_byte[y[i - 1]] == BYTE_WORD &&
           class_of_byte[y[i - 2]] == BYTE_WORD;
}

/* Does no word go on at the byte? */
static inline bool easy_ends(uint8_t byte)
{
    return !(class_of_byte[byte] & (BYTE_WORD | BYTE_HIGH));
}

/* A name and the text differ from byte i on.  Is it that one has the name's
   last word in the plural?  Then 1 more than the bytes of the text's from there
   on, else 0. */
static inline uint32_t easy_plural(unsigned how, const uint8_t *name,
                                   uint32_t n, const uint8_t *text, uint32_t i)
{
    if (!(how & FOLD_PLURAL))
        return 0;
    if (i + 1 == n && (name[i] | 0x20) == 's' && easy_has_plural(name, i) &&
        easy_ends(text[i]))
        return 1;
    if (i + 3 == n && easy_is_ies(text, name, i) && easy_ends(text[i + 1]))
        return 2;
    if (i + 1 == n && easy_is_ies(name, text, i) && easy_ends(text[i + 3]))
        return 4;
    return 0;
}

/* The record at an offset / 4, if its name is at the start of the text. */
static GAZ_ALWAYS_INLINE enum easy easy_take(struct scan *sc, uint32_t at,
                                             size_t start, struct found *out)
{
    const struct index *ix = sc->ix;
    const unsigned how = sc->how;
    size_t offset = (size_t)at * 4;
    if (offset + RECORD_HEAD + EASY_MAX > ix->records_size || start < 2 ||
        sc->len - start < EASY_MAX + 3)
        return EASY_UNSURE;
    struct record rec;
    index_record_read(ix->records + offset, &rec);
    uint32_t n = rec.length;
    if (n - 1u >= EASY_MAX || rec.entry >= ix->entry_count ||
        rec.label >= ix->label_count ||
        (rec.flags & (RECORD_VETO | RECORD_DEEP)))
        return EASY_UNSURE;
    /* what this record does not take is for the next one of its key */
    const enum easy refused =
        rec.flags & RECORD_MORE ? EASY_UNSURE : EASY_REFUSED;
    const uint8_t *text = sc->text + start, *name = rec.surface;
    struct easy_difference d = easy_compare(name, text, how & FOLD_CASE);
    uint32_t in = UINT32_MAX >> (EASY_MAX - n);
    uint32_t end = n;
    if (GAZ_UNLIKELY((d.letter & in) != 0)) {
        uint32_t i = bits_ctz(d.letter & in);
        uint32_t more = easy_plural(how, name, n, text, i);
        if (more == 0)
            return easy_may_differ(how, name, text, i) ? EASY_UNSURE
                                                       : EASY_REFUSED;
        if (!(rec.flags & RECORD_PLURAL))
            return refused;
        end = i + more - 1;
        in = (1u << i) - 1;
    } else if (class_of_byte[text[n - 1]] & (BYTE_WORD | BYTE_HIGH) &&
               !easy_ends(text[n])) {
        if ((text[n - 1] | text[n]) < 0x80 && !(how & FOLD_PLURAL))
            return EASY_REFUSED;
        if (text[n] != 's' || !easy_ends(text[n + 1]) ||
            !easy_has_plural(text, n))
            return EASY_UNSURE;
        if (!(rec.flags & RECORD_PLURAL))
            return refused;
        end = n + 1;
    }
    if (how != 0 && ((rec.policy == POLICY_EXACT && (d.any & in)) ||
                     (rec.policy == POLICY_SMART && (d.lost & in))))
        return refused;
    out->end = start + end;
    out->entry = rec.entry;
    out->label = rec.label;
    out->plain = rec.flags & RECORD_PLAIN;
    return out->plain && text[0] != '.' && bound_is_easy(text, text + end)
               ? EASY_TAKEN
               : EASY_EDGES;
}

#endif
