/* Files in. */
#include "os/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os/guard.h"
#include "os/io.h"
#include "os/unpack.h"

/* What a file begins with, so that packed ones are known. A regular file is
 * not moved on; from others it is read, and kept as the head. */
static enum status look(struct file_in *f, char first[UNPACK_MAGIC],
                        size_t *len, struct err *e)
{
    size_t n = 0;
    while (n < UNPACK_MAGIC) {
        ssize_t r = f->regular ? pread(f->fd, first + n, UNPACK_MAGIC - n,
                                       lseek(f->fd, 0, SEEK_CUR) + (off_t)n)
                               : read(f->fd, first + n, UNPACK_MAGIC - n);
        if (r < 0 && io_retry(f->fd, false)) {
            continue;
        }
        if (r < 0) {
            return io_error(e, "cannot read");
        }
        if (r == 0) {
            break;
        }
        n += (size_t)r;
    }
    *len = n;
    return STATUS_OK;
}

static enum status open_packed(struct file_in *f, struct err *e)
{
    char first[UNPACK_MAGIC];
    size_t n = 0;
    enum status s = look(f, first, &n, e);
    if (s != STATUS_OK) {
        return s;
    }
    bool packed = unpack_is(first, n);
    if (packed && f->regular) {
        f->regular = false;
        s = look(f, first, &n, e); /* moves on */
    }
    if (s == STATUS_OK && packed) {
        s = unpack_create(f->fd, first, n, &f->unpack, e);
    } else if (s == STATUS_OK && !f->regular) {
        memcpy(f->head, first, n);
        f->head_len = n;
    }
    return s;
}

enum status file_open(const char *path, struct file_in *out, struct err *e)
{
    int fd = strcmp(path, "-") == 0 ? dup(STDIN_FILENO)
                                    : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return io_error(e, "cannot open");
    }
    struct stat st;
    enum status s = STATUS_OK;
    if (fstat(fd, &st) != 0) {
        s = io_error(e, "cannot look at");
    } else if (S_ISDIR(st.st_mode)) {
        s = err_set(e, STATUS_IO, "is a directory; a file is wanted");
    } else {
        out->fd = fd;
        out->regular = S_ISREG(st.st_mode);
        out->size = out->regular ? (uint64_t)st.st_size : 0;
        out->unpack = NULL;
        out->head_at = 0;
        out->head_len = 0;
        s = open_packed(out, e);
    }
    if (s != STATUS_OK) {
        close(fd);
    }
    return s;
}

void file_close(struct file_in *f)
{
    if (f != NULL && f->fd >= 0) {
        close(f->fd);
        f->fd = -1;
        unpack_free(f->unpack);
        f->unpack = NULL;
    }
}

void file_hold(struct file_in *f)
{
    if (f->unpack != NULL) {
        unpack_hold(f->unpack);
    }
}

enum status file_read_some(struct file_in *f, char *buffer, size_t size,
                           size_t *got, struct err *e)
{
    size_t n = f->head_len - f->head_at;
    if (n > 0) {
        n = n < size ? n : size;
        memcpy(buffer, f->head + f->head_at, n);
        f->head_at += n;
        *got = n;
        return STATUS_OK;
    }
    if (f->unpack != NULL) {
        return unpack_read(f->unpack, buffer, size, got, e);
    }
    ssize_t r = 0;
    do {
        r = read(f->fd, buffer, size);
    } while (r < 0 && io_retry(f->fd, false));
    if (r < 0) {
        return io_error(e, "cannot read");
    }
    *got = (size_t)r;
    return STATUS_OK;
}

enum status file_read(struct file_in *f, char *buffer, size_t size, size_t *got,
                      struct err *e)
{
    size_t n = 0;
    while (n < size) {
        size_t more = 0;
        enum status s = file_read_some(f, buffer + n, size - n, &more, e);
        if (s != STATUS_OK) {
            return s;
        }
        if (more == 0) {
            break;
        }
        n += more;
    }
    *got = n;
    return STATUS_OK;
}

enum status file_peek(struct file_in *f, bool line, const char **data,
                      size_t *len, struct err *e)
{
    enum status s = STATUS_OK;
    size_t n = f->head_len - f->head_at;
    size_t got = 1;
    char rest[FILE_HEAD];
    memcpy(rest, f->head + f->head_at, n);
    f->head_at = 0;
    f->head_len = 0;
    while (s == STATUS_OK && got > 0 && n < sizeof rest &&
           !(line && memchr(rest, '\n', n) != NULL)) {
        s = file_read_some(f, rest + n, sizeof rest - n, &got, e);
        n += s == STATUS_OK ? got : 0;
    }
    memcpy(f->head, rest, n);
    f->head_len = n;
    *data = f->head;
    *len = f->head_len;
    return s;
}

enum status file_rewind(struct file_in *f, struct err *e)
{
    f->head_at = 0;
    f->head_len = 0;
    if (lseek(f->fd, 0, SEEK_SET) != 0) {
        return io_error(e, "cannot read again from the start");
    }
    return STATUS_OK;
}

static enum status read_rest(struct file_in *f, struct file_bytes *out,
                             struct err *e)
{
    size_t capacity = f->regular && f->size < SIZE_MAX - 1 ? (size_t)f->size + 1
                                                           : (size_t)1 << 16;
    size_t len = 0;
    char *data = malloc(capacity);
    if (data == NULL) {
        return err_nomem(e);
    }
    for (;;) {
        size_t got = 0;
        enum status s = file_read(f, data + len, capacity - len, &got, e);
        if (s != STATUS_OK) {
            free(data);
            return s;
        }
        len += got;
        if (len < capacity) {
            break;
        }
        char *more =
            capacity > SIZE_MAX / 2 ? NULL : realloc(data, capacity * 2);
        if (more == NULL) {
            free(data);
            return err_nomem(e);
        }
        data = more;
        capacity *= 2;
    }
    *out = (struct file_bytes){.data = data, .len = len, .fd = -1};
    return STATUS_OK;
}

enum status file_rest(struct file_in *f, const char *path,
                      struct file_bytes *out, struct err *e)
{
    file_hold(f);
    enum status s = read_rest(f, out, e);
    /* Standard input may stand anywhere in its file. What is packed is not
     * regular. */
    if (s == STATUS_OK && f->regular && out->len < f->size &&
        strcmp(path, "-") != 0) {
        file_unload(out);
        s = err_set(e, STATUS_IO, "was cut short while it was read");
    }
    return s;
}

enum status file_load(const char *path, struct file_bytes *out, struct err *e)
{
    struct file_in f = {.fd = -1};
    enum status s = file_open(path, &f, e);
    if (s != STATUS_OK) {
        return s;
    }
    s = file_rest(&f, path, out, e);
    file_close(&f);
    return s;
}

enum status file_map(const char *path, struct file_bytes *out, struct err *e)
{
    struct file_in f = {.fd = -1};
    struct stat st;
    enum status s = file_open(path, &f, e);
    if (s != STATUS_OK) {
        return s;
    }
    void *p = MAP_FAILED;
    if (f.regular && f.size > 0 && f.size <= SIZE_MAX &&
        strcmp(path, "-") != 0 && fstat(f.fd, &st) == 0) {
        p = mmap(NULL, (size_t)f.size, PROT_READ, MAP_PRIVATE, f.fd, 0);
    }
    if (p == MAP_FAILED) {
        s = read_rest(&f, out, e);
        file_close(&f);
        return s;
    }
    *out = (struct file_bytes){.data = p,
                               .len = (size_t)f.size,
                               .mapped = true,
                               .fd = f.fd,
                               .seconds = st.st_mtim.tv_sec,
                               .nanoseconds = st.st_mtim.tv_nsec};
    guard_add(p, out->len, path);
    return STATUS_OK;
}

bool file_touched(const struct file_bytes *f)
{
    struct stat st;
    return f->mapped && fstat(f->fd, &st) == 0 &&
           ((uint64_t)st.st_size != f->len || st.st_mtim.tv_sec != f->seconds ||
            st.st_mtim.tv_nsec != f->nanoseconds);
}

void file_unload(struct file_bytes *f)
{
    if (f == NULL || f->data == NULL) {
        return;
    }
    union {
        const char *in;
        void *out;
    } p = {.in = f->data};
    if (f->mapped) {
        guard_remove(f->data);
        munmap(p.out, f->len);
        close(f->fd);
    } else {
        free(p.out);
    }
    f->data = NULL;
    f->len = 0;
}

enum file_kind file_kind(const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0) {
        return errno == ENOENT || errno == ENOTDIR ? FILE_MISSING
                                                   : FILE_UNKNOWN;
    }
    return S_ISREG(st.st_mode)   ? FILE_REGULAR
           : S_ISDIR(st.st_mode) ? FILE_FOLDER
                                 : FILE_OTHER;
}

bool file_size(const char *path, uint64_t *out)
{
    struct stat st;
    bool standard = strcmp(path, "-") == 0;
    int r = standard ? fstat(STDIN_FILENO, &st) : stat(path, &st);
    off_t at = standard ? lseek(STDIN_FILENO, 0, SEEK_CUR) : 0;
    if (r != 0 || !S_ISREG(st.st_mode) || at < 0 || at > st.st_size) {
        return false;
    }
    *out = (uint64_t)(st.st_size - at);
    return true;
}

bool file_same(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && S_ISREG(x.st_mode) &&
           x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}
