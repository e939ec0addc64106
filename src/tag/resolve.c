/* Leftmost-longest: probes come in the order of the text; each takes the
   longest name at its start that is really there and that all rules allow,
   unless it starts in the match before. */
#include "tag/scan_state.h"

#include "model/lookup.h"
#include "text/class.h"
#include "text/hash.h"

bool resolve_end_ok(struct scan *sc, size_t start, size_t end, bool plain)
{
    const struct scan_options *opt = sc->opt;
    if (!opt->tokens) {
        if (!bound_end_ok(sc->text, sc->len, end, &sc->bound))
            return false;
        if (!opt->inside &&
            bound_is_opaque(sc->text, sc->len, start, end, plain, &sc->cache))
            return false;
    }
    return opt->accept == NULL || opt->accept(opt->accept_ctx, start, end);
}

bool resolve_emit(struct scan *sc, size_t start, const struct found *f)
{
    if (sc->n_spans == sc->room_spans) {
        size_t room = sc->room_spans * 2;
        void *p =
            alloc_resize(sc->al, sc->spans, sc->room_spans * sizeof *sc->spans,
                         room * sizeof *sc->spans);
        if (p == NULL) {
            sc->status = STATUS_NOMEM;
            return false;
        }
        sc->spans = p;
        sc->room_spans = room;
    }
    struct span *s = &sc->spans[sc->n_spans++];
    s->start = start;
    s->end = f->end;
    s->entry = f->entry;
    s->label = f->label;
    sc->cursor = f->end;
    return true;
}

bool resolve_record(struct scan *sc, uint32_t at, size_t start)
{
    struct found f;
    sc->stats.verified++;
    return verify_chain(sc, at, start, &f) &&
           resolve_end_ok(sc, start, f.end, f.plain) &&
           resolve_emit(sc, start, &f);
}

/* A start whose first token is known. */
struct begin {
    uint32_t start;
    uint64_t first;   /* the token's hash */
    struct walk then; /* behind it */
};

/* The deepest name of 2 to `most` tokens at a start, walked to from there;
 *depth is 0 if there is none.  *deep: longer names may follow. */
static uint32_t walk_to(struct scan *sc, const struct begin *b, uint32_t most,
                        uint32_t *depth, bool *deep)
{
    struct walk w = b->then;
    uint32_t found = 0, slot;
    uint64_t prefix = b->first, token;
    *depth = 0;
    *deep = false;
    for (uint32_t d = 2; d <= most && walk_step(sc, &w, &token); d++) {
        sc->stats.steps++;
        prefix = hash_step(prefix, token);
        if (!index_find(sc->ix, prefix, &slot))
            break;
        if ((slot & SLOT_KIND) != SLOT_MORE) {
            found = slot;
            *depth = d;
        }
        if (!(slot & SLOT_MORE))
            break;
        *deep = d == SHALLOW_MAX;
    }
    return found;
}

/* Tries the name at a node of two tokens or more, then the shorter ones. */
static bool resolve_down(struct scan *sc, const struct begin *b, uint32_t slot,
                         uint32_t depth)
{
    bool deep;
    while (depth >= 2) {
        if (resolve_record(sc, slot >> 2, sc->base + b->start))
            return true;
        if (depth == 2)
            return false;
        slot = walk_to(sc, b, depth - 1, &depth, &deep);
    }
    return false;
}

static bool may_start(struct scan *sc, size_t start)
{
    return start >= sc->cursor &&
           (sc->opt->tokens ||
            bound_start_ok(sc->text, sc->len, start, &sc->bound));
}

/* The names of two tokens and more at a probe. */
static bool resolve_probe(struct scan *sc, const struct probe *p)
{
    const struct words *w = sc->chunk->words;
    if (p->deep && deep_resolve(sc, sc->base + p->start))
        return true;
    if (p->found_depth == 0)
        return false;
    struct begin b = {
        p->start, w->hash[p->word], {w->end[p->word], p->word + 1u}};
    return resolve_down(sc, &b, p->slot, p->found_depth);
}

/* What begins at one place: a probe, a solo that was found, or both. */
static void resolve_start(struct scan *sc, size_t start, const struct probe *p,
                          const struct solo *s)
{
    if (!may_start(sc, start) || (p != NULL && resolve_probe(sc, p)))
        return;
    if (s != NULL)
        resolve_record(sc, s->slot >> 2, start);
}

/* Does a name of two tokens, or one that goes on as the text does, begin
   with this symbol?  Of symbols the filters know all that follows.  In rows
   of dashes, each of which leads, the third token tells. */
static bool symbol_goes(struct scan *sc, const struct begin *b)
{
    const struct index *ix = sc->ix;
    struct walk w = b->then;
    uint64_t token;
    if (!walk_step(sc, &w, &token))
        return false;
    uint64_t pair = hash_step(b->first, token);
    if (!index_bit(ix->pair, ix->pair_shift, pair))
        return false;
    if (index_bit(ix->first, ix->first_shift, pair))
        return true;
    return walk_step(sc, &w, &token) &&
           index_bit(ix->triple, ix->triple_shift, hash_step(pair, token));
}

/* The rare starts are looked up only here: symbols, the chunk's last word. */
static void resolve_late(struct scan *sc, const struct begin *b, bool symbol)
{
    const struct index *ix = sc->ix;
    size_t start = sc->base + b->start;
    uint32_t depth, slot;
    bool deep;
    if (!may_start(sc, start))
        return;
    if (!symbol || symbol_goes(sc, b)) {
        slot = walk_to(sc, b, SHALLOW_MAX, &depth, &deep);
        if (deep && sc->deep != NULL && deep_resolve(sc, start))
            return;
        if (resolve_down(sc, b, slot, depth))
            return;
    }
    if (index_bit(ix->first, ix->first_shift, b->first) &&
        index_find(ix, b->first, &slot))
        resolve_record(sc, slot >> 2, start);
}

/* Probes and solos that start before `limit`. */
static void resolve_before(struct scan *sc, uint32_t limit, uint32_t *probes,
                           uint32_t *solos)
{
    uint32_t i = *probes, j = *solos;
    for (;;) {
        uint32_t a = i < sc->n_probes ? sc->probes[i].start : UINT32_MAX;
        uint32_t b = j < sc->n_solos ? sc->solos[j].start : UINT32_MAX;
        if (a >= limit && b >= limit)
            break;
        const struct probe *p = a <= b ? &sc->probes[i++] : NULL;
        const struct solo *s = b <= a ? &sc->solos[j++] : NULL;
        resolve_start(sc, sc->base + (a <= b ? a : b), p, s);
    }
    *probes = i;
    *solos = j;
}

/* The chunk's last word: its next token was not known to the filters. */
static void resolve_last(struct scan *sc)
{
    const struct words *w = sc->chunk->words;
    struct begin b = {
        words_start(w, w->n - 1), w->hash[w->n - 1], {w->end[w->n - 1], w->n}};
    resolve_late(sc, &b, false);
}

/* The symbol at `at`, if a name may begin with it; next: the first word
   behind it. */
static void resolve_lead(struct scan *sc, uint32_t at, uint32_t next)
{
    size_t where = sc->base + at, n;
    uint32_t cp;
    class_of_cp(sc->text + where, sc->len - where, &cp, &n);
    struct begin b = {at, hash_symbol(cp), {at + n, next}};
    resolve_late(sc, &b, true);
}

/* Of the ASCII symbols that begin names, those before `end` whose next byte
   goes on with one. */
static void keep_leads(struct scan *sc, uint32_t end)
{
    struct chunk *c = sc->chunk;
    const uint8_t *text = sc->text + sc->base, *lead = sc->ix->lead;
    size_t len = sc->len - sc->base;
    uint32_t kept = 0;
    if (sc->ix->flags & INDEX_LEAD) {
        for (uint32_t block = 0; block * 64 < end; block++) {
            uint64_t bits = c->lead_mask[block];
            for (; bits != 0; bits &= bits - 1) {
                uint32_t at = block * 64 + bits_ctz(bits);
                uint32_t next = at + 1 < len ? text[at + 1] : '\n';
                c->lead[kept] = (uint16_t)at;
                kept += at < end &&
                        (lead[text[at] % 128u * 32 + next / 8] >> next % 8 & 1);
            }
        }
    }
    c->leads = kept;
}

void resolve_chunk(struct scan *sc, size_t limit)
{
    const struct chunk *c = sc->chunk;
    const struct words *w = c->words;
    uint32_t i = 0, j = 0, m = 0, next = 0;
    uint32_t end = (uint32_t)(limit - sc->base);
    bool last = w->n > 0;
    keep_leads(sc, end);
    for (uint32_t k = 0; k < c->leads || m < c->leads_high;) {
        uint32_t at = k < c->leads ? c->lead[k] : UINT32_MAX;
        if (m < c->leads_high && c->lead_high[m] < at)
            at = c->lead_high[m++];
        else
            k++;
        while (next < w->n && words_start(w, next) < at)
            next++;
        resolve_before(sc, at, &i, &j);
        if (last && next == w->n) {
            resolve_last(sc);
            last = false;
        }
        resolve_lead(sc, at, next);
    }
    resolve_before(sc, UINT32_MAX, &i, &j);
    if (last)
        resolve_last(sc);
}
