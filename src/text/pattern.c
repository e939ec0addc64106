#include "text/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stddef.h>

#include "text/pattern_source.h"

enum {
    JIT_STACK_START = 32 * 1024,
    JIT_STACK_MAX = 256 * 1024,
    GROUPS_MAX = 64
};

#define WORD     "[\\p{L}\\p{N}\\p{M}_]"
#define WORD_END "(?:(?<!" WORD ")|(?!" WORD "))"

struct pattern {
    const struct alloc *alloc;
    pcre2_general_context *general;
    pcre2_code *code;
    struct pattern_references references;
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
        return pattern_bad_at(e, pattern_to_source(&p->references, at),
                              message);
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
        return pattern_bad_at(
            e, 0, "more than 63 groups; (?:...) groups without one");
    }
    if (behind > 1) {
        return pattern_bad_at(
            e, 0,
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
    return rc >= 0 ? pattern_bad_at(e, 0, "the pattern matches the empty text")
                   : STATUS_OK;
}

enum status pattern_create(const struct alloc *alloc, struct slice source,
                           const struct pattern_options *options,
                           struct pattern **out, struct err *e)
{
    if (source.len == 0 || source.len > PATTERN_SOURCE_MAX) {
        return pattern_bad_at(e, 0,
                              source.len == 0
                                  ? "an empty pattern"
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
    enum status s =
        p->general == NULL
            ? err_nomem(e)
            : pattern_expand(source, options, &p->references, &made, e);
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
        k >= s->pattern->references.count) {
        return 0;
    }
    return s->mention(s->context, s->pattern->references.list[k].label,
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
