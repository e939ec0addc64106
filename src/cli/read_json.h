/* What read_json.c, which finds the documents of a file, and
 * read_json_formats.c, which knows what they hold, share. */
#ifndef GAZ_CLI_READ_JSON_H
#define GAZ_CLI_READ_JSON_H

#include "cli/annotated.h"

enum json_format {
    JSON_JSONL,
    JSON_SPACY,
    JSON_PRODIGY,
    JSON_DOCCANO,
    JSON_STUDIO,
    JSON_HF,
    JSON_FORMATS
};

/* A format by its name; -1: none of that name, or NULL. */
int json_format_named(const char *name);

struct json_reader {
    struct reading_from *r;
    struct annotated *d;
    size_t line, column; /* where the document begins */
    struct place place[2];
};

/* Read a document of a format (negative: found out by its keys) into j->d,
 * which is NULL then if it was left out. An exit code; the message is
 * printed. */
struct json_t; /* jansson's */
int json_document(struct json_reader *j, int format,
                  const struct json_t *value);

#endif
