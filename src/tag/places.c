#include "tag/places.h"

size_t places_at(struct places *p, size_t byte)
{
    if (p->length == NULL) {
        return byte;
    }
    if (byte >= p->byte) {
        p->units += p->length(p->text.data + p->byte, byte - p->byte);
    } else {
        p->units -= p->length(p->text.data + byte, p->byte - byte);
    }
    p->byte = byte;
    return p->units;
}

void places_put(struct places *p, size_t start, size_t end, struct buf *out)
{
    size_t from = places_at(p, start);
    buf_format(out, "%zu-%zu", from, places_at(p, end));
}
