#include "text/bound.h"

#include <string.h>

#include "base/bytes.h"
#include "text/class.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

const uint8_t bound_class[256] = {
    ['\t'] = BOUND_WHITE,
    ['\n'] = BOUND_WHITE,
    ['\v'] = BOUND_WHITE,
    ['\f'] = BOUND_WHITE,
    ['\r'] = BOUND_WHITE,
    [' '] = BOUND_WHITE,
    ['.'] = BOUND_ODD_BEFORE | BOUND_ODD_AFTER | BOUND_CLOSING | BOUND_LOCAL,
    [':'] = BOUND_ODD_BEFORE | BOUND_ODD_AFTER | BOUND_CLOSING,
    ['@'] = BOUND_ODD_BEFORE | BOUND_ODD_AFTER | BOUND_OPAQUE,
    ['/'] = BOUND_OPAQUE,
    ['$'] = BOUND_ODD_BEFORE,
    ['\\'] = BOUND_ODD_BEFORE | BOUND_ODD_AFTER | BOUND_OPAQUE,
    ['&'] = BOUND_ODD_BEFORE | BOUND_ODD_AFTER,
    ['-'] = BOUND_ODD_BEFORE | BOUND_ODD_AFTER | BOUND_LOCAL,
    ['+'] = BOUND_ODD_AFTER | BOUND_LOCAL,
    ['#'] = BOUND_ODD_AFTER,
    [','] = BOUND_CLOSING,
    [';'] = BOUND_CLOSING,
    ['!'] = BOUND_CLOSING,
    ['?'] = BOUND_CLOSING,
    [')'] = BOUND_CLOSING,
    [']'] = BOUND_CLOSING,
    ['}'] = BOUND_CLOSING,
    ['>'] = BOUND_CLOSING,
    ['('] = BOUND_OPENING,
    ['['] = BOUND_OPENING,
    ['{'] = BOUND_OPENING,
    ['<'] = BOUND_OPENING,
    ['"'] = BOUND_OPENING | BOUND_CLOSING,
    ['\''] = BOUND_OPENING | BOUND_CLOSING,
    ['`'] = BOUND_OPENING};

static bool word_at(const uint8_t *text, size_t len, size_t at)
{
    if (at >= len)
        return false;
    if (text[at] < 0x80)
        return class_of_byte[text[at]] == BYTE_WORD;
    uint32_t cp;
    size_t n;
    enum cp_class k = class_of_cp(text + at, len - at, &cp, &n);
    return k == CP_WORD || k == CP_ALONE || k == CP_MARK;
}

/* The class of the code point that ends at `at` > 0, and its first byte. */
static enum cp_class class_before(const uint8_t *text, size_t at, size_t *from)
{
    size_t a = at - 1;
    while (a > 0 && at - a < 4 && (text[a] & 0xc0) == 0x80)
        a--;
    uint32_t cp;
    size_t n;
    enum cp_class k = class_of_cp(text + a, at - a, &cp, &n);
    if (a + n != at) {
        *from = at - 1;
        return CP_BAD;
    }
    *from = a;
    return k;
}

/* Does a word end at `at`?  Ignorable code points go on with a word. */
static bool word_before(const uint8_t *text, size_t at)
{
    while (at > 0) {
        enum cp_class k = class_before(text, at, &at);
        if (k != CP_IGNORE)
            return k == CP_WORD || k == CP_ALONE || k == CP_MARK;
    }
    return false;
}

bool bound_start_ok(const uint8_t *text, size_t len, size_t start,
                    const struct bound_options *opt)
{
    if (start == 0)
        return true;
    uint8_t b = text[start - 1];
    uint8_t first = text[start];
    if (first == '.' && !opt->inside && word_before(text, start))
        return false;
    if (!(bound_class[b] & BOUND_ODD_BEFORE))
        return true;
    uint8_t b2 = start > 1 ? text[start - 2] : 0;
    switch (b) {
    case '.': return opt->inside || b2 == '.' || !word_at(text, len, start);
    case ':': return opt->inside || b2 != ':';
    case '&':
        return !(word_before(text, start - 1) && word_at(text, len, start));
    case '-': return !(opt->join_hyphen && word_before(text, start - 1));
    default: /* @ $ \ */ return opt->inside;
    }
}

bool bound_end_ok(const uint8_t *text, size_t len, size_t end,
                  const struct bound_options *opt)
{
    if (end >= len || !(bound_class[text[end]] & BOUND_ODD_AFTER))
        return true;
    uint8_t a2 = end + 1 < len ? text[end + 1] : 0;
    switch (text[end]) {
    case '+': return !word_before(text, end) || word_at(text, len, end + 1);
    case '#': return !word_before(text, end);
    case '.':
    case '@': return opt->inside || !word_at(text, len, end + 1);
    case ':': return opt->inside || a2 != ':';
    case '\\': return opt->inside;
    case '&': return !(word_before(text, end) && word_at(text, len, end + 1));
    default: /* - */ return !(opt->join_hyphen && word_at(text, len, end + 1));
    }
}

static bool is_letter(uint8_t c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool starts_as_path(const uint8_t *p, size_t n)
{
    if (p[0] == '/')
        return true;
    if (n >= 2 && p[1] == '/' && (p[0] == '.' || p[0] == '~'))
        return true;
    if (n >= 3 && p[0] == '.' && p[1] == '.' && p[2] == '/')
        return true;
    return n >= 3 && is_letter(p[0]) && p[1] == ':' &&
           (p[2] == '/' || p[2] == '\\');
}

static bool is_address(const uint8_t *p, size_t n)
{
    size_t i = 0;
    while (i < n && (class_of_byte[p[i]] == BYTE_WORD || p[i] >= 0x80 ||
                     bound_class[p[i]] & BOUND_LOCAL))
        i++;
    return i > 0 && i < n && p[i] == '@' && word_at(p, n, i + 1);
}

static bool holds_scheme(const uint8_t *p, size_t n)
{
    for (size_t i = 0; i + 3 <= n; i++) {
        const uint8_t *q = memchr(p + i, ':', n - i - 2);
        if (q == NULL)
            return false;
        if (q[1] == '/' && q[2] == '/')
            return true;
        i = (size_t)(q - p);
    }
    return false;
}

/* Of 16 bytes those that are white space, not ASCII or, if that is asked for,
   in opaque chunks: a bit for each. */
#if defined(__SSE2__)
static uint32_t stops16(const uint8_t *p, bool opaque)
{
    __m128i x = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i line = _mm_sub_epi8(x, _mm_set1_epi8('\t'));
    __m128i stop = _mm_or_si128(
        _mm_cmpeq_epi8(_mm_min_epu8(line, _mm_set1_epi8('\r' - '\t')), line),
        _mm_or_si128(_mm_cmpeq_epi8(x, _mm_set1_epi8(' ')), x));
    if (opaque) {
        stop = _mm_or_si128(stop, _mm_cmpeq_epi8(x, _mm_set1_epi8('/')));
        stop = _mm_or_si128(stop, _mm_cmpeq_epi8(x, _mm_set1_epi8('\\')));
        stop = _mm_or_si128(stop, _mm_cmpeq_epi8(x, _mm_set1_epi8('@')));
    }
    return (uint32_t)_mm_movemask_epi8(stop);
}
#else
static uint32_t stops16(const uint8_t *p, bool opaque)
{
    const unsigned stop = BOUND_WHITE | (opaque ? BOUND_OPAQUE : 0u);
    uint32_t bits = 0;
    for (unsigned i = 0; i < 16; i++)
        bits |= (uint32_t)(p[i] >= 0x80 || bound_class[p[i]] & stop) << i;
    return bits;
}
#endif

static bool is_stop(uint8_t c, bool opaque)
{
    return c >= 0x80 ||
           bound_class[c] & (BOUND_WHITE | (opaque ? BOUND_OPAQUE : 0u));
}

/* The place behind the last of them before `at`, or 0. */
static size_t stop_before(const uint8_t *text, size_t at, bool opaque)
{
    for (; at >= 16; at -= 16) {
        uint32_t bits = stops16(text + at - 16, opaque);
        if (bits != 0)
            return at - 16 + bits_width(bits);
    }
    while (at > 0 && !is_stop(text[at - 1], opaque))
        at--;
    return at;
}

/* The first of them from `at` on, or len. */
static size_t stop_from(const uint8_t *text, size_t len, size_t at, bool opaque)
{
    for (; len - at >= 16; at += 16) {
        uint32_t bits = stops16(text + at, opaque);
        if (bits != 0)
            return at + bits_ctz(bits);
    }
    while (at < len && !is_stop(text[at], opaque))
        at++;
    return at;
}

static bool space_ends_at(const uint8_t *text, size_t at)
{
    uint8_t c = text[at - 1];
    if (c < 0x80)
        return bound_class[c] & BOUND_WHITE;
    return class_before(text, at, &at) == CP_SPACE;
}

/* The bytes of an opening bracket or quotation mark at p[0]. */
static size_t opening_at(const uint8_t *p, size_t n)
{
    static const uint8_t quotes[] = {0x98, 0x9A, 0x9C, 0x9E, 0xB9};
    if (p[0] < 0x80)
        return bound_class[p[0]] & BOUND_OPENING ? 1 : 0;
    if (n >= 2 && p[0] == 0xC2 && p[1] == 0xAB)
        return 2;
    if (n < 3 || p[0] != 0xE2 || p[1] != 0x80)
        return 0;
    return memchr(quotes, p[2], sizeof quotes) != NULL ? 3 : 0;
}

/* The same for a closing one or a stop that ends at p[n - 1]. */
static size_t closing_before(const uint8_t *p, size_t n)
{
    static const uint8_t quotes[] = {0x98, 0x99, 0x9C, 0x9D, 0xBA};
    const uint8_t *q = p + n;
    if (q[-1] < 0x80)
        return bound_class[q[-1]] & BOUND_CLOSING ? 1 : 0;
    if (n >= 2 && q[-2] == 0xC2 && q[-1] == 0xBB)
        return 2;
    if (n < 3 || q[-3] != 0xE2 || q[-2] != 0x80)
        return 0;
    return memchr(quotes, q[-1], sizeof quotes) != NULL ? 3 : 0;
}

/* The chunk around `at`, a byte that is no space. */
static void find_chunk(const uint8_t *text, size_t len, size_t at,
                       struct bound_cache *c)
{
    size_t a = at, b = at;
    while ((a = stop_before(text, a, false)) > 0 && !space_ends_at(text, a))
        a--;
    while ((b = stop_from(text, len, b, false)) < len) {
        uint32_t cp;
        size_t n;
        if (class_of_cp(text + b, len - b, &cp, &n) == CP_SPACE)
            break;
        b += n;
    }
    c->from = a;
    c->to = b;
    for (size_t k; a < b && (k = opening_at(text + a, b - a)) > 0;)
        a += k;
    for (size_t k; b > a && (k = closing_before(text + a, b - a)) > 0;)
        b -= k;
    const uint8_t *p = text + a;
    size_t n = b - a;
    bool opaque = n > 0 && (starts_as_path(p, n) ||
                            (n >= 4 && memcmp(p, "www.", 4) == 0) ||
                            is_address(p, n) || holds_scheme(p, n));
    c->opaque_from = a;
    c->opaque_to = opaque ? b : a;
}

static bool begins_www(const uint8_t *text, size_t from, size_t to)
{
    while (from < to && bound_class[text[from]] & BOUND_OPENING)
        from++;
    return to - from >= 4 && memcmp(text + from, "www.", 4) == 0;
}

/* The common case: the bytes around show at once that there is no opaque
   chunk; they are then noted as one that is not.  A plain name can be the
   begin of an address only with its first chunk, if it goes on before the
   name, or with its last, if of that it has but the brackets. */
static bool is_clear(const uint8_t *text, size_t len, size_t start, size_t end,
                     struct bound_cache *c)
{
    size_t a = stop_before(text, start, true);
    if (a > 0 && !(bound_class[text[a - 1]] & BOUND_WHITE))
        return false;
    size_t b = stop_from(text, len, end, true);
    if (b < len && !(bound_class[text[b]] & BOUND_WHITE))
        return false;
    size_t last = stop_before(text, end, false);
    if (last < start)
        last = start;
    if (last > start && text[last - 1] >= 0x80)
        return false;
    if (begins_www(text, a, b) || (last > start && begins_www(text, last, b)))
        return false;
    c->from = a;
    c->to = b;
    c->opaque_from = c->opaque_to = a;
    return true;
}

static bool in_opaque(const uint8_t *text, size_t len, size_t at, size_t start,
                      size_t end, struct bound_cache *c)
{
    if (at < c->from || at >= c->to)
        find_chunk(text, len, at, c);
    if (c->opaque_from == c->opaque_to)
        return false;
    if (start <= c->opaque_from && end >= c->opaque_to)
        return false;
    return at >= c->opaque_from && at < c->opaque_to;
}

bool bound_is_opaque(const uint8_t *text, size_t len, size_t start, size_t end,
                     bool plain, struct bound_cache *cache)
{
    if (plain) {
        /* the common case: white space around, or but a stop or a bracket */
        uint8_t b = start > 0 ? text[start - 1] : ' ';
        uint8_t a = end < len ? text[end] : ' ';
        if (bound_class[b] & BOUND_OPENING)
            b = start > 1 ? text[start - 2] : ' ';
        if (bound_class[a] & BOUND_CLOSING)
            a = end + 1 < len ? text[end + 1] : ' ';
        if (bound_class[a] & bound_class[b] & BOUND_WHITE)
            return false;
        bool known = start >= cache->from && end <= cache->to;
        if (!known && is_clear(text, len, start, end, cache))
            return false;
    }
    return in_opaque(text, len, start, start, end, cache) ||
           in_opaque(text, len, end - 1, start, end, cache);
}

bool bound_is_plain(const uint8_t *name, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (name[i] == '/' || name[i] == '\\' || name[i] == '@')
            return false;
        if (i + 3 <= n && (name[i] | 0x20) == 'w' &&
            (name[i + 1] | 0x20) == 'w' && (name[i + 2] | 0x20) == 'w')
            return false;
    }
    return true;
}
