/* A buffered writer to a file descriptor. Errors stick and are reported once,
 * by out_close; a closed pipe is told apart, for it is no error of ours. */
#ifndef GAZ_OS_OUT_H
#define GAZ_OS_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

struct out {
    int fd;
    char *data;
    size_t len;
    size_t capacity;
    int error; /* errno of the first failure, 0 */
    /* Show control characters as os/neutral.h says. out_open sets it for a
     * terminal; who writes escape sequences of his own takes it off again. */
    bool neutral;
};

/* STATUS_NOMEM, or OK. fd stays the caller's. With fd OUT_MEMORY nothing is
 * written: the bytes collect in data, len of them. */
enum { OUT_MEMORY = -1 };
enum status out_open(struct out *o, int fd, struct err *e);

/* Forget what a memory writer holds, and its error. */
void out_clear(struct out *o);

void out_bytes(struct out *o, const void *data, size_t len);
void out_str(struct out *o, const char *s);
void out_byte(struct out *o, char c);

/* Room for n bytes in the buffer (n up to OUT_ROOM_MAX), to be filled by the
 * caller and counted with out_used. Never NULL. */
enum { OUT_ROOM_MAX = 4096 };
char *out_room(struct out *o, size_t n);
void out_used(struct out *o, size_t n);

void out_flush(struct out *o);

/* True when the reader of our output has gone. */
bool out_broken(const struct out *o);

/* Flush, free, and say what went wrong on the way. */
enum status out_close(struct out *o, struct err *e);

#endif
