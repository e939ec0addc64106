#include "os/out.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OUT_BUFFER = 1 << 18 };

enum status out_open(struct out *o, int fd, struct err *e)
{
    memset(o, 0, sizeof *o);
    o->fd = fd;
    o->capacity = OUT_BUFFER;
    o->data = malloc(o->capacity);
    return o->data != NULL ? STATUS_OK : err_nomem(e);
}

static void write_out(struct out *o, const char *data, size_t len)
{
    while (len > 0 && o->error == 0) {
        ssize_t w = write(o->fd, data, len);
        if (w >= 0) {
            data += w;
            len -= (size_t)w;
        } else if (errno != EINTR) {
            o->error = errno;
        }
    }
}

void out_flush(struct out *o)
{
    write_out(o, o->data, o->len);
    o->len = 0;
}

void out_bytes(struct out *o, const void *data, size_t len)
{
    if (len > o->capacity - o->len) {
        out_flush(o);
        if (len > o->capacity) {
            write_out(o, data, len);
            return;
        }
    }
    if (len > 0) {
        memcpy(o->data + o->len, data, len);
        o->len += len;
    }
}

void out_str(struct out *o, const char *s)
{
    out_bytes(o, s, strlen(s));
}

void out_byte(struct out *o, char c)
{
    if (o->len == o->capacity) {
        out_flush(o);
    }
    o->data[o->len++] = c;
}

char *out_room(struct out *o, size_t n)
{
    if (n > o->capacity - o->len) {
        out_flush(o);
    }
    return o->data + o->len;
}

void out_used(struct out *o, size_t n)
{
    o->len += n;
}

bool out_broken(const struct out *o)
{
    return o->error == EPIPE;
}

enum status out_close(struct out *o, struct err *e)
{
    if (o->data == NULL) {
        return STATUS_OK;
    }
    out_flush(o);
    free(o->data);
    o->data = NULL;
    if (o->error != 0) {
        return err_set(e, STATUS_IO, "cannot write: %s", strerror(o->error));
    }
    return STATUS_OK;
}
