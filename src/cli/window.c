#include "cli/window.h"

#include <stdlib.h>
#include <string.h>

enum { WINDOW_LEAST = 1 << 16 };

/* Room behind the bytes at hand, which are fewer than w->max: half of it all,
 * and at most w->max. */
static bool make_room(struct window *w)
{
    size_t n = w->to - w->from;
    if (n > 0 && w->from > 0) {
        memmove(w->data, w->data + w->from, n);
    }
    w->from = 0;
    w->to = n;
    if (w->capacity >= WINDOW_LEAST &&
        (n <= w->capacity / 2 || w->capacity == w->max)) {
        return true;
    }
    size_t want = w->capacity >= WINDOW_LEAST ? w->capacity * 2 : WINDOW_LEAST;
    want = want < w->max ? want : w->max;
    char *p = realloc(w->data, want);
    if (p != NULL) {
        w->data = p;
        w->capacity = want;
    }
    return p != NULL;
}

enum status window_more(struct window *w, struct err *e)
{
    size_t got = 0;
    if (w->end) {
        return STATUS_OK;
    }
    if (w->to - w->from >= w->max) {
        return err_set(e, STATUS_LIMIT, "longer than %zu MB", w->max >> 20);
    }
    if (!make_room(w)) {
        return err_nomem(e);
    }
    enum status s =
        file_read(w->file, w->data + w->to, w->capacity - w->to, &got, e);
    if (s != STATUS_OK) {
        return s;
    }
    w->end = got < w->capacity - w->to;
    w->to += got;
    w->taken += got;
    /* Standard input may stand anywhere in its file. What is packed is not
     * regular. */
    if (w->end && w->file->regular && w->taken < w->file->size &&
        strcmp(w->path, "-") != 0) {
        return err_set(e, STATUS_IO, "was cut short while it was read");
    }
    return STATUS_OK;
}

enum status window_byte(struct window *w, size_t at, bool *there, char *c,
                        struct err *e)
{
    enum status s = STATUS_OK;
    while (s == STATUS_OK && at >= w->to - w->from && !w->end) {
        s = window_more(w, e);
    }
    if (s == STATUS_OK) {
        *there = at < w->to - w->from;
        *c = '\0';
        if (*there) {
            *c = w->data[w->from + at];
        }
    }
    return s;
}

enum status window_mark(struct window *w, struct err *e)
{
    bool there = false;
    char c = '\0';
    enum status s = window_byte(w, 2, &there, &c, e);
    if (s == STATUS_OK && there) {
        w->from += file_mark(w->data + w->from, 3);
    }
    return s;
}

void window_free(struct window *w)
{
    free(w->data);
    w->data = NULL;
}
