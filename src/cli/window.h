/* A file that is read from front to back, of which the bytes at hand lie in
 * one piece: as many as a reader wants to see at once. */
#ifndef GAZ_CLI_WINDOW_H
#define GAZ_CLI_WINDOW_H

#include "os/file.h"

struct window {
    struct file_in *file;
    const char *path;
    size_t max; /* bytes at hand, 64 KB or more */
    char *data; /* from .. to - 1 are at hand; owned */
    size_t from, to, capacity;
    uint64_t taken; /* bytes of the file so far */
    bool end;       /* there are no more */
};

/* More bytes behind those at hand, which may move; or the end. STATUS_LIMIT
 * when there are as many as `max` already. */
enum status window_more(struct window *w, struct err *e);

/* The byte `at` bytes ahead in *c, read if need be; false behind the end. */
enum status window_byte(struct window *w, size_t at, bool *there, char *c,
                        struct err *e);

/* Past a byte order mark at the front. */
enum status window_mark(struct window *w, struct err *e);

void window_free(struct window *w);

#endif
