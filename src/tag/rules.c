#include "tag/rules.h"

#include "model/lexicon_rules.h"
#include "tag/prefilter.h"
#include "tag/rule_patterns.h"
#include "tag/settle.h"
#include "text/block.h"
#include "text/chars.h"
#include "text/class.h"
#include "text/utf8.h"

struct rule {
    uint32_t label;
    uint32_t leading; /* label it begins with, or LEXICON_NONE */
    int priority;
    bool inside_words;
};

struct rules {
    const struct alloc *alloc;
    const struct lexicon *lexicon;
    struct rule *items;
    uint32_t count;
    bool any_leading;
    struct prefilter filter;
};

struct rules_run {
    const struct alloc *alloc;
    const struct rules *rules;
    prefilter_sift_fn *sift;
    struct rule_patterns *patterns;
    struct pattern_scratch *scratch;
    struct settle *settle;
    uint16_t *given_up; /* by rule, in this text */
    struct rules_stats stats;
    /* Of the running call. */
    struct slice text;
    rules_place place;
    void *context;
    const struct span *spans;
    size_t span_count;
    size_t window; /* the byte of the text that the window begins at */
};

static void take_rule(struct rules *r, uint32_t i)
{
    struct lexicon_rule from;
    lexicon_rule(r->lexicon, i, &from);
    r->items[i] = (struct rule){.label = from.label,
                                .leading = rule_patterns_leading(r->lexicon, i),
                                .priority = from.priority,
                                .inside_words = from.inside_words};
    r->any_leading = r->any_leading || r->items[i].leading != LEXICON_NONE;
}

enum status rules_create(const struct alloc *alloc,
                         const struct lexicon *lexicon, struct rules **out,
                         struct err *e)
{
    uint32_t n = lexicon->rule_count;
    *out = NULL;
    if (n == 0) {
        return STATUS_OK;
    }
    struct rules *r = alloc_get(alloc, sizeof *r);
    if (r == NULL) {
        return err_nomem(e);
    }
    memset(r, 0, sizeof *r);
    r->alloc = alloc;
    r->lexicon = lexicon;
    r->items = alloc_get(alloc, n * sizeof *r->items);
    enum status s = r->items == NULL ? err_nomem(e) : STATUS_OK;
    for (; s == STATUS_OK && r->count < n; r->count++) {
        take_rule(r, r->count);
    }
    if (s == STATUS_OK && !prefilter_init(&r->filter, alloc, lexicon)) {
        s = err_nomem(e);
    }
    if (s != STATUS_OK) {
        rules_free(r);
        return s;
    }
    *out = r;
    return STATUS_OK;
}

void rules_free(struct rules *r)
{
    if (r != NULL) {
        prefilter_free(&r->filter);
        alloc_free(r->alloc, r->items,
                   r->lexicon->rule_count * sizeof *r->items);
        alloc_free(r->alloc, r, sizeof *r);
    }
}

struct rules_run *rules_run_create(const struct alloc *alloc,
                                   const struct rules *rules,
                                   enum simd_level simd)
{
    struct rules_run *run = alloc_get(alloc, sizeof *run);
    if (run == NULL) {
        return NULL;
    }
    memset(run, 0, sizeof *run);
    run->alloc = alloc;
    run->rules = rules;
    run->sift = level_choose(simd)->sift;
    run->stats.limited = LEXICON_NONE;
    run->patterns = rule_patterns_create(alloc, rules->lexicon);
    run->scratch = pattern_scratch_create(alloc);
    run->settle = settle_create(alloc, rules->lexicon);
    run->given_up = alloc_get(alloc, rules->count * sizeof *run->given_up);
    if (run->patterns == NULL || run->scratch == NULL || run->settle == NULL ||
        run->given_up == NULL) {
        rules_run_free(run);
        return NULL;
    }
    return run;
}

void rules_run_free(struct rules_run *run)
{
    if (run != NULL) {
        rule_patterns_free(run->patterns);
        pattern_scratch_free(run->scratch);
        settle_free(run->settle);
        alloc_free(run->alloc, run->given_up,
                   run->rules->count * sizeof *run->given_up);
        alloc_free(run->alloc, run, sizeof *run);
    }
}

void rules_run_stats(const struct rules_run *run, struct rules_stats *out)
{
    *out = run->stats;
}

const struct settle_mention *rules_matches(const struct rules_run *run,
                                           size_t *count)
{
    return settle_items(run->settle, count);
}

/* The first span that begins (or ends) at `at` or later. */
static size_t first_span(const struct rules_run *run, size_t at, bool end)
{
    size_t low = 0;
    size_t n = run->span_count;
    while (n > 0) {
        size_t half = n / 2;
        const struct span *s = &run->spans[low + half];
        if ((end ? s->end : s->start) < at) {
            low += half + 1;
            n -= half + 1;
        } else {
            n = half;
        }
    }
    return low;
}

/* pattern_mention over the lexicon's spans. */
static bool is_mention(void *context, uint32_t label, size_t at, bool end)
{
    const struct rules_run *run = context;
    size_t place = run->window + at;
    size_t i = first_span(run, place, end);
    return i < run->span_count && run->spans[i].label == label &&
           (end ? run->spans[i].end : run->spans[i].start) == place;
}

/* An ASCII symbol behind which rules stop. */
static bool is_stop(unsigned char c)
{
    return c > ' ' && c < 0x7F && c != ')' && class_of_byte[c] == BYTE_SYMBOL;
}

/* Does a text stop at byte i > 0 for rules: white space behind a symbol, or
 * an empty line? */
static inline bool stops(struct slice text, size_t i)
{
    unsigned char c = (unsigned char)text.data[i];
    unsigned char before = (unsigned char)text.data[i - 1];
    return GAZ_UNLIKELY(class_of_byte[c] == BYTE_SPACE &&
                        (is_stop(before) || (c == '\n' && before == '\n')));
}

#ifdef __SSE2__
/* Where a text stops among the 16 bytes at p > its first: a bit for each. */
static unsigned stops16(const char *p)
{
    __m128i x = _mm_loadu_si128((const void *)p);
    __m128i before = _mm_loadu_si128((const void *)(p - 1));
    const __m128i newline = _mm_set1_epi8('\n');
    __m128i line = _mm_sub_epi8(x, _mm_set1_epi8('\t'));
    __m128i space = _mm_or_si128(
        _mm_cmpeq_epi8(x, _mm_set1_epi8(' ')),
        _mm_cmpeq_epi8(_mm_min_epu8(line, _mm_set1_epi8('\r' - '\t')), line));
    /* as signed numbers: what is above ASCII is below the space */
    __m128i stop = _mm_and_si128(_mm_cmpgt_epi8(before, _mm_set1_epi8(' ')),
                                 _mm_cmplt_epi8(before, _mm_set1_epi8(0x7F)));
    stop = _mm_andnot_si128(_mm_cmpeq_epi8(before, _mm_set1_epi8(')')), stop);
    unsigned lines = (unsigned)_mm_movemask_epi8(_mm_and_si128(
        _mm_cmpeq_epi8(x, newline), _mm_cmpeq_epi8(before, newline)));
    unsigned bits = (unsigned)_mm_movemask_epi8(_mm_and_si128(space, stop));
    return (bits & ~(unsigned)block_words16(p - 1)) | lines;
}
#endif

static size_t window_end(struct slice text, size_t at)
{
    size_t left = text.len - at;
    size_t end = at + (left < PATTERN_WINDOW ? left : PATTERN_WINDOW);
    size_t i = at + (left > 0);
#ifdef __SSE2__
    for (; end - i >= 16; i += 16) {
        unsigned bits = stops16(text.data + i);
        if (bits != 0) {
            return i + bits_ctz(bits);
        }
    }
#endif
    while (i < end && !stops(text, i)) {
        i++;
    }
    return i;
}

static bool word_before(struct slice text, size_t at)
{
    size_t n = 0;
    if (at == 0) {
        return false;
    }
    unsigned char c = (unsigned char)text.data[at - 1];
    if (c < 0x80) {
        return class_of_byte[c] == BYTE_WORD;
    }
    enum char_class class = char_class(utf8_before(text.data, at, &n));
    return class == CHAR_WORD || class == CHAR_EXTEND;
}

static bool word_at(struct slice text, size_t at)
{
    size_t n = 0;
    enum char_class class =
        at < text.len ? char_class(utf8_next(text.data, text.len, at, &n))
                      : CHAR_SPACE;
    return class == CHAR_WORD || class == CHAR_EXTEND;
}

/* Whole words, unless the rule says words=no; then whole characters. */
static bool ends_well(const struct rules_run *run, const struct rule *rule,
                      size_t start, size_t end)
{
    struct slice t = run->text;
    if (rule->inside_words) {
        return true;
    }
    return !(word_before(t, start) && word_at(t, start)) &&
           !(word_before(t, end) && word_at(t, end)) &&
           run->place(run->context, t, start, end);
}

/* Try a rule at a place; the match must end behind `past`. */
static enum status try_rule(struct rules_run *run, uint32_t id, size_t at,
                            size_t end_of_window, size_t past, bool *found,
                            struct err *e)
{
    const struct rule *rule = &run->rules->items[id];
    size_t start = 0;
    size_t end = 0;
    size_t whole = 0;
    *found = false;
    if (run->given_up[id] >= RULES_PATIENCE ||
        (!rule->inside_words && word_before(run->text, at))) {
        return STATUS_OK;
    }
    const struct pattern *pattern = NULL;
    enum status s = rule_patterns_get(run->patterns, id, &pattern, e);
    if (s != STATUS_OK) {
        return s;
    }
    run->window = at > 4 ? at - 4 : 0;
    run->stats.tries++;
    enum pattern_result result = pattern_try(
        pattern, run->scratch,
        slice_of(run->text.data + run->window, end_of_window - run->window),
        at - run->window, is_mention, run, &start, &end, &whole);
    if (result == PATTERN_LIMIT) {
        run->given_up[id]++;
        if (run->stats.limits++ == 0) {
            run->stats.limited = id;
        }
    }
    if (result == PATTERN_NOMEM) {
        return err_nomem(e);
    }
    start += run->window;
    end += run->window;
    if (result != PATTERN_FOUND || run->window + whole <= past ||
        !ends_well(run, rule, start, end)) {
        return STATUS_OK;
    }
    struct settle_mention m = {
        .span = {.start = start,
                 .end = end,
                 .label = rule->label,
                 .entry = run->rules->lexicon->entry_count + id},
        .priority = rule->priority};
    *found = settle_add(run->settle, &m);
    return *found ? STATUS_OK : err_nomem(e);
}

/* The start of the word before the one at `at`; `at` itself where rules stop
 * before that. */
static size_t word_back(struct slice text, size_t at)
{
    size_t floor = at > RULES_BYTES_BACK ? at - RULES_BYTES_BACK : 0;
    size_t i = at;
    while (i > floor && !word_before(text, i)) {
        i--;
        if (i > 0 && stops(text, i)) {
            return at;
        }
    }
    size_t end = i;
    while (i > floor && word_before(text, i)) {
        i--;
    }
    return i < end && (i > floor || floor == 0) ? i : at;
}

/* A trigger word stands at `at`: try from the words before it on. */
static enum status try_back(struct rules_run *run, uint32_t id, size_t at,
                            struct err *e)
{
    size_t places[RULES_WORDS_BACK + 1];
    size_t n = 0;
    bool found = false;
    enum status s = STATUS_OK;
    places[n++] = at;
    while (n <= RULES_WORDS_BACK) {
        size_t back = word_back(run->text, places[n - 1]);
        if (back == places[n - 1] || at - back > RULES_BYTES_BACK) {
            break;
        }
        places[n++] = back;
    }
    size_t end = 0;
    const uint8_t *first = NULL;
    s = rule_patterns_first(run->patterns, id, &first, e);
    while (s == STATUS_OK && n-- > 0 && !found) {
        unsigned char c = (unsigned char)run->text.data[places[n]];
        if ((first[c / 8] >> c % 8 & 1) == 0) {
            continue;
        }
        end = end > 0 ? end : window_end(run->text, places[n]);
        s = try_rule(run, id, places[n], end, at, &found, e);
    }
    return s;
}

static enum status try_place(struct rules_run *run, size_t at, struct err *e)
{
    struct prefilter_fits it;
    struct lexicon_prefix p;
    size_t end = 0;
    enum status s = STATUS_OK;
    prefilter_fits_open(&it, &run->rules->filter, run->text, at);
    while (s == STATUS_OK && prefilter_fits_next(&it, &p)) {
        bool found = false;
        if (p.word) {
            s = try_back(run, p.rule, at, e);
        } else {
            end = end > 0 ? end : window_end(run->text, at);
            s = try_rule(run, p.rule, at, end, at, &found, e);
        }
    }
    return s;
}

/* The rules that begin with {Label}. */
static enum status try_mentions(struct rules_run *run, struct err *e)
{
    enum status s = STATUS_OK;
    for (uint32_t id = 0; s == STATUS_OK && id < run->rules->count; id++) {
        uint32_t label = run->rules->items[id].leading;
        for (size_t i = 0;
             label != LEXICON_NONE && s == STATUS_OK && i < run->span_count;
             i++) {
            bool found = false;
            size_t at = run->spans[i].start;
            if (run->spans[i].label == label) {
                s = try_rule(run, id, at, window_end(run->text, at), at, &found,
                             e);
            }
        }
    }
    return s;
}

static enum status try_all(struct rules_run *run, struct err *e)
{
    size_t at[PREFILTER_STEP];
    size_t pos = 0;
    enum status s = run->rules->any_leading ? try_mentions(run, e) : STATUS_OK;
    while (s == STATUS_OK && pos < run->text.len) {
        size_t n =
            prefilter_next(&run->rules->filter, run->text, &pos, at, run->sift);
        for (size_t i = 0; s == STATUS_OK && i < n; i++) {
            s = try_place(run, at[i], e);
        }
    }
    return s;
}

enum status rules_apply(struct rules_run *run, struct slice text,
                        rules_place place, void *context,
                        const struct span *spans, size_t span_count,
                        const struct span **out, size_t *count, struct err *e)
{
    run->text = text;
    run->place = place;
    run->context = context;
    run->spans = spans;
    run->span_count = span_count;
    memset(run->given_up, 0, run->rules->count * sizeof *run->given_up);
    settle_clear(run->settle);
    enum status s = try_all(run, e);
    if (s != STATUS_OK) {
        return s;
    }
    if (!settle_any(run->settle)) {
        *out = spans;
        *count = span_count;
        return STATUS_OK;
    }
    return settle_spans(run->settle, spans, span_count, out, count, e);
}
