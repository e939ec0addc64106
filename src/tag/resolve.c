/* Leftmost-longest: probes come in the order of the text; each takes the
   longest name at its start that is really there and that all rules allow,
   unless it starts in the match before. */
#include "tag/scan_state.h"

#include "model/lookup.h"
#include "text/hash.h"

bool resolve_end_ok(struct scan *sc, size_t start, size_t end, bool plain)
{
    const struct scan_options *opt = sc->opt;
    if (!opt->tokens) {
        if (!bound_end_ok(sc->text, sc->len, end, &sc->bound))
            return false;
        if (!opt->inside && bound_is_opaque(sc->text, sc->len, start, end,
                                            plain, &sc->cache))
            return false;
    }
    return opt->accept == NULL || opt->accept(opt->accept_ctx, start, end);
}

bool resolve_emit(struct scan *sc, size_t start, const struct found *f)
{
    if (sc->n_spans == sc->room_spans) {
        size_t room = sc->room_spans * 2;
        void *p = alloc_resize(sc->al, sc->spans,
                               sc->room_spans * sizeof *sc->spans,
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

/* The first token of a probe, and the place after it. */
static uint64_t first_token(struct scan *sc, const struct probe *p,
                            struct walk *w)
{
    const struct chunk *c = sc->chunk;
    uint32_t k = walk_word_at(c, p->start);
    uint64_t token = 0;
    if (k < c->words && where_start(c->where[k]) == p->start) {
        w->pos = where_end(c->where[k]);
        w->next = k + 1;
        return c->hash[k];
    }
    /* a symbol; seen from its own start it is glued to nothing */
    w->pos = p->start;
    w->next = k;
    walk_step(sc, w, &token);
    return token ^ HASH_GLUED;
}

/* The deepest name of 2 to `most` tokens at p, walked from its start. */
static uint32_t walk_shorter(struct scan *sc, const struct probe *p,
                             uint32_t most, uint32_t *depth)
{
    struct walk w;
    uint32_t found = 0, slot;
    uint64_t prefix = first_token(sc, p, &w), token;
    *depth = 0;
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
    }
    return found;
}

void resolve_probe(struct scan *sc, const struct probe *p)
{
    size_t start = sc->base + p->start;
    if (start < sc->cursor || (p->pair_depth == 0 && !p->deep &&
                               !(p->pass & PASS_FIRST)))
        return;
    if (!sc->opt->tokens &&
        !bound_start_ok(sc->text, sc->len, start, &sc->bound))
        return;
    if (p->deep && deep_resolve(sc, start))
        return;
    uint32_t slot = p->pair_slot, depth = p->pair_depth;
    while (depth >= 2) {
        if (resolve_record(sc, slot >> 2, start))
            return;
        slot = walk_shorter(sc, p, depth - 1, &depth);
    }
    if (p->pass & PASS_FIRST)
        resolve_record(sc, p->first_slot >> 2, start);
}
