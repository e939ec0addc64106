/* Places in a text as people count them: in code points, say. */
#ifndef GAZ_TAG_PLACES_H
#define GAZ_TAG_PLACES_H

#include "base/buf.h"
#include "base/slice.h"

struct places {
    struct slice text;
    size_t (*length)(const char *text, size_t len); /* NULL: bytes */
    size_t byte, units; /* one of them, to count on from: 0 and 0 at first */
};

/* Where a byte is. Fast where it is near the one that was asked for last. */
size_t places_at(struct places *p, size_t byte);

/* "START-END", appended. */
void places_put(struct places *p, size_t start, size_t end, struct buf *out);

#endif
