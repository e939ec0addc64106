#include "tag/emit.h"

bool emit_grow(struct scan *sc)
{
    size_t room = sc->room_spans > 0 ? sc->room_spans * 2 : SPANS_FIRST;
    void *p =
        alloc_resize(sc->al, sc->spans, sc->room_spans * sizeof *sc->spans,
                     room * sizeof *sc->spans);
    if (p == NULL) {
        sc->status = STATUS_NOMEM;
        return false;
    }
    sc->spans = p;
    sc->room_spans = room;
    return true;
}

bool emit_end_ok(struct scan *sc, size_t start, size_t end, bool plain)
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

bool emit_record(struct scan *sc, uint32_t at, size_t start)
{
    struct found f;
    sc->stats.verified++;
    size_t cursor = sc->cursor;
    bool taken = verify_chain(sc, at, start, &f) &&
                 emit_end_ok(sc, start, f.end, f.plain) &&
                 emit_span(sc, start, &f, false);
    if (taken && sc->opt->every) { /* the shorter ones too, as if it were not */
        sc->cursor = cursor;
        return false;
    }
    return taken;
}
