/* A JSON writer on a buffer (named apart from jansson's json_*). It puts the
 * commas and the indentation; the caller opens and closes. Numbers are written
 * so that they read back the same, and not-a-number and infinities, which JSON
 * lacks, as null. */
#ifndef GAZ_BASE_JSONW_H
#define GAZ_BASE_JSONW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

enum { JSONW_DEPTH_MAX = 32 };

/* Start as {out}. Depths beyond the limit are marked as a failure of out. */
struct jsonw {
    struct buf *out;
    unsigned depth;
    bool filled[JSONW_DEPTH_MAX]; /* something stands at this depth */
    bool keyed;                   /* a key has been written, its value not */
};

void jsonw_open(struct jsonw *j, char bracket);  /* '{' or '[' */
void jsonw_close(struct jsonw *j, char bracket); /* '}' or ']' */
void jsonw_key(struct jsonw *j, struct slice key);

void jsonw_text(struct jsonw *j, struct slice s);
void jsonw_u64(struct jsonw *j, uint64_t value);
void jsonw_double(struct jsonw *j, double value);
void jsonw_bool(struct jsonw *j, bool value);
void jsonw_null(struct jsonw *j);

/* A key and its value. */
void jsonw_put_text(struct jsonw *j, const char *key, struct slice value);
void jsonw_put_u64(struct jsonw *j, const char *key, uint64_t value);
void jsonw_put_double(struct jsonw *j, const char *key, double value);

/* A string alone, quoted and escaped; bytes that are no UTF-8 become U+FFFD,
 * one for each. */
void jsonw_quote(struct buf *out, struct slice s);

#endif
