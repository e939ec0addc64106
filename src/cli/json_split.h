/* JSON records in an array or one after another, over lines as they like:
 * where each begins and ends, and what stands between them that should not.
 * Only strings and brackets are looked at; whether a record is JSON is for
 * json_record.h to tell. */
#ifndef GAZ_CLI_JSON_SPLIT_H
#define GAZ_CLI_JSON_SPLIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum json_kind {
    JSON_RECORD,   /* an object where one may stand */
    JSON_NO_COMMA, /* an object in an array, right behind another */
    JSON_OTHER,    /* something that is no object */
    JSON_STRAY,    /* a ',' ']' or '}' where none may stand */
    JSON_OPEN,     /* an object that the end of the file cuts off */
    JSON_LONG,     /* an object of more than `max` bytes, or its begin */
    JSON_NO_END    /* no bytes: the file ends in an array */
};

/* Where it stands. */
enum json_place {
    JSON_OUTSIDE, /* of an array */
    JSON_BEHIND,  /* behind one, and nothing else since */
    JSON_FIRST,   /* behind its '[' */
    JSON_COMMA,   /* behind a value of it */
    JSON_VALUE    /* behind its ',' */
};

/* What is found, in order. */
struct json_item {
    enum json_kind kind;
    enum json_place place;
    bool lines;     /* it goes over more than one */
    size_t at, len; /* bytes of the data */
    size_t line;    /* of its first byte in the file, from 1 */
    size_t column;  /* of it, in bytes, from 1 */
    size_t number;  /* of the object among those of the file, from 1 */
};

struct json_items {
    struct json_item *list; /* owned: free */
    size_t count;
    size_t capacity;
};

/* What is open between two pieces of a file. */
enum json_open {
    JSON_NOTHING,
    JSON_NEST, /* an object, or an array where none should be: to its bracket */
    JSON_LOOSE /* other bytes: to a bracket, a comma or the line's end */
};

struct json_split {
    size_t max;         /* bytes of a record */
    uint64_t base;      /* the file's byte that the data begins with */
    size_t pos;         /* the data's byte that comes next */
    uint64_t line_from; /* the file's byte that the line begins with */
    size_t line;
    size_t number; /* objects so far */
    enum json_place place;
    enum json_open open;
    struct json_item item; /* of what is open */
    size_t depth;
    bool in_string;
    bool escaped; /* a backslash stands before the next byte */
    bool passed;  /* of what is open, a JSON_LONG has been told */
};

void json_split_begin(struct json_split *s, size_t max);

/* Look on in the len bytes at data, the last of the file with `end`. *items
 * becomes what is complete; *used says how many bytes are done with: those
 * behind must be given again, with more behind them, at the next call. It is 0
 * only where more bytes are needed. What is found does not depend on how many
 * come at once. False when memory is out. */
bool json_split_next(struct json_split *s, const char *data, size_t len,
                     bool end, struct json_items *items, size_t *used);

#endif
