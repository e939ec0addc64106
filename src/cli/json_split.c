#include "cli/json_split.h"

#include <stdlib.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { BLOCK = 64 };

/* Which of 64 bytes are what, a bit each. */
struct masks {
    uint64_t quotes, slashes, opens, closes, newlines;
};

/* A few bytes side by side: which are a certain one, a bit each. */
#ifdef __SSE2__

enum { LANES = 16 };
typedef __m128i lanes;

static inline lanes lanes_load(const char *p)
{
    return _mm_loadu_si128((const void *)p);
}

/* [ and ] become { and }. */
static inline lanes lanes_fold(lanes x)
{
    return _mm_or_si128(x, _mm_set1_epi8(0x20));
}

static inline uint64_t lanes_equal(lanes x, char c)
{
    return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(x, _mm_set1_epi8(c)));
}

#else

enum { LANES = 8 };
typedef uint64_t lanes; /* byte i, counted from the lowest, is p[i] */

/* A byte eight times. */
#define ALL(byte) (UINT64_C(0x0101010101010101) * (byte))

static inline lanes lanes_load(const char *p)
{
    lanes x = 0;
    for (unsigned i = 0; i < LANES; i++) {
        x |= (uint64_t)(unsigned char)p[i] << (8 * i);
    }
    return x;
}

static inline lanes lanes_fold(lanes x)
{
    return x | ALL(0x20);
}

/* c is below 0x80. */
static inline uint64_t lanes_equal(lanes x, char c)
{
    uint64_t y = x ^ ALL((unsigned char)c);
    uint64_t same = ~(((y & ALL(0x7F)) + ALL(0x7F)) | y) & ALL(0x80);
    return (same >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

#endif

static inline struct masks masks_of(const char *p)
{
    struct masks m = {0};
    for (unsigned i = 0; i < BLOCK; i += LANES) {
        lanes x = lanes_load(p + i);
        lanes brackets = lanes_fold(x);
        m.quotes |= lanes_equal(x, '"') << i;
        m.slashes |= lanes_equal(x, '\\') << i;
        m.opens |= lanes_equal(brackets, '{') << i;
        m.closes |= lanes_equal(brackets, '}') << i;
        m.newlines |= lanes_equal(x, '\n') << i;
    }
    return m;
}

void json_split_begin(struct json_split *s, size_t max)
{
    *s = (struct json_split){.max = max, .line = 1};
}

static bool in_array(const struct json_split *s)
{
    return s->place != JSON_OUTSIDE && s->place != JSON_BEHIND;
}

static size_t column(const struct json_split *s)
{
    return (size_t)(s->base + s->pos - s->line_from) + 1;
}

static bool add(struct json_items *items, const struct json_item *item)
{
    if (items->count == items->capacity) {
        size_t capacity = items->capacity * 2 + 64;
        struct json_item *list =
            realloc(items->list, capacity * sizeof *items->list);
        if (list == NULL) {
            return false;
        }
        items->list = list;
        items->capacity = capacity;
    }
    items->list[items->count++] = *item;
    return true;
}

/* What begins at pos. */
static struct json_item item_here(const struct json_split *s,
                                  enum json_kind kind)
{
    return (struct json_item){.kind = kind,
                              .place = s->place,
                              .at = s->pos,
                              .line = s->line,
                              .column = column(s),
                              .number = s->number};
}

/* Past the newlines of a block at pos. */
static inline void pass_newlines(struct json_split *s, uint64_t newlines)
{
    if (newlines != 0) {
        s->line += (unsigned)__builtin_popcountll(newlines);
        s->line_from =
            s->base + s->pos + BLOCK - (unsigned)__builtin_clzll(newlines);
    }
}

/* ---- what is open */

static void begin(struct json_split *s, enum json_open open,
                  enum json_kind kind)
{
    s->number += kind != JSON_OTHER;
    s->open = open;
    s->item = item_here(s, kind);
    s->depth = 0;
    s->in_string = false;
    s->escaped = false;
    s->passed = false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* What is open has more bytes than a record may have. What is told of it does
 * not depend on how much of it is at hand. */
static void shorten(struct json_split *s)
{
    s->item.kind = s->item.kind == JSON_OTHER ? JSON_OTHER : JSON_LONG;
    s->item.len = s->max;
    s->item.lines = true;
}

/* What is open ends in front of pos. */
static bool finish(struct json_split *s, const char *data,
                   struct json_items *items)
{
    struct json_item *item = &s->item;
    bool good = true;
    if (!s->passed && s->pos - item->at > s->max) {
        shorten(s);
        good = add(items, item);
    } else if (!s->passed) {
        size_t end = s->pos;
        while (s->open == JSON_LOOSE && is_blank(data[end - 1])) {
            end--;
        }
        item->len = end - item->at;
        item->lines = s->line != item->line;
        good = add(items, item);
    }
    s->open = JSON_NOTHING;
    s->place = in_array(s) ? JSON_COMMA : JSON_OUTSIDE;
    return good;
}

/* Each bit becomes the sum of those up to it: in a string, or not? */
static inline uint64_t sums(uint64_t bits)
{
    for (unsigned i = 1; i < BLOCK; i *= 2) {
        bits ^= bits << i;
    }
    return bits;
}

/* Which of n bytes have a backslash before them that counts. */
static inline uint64_t escapes(struct json_split *s, uint64_t slashes, size_t n)
{
    uint64_t escaped = s->escaped;
    bool last = false; /* that of a block begins no escape in it */
    slashes &= ~escaped;
    while (slashes != 0) {
        uint64_t slash = slashes & -slashes;
        escaped |= slash << 1;
        last = slash >> (BLOCK - 1) != 0;
        slashes &= ~(slash | slash << 1);
    }
    s->escaped = n < BLOCK ? (escaped >> n & 1) != 0 : last;
    return escaped;
}

/* The next bytes of a nest, 64 at most; 0 where it goes on, else 1 + the place
 * of its last byte. */
static inline unsigned nest_block(struct json_split *s, const char *p, size_t n)
{
    struct masks m = masks_of(p);
    uint64_t quotes = m.quotes;
    if (m.slashes != 0 || s->escaped) {
        quotes &= ~escapes(s, m.slashes, n);
    }
    uint64_t inside = s->in_string ? ~UINT64_C(0) : 0;
    if (quotes != 0) {
        inside ^= sums(quotes);
    }
    uint64_t brackets = (m.opens | m.closes) & ~inside;
    for (; brackets != 0; brackets &= brackets - 1) {
        uint64_t bit = brackets & -brackets;
        if ((m.opens & bit) != 0) {
            s->depth++;
        } else if (--s->depth == 0) {
            pass_newlines(s, m.newlines & (bit - 1));
            return (unsigned)__builtin_ctzll(bit) + 1;
        }
    }
    s->in_string = inside >> (BLOCK - 1) != 0;
    pass_newlines(s, m.newlines);
    return 0;
}

static bool pass_nest(struct json_split *s, const char *data, size_t len,
                      struct json_items *items)
{
    while (s->pos < len) {
        char room[BLOCK];
        const char *p = data + s->pos;
        size_t n = len - s->pos < BLOCK ? len - s->pos : BLOCK;
        if (n < BLOCK) {
            memset(room, 0, sizeof room);
            memcpy(room, p, n);
            p = room;
        }
        unsigned end = nest_block(s, p, n);
        if (end > 0) {
            s->pos += end;
            return finish(s, data, items);
        }
        s->pos += n;
    }
    return true;
}

/* A string in it ends with its line: nothing else would end it where somebody
 * has written a single quote. */
static bool pass_loose(struct json_split *s, const char *data, size_t len,
                       struct json_items *items)
{
    for (; s->pos < len; s->pos++) {
        char c = data[s->pos];
        if (c == '\n' ||
            (!s->in_string && strchr(",[]{}", c) != NULL && c != '\0')) {
            return finish(s, data, items);
        }
        if (c == '"' && !s->escaped) {
            s->in_string = !s->in_string;
        }
        s->escaped = c == '\\' && !s->escaped;
    }
    return true;
}

/* ---- between them */

static bool stray(struct json_split *s, struct json_items *items)
{
    struct json_item item = item_here(s, JSON_STRAY);
    item.len = 1;
    s->pos++;
    return add(items, &item);
}

/* The byte at pos, which is not in anything. */
static bool pass_between(struct json_split *s, char c, struct json_items *items)
{
    bool good = true;
    switch (c) {
    case '\n':
        s->line++;
        s->line_from = s->base + s->pos + 1;
        s->pos++;
        return true;
    case ' ':
    case '\t':
    case '\r': s->pos++; return true;
    case ',':
        if (s->place != JSON_COMMA) {
            return stray(s, items);
        }
        s->place = JSON_VALUE;
        s->pos++;
        return true;
    case ']':
        if (s->place == JSON_FIRST || s->place == JSON_COMMA) {
            s->pos++;
        } else {
            good = stray(s, items);
        }
        s->place = JSON_BEHIND;
        return good;
    case '}': return stray(s, items);
    case '[':
        if (in_array(s)) {
            begin(s, JSON_NEST, JSON_OTHER);
            return true;
        }
        s->place = JSON_FIRST;
        s->pos++;
        return true;
    case '{':
        begin(s, JSON_NEST,
              s->place == JSON_COMMA ? JSON_NO_COMMA : JSON_RECORD);
        return true;
    default: begin(s, JSON_LOOSE, JSON_OTHER); return true;
    }
}

/* ---- */

/* The file ends at pos. */
static bool end_file(struct json_split *s, const char *data,
                     struct json_items *items)
{
    bool cut = s->open == JSON_NEST && !s->passed;
    if (cut && s->item.kind != JSON_OTHER) {
        s->item.kind = JSON_OPEN;
    }
    if (s->open != JSON_NOTHING && !finish(s, data, items)) {
        return false;
    }
    if (!in_array(s) || cut) {
        return true;
    }
    struct json_item item = item_here(s, JSON_NO_END);
    return add(items, &item);
}

/* More of one thing than a record may have is told of at once, and what
 * follows of it is not kept. */
static bool check_size(struct json_split *s, struct json_items *items)
{
    if (s->open == JSON_NOTHING || s->passed || s->pos - s->item.at <= s->max) {
        return true;
    }
    shorten(s);
    s->passed = true;
    return add(items, &s->item);
}

/* Past a byte order mark; false where there may be one and too little of it is
 * at hand. */
static bool pass_mark(struct json_split *s, const char *data, size_t len,
                      bool end)
{
    static const char mark[] = "\xEF\xBB\xBF";
    if (s->base > 0 || s->pos > 0) {
        return true;
    }
    size_t n = len < 3 ? len : 3;
    if (memcmp(data, mark, n) != 0) {
        return true;
    }
    if (n == 3) {
        s->pos = 3;
        s->line_from = 3;
    }
    return n == 3 || n == 0 || end;
}

bool json_split_next(struct json_split *s, const char *data, size_t len,
                     bool end, struct json_items *items, size_t *used)
{
    bool good = true;
    items->count = 0;
    *used = 0;
    if (!pass_mark(s, data, len, end)) {
        return true;
    }
    while (good && s->pos < len) {
        switch (s->open) {
        case JSON_NOTHING: good = pass_between(s, data[s->pos], items); break;
        case JSON_NEST: good = pass_nest(s, data, len, items); break;
        case JSON_LOOSE: good = pass_loose(s, data, len, items); break;
        }
    }
    good = good && check_size(s, items) && (!end || end_file(s, data, items));
    *used = s->open != JSON_NOTHING && !s->passed ? s->item.at : s->pos;
    s->base += *used;
    s->pos -= *used;
    s->item.at = 0;
    return good;
}
