#include "os/unpack.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "os/io.h"

enum { INPUT = 1 << 16 };

struct unpack {
    int fd;
    bool gzip;
    bool begun;  /* the first stream */
    bool inside; /* a stream has begun that has not ended */
    bool end;    /* of the file */
    z_stream z;
    ZSTD_DStream *zstd;
    uint64_t in, out; /* bytes so far */
    uint64_t free;    /* of out, whatever in is */
    size_t at, len;   /* of input */
    char input[INPUT];
};

static bool is_gzip(const char *data, size_t len)
{
    return len >= 2 && memcmp(data, "\x1F\x8B", 2) == 0;
}

/* Also where a file of three bytes could be the begin of a frame: it is no
 * UTF-8. */
static bool is_zstd(const char *data, size_t len)
{
    static const char magic[] = "\x28\xB5\x2F\xFD";
    bool skipped = len >= 4 && (data[0] & 0xF0) == 0x50 &&
                   memcmp(data + 1, "\x2A\x4D\x18", 3) == 0;
    return skipped || (len >= 3 && memcmp(data, magic, len < 4 ? 3 : 4) == 0);
}

bool unpack_is(const char *data, size_t len)
{
    return is_gzip(data, len) || is_zstd(data, len);
}

enum status unpack_create(int fd, const char *first, size_t len,
                          struct unpack **out, struct err *e)
{
    struct unpack *u = malloc(sizeof *u);
    if (u == NULL) {
        return err_nomem(e);
    }
    memset(u, 0, offsetof(struct unpack, input));
    u->fd = fd;
    u->gzip = is_gzip(first, len);
    memcpy(u->input, first, len);
    u->len = len;
    u->in = len;
    u->free = UNPACK_FREE;
    if (u->gzip ? inflateInit2(&u->z, MAX_WBITS + 16) != Z_OK
                : (u->zstd = ZSTD_createDStream()) == NULL) {
        free(u);
        return err_nomem(e);
    }
    *out = u;
    return STATUS_OK;
}

void unpack_free(struct unpack *u)
{
    if (u != NULL) {
        if (u->gzip) {
            (void)inflateEnd(&u->z);
        }
        (void)ZSTD_freeDStream(u->zstd);
        free(u);
    }
}

void unpack_hold(struct unpack *u)
{
    u->free = UNPACK_HELD;
}

static enum status fill(struct unpack *u, struct err *e)
{
    ssize_t r = 0;
    do {
        r = read(u->fd, u->input, sizeof u->input);
    } while (r < 0 && io_retry(u->fd, false));
    if (r < 0) {
        return io_error(e, "cannot read");
    }
    u->end = r == 0;
    u->at = 0;
    u->len = (size_t)r;
    u->in += (uint64_t)r;
    return STATUS_OK;
}

static enum status damaged(const struct unpack *u, const char *why,
                           struct err *e)
{
    return err_set(e, STATUS_CORRUPT, "damaged %s data near byte %llu: %s",
                   u->gzip ? "gzip" : "zstd",
                   (unsigned long long)(u->in - (u->len - u->at)),
                   why != NULL ? why : "not what such a stream may hold");
}

/* Behind a member of a gzip file: another one, or zeros up to the end. */
static enum status step_gzip_gap(struct unpack *u, struct err *e)
{
    unsigned char c = (unsigned char)u->input[u->at];
    if (c == 0) {
        u->at++;
        return STATUS_OK;
    }
    if (c != 0x1F) {
        return damaged(u, "something else follows the stream", e);
    }
    u->inside = true;
    return inflateReset(&u->z) == Z_OK ? STATUS_OK : err_nomem(e);
}

static enum status step_gzip(struct unpack *u, char *buffer, size_t size,
                             size_t *got, struct err *e)
{
    union {
        const char *in;
        Bytef *out;
    } next = {.in = u->input + u->at};
    *got = 0;
    if (!u->inside && u->begun) {
        return step_gzip_gap(u, e);
    }
    u->begun = true;
    u->inside = true;
    u->z.next_in = next.out;
    u->z.avail_in = (uInt)(u->len - u->at);
    u->z.next_out = (Bytef *)buffer;
    u->z.avail_out = size < UINT32_MAX ? (uInt)size : UINT32_MAX;
    uInt room = u->z.avail_out;
    int r = inflate(&u->z, Z_NO_FLUSH);
    u->at = u->len - u->z.avail_in;
    *got = room - u->z.avail_out;
    if (r == Z_MEM_ERROR) {
        return err_nomem(e);
    }
    if (r != Z_OK && r != Z_STREAM_END && r != Z_BUF_ERROR) {
        return damaged(u, u->z.msg, e);
    }
    u->inside = r != Z_STREAM_END;
    return STATUS_OK;
}

static enum status step_zstd(struct unpack *u, char *buffer, size_t size,
                             size_t *got, struct err *e)
{
    ZSTD_inBuffer in = {u->input, u->len, u->at};
    ZSTD_outBuffer out = {buffer, size, 0};
    size_t r = ZSTD_decompressStream(u->zstd, &out, &in);
    if (ZSTD_getErrorCode(r) == ZSTD_error_frameParameter_windowTooLarge) {
        return err_set(e, STATUS_LIMIT,
                       "this zstd data takes more than 128 MB of memory to "
                       "unpack; give it unpacked (zstd -dc --long=31 FILE)");
    }
    if (ZSTD_isError(r)) {
        return damaged(u, ZSTD_getErrorName(r), e);
    }
    u->at = in.pos;
    u->inside = r != 0;
    *got = out.pos;
    return STATUS_OK;
}

enum status unpack_read(struct unpack *u, char *buffer, size_t size,
                        size_t *got, struct err *e)
{
    size_t n = 0;
    bool more = true; /* the last call may have left output behind */
    while (n == 0 && size > 0) {
        enum status s = STATUS_OK;
        if (u->at == u->len && !u->end && !more) {
            s = fill(u, e);
        }
        if (s == STATUS_OK && u->at == u->len && u->end) {
            if (u->inside) {
                return err_set(e, STATUS_CORRUPT,
                               "the %s data is cut off: it ends in the middle "
                               "of a stream",
                               u->gzip ? "gzip" : "zstd");
            }
            break;
        }
        if (s == STATUS_OK && (u->at < u->len || u->inside)) {
            s = u->gzip ? step_gzip(u, buffer, size, &n, e)
                        : step_zstd(u, buffer, size, &n, e);
        }
        if (s != STATUS_OK) {
            return s;
        }
        more = false;
    }
    u->out += n;
    if (u->out > u->free && u->out / UNPACK_RATIO > u->in) {
        return err_set(e, STATUS_LIMIT,
                       "this %s data unpacks to more than %d times its size; "
                       "if that is right, unpack it first",
                       u->gzip ? "gzip" : "zstd", UNPACK_RATIO);
    }
    *got = n;
    return STATUS_OK;
}
