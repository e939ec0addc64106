#include "reference.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/strmap.h"
#include "text/chars.h"
#include "text/class.h"
#include "text/fold.h"
#include "text/token.h"
#include "text/utf8.h"

enum { FOLD_ALL = FOLD_CASE | FOLD_PLURAL };
#define NONE UINT32_MAX

struct reference {
    const struct alloc *alloc;
    const struct lexicon *lexicon;
    struct strmap *keys;
    uint32_t *first; /* entry of a key */
    uint32_t *next;  /* the next entry with the same key */
    size_t key_capacity;
    size_t tokens_max; /* of any name */
    struct buf key, a, b;
    struct reference_span *spans;
    size_t count, capacity;
};

static void fold(struct slice s, unsigned how, struct buf *out)
{
    buf_clear(out);
    fold_name(s, how, out);
}

static bool accepts(struct reference *r, uint32_t entry, struct slice text)
{
    struct lexicon_entry en;
    lexicon_entry(r->lexicon, entry, &en);
    return policy_accepts(en.policy, en.plural, en.surface, text, &r->a, &r->b);
}

static int policy_rank(enum policy_case p)
{
    return p == POLICY_EXACT ? 0 : p == POLICY_SMART ? 1 : 2;
}

/* Is entry x to be tried before y? Vetoes, priority, then corpora, then
 * contexts, then the stricter policy, then more mentions, then the smaller id.
 */
static bool before(const struct lexicon *l, uint32_t x, uint32_t y)
{
    struct lexicon_entry a;
    struct lexicon_entry b;
    lexicon_entry(l, x, &a);
    lexicon_entry(l, y, &b);
    if (a.veto != b.veto) {
        return a.veto;
    }
    if (a.priority != b.priority) {
        return a.priority > b.priority;
    }
    if ((a.annotated > 0) != (b.annotated > 0)) {
        return a.annotated > 0;
    }
    if (a.context != b.context) {
        return a.context;
    }
    if (a.policy != b.policy) {
        return policy_rank(a.policy) < policy_rank(b.policy);
    }
    if (a.annotated != b.annotated) {
        return a.annotated > b.annotated;
    }
    return x < y;
}

static size_t count_tokens(struct slice s)
{
    struct token t;
    size_t pos = 0;
    size_t n = 0;
    while (token_next(s, pos, &t)) {
        pos = t.end;
        n++;
    }
    return n;
}

static bool add_entry(struct reference *r, uint32_t i)
{
    struct lexicon_entry en;
    lexicon_entry(r->lexicon, i, &en);
    fold(en.surface, FOLD_ALL, &r->key);
    uint32_t id = 0;
    bool added = false;
    void *first = r->first;
    if (!alloc_grow(r->alloc, &first, &r->key_capacity,
                    (size_t)strmap_count(r->keys) + 1, sizeof *r->first)) {
        return false;
    }
    r->first = first;
    if (!buf_ok(&r->key) ||
        !strmap_put(r->keys, buf_view(&r->key), &id, &added)) {
        return false;
    }
    if (added) {
        r->first[id] = NONE;
    }
    uint32_t *at = &r->first[id];
    while (*at != NONE && before(r->lexicon, *at, i)) {
        at = &r->next[*at];
    }
    r->next[i] = *at;
    *at = i;
    size_t n = count_tokens(en.surface);
    r->tokens_max = n > r->tokens_max ? n : r->tokens_max;
    return true;
}

struct reference *reference_create(const struct alloc *alloc,
                                   const struct lexicon *lexicon)
{
    struct reference *r = alloc_get(alloc, sizeof *r);
    if (r == NULL) {
        return NULL;
    }
    memset(r, 0, sizeof *r);
    r->alloc = alloc;
    r->lexicon = lexicon;
    buf_init(&r->key, alloc);
    buf_init(&r->a, alloc);
    buf_init(&r->b, alloc);
    r->keys = strmap_create(alloc);
    r->next = alloc_get(alloc, lexicon->entry_count * sizeof *r->next);
    bool ok = r->keys != NULL && r->next != NULL;
    for (uint32_t i = 0; ok && i < lexicon->entry_count; i++) {
        ok = add_entry(r, i);
    }
    if (!ok) {
        reference_free(r);
        return NULL;
    }
    return r;
}

void reference_free(struct reference *r)
{
    if (r == NULL) {
        return;
    }
    const struct alloc *a = r->alloc;
    strmap_free(r->keys);
    alloc_free(a, r->first, r->key_capacity * sizeof *r->first);
    alloc_free(a, r->next, r->lexicon->entry_count * sizeof *r->next);
    alloc_free(a, r->spans, r->capacity * sizeof *r->spans);
    buf_free(&r->key);
    buf_free(&r->a);
    buf_free(&r->b);
    alloc_free(a, r, sizeof *r);
}

static enum char_class class_at(struct slice t, size_t pos)
{
    size_t n = 0;
    return pos < t.len ? char_class(utf8_next(t.data, t.len, pos, &n))
                       : CHAR_SPACE;
}

static bool is_word(enum cp_class c)
{
    return c == CP_WORD || c == CP_ALONE || c == CP_MARK;
}

static enum cp_class cp_at(struct slice t, size_t pos)
{
    uint32_t cp = 0;
    size_t n = 0;
    return class_of_cp((const uint8_t *)t.data + pos, t.len - pos, &cp, &n);
}

static bool word_at(struct slice t, size_t pos)
{
    return pos < t.len && is_word(cp_at(t, pos));
}

/* Joiners count as what they follow: a byte order mark at the start of a text
 * is no word. */
static bool word_before(struct slice t, size_t pos)
{
    while (pos > 0) {
        size_t n = 0;
        (void)utf8_before(t.data, pos, &n);
        pos -= n;
        if (cp_at(t, pos) != CP_IGNORE) {
            return is_word(cp_at(t, pos));
        }
    }
    return false;
}

static char byte_at(struct slice t, size_t pos)
{
    return pos < t.len ? t.data[pos] : '\0';
}

static char byte_before(struct slice t, size_t pos, size_t back)
{
    return pos >= back ? t.data[pos - back] : '\0';
}

/* Is c one of the code points of a zero-ended list? */
static bool is_one_of(uint32_t c, const uint32_t *list)
{
    while (*list != 0 && *list != c) {
        list++;
    }
    return *list != 0;
}

/* The white-space-delimited chunk around [start, end). */
static struct slice chunk_around(struct slice t, size_t start, size_t end)
{
    while (start > 0) {
        size_t n = 0;
        if (char_class(utf8_before(t.data, start, &n)) == CHAR_SPACE) {
            break;
        }
        start -= n;
    }
    while (end < t.len && class_at(t, end) != CHAR_SPACE) {
        size_t n = 0;
        (void)utf8_next(t.data, t.len, end, &n);
        end += n;
    }
    static const uint32_t opening[] = {'(',    '[',    '{',    '<',    '"',
                                       '\'',   '`',    0x2018, 0x201A, 0x201C,
                                       0x201E, 0x2039, 0xAB,   0};
    static const uint32_t closing[] = {
        '.', ',',  ';', ':',    '!',    '?',    ')',    ']',    '}',  '>',
        '"', '\'', '`', 0x2018, 0x2019, 0x201C, 0x201D, 0x203A, 0xBB, 0};
    size_t n = 0;
    while (start < end &&
           is_one_of(utf8_next(t.data, t.len, start, &n), opening)) {
        start += n;
    }
    while (end > start && is_one_of(utf8_before(t.data, end, &n), closing)) {
        end -= n;
    }
    return slice_of(t.data + start, end - start);
}

static bool has_prefix(struct slice s, const char *p)
{
    size_t n = strlen(p);
    return s.len >= n && memcmp(s.data, p, n) == 0;
}

static bool holds(struct slice s, const char *what)
{
    size_t n = strlen(what);
    for (size_t i = 0; i + n <= s.len; i++) {
        if (memcmp(s.data + i, what, n) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_drive(struct slice s)
{
    char c = s.len > 2 ? s.data[0] : '0';
    return ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) &&
           s.data[1] == ':' && (s.data[2] == '\\' || s.data[2] == '/');
}

/* Letters, digits and .-+_ up to an '@' that a word follows. */
static bool is_mail(struct slice s)
{
    size_t i = 0;
    while (i < s.len &&
           ((unsigned char)s.data[i] >= 0x80 ||
            char_class((unsigned char)s.data[i]) == CHAR_WORD ||
            s.data[i] == '.' || s.data[i] == '-' || s.data[i] == '+')) {
        i++;
    }
    return i > 0 && i < s.len && s.data[i] == '@' && word_at(s, i + 1);
}

/* Is the byte `at` of the match in a path, URL or address that is more than
 * the match? */
static bool opaque_at(struct slice text, size_t at, size_t start, size_t end)
{
    struct slice c = chunk_around(text, at, at + 1);
    size_t from = (size_t)(c.data - text.data);
    if ((start <= from && end >= from + c.len) || at < from ||
        at >= from + c.len) {
        return false;
    }
    return has_prefix(c, "/") || has_prefix(c, "./") || has_prefix(c, "../") ||
           has_prefix(c, "~/") || has_prefix(c, "www.") || holds(c, "://") ||
           is_drive(c) || is_mail(c);
}

static bool opaque(struct slice text, size_t start, size_t end)
{
    return opaque_at(text, start, start, end) ||
           opaque_at(text, end - 1, start, end);
}

static bool left_ok(struct slice t, size_t start,
                    const struct reference_options *o)
{
    char c = byte_before(t, start, 1);
    bool starts_word = word_at(t, start);
    if (!o->inside) {
        if (!starts_word && t.data[start] == '.' && word_before(t, start)) {
            return false;
        }
        if (starts_word && c == '.' && byte_before(t, start, 2) != '.') {
            return false;
        }
        if (c == '@' || c == '$' || c == '\\' ||
            (c == ':' && byte_before(t, start, 2) == ':')) {
            return false;
        }
    }
    if (starts_word && c == '&' && word_before(t, start - 1)) {
        return false;
    }
    return !(o->hyphen_join && c == '-' && word_before(t, start - 1));
}

static bool right_ok(struct slice t, size_t end,
                     const struct reference_options *o)
{
    char c = byte_at(t, end);
    bool ends_word = word_before(t, end);
    if (ends_word && (c == '#' || (c == '+' && !word_at(t, end + 1)))) {
        return false;
    }
    if (!o->inside) {
        if (c == '.' && word_at(t, end + 1)) {
            return false;
        }
        if (c == '\\' || (c == '@' && word_at(t, end + 1)) ||
            (c == ':' && byte_at(t, end + 1) == ':')) {
            return false;
        }
    }
    if (ends_word && c == '&' && word_at(t, end + 1)) {
        return false;
    }
    return !(o->hyphen_join && c == '-' && word_at(t, end + 1));
}

static bool sorted_has(const size_t *list, size_t n, size_t value)
{
    size_t lo = 0;
    while (n > 0) {
        size_t half = n / 2;
        if (list[lo + half] < value) {
            lo += half + 1;
            n -= half + 1;
        } else {
            n = half;
        }
    }
    return list[lo] == value;
}

static bool place_ok(struct slice text, size_t start, size_t end,
                     const struct reference_options *o)
{
    if (o->tokens) {
        return o->token_count > 0 && start <= o->starts[o->token_count - 1] &&
               end <= o->ends[o->token_count - 1] &&
               sorted_has(o->starts, o->token_count, start) &&
               sorted_has(o->ends, o->token_count, end);
    }
    return left_ok(text, start, o) && right_ok(text, end, o) &&
           (o->inside || !opaque(text, start, end));
}

static uint32_t find_entry(struct reference *r, struct slice text)
{
    uint32_t id = 0;
    if (!strmap_find(r->keys, buf_view(&r->key), &id)) {
        return NONE;
    }
    for (uint32_t i = r->first[id]; i != NONE; i = r->next[i]) {
        if (accepts(r, i, text)) {
            struct lexicon_entry en;
            lexicon_entry(r->lexicon, i, &en);
            return en.veto ? NONE : i;
        }
    }
    return NONE;
}

static bool add(struct reference *r, const struct reference_span *span)
{
    void *items = r->spans;
    if (!alloc_grow(r->alloc, &items, &r->capacity, r->count + 1,
                    sizeof *r->spans)) {
        return false;
    }
    r->spans = items;
    r->spans[r->count++] = *span;
    return true;
}

/* From the left on: behind each character that is seen, and behind the others
 * that follow one that is in no word. */
static size_t seen_end(struct slice text, size_t start, size_t end)
{
    size_t seen = start;
    bool word = false;
    for (size_t at = start, n = 0; at < end; at += n) {
        uint32_t c = utf8_next(text.data, end, at, &n);
        bool shown =
            !(c == 0xAD || c == 0x61C || c == 0xFEFF ||
              (c >= 0x200C && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
              (c >= 0x2060 && c <= 0x206F));
        enum char_class k = char_class(c);
        word = shown ? k == CHAR_WORD || k == CHAR_IDEOGRAPH || k == CHAR_EXTEND
                     : word;
        seen = shown || !word ? at + n : seen;
    }
    return seen;
}

/* The longest match that starts at token t; all of them are added when every
 * one is wanted, the longest first. */
static bool match_at(struct reference *r, struct slice text, struct token t,
                     const struct reference_options *o,
                     struct reference_span *out)
{
    bool any = false;
    size_t before = r->count;
    size_t start = t.start;
    buf_clear(&r->key);
    for (size_t n = 0; n < r->tokens_max && t.kind != TOKEN_INVALID; n++) {
        if (n > 0 && t.gap == GAP_BREAK) {
            break;
        }
        if (n > 0 && t.gap == GAP_SPACED) {
            buf_byte(&r->key, ' ');
        }
        fold_token(slice_of(text.data + t.start, t.end - t.start), FOLD_ALL,
                   &r->key);
        if (place_ok(text, start, t.end, o)) {
            uint32_t entry =
                find_entry(r, slice_of(text.data + start, t.end - start));
            if (entry != NONE) {
                *out = (struct reference_span){start, t.end, entry,
                                               seen_end(text, start, t.end)};
                any = true;
                if (o->every && !add(r, out)) {
                    return false;
                }
            }
        }
        if (!token_next(text, t.end, &t)) {
            break;
        }
    }
    for (size_t i = before, k = r->count; i + 1 < k; i++, k--) {
        struct reference_span swap = r->spans[i];
        r->spans[i] = r->spans[k - 1];
        r->spans[k - 1] = swap;
    }
    return any;
}

enum status reference_scan(struct reference *r, struct slice text,
                           const struct reference_options *options,
                           const struct reference_span **spans, size_t *count,
                           struct err *e)
{
    struct token t;
    size_t pos = 0;
    r->count = 0;
    buf_reset(&r->key);
    buf_reset(&r->a);
    buf_reset(&r->b);
    while (token_next(text, pos, &t)) {
        struct reference_span span;
        pos = t.end;
        if (!match_at(r, text, t, options, &span) || options->every) {
            continue;
        }
        if (!add(r, &span)) {
            return err_nomem(e);
        }
        pos = span.end;
    }
    *spans = r->spans;
    *count = r->count;
    return buf_ok(&r->key) && buf_ok(&r->a) && buf_ok(&r->b) ? STATUS_OK
                                                             : err_nomem(e);
}
