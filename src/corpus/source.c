#include "corpus/source.h"

#include "text/utf8.h"

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

enum status source_check_line(struct slice text, size_t line, struct err *e)
{
    size_t bad = utf8_invalid(text.data, text.len);
    const char *nul = text.len > 0 ? memchr(text.data, '\0', text.len) : NULL;
    if (nul != NULL && (size_t)(nul - text.data) < bad) {
        return err_at(e, STATUS_SYNTAX, line, (size_t)(nul - text.data) + 1,
                      "a NUL byte");
    }
    if (bad < text.len) {
        return err_at(e, STATUS_SYNTAX, line, bad + 1,
                      "invalid UTF-8 (byte 0x%02x)",
                      (unsigned)(unsigned char)text.data[bad]);
    }
    return STATUS_OK;
}
