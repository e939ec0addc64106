#include "text/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stddef.h>

#include "base/buf.h"

enum {
    JIT_STACK_START = 32 * 1024,
    JIT_STACK_MAX = 256 * 1024,
    GROUPS_MAX = 64,
    REFERENCE_CHARS = 200 /* of a mention that {Label} stands for */
};

#define WORD     "[\\p{L}\\p{N}\\p{M}_]"
#define WORD_END "(?:(?<!" WORD ")|(?!" WORD "))"

/* A {Label} of the source. PCRE2 sees
 *
 *     (?:(?C1)(?>(?s:.{1,200}?)(?C2)))
 *
 * in its place: callout 2k + 1 asks whether a mention of reference k begins
 * here, callout 2k + 2 whether one ends here. */
struct reference {
    uint32_t label;
    size_t source_at, source_len;
    size_t made_at, made_len; /* in what PCRE2 sees */
};

struct pattern {
    const struct alloc *alloc;
    pcre2_general_context *general;
    pcre2_code *code;
    struct reference references[PATTERN_REFERENCES_MAX];
    size_t reference_count;
    uint32_t group; /* of the mention; 0: all */
};

struct pattern_scratch {
    const struct alloc *alloc;
    pcre2_general_context *general;
    pcre2_match_data *data;
    pcre2_match_context *match;
    pcre2_jit_stack *stack;
    /* Of the running try. */
    const struct pattern *pattern;
    pattern_mention mention;
    void *context;
};

/* PCRE2's free tells no size: it stands before the memory. */
union header {
    size_t size;
    max_align_t align;
};

static void *get_memory(size_t size, void *alloc)
{
    size_t all = 0;
    union header *h =
        size_add(size, sizeof *h, &all) ? alloc_get(alloc, all) : NULL;
    if (h == NULL) {
        return NULL;
    }
    h->size = all;
    return h + 1;
}

static void free_memory(void *p, void *alloc)
{
    if (p != NULL) {
        union header *h = (union header *)p - 1;
        alloc_free(alloc, h, h->size);
    }
}

static pcre2_general_context *general_create(const struct alloc *alloc)
{
    /* PCRE2 hands the context on and never writes to it. */
    union {
        const struct alloc *in;
        void *out;
    } context = {alloc};
    return pcre2_general_context_create(get_memory, free_memory, context.out);
}

static enum status bad_at(struct err *e, size_t pos, const char *message)
{
    enum status s = err_set(e, STATUS_SYNTAX, "%s", message);
    if (e != NULL) {
        e->pos = pos;
    }
    return s;
}

/* The length of a {Label} at source[at], or 0. Quantifiers hold digits and
 * commas; \p{..}, \x{..} and their like stand behind a letter that a
 * backslash makes special. */
static size_t reference_at(struct slice source, size_t at)
{
    char c = at + 1 < source.len ? source.data[at + 1] : '\0';
    if (source.data[at] != '{' ||
        !((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))) {
        return 0;
    }
    const char *close = memchr(source.data + at, '}', source.len - at);
    return close != NULL ? (size_t)(close - source.data) - at + 1 : 0;
}

static enum status add_reference(struct pattern *p, struct slice source,
                                 size_t at, size_t len,
                                 const struct pattern_options *o,
                                 struct buf *made, struct err *e)
{
    struct slice name = slice_of(source.data + at + 1, len - 2);
    struct reference r = {
        .source_at = at, .source_len = len, .made_at = made->len};
    if (p->reference_count == PATTERN_REFERENCES_MAX) {
        return bad_at(e, at, "more than 60 references to labels");
    }
    if (o->label == NULL || !o->label(o->context, name, &r.label)) {
        enum status s =
            err_set(e, STATUS_SYNTAX,
                    "{%.*s}: no list or corpus has this label (a plain brace "
                    "is written \\{)",
                    name.len > 80 ? 80 : (int)name.len, name.data);
        if (e != NULL) {
            e->pos = at;
        }
        return s;
    }
    size_t k = p->reference_count++;
    buf_format(made, "(?:(?C%zu)(?>(?s:.{1,%d}?)(?C%zu)))", 2 * k + 1,
               REFERENCE_CHARS, 2 * k + 2);
    r.made_len = made->len - r.made_at;
    p->references[k] = r;
    return STATUS_OK;
}

/* The end of the class that opens at source[at]. */
static size_t class_end(struct slice source, size_t at)
{
    size_t i = at + 1;
    i += i < source.len && source.data[i] == '^';
    i += i < source.len && source.data[i] == ']';
    while (i < source.len && source.data[i] != ']') {
        i += source.data[i] == '\\' ? 2 : 1;
    }
    return i;
}

/* The length of the look-ahead at the front, or 0. */
static size_t look_ahead(struct slice front)
{
    long depth = 0;
    if (front.len < 3 || (memcmp(front.data, "(?!", 3) != 0 &&
                          memcmp(front.data, "(?=", 3) != 0)) {
        return 0;
    }
    for (size_t i = 0; i < front.len; i++) {
        char c = front.data[i];
        depth += (c == '(') - (c == ')');
        if (c == ')' && depth == 0) {
            return i + 1;
        }
        i += c == '\\';
        i = c == '[' ? class_end(front, i) : i;
    }
    return 0;
}

/* Could what stands before source[at], in groups that opened there, be left
 * out or be another one of several? */
static bool is_optional(struct slice source, size_t at)
{
    long depth = 0;
    for (size_t i = at; i < source.len; i++) {
        char c = source.data[i];
        char next = i + 1 < source.len ? source.data[i + 1] : '\0';
        depth += (c == '(') - (c == ')');
        if (c == '\\') {
            i++;
        } else if (c == '[') {
            i = class_end(source, i);
        } else if ((c == '|' && depth <= 0) ||
                   ((depth < 0 ? c == ')' : depth == 0 && c == '}') &&
                    (next == '?' || next == '*' || next == '{'))) {
            return true;
        }
    }
    return false;
}

/* Does a pattern begin with its first reference, groups and
 * look-aheads aside? */
static bool leads(struct slice source, size_t at)
{
    static const char *const openings[] = {"(?<m>", "(?:", "(?P<m>", "("};
    struct slice front = slice_of(source.data, at);
    size_t i = 0;
    while (front.len > 0 && i < sizeof openings / sizeof openings[0]) {
        size_t n = look_ahead(front);
        if (n == 0 && front.len >= strlen(openings[i]) &&
            memcmp(front.data, openings[i], strlen(openings[i])) == 0) {
            n = strlen(openings[i]);
        }
        front = slice_of(front.data + n, front.len - n);
        i = n > 0 ? 0 : i + 1;
    }
    return front.len == 0 && !is_optional(source, at);
}

static bool is_anchor(struct slice source, size_t at)
{
    char c = source.data[at];
    char next = at + 1 < source.len ? source.data[at + 1] : '\0';
    return c == '^' || c == '$' ||
           (c == '\\' &&
            (next == 'A' || next == 'Z' || next == 'z' || next == 'G'));
}

/* The length of the escape or other byte at source[at]. *class: is what
 * follows in a class of characters? */
static size_t item_at(struct slice source, size_t at, bool *class)
{
    char c = source.data[at];
    if (c == '\\' && at + 1 < source.len) {
        char kind = source.data[at + 1];
        const char *close = at + 2 < source.len && source.data[at + 2] == '{' &&
                                    strchr("pPxuogkN", kind) != NULL &&
                                    kind != '\0'
                                ? memchr(source.data + at, '}', source.len - at)
                                : NULL;
        return close != NULL ? (size_t)(close - source.data) - at + 1 : 2;
    }
    *class = c == '[' || (*class && c != ']');
    return 1;
}

/* What PCRE2 is to see of the source. */
static enum status expand(struct pattern *p, struct slice source,
                          const struct pattern_options *o, struct buf *made,
                          struct err *e)
{
    bool class = false;
    if (source.len > 1 && memcmp(source.data, "(*", 2) == 0) {
        return bad_at(e, 0, "settings such as (*UCP) are not for rules");
    }
    for (size_t i = 0; i < source.len;) {
        size_t len = !class ? reference_at(source, i) : 0;
        if (!class && is_anchor(source, i)) {
            return bad_at(e, i,
                          "the ends of the text have no meaning here: a rule "
                          "is tried at every word, and sees what is near");
        }
        if (len > 0) {
            enum status s = add_reference(p, source, i, len, o, made, e);
            if (s != STATUS_OK) {
                return s;
            }
            i += len;
            continue;
        }
        len = item_at(source, i, &class);
        buf_add(made, source.data + i, len);
        i += len;
    }
    return buf_ok(made) ? STATUS_OK : err_nomem(e);
}

/* The byte of the source that byte `at` of what PCRE2 saw comes from. */
static size_t to_source(const struct pattern *p, size_t at)
{
    size_t moved = 0; /* made minus source, so far */
    for (size_t i = 0; i < p->reference_count; i++) {
        const struct reference *r = &p->references[i];
        if (at < r->made_at) {
            break;
        }
        if (at < r->made_at + r->made_len) {
            return r->source_at;
        }
        moved += r->made_len - r->source_len;
    }
    return at - moved;
}

static enum status compile(struct pattern *p, struct slice made,
                           const struct pattern_options *o, struct err *e)
{
    int code = 0;
    size_t at = 0;
    pcre2_compile_context *context = pcre2_compile_context_create(p->general);
    if (context == NULL) {
        return err_nomem(e);
    }
    (void)pcre2_set_newline(context, PCRE2_NEWLINE_ANYCRLF);
    p->code = pcre2_compile((PCRE2_SPTR)made.data, made.len,
                            PCRE2_UTF | PCRE2_MATCH_INVALID_UTF |
                                PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY |
                                (o->fold ? PCRE2_CASELESS : 0u) |
                                (o->probe ? 0u : PCRE2_ANCHORED),
                            &code, &at, context);
    pcre2_compile_context_free(context);
    if (p->code == NULL && code == PCRE2_ERROR_HEAP_FAILED) {
        return err_nomem(e);
    }
    if (p->code == NULL) {
        char message[256] = "bad pattern";
        (void)pcre2_get_error_message(code, (PCRE2_UCHAR *)message,
                                      sizeof message);
        return bad_at(e, to_source(p, at), message);
    }
    /* Where there is no JIT, PCRE2 interprets; the result is the same. (The
     * JIT cannot anchor at match time, and PCRE2 knows no first bytes of what
     * is anchored: hence the two ways.) */
    if (!o->probe) {
        (void)pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE);
    }
    return STATUS_OK;
}

/* What a rule cannot have. */
static enum status refuse(const struct pattern *p, struct err *e)
{
    uint32_t behind = 0;
    uint32_t groups = 0;
    (void)pcre2_pattern_info(p->code, PCRE2_INFO_MAXLOOKBEHIND, &behind);
    (void)pcre2_pattern_info(p->code, PCRE2_INFO_CAPTURECOUNT, &groups);
    if (groups >= GROUPS_MAX) {
        return bad_at(e, 0, "more than 63 groups; (?:...) groups without one");
    }
    if (behind > 1) {
        return bad_at(e, 0,
                      "a look-behind of more than one character: match what "
                      "comes before, and put the mention into (?<m>...)");
    }
    return STATUS_OK;
}

static enum status refuse_empty(const struct pattern *p,
                                const struct alloc *alloc, struct err *e)
{
    uint32_t empty = 0;
    (void)pcre2_pattern_info(p->code, PCRE2_INFO_MATCHEMPTY, &empty);
    struct pattern_scratch *s = pattern_scratch_create(alloc);
    if (s == NULL) {
        return err_nomem(e);
    }
    /* MATCHEMPTY may say yes where only a look-ahead makes it look so, but
     * then a rule without a character of its own is meant anyway. */
    int rc = empty != 0 ? 0
                        : pcre2_match(p->code, (PCRE2_SPTR) "", 0, 0, 0,
                                      s->data, s->match);
    pattern_scratch_free(s);
    if (rc == PCRE2_ERROR_NOMEMORY) {
        return err_nomem(e);
    }
    return rc >= 0 ? bad_at(e, 0, "the pattern matches the empty text")
                   : STATUS_OK;
}

enum status pattern_create(const struct alloc *alloc, struct slice source,
                           const struct pattern_options *options,
                           struct pattern **out, struct err *e)
{
    if (source.len == 0 || source.len > PATTERN_SOURCE_MAX) {
        return bad_at(e, 0,
                      source.len == 0 ? "an empty pattern"
                                      : "a pattern of more than 4096 bytes");
    }
    struct pattern *p = alloc_get(alloc, sizeof *p);
    if (p == NULL) {
        return err_nomem(e);
    }
    memset(p, 0, sizeof *p);
    p->alloc = alloc;
    struct buf made;
    buf_init(&made, alloc);
    p->general = general_create(alloc);
    /* So that PCRE2 looks on for an end that is a word's. Errors are found in
     * probes, which are not wrapped: their places need no correction. */
    bool wrap = options->words && !options->probe;
    buf_str(&made, wrap ? "(?:" : "");
    enum status s = p->general == NULL ? err_nomem(e)
                                       : expand(p, source, options, &made, e);
    buf_str(&made, wrap ? ")" WORD_END : "");
    if (s == STATUS_OK && !buf_ok(&made)) {
        s = err_nomem(e);
    }
    if (s == STATUS_OK) {
        s = compile(p, buf_view(&made), options, e);
    }
    if (s == STATUS_OK) {
        s = refuse(p, e);
    }
    if (s == STATUS_OK) {
        s = refuse_empty(p, alloc, e);
    }
    buf_free(&made);
    if (s != STATUS_OK) {
        pattern_free(p);
        return s;
    }
    int group = pcre2_substring_number_from_name(p->code, (PCRE2_SPTR) "m");
    p->group = group > 0 ? (uint32_t)group : 0;
    *out = p;
    return STATUS_OK;
}

void pattern_free(struct pattern *p)
{
    if (p != NULL) {
        pcre2_code_free(p->code);
        pcre2_general_context_free(p->general);
        alloc_free(p->alloc, p, sizeof *p);
    }
}

bool pattern_leads_with(struct slice source, const struct pattern_options *o,
                        uint32_t *label)
{
    bool class = false;
    size_t at = 0;
    while (at < source.len && (class || reference_at(source, at) == 0)) {
        at += item_at(source, at, &class);
    }
    if (at >= source.len || !leads(source, at)) {
        return false;
    }
    size_t len = reference_at(source, at);
    return o->label(o->context, slice_of(source.data + at + 1, len - 2), label);
}

bool pattern_first_byte(const struct pattern *p, unsigned char byte)
{
    uint32_t type = 0;
    uint32_t unit = 0;
    const uint8_t *bitmap = NULL;
    (void)pcre2_pattern_info(p->code, PCRE2_INFO_FIRSTCODETYPE, &type);
    (void)pcre2_pattern_info(p->code, PCRE2_INFO_FIRSTCODEUNIT, &unit);
    (void)pcre2_pattern_info(p->code, PCRE2_INFO_FIRSTBITMAP, &bitmap);
    if (type == 1) {
        /* PCRE2 does not tell whether the unit is caseless. */
        return (unit | 0x20u) == (byte | 0x20u);
    }
    return bitmap == NULL || (bitmap[byte / 8] >> (byte & 7u) & 1) != 0;
}

enum pattern_start pattern_start(const struct pattern *p,
                                 struct pattern_scratch *s, struct slice bytes)
{
    s->mention = NULL;
    int rc = pcre2_match(p->code, (PCRE2_SPTR)bytes.data, bytes.len, 0,
                         PCRE2_ANCHORED | PCRE2_PARTIAL_HARD | PCRE2_NO_JIT,
                         s->data, s->match);
    return rc == PCRE2_ERROR_NOMATCH    ? PATTERN_START_NO
           : rc == PCRE2_ERROR_NOMEMORY ? PATTERN_START_NOMEM
           : rc >= 0                    ? PATTERN_START_ALL
                                        : PATTERN_START_MORE;
}

static int ask(pcre2_callout_block *block, void *scratch)
{
    struct pattern_scratch *s = scratch;
    size_t k = (block->callout_number - 1) / 2;
    if (s->mention == NULL || block->callout_number == 0 ||
        k >= s->pattern->reference_count) {
        return 0;
    }
    return s->mention(s->context, s->pattern->references[k].label,
                      block->current_position, block->callout_number % 2 == 0)
               ? 0
               : 1;
}

struct pattern_scratch *pattern_scratch_create(const struct alloc *alloc)
{
    struct pattern_scratch *s = alloc_get(alloc, sizeof *s);
    if (s == NULL) {
        return NULL;
    }
    memset(s, 0, sizeof *s);
    s->alloc = alloc;
    s->general = general_create(alloc);
    if (s->general != NULL) {
        s->data = pcre2_match_data_create(GROUPS_MAX, s->general);
        s->match = pcre2_match_context_create(s->general);
    }
    if (s->data == NULL || s->match == NULL) {
        pattern_scratch_free(s);
        return NULL;
    }
    (void)pcre2_set_match_limit(s->match, PATTERN_MATCH_LIMIT);
    (void)pcre2_set_depth_limit(s->match, PATTERN_DEPTH_LIMIT);
    (void)pcre2_set_heap_limit(s->match, PATTERN_HEAP_LIMIT);
    (void)pcre2_set_callout(s->match, ask, s);
    uint32_t jit = 0;
    (void)pcre2_config(PCRE2_CONFIG_JIT, &jit);
    if (jit == 0) {
        return s;
    }
    /* Without it long matches would be given up that else are found. */
    s->stack =
        pcre2_jit_stack_create(JIT_STACK_START, JIT_STACK_MAX, s->general);
    if (s->stack == NULL) {
        pattern_scratch_free(s);
        return NULL;
    }
    pcre2_jit_stack_assign(s->match, NULL, s->stack);
    return s;
}

void pattern_scratch_free(struct pattern_scratch *s)
{
    if (s != NULL) {
        pcre2_jit_stack_free(s->stack);
        pcre2_match_context_free(s->match);
        pcre2_match_data_free(s->data);
        pcre2_general_context_free(s->general);
        alloc_free(s->alloc, s, sizeof *s);
    }
}

enum pattern_result pattern_try(const struct pattern *p,
                                struct pattern_scratch *s, struct slice window,
                                size_t at, pattern_mention mention,
                                void *context, size_t *start, size_t *end,
                                size_t *whole)
{
    s->pattern = p;
    s->mention = mention;
    s->context = context;
    int rc = pcre2_match(p->code, (PCRE2_SPTR)window.data, window.len, at,
                         PCRE2_NOTBOL | PCRE2_NOTEOL, s->data, s->match);
    if (rc == PCRE2_ERROR_NOMATCH) {
        return PATTERN_NONE;
    }
    if (rc < 0) {
        return rc == PCRE2_ERROR_NOMEMORY ? PATTERN_NOMEM : PATTERN_LIMIT;
    }
    const size_t *spans = pcre2_get_ovector_pointer(s->data);
    size_t group = p->group;
    size_t from = spans[2 * group];
    size_t to = spans[2 * group + 1];
    if (from == PCRE2_UNSET || from >= to || (int)p->group >= rc) {
        return PATTERN_NONE;
    }
    *start = from;
    *end = to;
    *whole = spans[1];
    return PATTERN_FOUND;
}
