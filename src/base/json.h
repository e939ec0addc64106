/* A JSON writer on a buffer. It puts the commas and the indentation; the
 * caller opens and closes. Numbers are written so that they read back the
 * same, and not-a-number and infinities, which JSON lacks, as null. */
#ifndef GAZ_BASE_JSON_H
#define GAZ_BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

enum { JSON_DEPTH_MAX = 32 };

/* Start as {out}. Depths beyond the limit are marked as a failure of out. */
struct json {
    struct buf *out;
    unsigned depth;
    bool filled[JSON_DEPTH_MAX]; /* something stands at this depth */
    bool keyed;                  /* a key has been written, its value not */
};

void json_open(struct json *j, char bracket);  /* '{' or '[' */
void json_close(struct json *j, char bracket); /* '}' or ']' */
void json_key(struct json *j, struct slice key);

void json_text(struct json *j, struct slice s);
void json_u64(struct json *j, uint64_t value);
void json_double(struct json *j, double value);
void json_bool(struct json *j, bool value);
void json_null(struct json *j);

/* A key and its value. */
void json_put_text(struct json *j, const char *key, struct slice value);
void json_put_u64(struct json *j, const char *key, uint64_t value);
void json_put_double(struct json *j, const char *key, double value);

/* A string alone, quoted and escaped; bytes that are no UTF-8 become U+FFFD,
 * one for each. */
void json_quote(struct buf *out, struct slice s);

#endif
