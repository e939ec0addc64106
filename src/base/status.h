/* Status codes and the one error object of the core.
 *
 * Every function that can fail returns an enum status and, when the caller
 * gives a struct err, fills it once, where the failure is known best.
 * Out-parameters are written on success only. */
#ifndef GAZ_BASE_STATUS_H
#define GAZ_BASE_STATUS_H

#include <stddef.h>

enum status {
    STATUS_OK = 0,
    STATUS_NOMEM,   /* the allocator returned NULL */
    STATUS_IO,      /* a read or write callback failed */
    STATUS_SYNTAX,  /* a text input (corpus, list, rule) is malformed */
    STATUS_CORRUPT, /* a lexicon image is damaged or no lexicon at all */
    STATUS_VERSION, /* a lexicon image of a version this build cannot read */
    STATUS_LIMIT,   /* a named limit was exceeded */
    STATUS_OPTION,  /* an option has a value that makes no sense */
    STATUS_EMPTY,   /* nothing to work on: no entry, no token */
    STATUS_CANCEL   /* a callback of the caller's asked to stop */
};

/* What a program can do something about by itself, whatever the message says.
 * Nearly all errors have none. */
enum err_reason {
    REASON_NONE = 0,
    REASON_BARE_TAG,   /* a tag without a prefix: a bare type, perhaps */
    REASON_FEW_COLUMNS /* a line has fewer columns than are wanted */
};

enum { ERR_MESSAGE_SIZE = 512 };

/* Where and what. line and column count from 1, 0 when they do not apply;
 * column and pos are in bytes. message never holds a file name: the caller
 * knows what it handed in, and prints FILE:LINE:COLUMN: MESSAGE. */
struct err {
    enum status code;
    enum err_reason reason;
    size_t line;
    size_t column;
    size_t pos;
    char message[ERR_MESSAGE_SIZE];
};

/* Fill *e (which may be NULL) and return code, so that a failing function
 * ends in `return err_set(...)`. The format is printf's; a message longer
 * than the buffer is cut at a code point boundary. */
enum status err_set(struct err *e, enum status code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same with a place in a text input. */
enum status err_at(struct err *e, enum status code, size_t line, size_t column,
                   const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Set the reason of an error that was made just now; returns its code. */
enum status err_because(struct err *e, enum status code,
                        enum err_reason reason);

/* Hand on an error that was made without a place, and give it one. */
enum status err_hand_on(struct err *e, const struct err *why, size_t line,
                        size_t column);

/* Shorthand for the one failure that needs no wording. Its code is here for
 * all to see: what is NULL is not used where the status is STATUS_OK. */
void err_set_nomem(struct err *e);
static inline enum status err_nomem(struct err *e)
{
    err_set_nomem(e);
    return STATUS_NOMEM;
}

#endif
