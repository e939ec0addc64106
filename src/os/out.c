#include "os/out.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "os/io.h"
#include "os/neutral.h"

/* What is longer is not copied first. */
enum { OUT_BUFFER = 1 << 18, OUT_DIRECT = 1 << 16 };

enum status out_open(struct out *o, int fd, struct err *e)
{
    memset(o, 0, sizeof *o);
    o->fd = fd;
    o->capacity = OUT_BUFFER;
    o->data = malloc(o->capacity);
    o->neutral = fd != OUT_MEMORY && isatty(fd);
    return o->data != NULL ? STATUS_OK : err_nomem(e);
}

static void write_out(struct out *o, const char *data, size_t len)
{
    while (len > 0 && o->error == 0) {
        ssize_t w = write(o->fd, data, len);
        if (w > 0) {
            data += w;
            len -= (size_t)w;
        } else if (w == 0) {
            o->error = EIO; /* not so by POSIX; else this were for ever */
        } else if (!io_retry(o->fd, true)) {
            o->error = errno;
        }
    }
}

void out_clear(struct out *o)
{
    o->len = 0;
    o->error = 0;
}

/* Make room for n more bytes. */
static void make_room(struct out *o, size_t n)
{
    if (o->fd != OUT_MEMORY) {
        out_flush(o);
        return;
    }
    size_t want = o->capacity;
    while (want - o->len < n && want <= SIZE_MAX / 2) {
        want *= 2;
    }
    char *p = want - o->len < n ? NULL : realloc(o->data, want);
    if (p == NULL) {
        o->error = ENOMEM;
        o->len = 0; /* what is lost anyway makes the room */
        return;
    }
    o->data = p;
    o->capacity = want;
}

static void write_neutral(struct out *o, const char *data, size_t len)
{
    size_t bad = 1;
    while (bad > 0) {
        size_t n = neutral_span(data, len, false, &bad);
        write_out(o, data, n);
        if (bad > 0) {
            write_out(o, NEUTRAL_SIGN, sizeof NEUTRAL_SIGN - 1);
        }
        data += n + bad;
        len -= n + bad;
    }
}

static void flush(struct out *o, bool last)
{
    if (o->fd == OUT_MEMORY) {
        return;
    }
    if (!o->neutral) {
        write_out(o, o->data, o->len);
        o->len = 0;
        return;
    }
    /* What the next bytes may complete stays. */
    size_t open = last ? 0 : neutral_open(o->data, o->len);
    write_neutral(o, o->data, o->len - open);
    memmove(o->data, o->data + o->len - open, open);
    o->len = open;
}

void out_flush(struct out *o)
{
    flush(o, false);
}

/* Through the buffer, however long it is. */
static void in_pieces(struct out *o, const char *data, size_t len)
{
    while (len > 0) {
        size_t room = o->capacity - o->len;
        size_t n = len < room ? len : room;
        memcpy(o->data + o->len, data, n);
        o->len += n;
        data += n;
        len -= n;
        if (len > 0) {
            out_flush(o);
        }
    }
}

void out_bytes(struct out *o, const void *data, size_t len)
{
    if (len >= OUT_DIRECT && o->fd != OUT_MEMORY && !o->neutral) {
        out_flush(o);
        write_out(o, data, len);
        return;
    }
    if (len > o->capacity - o->len) {
        make_room(o, len);
        if (o->neutral) {
            in_pieces(o, data, len);
            return;
        }
        if (len > o->capacity - o->len) {
            if (o->fd != OUT_MEMORY) {
                write_out(o, data, len);
            }
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
        make_room(o, 1);
    }
    o->data[o->len++] = c;
}

char *out_room(struct out *o, size_t n)
{
    if (n > o->capacity - o->len) {
        make_room(o, n);
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
    flush(o, true);
    free(o->data);
    o->data = NULL;
    if (o->error != 0) {
        return err_set(e, STATUS_IO, "cannot write: %s", strerror(o->error));
    }
    return STATUS_OK;
}
