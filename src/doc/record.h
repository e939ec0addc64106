/* A record: a JSON object on a line, one field of which is a text. All else
 * of it is handed on byte for byte. */
#ifndef GAZ_DOC_RECORD_H
#define GAZ_DOC_RECORD_H

#include "doc/json.h"

enum { RECORD_REPLACED_MAX = 4, RECORD_CUTS_MAX = 16 };

struct record_fields {
    const char *text;                          /* path, parted by '.' */
    const char *id;                            /* path, or NULL */
    const char *replaced[RECORD_REPLACED_MAX]; /* left out of what is handed
                                                  on; NULL: none */
};

struct json_record {
    struct slice text; /* decoded */
    struct slice id;   /* a string decoded, else as it stands; or empty */
    /* The record is these, with new fields in front of the last. */
    struct slice parts[RECORD_CUTS_MAX + 2];
    size_t part_count;
    bool bare;  /* no other field is left: no comma before a new one */
    bool whole; /* it was an object and parts are good, whatever else failed */
    unsigned had; /* a bit for each replaced field that was there */
    struct buf text_buf;
    struct buf id_buf;
};

void record_init(struct json_record *r, const struct alloc *alloc);
void record_free(struct json_record *r);

/* Read the record of len bytes at data, which is line `line` of its file.
 * Slices point into data or are the record's, good until its next use. */
enum status record_read(struct json_record *r,
                        const struct record_fields *fields, const char *data,
                        size_t len, size_t line, struct err *e);

#endif
