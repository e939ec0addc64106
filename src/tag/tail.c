#include "tag/tail.h"

#include "text/version.h"

bool tail_takes(struct slice label)
{
    static const char *const names[] = {"Operating_System", "Application",
                                        "Language", "Library", "Protocol"};
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        if (slice_is(label, names[k])) {
            return true;
        }
    }
    return false;
}

void tail_init(struct tail *t, const struct lexicon *lexicon,
               enum tail_mode mode)
{
    memset(t, 0, sizeof *t);
    t->lexicon = lexicon;
    t->mode = mode;
    t->protocol = LEXICON_NONE;
    for (uint32_t i = 0; i < lexicon->label_count; i++) {
        struct slice label = lexicon_label(lexicon, i);
        if (tail_takes(label)) {
            t->versioned[i / 8] |= (uint8_t)(1u << i % 8);
            t->any = true;
        }
        if (slice_is(label, "Protocol")) {
            t->protocol = i;
        }
    }
}

static bool has(const size_t *list, size_t n, size_t value)
{
    size_t low = 0;
    while (n > 0) {
        size_t half = n / 2;
        if (list[low + half] == value) {
            return true;
        }
        if (list[low + half] < value) {
            low += half + 1;
            n -= half + 1;
        } else {
            n = half;
        }
    }
    return false;
}

static void find_one(const struct tail *t, struct slice text, size_t from,
                     size_t to, const size_t *starts, const size_t *ends,
                     size_t token_count, struct span *span)
{
    struct version_name name = {span->start, span->end,
                                span->label == t->protocol};
    struct version version;
    if (!version_behind(text, &name, to, &version) &&
        !version_before(text, &name, from, &version)) {
        return;
    }
    if (starts != NULL && !(has(starts, token_count, version.start) &&
                            has(ends, token_count, version.end))) {
        return;
    }
    span->version_start = version.start;
    span->version_end = version.end;
    if (t->mode == TAIL_INSIDE && !version.loose) {
        span->end = version.end;
    }
}

void tail_find(const struct tail *t, struct slice text, const size_t *starts,
               const size_t *ends, size_t token_count, struct span *spans,
               size_t count)
{
    size_t from = 0; /* the end of what is taken */
    if (t->mode == TAIL_OFF || !t->any) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        struct span *s = &spans[i];
        size_t to = i + 1 < count ? spans[i + 1].start : text.len;
        if ((t->versioned[s->label / 8] >> s->label % 8 & 1) != 0 &&
            lexicon_has_version(t->lexicon, s->entry)) {
            find_one(t, text, from, to, starts, ends, token_count, s);
        }
        from = s->version_end > s->end ? s->version_end : s->end;
    }
}

void tail_to_tokens(struct span *span, const size_t *starts, const size_t *ends)
{
    size_t token = span->start;
    bool behind = span->version_start >= starts[span->start];
    while (behind ? starts[token] < span->version_start
                  : starts[token] > span->version_start) {
        token = behind ? token + 1 : token - 1;
    }
    span->version_start = token;
    while (ends[token] < span->version_end) {
        token++;
    }
    span->version_end = token + 1;
}

bool tail_may_follow(const struct tail *t, struct slice text, size_t at)
{
    return t->mode != TAIL_OFF && version_may_begin(text, at);
}
