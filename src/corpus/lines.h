/* The lines of a list: cut, counted, checked, and split into columns. What all
 * readers of lists and rules share. */
#ifndef GAZ_CORPUS_LINES_H
#define GAZ_CORPUS_LINES_H

#include "base/slice.h"
#include "base/status.h"

struct lines {
    struct slice text; /* the whole input, borrowed */
    size_t pos;        /* bytes read of it */
    size_t number;     /* of the line at pos - 1, from 1 */
};

/* A line with its number, for errors. */
struct line {
    struct slice text; /* without its end */
    size_t number;
};

/* A byte order mark in front is no part of the first line. */
void lines_open(struct lines *l, struct slice text);

/* The next line; false behind the last. */
bool lines_next(struct lines *l, struct line *out);

/* Cut at TABs into up to max columns, trimmed; the number of columns, or
 * max + 1 where there are more. */
size_t line_columns(struct slice line, struct slice *columns, size_t max);

/* Where column i of a line begins, from 0; its end where it has fewer. */
const char *line_column(struct slice line, size_t i);

/* Take the next item of "key=value,..." off *keys: false when there is none.
 * An item without '=' has an empty key of NULL, and is in *value. */
bool line_key(struct slice *keys, struct slice *key, struct slice *value);

/* The same for keys of the line that begin at `first`, *found for line_key's
 * answer. What has no '=', and a key that came before, is an error. */
enum status line_next_key(const struct line *line, const char *first,
                          struct slice *keys, struct slice *key,
                          struct slice *value, bool *found, struct err *e);

/* A whole number from -most to most, which is less than a tenth of INT_MAX. */
bool line_number(struct slice text, int most, int *out);

/* "message: 'subject'" at the byte `where` of the line. */
enum status line_fail(const struct line *line, const char *where, struct err *e,
                      const char *message, struct slice subject);

/* What no list may hold: a byte that is not UTF-8, or NUL, which would end a
 * label in the lexicon. */
enum status line_check(const struct line *line, struct err *e);

/* May a list hold this name? Not where no text could match it: it or one of
 * its words is longer than text/limits.h allows. It stands at the beginning of
 * the line of that number. */
enum status line_check_name(struct slice name, size_t number, struct err *e);

#endif
