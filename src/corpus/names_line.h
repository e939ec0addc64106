/* A line of each format of corpus/names.h: what names.c, names_line.c and
 * patterns.c share. */
#ifndef GAZ_CORPUS_NAMES_LINE_H
#define GAZ_CORPUS_NAMES_LINE_H

#include "corpus/names.h"

/* Each puts the name, its label and id into the reader's buffers, and what
 * else the line says into out. spaCy's is in patterns.c. */
enum status names_spacy(struct names_reader *r, struct slice line,
                        struct list_entry *out, struct err *e);
enum status names_regexner(struct names_reader *r, struct slice line,
                           struct list_entry *out, struct err *e);
enum status names_bare(struct names_reader *r, struct slice line,
                       struct err *e);

/* An error at a byte of the current line; unsupported says of which kind. */
enum status names_fail(struct names_reader *r, bool unsupported, size_t column,
                       struct err *e, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Append a token of the name, the first (before is NULL) or behind another. */
void names_token(struct names_reader *r, const struct slice *before,
                 struct slice token);

#endif
