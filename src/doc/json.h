/* JSON as RFC 8259 has it, and no more: where values begin and end, without
 * building anything. For records that are handed on byte for byte. */
#ifndef GAZ_DOC_JSON_H
#define GAZ_DOC_JSON_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"
#include "base/status.h"

enum { JSON_DEPTH_MAX = 1024 };

/* A place in a text that is one line and valid UTF-8; errors have its line
 * and columns. */
struct json {
    const char *data;
    size_t len;
    size_t pos;
    size_t line;
    struct err *e;
};

enum status json_fail(struct json *j, size_t at, const char *message);

void json_space(struct json *j);

/* The string at pos: *inside is what stands between the quotes. */
enum status json_string(struct json *j, struct slice *inside);

/* Any value at pos, checked to its end. STATUS_LIMIT for one that is nested
 * deeper than JSON_DEPTH_MAX. */
enum status json_skip(struct json *j);

/* What the inside of a string stands for: itself, where it holds no escapes,
 * else decoded into b. STATUS_SYNTAX for half of a surrogate pair; at is where
 * the inside begins, for the error. */
enum status json_decode(struct json *j, struct slice inside, struct buf *b,
                        struct slice *out);

#endif
