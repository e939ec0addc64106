/* Places in a text as people count them: in code points, say, and of a text
 * with markup those of the original. */
#ifndef GAZ_TAG_PLACES_H
#define GAZ_TAG_PLACES_H

#include "base/buf.h"
#include "base/slice.h"

struct places {
    struct slice text;
    /* Where bytes start .. end - 1 of text stand in the original; NULL: text
     * is the original. */
    void (*map)(const void *context, size_t *start, size_t *end);
    const void *context;
    struct slice original;
    size_t (*length)(const char *text, size_t len); /* NULL: bytes */
    size_t byte, units; /* of the original, to count on from: 0 at first */
};

/* "START-END" of bytes start .. end - 1 of the text, appended. Fast near those
 * that were asked for last. */
void places_put(struct places *p, size_t start, size_t end, struct buf *out);

#endif
