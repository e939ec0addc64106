/* Files in (file.c, walk.c): read whole, in pieces, or mapped, with errors that
 * name the system's reason. Files out (replace.c): replaced whole or not at
 * all. */
#ifndef GAZ_OS_FILE_H
#define GAZ_OS_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "base/status.h"

/* The bytes of a file. data is never NULL, also for an empty file. */
struct file_bytes {
    const char *data;
    size_t len;
    bool mapped;                  /* else owned memory */
    int fd;                       /* of a mapped file, for file_touched */
    int64_t seconds, nanoseconds; /* its time of change when it was mapped */
};

/* Read into memory. path "-" is standard input. What is packed (gzip, zstd) is
 * unpacked. A directory is an error, and so is a file that is cut short
 * meanwhile. */
enum status file_load(const char *path, struct file_bytes *out, struct err *e);

/* Mapped read-only where the system can, so that processes share it, else
 * read. A file that is cut short while it is mapped ends the process as
 * os/guard.h says; path must outlive the mapping. */
enum status file_map(const char *path, struct file_bytes *out, struct err *e);

/* Has the mapped file been written to, or cut short, since it was mapped? A
 * file of that name that took its place by renaming does not count. */
bool file_touched(const struct file_bytes *f);

void file_unload(struct file_bytes *f); /* NULL or zeroed is fine */

struct unpack;

/* A file that is read in pieces; gzip and zstd are unpacked. */
enum {
    FILE_HEAD = 4096,
    FILE_LINE_MAX = 1 << 26 /* bytes of a line that is read as a document */
};
struct file_in {
    int fd;
    bool regular;  /* has a size and can be read again from its start */
    uint64_t size; /* bytes, when regular */
    struct unpack *unpack;
    size_t head_at, head_len; /* of what has been looked at */
    char head[FILE_HEAD];
};

enum status file_open(const char *path, struct file_in *out, struct err *e);
void file_close(struct file_in *f);

/* Up to size bytes into buffer, *got of them; 0 is the end. Short reads of
 * pipes are filled up, so *got < size only at the end. */
enum status file_read(struct file_in *f, char *buffer, size_t size, size_t *got,
                      struct err *e);

/* The same, but what is there is enough: at least one byte but at the end. */
enum status file_read_some(struct file_in *f, char *buffer, size_t size,
                           size_t *got, struct err *e);

/* All that comes will be held in memory: less of it may be packed. */
void file_hold(struct file_in *f);

/* The bytes of a byte order mark in front of a text: 3, or 0 for none. */
static inline size_t file_mark(const char *text, size_t len)
{
    return slice_mark(slice_of(text, len));
}

/* What file_read will give next, FILE_HEAD bytes or all there is. With `line`
 * the end of a line is enough, for who writes it may wait for the answer. */
enum status file_peek(struct file_in *f, bool line, const char **data,
                      size_t *len, struct err *e);

/* All that is left of an open file, held in memory; free with file_unload. path
 * names it. */
enum status file_rest(struct file_in *f, const char *path,
                      struct file_bytes *out, struct err *e);

/* Back to the start of a regular file. */
enum status file_rewind(struct file_in *f, struct err *e);

/* FILE_UNKNOWN: it cannot be looked at, errno says why. */
enum file_kind {
    FILE_MISSING,
    FILE_REGULAR,
    FILE_FOLDER,
    FILE_OTHER,
    FILE_UNKNOWN
};
enum file_kind file_kind(const char *path);

/* The bytes of a regular file, without opening it, for that would disturb a
 * pipe; false for what is none. Of "-", what is left of standard input. */
bool file_size(const char *path, uint64_t *out);

/* Are both the same regular file, that is there? */
bool file_same(const char *a, const char *b);

/* The regular files below a folder, recursively, sorted bytewise by path, so
 * that the order does not depend on the file system. Hidden entries are left
 * out; one that cannot be looked at is an error. Free with file_list_free. */
struct file_list {
    char **paths;
    size_t count;
    size_t capacity;
};

enum status file_walk(const char *folder, struct file_list *out, struct err *e);

/* The same, but links that lead nowhere, or back to a folder that they are in,
 * come to `broken`, which is the caller's to free also after an error. */
enum status file_walk_past(const char *folder, struct file_list *out,
                           struct file_list *broken, struct err *e);
void file_list_free(struct file_list *l);

/* Write a whole file: into a temporary file beside it, synced, then renamed
 * over path, or over the file that a symbolic link of that name leads to. On
 * failure path is as it was and no temporary file is left. A path that is no
 * regular file (a device, a pipe) is written in place. */
enum status file_replace(const char *path, const void *data, size_t len,
                         struct err *e);

/* The same for what is written bit by bit, to fd. After file_create end with
 * file_commit, which puts the new file in place, or with file_discard, after
 * which nothing has changed; either closes fd. */
struct file_new {
    int fd;
    char *target;
    char *temporary; /* NULL when written in place */
};

enum status file_create(const char *path, struct file_new *out, struct err *e);
enum status file_commit(struct file_new *f, struct err *e);
void file_discard(struct file_new *f); /* a zeroed one is fine */

/* Make a folder; one that is there is fine. */
enum status file_folder(const char *path, struct err *e);

#endif
