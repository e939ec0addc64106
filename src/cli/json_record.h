/* Records of JSON as they stand in files: a line each, or as json_split.h finds
 * them. Read, and where they are bad, what is told of it. */
#ifndef GAZ_CLI_JSON_RECORD_H
#define GAZ_CLI_JSON_RECORD_H

#include "cli/json_split.h"
#include "gaz.h"
#include "os/out.h"

enum { RECORD_SIZE_MAX = 1 << 28 };

/* A record, or what stands in its place. */
struct json_record_at {
    const char *data;
    size_t len;
    size_t number; /* its name in the file: of the line, or of the item */
    bool first;    /* a line: the first one of its file that is not blank */
    const struct json_item *item; /* NULL: it is a line */
};

/* An item that was found in these bytes. */
struct json_record_at json_record_of(const struct json_item *item,
                                     const char *data);

/* gaz_record_read. The line of an error is the first of the record, and its
 * column counts the bytes of the record, from 1. */
gaz_status json_record_read(gaz_record *record, const gaz_record_fields *fields,
                            const struct json_record_at *at, gaz_error *e);

/* Such an error's line and column become those of the file. */
void json_record_place(const struct json_record_at *at, gaz_error *e);

/* Write part of a record without its newlines and the blanks that lines begin
 * with, all of which stand between its values. Returns the bytes that are
 * written; out may be NULL. */
size_t json_record_flat(struct out *out, const char *data, size_t len);

#endif
