/* Files out: replaced whole or not at all.
 *
 * realpath is an XSI function. */
#define _XOPEN_SOURCE 700

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os/file.h"
#include "os/guard.h"
#include "os/io.h"
#include "os/out.h"

static enum status write_all(int fd, const char *data, size_t len,
                             struct err *e)
{
    size_t done = 0;
    while (done < len) {
        ssize_t w = write(fd, data + done, len - done);
        if (w < 0 && io_retry(fd, true)) {
            continue;
        }
        if (w == 0) {
            errno = EIO; /* not so by POSIX; else this were for ever */
        }
        if (w <= 0) {
            return io_error(e, "cannot write");
        }
        done += (size_t)w;
    }
    return STATUS_OK;
}

/* The folder's entry must be on disk too, or a crash could bring back the old
 * file; a file system that cannot sync a folder is no failure. */
static void sync_folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder =
        slash == NULL ? strdup(".") : strndup(path, (size_t)(slash - path) + 1);
    if (folder == NULL) {
        return;
    }
    int fd = open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
    free(folder);
}

/* A new file is as readable as the one that it replaces. */
static enum status copy_mode(const struct file_new *f, struct err *e)
{
    struct stat st;
    mode_t mask = umask(0);
    (void)umask(mask);
    mode_t mode =
        stat(f->target, &st) == 0 ? (st.st_mode & 0777u) : (0666u & ~mask);
    return fchmod(f->fd, mode) == 0 ? STATUS_OK
                                    : io_error(e, "cannot set the mode");
}

static void forget(struct file_new *f)
{
    guard_temporary_done(f->temporary);
    free(f->target);
    free(f->temporary);
    *f = (struct file_new){.fd = -1};
}

/* The file that path means, freed by the caller: the one behind a link, which
 * must be there. NULL and *s for none. */
static char *target_of(const char *path, enum file_kind kind, enum status *s,
                       struct err *e)
{
    struct stat st;
    if (kind == FILE_MISSING && lstat(path, &st) == 0 && S_ISLNK(st.st_mode)) {
        *s = err_set(e, STATUS_IO, "is a symbolic link that leads to no file");
        return NULL;
    }
    char *out = kind == FILE_REGULAR ? realpath(path, NULL) : strdup(path);
    if (out == NULL) {
        *s = errno == ENOMEM ? err_nomem(e)
                             : io_error(e, "cannot follow the path");
    }
    return out;
}

static enum status create_beside(const char *path, enum file_kind kind,
                                 struct file_new *f, struct err *e)
{
    static const char suffix[] = ".XXXXXX";
    enum status s = STATUS_OK;
    f->target = target_of(path, kind, &s, e);
    if (f->target == NULL) {
        return s;
    }
    size_t room = strlen(f->target) + sizeof suffix;
    f->temporary = malloc(room);
    if (f->temporary == NULL) {
        return err_nomem(e);
    }
    (void)snprintf(f->temporary, room, "%s%s", f->target, suffix);
    f->fd = guard_temporary(f->temporary);
    return f->fd >= 0 ? STATUS_OK
                      : io_error(e, "cannot create a temporary file beside it");
}

enum status file_create(const char *path, struct file_new *out, struct err *e)
{
    enum file_kind kind = file_kind(path);
    struct file_new f = {.fd = -1};
    enum status s = STATUS_OK;
    if (path[0] == '\0') {
        return err_set(e, STATUS_OPTION, "is no file name");
    }
    if (kind == FILE_UNKNOWN) {
        return io_error(e, "cannot look at it");
    }
    if (kind == FILE_FOLDER) {
        return err_set(e, STATUS_IO, "is a directory; a file name is wanted");
    }
    if (kind == FILE_OTHER) {
        f.fd = open(path, O_WRONLY | O_CLOEXEC);
        s = f.fd >= 0 ? STATUS_OK : io_error(e, "cannot open for writing");
    } else {
        s = create_beside(path, kind, &f, e);
    }
    if (s != STATUS_OK) {
        forget(&f);
        return s;
    }
    *out = f;
    return STATUS_OK;
}

enum status file_commit(struct file_new *f, struct err *e)
{
    bool beside = f->temporary != NULL;
    enum status s = beside ? copy_mode(f, e) : STATUS_OK;
    if (s == STATUS_OK && beside && fsync(f->fd) != 0) {
        s = io_error(e, "cannot write");
    }
    int closed = close(f->fd);
    f->fd = -1;
    if (closed != 0 && s == STATUS_OK) {
        s = io_error(e, "cannot write");
    }
    if (s == STATUS_OK && beside && rename(f->temporary, f->target) != 0) {
        s = io_error(e, "cannot rename into place");
    }
    if (s != STATUS_OK) {
        file_discard(f);
        return s;
    }
    if (beside) {
        sync_folder_of(f->target);
    }
    forget(f);
    return STATUS_OK;
}

void file_discard(struct file_new *f)
{
    if (f->temporary != NULL) {
        (void)unlink(f->temporary);
    }
    if (f->target != NULL || f->temporary != NULL || f->fd > 0) {
        if (f->fd >= 0) {
            close(f->fd);
        }
        forget(f);
    }
}

/* As it is, but to a terminal with control characters shown. */
static enum status write_shown(int fd, const void *data, size_t len,
                               struct err *e)
{
    struct out out;
    if (!isatty(fd)) {
        return write_all(fd, data, len, e);
    }
    enum status s = out_open(&out, fd, e);
    if (s == STATUS_OK) {
        out_bytes(&out, data, len);
        s = out_close(&out, e);
    }
    return s;
}

enum status file_replace(const char *path, const void *data, size_t len,
                         struct err *e)
{
    struct file_new f = {.fd = -1};
    enum status s = file_create(path, &f, e);
    if (s != STATUS_OK) {
        return s;
    }
    s = write_shown(f.fd, data, len, e);
    if (s != STATUS_OK) {
        file_discard(&f);
        return s;
    }
    return file_commit(&f, e);
}

enum status file_folder(const char *path, struct err *e)
{
    if (mkdir(path, 0777) == 0 || file_kind(path) == FILE_FOLDER) {
        return STATUS_OK;
    }
    return io_error(e, "cannot make this folder");
}
