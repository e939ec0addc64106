/* What the scanner finds, checked and put down: the last step of every path to
   a name. */
#ifndef GAZ_TAG_EMIT_H
#define GAZ_TAG_EMIT_H

#include "tag/scan_state.h"

/* Room for more spans; false, with sc->status set, when memory is out. */
bool emit_grow(struct scan *sc);

/* May a name that starts and ends there lie where it does?  plain: it is of
   words of ASCII alone. */
bool emit_end_ok(struct scan *sc, size_t start, size_t end, bool plain);

/* Takes the record if it is the text at start, and all rules allow it. */
bool emit_record(struct scan *sc, uint32_t at, size_t start);

/* bare: as span.bare. */
static GAZ_ALWAYS_INLINE bool emit_span(struct scan *sc, size_t start,
                                        const struct found *f, bool bare)
{
    if (GAZ_UNLIKELY(sc->n_spans == sc->room_spans) && !emit_grow(sc))
        return false;
    sc->spans[sc->n_spans++] = (struct span){.start = start,
                                             .end = f->end,
                                             .entry = f->entry,
                                             .label = f->label,
                                             .score = 1,
                                             .bare = bare};
    sc->cursor = f->end;
    return true;
}

#endif
