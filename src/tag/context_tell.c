/* What the context of a name says of it, in words. */
#include "tag/context_state.h"

/* The word that was found, if any, told to out. */
static bool tell_word(const char *key, const struct cue *cue, struct buf *out)
{
    if (cue != NULL) {
        buf_format(out, "'%.*s' is there (%s)", (int)cue->len, cue->word, key);
    }
    return cue != NULL;
}

static void tell_row(const struct row *r, size_t one, size_t two,
                     struct buf *out)
{
    const struct span *s = &r->spans[one];
    buf_format(out, "it stands in a row with '%.*s'", (int)(s->end - s->start),
               r->text.data + s->start);
    if (two != one) {
        s = &r->spans[two];
        buf_format(out, " and '%.*s'", (int)(s->end - s->start),
                   r->text.data + s->start);
    }
}

static bool tell_needs(struct context *c, struct slice text,
                       const struct cue_context *k, const struct company *all,
                       struct buf *out)
{
    size_t n = c->near.count;
    size_t at = c->near.before;
    const struct cue_list *words = k->words;
    if (tell_word("next",
                  context_any(c, &words[LEXICON_NEXT], at, at + (at < n)),
                  out) ||
        tell_word("prev",
                  context_any(c, &words[LEXICON_PREV], at - (at > 0), at),
                  out) ||
        tell_word("need", context_any(c, &words[LEXICON_NEED], 0, n), out)) {
        return true;
    }
    bool met = context_needs_met(c, k, all);
    struct lexicon_entry entry;
    struct row r = {.spans = all->spans,
                    .count = all->count,
                    .self = all->self,
                    .state = context_row_state,
                    .text = text};
    size_t one = 0;
    size_t two = 0;
    r.at = c;
    lexicon_entry(c->lexicon, all->spans[all->self].entry, &entry);
    if (!met && !entry.no_short && row_holds(&r, entry.label, &one, &two)) {
        tell_row(&r, one, two, out);
        return true;
    }
    if (!met && k->other == LEXICON_NONE &&
        context_versioned(c, &entry, text, &all->spans[all->self])) {
        buf_str(out, "a version stands right behind it");
        return true;
    }
    buf_str(out, met ? "a mention that need= asks for is in its sentence"
                     : "nothing that need=, next= or prev= ask for is in its "
                       "sentence");
    return met;
}

enum status context_tell(struct context *c, struct slice text,
                         const struct span *at, uint32_t entry,
                         const struct span *spans, size_t count, bool *holds,
                         struct buf *out, struct err *e)
{
    const struct cue_context *k = cues_get(&c->cues, entry);
    struct span *all = alloc_get(c->alloc, (count + 1) * sizeof *all);
    void *stays = c->stays;
    bool ok = all != NULL && alloc_grow(c->alloc, &stays, &c->stays_capacity,
                                        count + 1, sizeof *c->stays);
    c->stays = stays;
    size_t self = 0;
    *holds = true;
    if (ok && k != NULL) {
        while (self < count && spans[self].start < at->start) {
            self++;
        }
        /* the mention at hand may be one of them */
        size_t there = self < count && spans[self].start == at->start;
        size_t after = count - self - there;
        if (count > 0) {
            memcpy(all, spans, self * sizeof *all);
            memcpy(all + self + 1, spans + self + there, after * sizeof *all);
        }
        size_t total = self + 1 + after;
        all[self] = *at;
        for (size_t i = 0; i < total; i++) {
            c->stays[i] = context_is_asked(c, &all[i]) ? STAYS_ASKED : STAYS;
        }
        c->stays[self] = STAYS_NOT;
        struct company company = {all, total, self};
        near_reset(&c->near);
        near_look(&c->near, text, at->start, at->end);
        *holds = !tell_word("not", context_forbidden(c, k), out) &&
                 tell_needs(c, text, k, &company, out);
    }
    alloc_free(c->alloc, all, (count + 1) * sizeof *all);
    return ok && context_ok(c) ? STATUS_OK : err_nomem(e);
}
