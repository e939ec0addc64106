#include "tag/context_state.h"
#include "tag/spans.h"
#include "tag/tail.h"
#include "tag/written.h"
#include "text/limits.h"
#include "text/version.h"

enum { NEAR_WORDS = 3 /* for `not` */ };

struct context *context_create(const struct alloc *alloc,
                               const struct lexicon *lexicon)
{
    struct context *c = alloc_get(alloc, sizeof *c);
    if (c != NULL) {
        memset(c, 0, sizeof *c);
        c->alloc = alloc;
        c->lexicon = lexicon;
        cues_init(&c->cues, alloc, lexicon);
        buf_init(&c->near.keys, alloc);
        buf_init(&c->a, alloc);
        buf_init(&c->b, alloc);
    }
    return c;
}

void context_free(struct context *c)
{
    if (c != NULL) {
        cues_free(&c->cues);
        buf_free(&c->near.keys);
        buf_free(&c->a);
        buf_free(&c->b);
        alloc_free(c->alloc, c->dropped,
                   c->dropped_capacity * sizeof *c->dropped);
        alloc_free(c->alloc, c->stays, c->stays_capacity * sizeof *c->stays);
        alloc_free(c->alloc, c->sure, c->sure_capacity * sizeof *c->sure);
        alloc_free(c->alloc, c, sizeof *c);
    }
}

static bool has_company(const struct context *c, const struct company *all,
                        struct slice label)
{
    for (int way = -1; way <= 1; way += 2) {
        for (size_t i = all->self; way < 0 ? i-- > 0 : ++i < all->count;) {
            const struct span *s = &all->spans[i];
            if (s->end <= c->near.from || s->start >= c->near.to) {
                break;
            }
            if ((c->stays[i] == STAYS || c->stays[i] == STAYS_ASKED) &&
                slice_eq(lexicon_label(c->lexicon, s->label), label)) {
                return true;
            }
        }
    }
    return false;
}

bool context_needs_met(struct context *c, const struct cue_context *k,
                       const struct company *all)
{
    const struct cue_list *need = &k->words[LEXICON_NEED];
    const struct cue_list *next = &k->words[LEXICON_NEXT];
    const struct cue_list *prev = &k->words[LEXICON_PREV];
    size_t n = c->near.count;
    size_t at = c->near.before;
    if (need->count + next->count + prev->count == 0 ||
        context_any(c, next, at, at + (at < n)) != NULL ||
        context_any(c, prev, at - (at > 0), at) != NULL ||
        context_any(c, need, 0, n) != NULL) {
        return true;
    }
    for (size_t i = 0; i < need->count; i++) {
        const struct cue *cue = &need->items[i];
        bool label = cue->kind == CUE_LABEL;
        c->asked = c->asked || label;
        if (label &&
            has_company(c, all, slice_of(cue->word + 1, cue->len - 1))) {
            return true;
        }
    }
    return false;
}

/* Does a word of `not` stand where it is held against: among all that are near,
 * or right before or behind? */
static bool stands_near(struct context *c, const struct cue *cue)
{
    size_t before = c->near.before;
    size_t behind = c->near.count - before;
    size_t back = cue->kind == CUE_BEHIND   ? 0
                  : cue->kind == CUE_BEFORE ? 1
                                            : NEAR_WORDS;
    size_t forth = cue->kind == CUE_BEFORE   ? 0
                   : cue->kind == CUE_BEHIND ? 1
                                             : NEAR_WORDS;
    return near_has(&c->near, slice_of(cue->word, cue->len), cue->hash,
                    before > back ? before - back : 0,
                    before + (behind < forth ? behind : forth));
}

const struct cue *context_forbidden(struct context *c,
                                    const struct cue_context *k)
{
    const struct cue_list *list = &k->words[LEXICON_NOT];
    for (size_t i = 0; i < list->count; i++) {
        const struct cue *cue = &list->items[i];
        if (near_may(&c->near, cue->hash) && stands_near(c, cue)) {
            return cue;
        }
    }
    return NULL;
}

bool context_versioned(const struct context *c,
                       const struct lexicon_entry *entry, struct slice text,
                       const struct span *span)
{
    struct version_name name = {span->start, span->end, false};
    struct version version;
    size_t end = span->end;
    size_t before = 0;
    return end + 2 < text.len && text.data[end] == ' ' &&
           (span->start == 0 || text.data[span->start - 1] != ':') &&
           !entry->no_version && !entry->no_short &&
           tail_takes(lexicon_label(c->lexicon, entry->label)) &&
           written_any_capital(spans_text(text, span)) &&
           version_behind(text, &name, text.len, &version) && !version.loose &&
           !written_capital_before(text, span->start, &before) &&
           memchr(text.data + version.start, '.',
                  version.end - version.start) != NULL;
}

static bool holds(struct context *c, struct slice text, const struct span *span,
                  const struct lexicon_entry *entry,
                  const struct cue_context *k, const struct company *all)
{
    return context_forbidden(c, k) == NULL &&
           (context_needs_met(c, k, all) ||
            (k->other == LEXICON_NONE &&
             context_versioned(c, entry, text, span)));
}

/* Go on to the next entry of the key whose policy accepts the text. *left
 * begins as LIMIT_CHAIN: no more there are, but in a forged image. */
static bool next_entry(struct context *c, struct slice bytes, size_t *left,
                       uint32_t *id, struct lexicon_entry *entry)
{
    for (; *left > 0; (*left)--) {
        const struct cue_context *k = cues_get(&c->cues, *id);
        if (k == NULL || k->other == LEXICON_NONE) {
            return false;
        }
        *id = k->other;
        lexicon_entry(c->lexicon, *id, entry);
        if (policy_accepts(entry->policy, entry->plural, entry->surface, bytes,
                           &c->a, &c->b)) {
            (*left)--;
            return true;
        }
    }
    return false;
}

/* Decide a span with a context; false when none of its entries stays. */
static bool decide(struct context *c, struct slice text, struct span *span,
                   const struct company *all)
{
    struct slice bytes =
        slice_of(text.data + span->start, span->end - span->start);
    struct lexicon_entry entry;
    uint32_t id = span->entry;
    size_t left = LIMIT_CHAIN;
    near_look(&c->near, text, span->start, span->end);
    lexicon_facts(c->lexicon, id, &entry);
    do {
        const struct cue_context *k = cues_get(&c->cues, id);
        if (k == NULL || holds(c, text, span, &entry, k, all)) {
            span->entry = id;
            span->label = entry.label;
            return !entry.veto;
        }
    } while (next_entry(c, bytes, &left, &id, &entry));
    return false;
}

const struct sure *context_sure(const struct context *c, size_t *count)
{
    *count = c->sure_count;
    return c->sure;
}

bool context_needs(struct context *c, uint32_t entry)
{
    const struct cue_context *k = cues_get(&c->cues, entry);
    return k != NULL && k->words[LEXICON_NEED].count > 0;
}

bool context_allows(struct context *c, struct slice text,
                    const struct span *span, uint32_t entry)
{
    const struct cue_context *k = cues_get(&c->cues, entry);
    if (k != NULL && k->words[LEXICON_NOT].count > 0) {
        near_look(&c->near, text, span->start, span->end);
        return context_forbidden(c, k) == NULL;
    }
    return k != NULL;
}

bool context_known(struct context *c, struct slice text, struct span *span,
                   context_asks known, void *document)
{
    struct slice bytes =
        slice_of(text.data + span->start, span->end - span->start);
    struct lexicon_entry entry;
    uint32_t id = span->entry;
    size_t left = LIMIT_CHAIN;
    lexicon_facts(c->lexicon, id, &entry);
    do {
        const struct cue_context *k =
            entry.context && !entry.veto ? cues_get(&c->cues, id) : NULL;
        if (k == NULL) {
            return false;
        }
        if (known(document, id, entry.label, bytes) &&
            context_allows(c, text, span, id)) {
            span->entry = id;
            span->label = entry.label;
            return true;
        }
    } while (next_entry(c, bytes, &left, &id, &entry));
    return false;
}

bool context_ok(const struct context *c)
{
    return buf_ok(&c->near.keys) && buf_ok(&c->a) && buf_ok(&c->b) &&
           !c->cues.failed;
}

enum row_state context_row_state(void *at, size_t i)
{
    const struct context *c = at;
    return c->stays[i] == STAYS         ? ROW_ASKS_NOT
           : c->stays[i] == STAYS_ASKED ? ROW_ASKED
                                        : ROW_OUT;
}

/* Give a span the first of its entries that its row makes clear. */
static bool decide_in_row(struct context *c, const struct row *r,
                          struct span *span)
{
    struct slice bytes =
        slice_of(r->text.data + span->start, span->end - span->start);
    struct lexicon_entry entry;
    uint32_t id = span->entry;
    size_t left = LIMIT_CHAIN;
    size_t one = 0;
    size_t two = 0;
    bool looked = false;
    if (!row_any(r)) {
        return false;
    }
    lexicon_facts(c->lexicon, id, &entry);
    do {
        const struct cue_context *k =
            entry.veto ? NULL : cues_get(&c->cues, id);
        if (k == NULL) {
            return false;
        }
        if (!entry.no_short && row_holds(r, entry.label, &one, &two)) {
            if (!looked) {
                near_look(&c->near, r->text, span->start, span->end);
                looked = true;
            }
            if (context_forbidden(c, k) == NULL) {
                span->entry = id;
                span->label = entry.label;
                return true;
            }
        }
    } while (next_entry(c, bytes, &left, &id, &entry));
    return false;
}

static void decide_rows(struct context *c, struct slice text,
                        struct span *spans, size_t count)
{
    struct row r = {.text = text,
                    .spans = spans,
                    .count = count,
                    .state = context_row_state};
    r.at = c;
    for (size_t i = 0; i < count; i++) {
        r.self = i;
        if ((c->stays[i] == STAYS_NOT || c->stays[i] == STAYS_NEVER) &&
            decide_in_row(c, &r, &spans[i])) {
            c->stays[i] = STAYS_IN_ROW;
        }
    }
}

/* 1. Mentions without a context stay.
 * 2. The others are decided in order, with these and the earlier ones of
 *    them as company.
 * 3. Those that failed and ask for other mentions are decided once more, with
 *    the later ones as well.
 * 4. What failed may still count by its row. */
static void decide_all(struct context *c, struct slice text, struct span *spans,
                       size_t count)
{
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < count; i++) {
            struct company all = {spans, count, i};
            if (c->stays[i] == STAYS_NOT) {
                c->asked = false;
                c->stays[i] = decide(c, text, &spans[i], &all) ? STAYS_ASKED
                              : c->asked                       ? STAYS_NOT
                                                               : STAYS_NEVER;
            }
        }
    }
}

/* Without what is known, at the start. */
static void begin_stays(struct context *c, const struct span *spans,
                        size_t count)
{
    size_t k = 0;
    for (size_t i = 0; i < count; i++) {
        const struct span *s = &spans[i];
        c->stays[i] = context_is_asked(c, s) ? STAYS_NOT : STAYS;
        while (k < c->sure_count && c->sure[k].start < s->start) {
            k++;
        }
        if (k < c->sure_count && c->sure[k].start == s->start &&
            c->sure[k].end == s->end && c->sure[k].entry == s->entry) {
            c->stays[i] = STAYS_ASKED;
        }
    }
}

static void keep_sure(struct context *c, const struct span *spans, size_t count)
{
    c->sure_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (c->stays[i] == STAYS_ASKED) {
            c->sure[c->sure_count++] = (struct sure){
                spans[i].start, spans[i].end, spans[i].entry, spans[i].label};
        }
    }
}

static bool reserve(struct context *c, size_t count)
{
    void *stays = c->stays;
    void *sure = c->sure;
    void *dropped = c->dropped;
    bool ok = alloc_grow(c->alloc, &stays, &c->stays_capacity, count,
                         sizeof *c->stays);
    c->stays = stays;
    ok = ok &&
         alloc_grow(c->alloc, &sure, &c->sure_capacity, count, sizeof *c->sure);
    c->sure = sure;
    ok = ok && alloc_grow(c->alloc, &dropped, &c->dropped_capacity, count,
                          sizeof *c->dropped);
    c->dropped = dropped;
    return ok;
}

enum status context_filter(struct context *c, struct slice text,
                           struct span *spans, size_t *count, struct err *e)
{
    c->sure_count = 0;
    return context_filter_more(c, text, spans, count, e);
}

enum status context_filter_more(struct context *c, struct slice text,
                                struct span *spans, size_t *count,
                                struct err *e)
{
    if (c->lexicon->contexts.len == 0) {
        return STATUS_OK;
    }
    if (!reserve(c, *count)) {
        return err_nomem(e);
    }
    near_reset(&c->near);
    c->cues.failed = false;
    buf_reset(&c->a);
    buf_reset(&c->b);
    begin_stays(c, spans, *count);
    decide_all(c, text, spans, *count);
    keep_sure(c, spans, *count);
    decide_rows(c, text, spans, *count);
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++) {
        if (c->stays[i] != STAYS_NOT && c->stays[i] != STAYS_NEVER) {
            spans[kept++] = spans[i];
        } else {
            c->dropped[i - kept] = spans[i];
        }
    }
    if (*count > kept) {
        memcpy(spans + kept, c->dropped, (*count - kept) * sizeof *spans);
    }
    *count = kept;
    return context_ok(c) ? STATUS_OK : err_nomem(e);
}
