#include "build/rule_prefix.h"

#include "text/utf8.h"

enum {
    FRONT_MAX = 64,   /* beginnings that are made longer at once */
    CHILDREN_MAX = 10 /* a beginning with more next bytes ends there */
};

/* Beginnings as the pattern wants them, case and all. */
struct front {
    struct rule_prefix items[FRONT_MAX + 256];
    size_t count;
};

/* The case that each byte has goes to p->cases. */
static void fold(struct rule_prefix *p)
{
    for (size_t i = 0; i < p->len; i++) {
        bool low = (p->bytes[i] & 0x20) != 0;
        p->cases |= (uint16_t)(1u << (low ? 8 + i : i));
        p->bytes[i] |= 0x20;
    }
}

static enum status emit(const struct alloc *alloc, struct rule_prefixes *out,
                        struct rule_prefix p, struct err *e)
{
    fold(&p);
    size_t at = 0;
    for (; at < out->count; at++) {
        int c = memcmp(out->items[at].bytes, p.bytes, sizeof p.bytes);
        if (c == 0 && out->items[at].len == p.len) {
            out->items[at].cases |= p.cases;
            return STATUS_OK;
        }
        if (c > 0) {
            break;
        }
    }
    void *items = out->items;
    if (!alloc_grow(alloc, &items, &out->capacity, out->count + 1,
                    sizeof *out->items)) {
        return err_nomem(e);
    }
    out->items = items;
    memmove(out->items + at + 1, out->items + at,
            (out->count - at) * sizeof *out->items);
    out->items[at] = p;
    out->count++;
    return STATUS_OK;
}

struct search {
    const struct pattern *pattern;
    struct pattern_scratch *scratch;
    struct slice source;
    bool ascii; /* but for what folds to it, source takes ASCII only */
    bool nomem; /* an answer was lost */
};

static enum pattern_start ask(struct search *f, struct slice bytes)
{
    enum pattern_start start = pattern_start(f->pattern, f->scratch, bytes);
    f->nomem = f->nomem || start == PATTERN_START_NOMEM;
    return start;
}

static bool can_begin(struct search *f, const struct rule_prefix *p,
                      const char *more, size_t n)
{
    char bytes[RULE_PREFIX_MAX + 4];
    memcpy(bytes, p->bytes, p->len);
    memcpy(bytes + p->len, more, n);
    return ask(f, slice_of(bytes, p->len + n)) != PATTERN_START_NO;
}

/* Can what stands at s[i] of a pattern take more than ASCII? Its classes are
 * those of ASCII (no PCRE2_UCP), so that only what is negated, any character
 * and options may. Says yes where in doubt. */
static bool takes_more_than_ascii(const char *s, size_t len, size_t i,
                                  bool in_class)
{
    char next = i + 1 < len ? s[i + 1] : '\0';
    bool letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
    switch (s[i]) {
    case '\\':
        return (letter && strchr("dwsbB", next) == NULL) ||
               (next >= '0' && next <= '9') || (unsigned char)next >= 0x80;
    case '[': return next == '^' || next == ':';
    case '.': return !in_class;
    case '{': return !in_class && letter;
    case '(':
        return !in_class &&
               (next == '*' ||
                (next == '?' && i + 2 < len && s[i + 2] != ':' &&
                 s[i + 2] != '=' && s[i + 2] != '!' && s[i + 2] != '<'));
    default: return (unsigned char)s[i] >= 0x80;
    }
}

static bool is_of_ascii(struct slice source)
{
    bool in_class = false;
    for (size_t i = 0; i < source.len; i++) {
        char c = source.data[i];
        if (takes_more_than_ascii(source.data, source.len, i, in_class)) {
            return false;
        }
        in_class = in_class ? c != ']' : c == '[';
        i += c == '\\'; /* what is escaped is looked at */
    }
    return true;
}

/* Can a code point above ASCII come next? Asked of those that the pattern
 * names and of some of each kind that its classes may hold. */
static bool can_go_on_beyond_ascii(struct search *f,
                                   const struct rule_prefix *p)
{
    static const struct {
        uint32_t first, last;
    } some[] = {{0xA0, 0xFF},     {0x17F, 0x17F},   {0x391, 0x3C9},
                {0x430, 0x430},   {0x5D0, 0x5D0},   {0x627, 0x627},
                {0x2009, 0x2044}, {0x2122, 0x2122}, {0x212A, 0x212A},
                {0x3042, 0x3042}, {0x4E00, 0x4E00}};
    char bytes[4];
    if (f->ascii) { /* long s and the sign of Kelvin */
        return can_begin(f, p, bytes, utf8_write(0x17F, bytes)) ||
               can_begin(f, p, bytes, utf8_write(0x212A, bytes));
    }
    for (size_t i = 0; i < sizeof some / sizeof some[0]; i++) {
        for (uint32_t c = some[i].first; c <= some[i].last; c++) {
            if (can_begin(f, p, bytes, utf8_write(c, bytes))) {
                return true;
            }
        }
    }
    for (size_t i = 0, n = 0; i < f->source.len; i += n) {
        uint32_t c = utf8_next(f->source.data, f->source.len, i, &n);
        if (c >= 0x80 && c != UTF8_INVALID &&
            can_begin(f, p, bytes, utf8_write(c, bytes))) {
            return true;
        }
    }
    return false;
}

/* p, which a code point above ASCII follows: all that this can begin with.
 * Else 'V(?:e|é)' would be tried wherever a word begins with v. */
static enum status emit_beyond_ascii(const struct alloc *alloc,
                                     const struct rule_prefix *p,
                                     struct rule_prefixes *out, struct err *e)
{
    enum status s = STATUS_OK;
    for (unsigned lead = 0xC2; s == STATUS_OK && lead < 0xF5; lead++) {
        struct rule_prefix longer = *p;
        longer.bytes[longer.len++] = (unsigned char)lead;
        s = emit(alloc, out, longer, e);
    }
    return s;
}

/* Add what p goes on with in ASCII to next; false when p is better left as it
 * is. */
static bool grow(struct search *f, const struct rule_prefix *p,
                 struct front *next)
{
    size_t before = next->count;
    if (p->len == RULE_PREFIX_MAX ||
        ask(f, slice_of((const char *)p->bytes, p->len)) !=
            PATTERN_START_MORE) {
        return false;
    }
    for (int c = '\t'; c < 0x7F; c++) {
        char byte = (char)c;
        if ((c > '\r' && c < ' ') || !can_begin(f, p, &byte, 1)) {
            continue;
        }
        if (next->count - before == CHILDREN_MAX || next->count == FRONT_MAX) {
            next->count = before;
            return false;
        }
        struct rule_prefix longer = *p;
        longer.bytes[longer.len++] = (unsigned char)c;
        next->items[next->count++] = longer;
    }
    return true;
}

/* The first bytes: PCRE2 knows those above ASCII. */
static void begin(struct search *f, struct front *front)
{
    static const struct rule_prefix empty;
    for (int c = '\t'; c < 0x100; c++) {
        char byte = (char)c;
        bool ascii = c < 0x80;
        if (pattern_first_byte(f->pattern, (unsigned char)c) &&
            (!ascii || can_begin(f, &empty, &byte, 1))) {
            struct rule_prefix p = {.len = 1};
            p.bytes[0] = (unsigned char)c;
            front->items[front->count++] = p;
        }
    }
}

enum status rule_prefix_find(const struct alloc *alloc,
                             const struct pattern *pattern, struct slice source,
                             struct rule_prefixes *out, struct err *e)
{
    struct search f = {pattern, pattern_scratch_create(alloc), source,
                       is_of_ascii(source), false};
    struct front *fronts = alloc_get(alloc, 2 * sizeof *fronts);
    enum status s =
        f.scratch == NULL || fronts == NULL ? err_nomem(e) : STATUS_OK;
    if (s == STATUS_OK) {
        memset(fronts, 0, 2 * sizeof *fronts);
        begin(&f, &fronts[0]);
    }
    struct front *now = s == STATUS_OK ? fronts : NULL;
    struct front *next = s == STATUS_OK ? fronts + 1 : NULL;
    while (s == STATUS_OK && now->count > 0) {
        next->count = 0;
        for (size_t i = 0; s == STATUS_OK && i < now->count; i++) {
            const struct rule_prefix *p = &now->items[i];
            if (p->bytes[0] >= 0x80 || !grow(&f, p, next)) {
                s = emit(alloc, out, *p, e);
            } else if (can_go_on_beyond_ascii(&f, p)) {
                s = emit_beyond_ascii(alloc, p, out, e);
            }
        }
        struct front *swap = now;
        now = next;
        next = swap;
    }
    alloc_free(alloc, fronts, 2 * sizeof *fronts);
    pattern_scratch_free(f.scratch);
    return s == STATUS_OK && f.nomem ? err_nomem(e) : s;
}

enum status rule_prefix_word(const struct alloc *alloc, struct slice word,
                             struct rule_prefixes *out, struct err *e)
{
    struct rule_prefix p = {.cases = UINT16_MAX};
    for (; p.len < word.len && p.len < RULE_PREFIX_MAX; p.len++) {
        p.bytes[p.len] = (unsigned char)word.data[p.len];
    }
    return emit(alloc, out, p, e);
}

void rule_prefixes_free(struct rule_prefixes *p, const struct alloc *alloc)
{
    alloc_free(alloc, p->items, p->capacity * sizeof *p->items);
    memset(p, 0, sizeof *p);
}
