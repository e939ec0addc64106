#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A cut message must not end in half a UTF-8 sequence. */
static void trim_partial(char *s)
{
    size_t n = strlen(s);
    size_t back = 0;
    while (back < 3 && back < n &&
           ((unsigned char)s[n - 1 - back] & 0xC0u) == 0x80u) {
        back++;
    }
    if (back < n) {
        unsigned char lead = (unsigned char)s[n - 1 - back];
        size_t want = lead >= 0xF0   ? 3
                      : lead >= 0xE0 ? 2
                      : lead >= 0xC0 ? 1
                                     : 0;
        if (back < want) {
            s[n - 1 - back] = '\0';
        }
    }
}

static enum status set(struct err *e, enum status code, size_t line,
                       size_t column, const char *format, va_list args)
    __attribute__((format(printf, 5, 0)));

static enum status set(struct err *e, enum status code, size_t line,
                       size_t column, const char *format, va_list args)
{
    if (e != NULL) {
        e->code = code;
        e->reason = REASON_NONE;
        e->line = line;
        e->column = column;
        e->pos = 0;
        int n = vsnprintf(e->message, sizeof e->message, format, args);
        if (n < 0) {
            e->message[0] = '\0';
        } else if ((size_t)n >= sizeof e->message) {
            trim_partial(e->message);
        }
    }
    return code;
}

enum status err_set(struct err *e, enum status code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    enum status s = set(e, code, 0, 0, format, args);
    va_end(args);
    return s;
}

enum status err_at(struct err *e, enum status code, size_t line, size_t column,
                   const char *format, ...)
{
    va_list args;
    va_start(args, format);
    enum status s = set(e, code, line, column, format, args);
    va_end(args);
    return s;
}

enum status err_because(struct err *e, enum status code, enum err_reason reason)
{
    if (e != NULL) {
        e->reason = reason;
    }
    return code;
}

enum status err_hand_on(struct err *e, const struct err *why, size_t line,
                        size_t column)
{
    (void)err_at(e, why->code, line, column, "%s", why->message);
    return err_because(e, why->code, why->reason);
}

void err_set_nomem(struct err *e)
{
    (void)err_set(e, STATUS_NOMEM, "out of memory");
}
