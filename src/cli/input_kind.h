/* Which format a file is in, by its name or by what it begins with. */
#ifndef GAZ_CLI_INPUT_KIND_H
#define GAZ_CLI_INPUT_KIND_H

#include <stdbool.h>
#include <stddef.h>

enum input_format {
    FROM_AUTO,
    FROM_TEXT,
    FROM_LINES,
    FROM_CONLL,
    FROM_MARKDOWN,
    FROM_HTML,
    FROM_JSON,
    FROM_JSONL,
    FROM_SPACY,
    FROM_DOCCANO,
    FROM_BRAT
};
#define INPUT_FORMATS                                                          \
    "auto|text|lines|conll|markdown|html|json|jsonl|spacy|doccano|brat"

/* JSON that is taken for a text: none of its records in sight has the field. */
struct input_fieldless {
    bool is;
    char near[64]; /* where one has it deeper down, as a path; or "" */
};

/* The format of a file that begins with these bytes, FILE_HEAD of them or all.
 * field: where records have their text (NULL: text). */
enum input_format input_guess(const char *path, const char *field,
                              const char *head, size_t len,
                              struct input_fieldless *without);

/* Is each record handed on by itself? */
bool input_records(enum input_format format);

/* Where the name's extension stands, and how long it is; that of packed files
 * is left out. */
const char *inputs_extension(const char *path, size_t *len);

/* Is "tsv" the extension, in whatever case? */
bool inputs_ending(const char *path, const char *ending);

#endif
