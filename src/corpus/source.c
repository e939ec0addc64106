#include "corpus/source.h"

#include <string.h>

static enum status memory_read(void *context, char *buffer, size_t size,
                               size_t *got, struct err *e)
{
    (void)e;
    struct slice *rest = context;
    size_t n = rest->len < size ? rest->len : size;
    if (n > 0) {
        memcpy(buffer, rest->data, n);
        rest->data += n;
        rest->len -= n;
    }
    *got = n;
    return STATUS_OK;
}

struct source source_of_memory(struct slice *rest)
{
    struct source s = {memory_read, rest};
    return s;
}
