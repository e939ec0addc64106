#include "tag/places.h"

static size_t count_to(struct places *p, size_t byte)
{
    const char *text = p->original.data;
    if (p->length == NULL) {
        return byte;
    }
    if (byte >= p->byte) {
        p->units += p->length(text + p->byte, byte - p->byte);
    } else {
        p->units -= p->length(text + byte, p->byte - byte);
    }
    p->byte = byte;
    return p->units;
}

void places_put(struct places *p, size_t start, size_t end, struct buf *out)
{
    if (p->map != NULL) {
        p->map(p->context, &start, &end);
    }
    size_t from = count_to(p, start);
    buf_format(out, "%zu-%zu", from, count_to(p, end));
}
