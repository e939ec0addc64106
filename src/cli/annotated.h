/* An annotated document in memory, and its readers: what gaz convert works
 * with. */
#ifndef GAZ_CLI_ANNOTATED_H
#define GAZ_CLI_ANNOTATED_H

#include "cli/cli.h"
#include "cli/numbering.h"
#include "cli/tokens.h"

struct place {
    size_t at; /* units */
    size_t byte;
};

struct annotated {
    char *name; /* its file, owned */
    char *text;
    size_t len, capacity;
    struct mention *list; /* strings are in `strings` or `labels` */
    size_t count, list_capacity;
    struct tokens tokens; /* given with it; none: count is 0 */
    bool marked;          /* conll: a line -DOCSTART- stood before it */
    size_t line;          /* of the input where it begins, from 1 */
    char **strings;       /* owned */
    size_t string_count, string_capacity;
    struct place *marks; /* places in the text, for offsets in any order */
    size_t mark_count, mark_capacity;
    gaz_unit mark_unit;
};

void annotated_clear(struct annotated *d); /* keeps memory for the next one */
void annotated_free(struct annotated *d);  /* zeroed is fine */

/* All of these: false when memory is out. */
bool annotated_name(struct annotated *d, const char *name);
bool annotated_text(struct annotated *d, const char *text, size_t len);

/* A copy of a string that lives as long as the document; NULL when memory is
 * out. */
const char *annotated_string(struct annotated *d, const char *s, size_t len);
bool annotated_add(struct annotated *d, const struct mention *m);

/* Sort the mentions: by start, the longer first, then higher score, then
 * label; let them point into the text. Once all is read. */
void annotated_finish(struct annotated *d);

/* Byte offsets for offsets in a unit; asked in rising order it counts on, in
 * any other from the nearest mark. False when `at` is behind the text's end or
 * inside a character. */
bool annotated_byte(struct annotated *d, gaz_unit unit, size_t at,
                    struct place *p, size_t *byte);

/* ---- readers ---- */

/* What all readers share. */
struct reading_from {
    const char *path;         /* of the input, for messages */
    struct file_in *file;     /* the same, open; not brat's */
    struct numbering *labels; /* that mentions are numbered by */
    int columns[2];           /* conll: token and tag */
    const char *text_path;    /* --text, or NULL */
    size_t left_out;          /* what was read but cannot be kept */
    size_t in_pieces;         /* mentions in pieces among it */
    bool drop;                /* --drop-overlaps */
};

/* Called for each document. An exit code; the message is printed. */
typedef int (*annotated_fn)(void *context, struct annotated *d);

enum annotated_format {
    ANNOTATED_AUTO,
    ANNOTATED_CONLL,
    ANNOTATED_JSONL,
    ANNOTATED_SPACY,
    ANNOTATED_PRODIGY,
    ANNOTATED_DOCCANO,
    ANNOTATED_STUDIO,
    ANNOTATED_HF,
    ANNOTATED_BRAT,
    ANNOTATED_XML,
    ANNOTATED_TSV,
    ANNOTATED_JSON /* one of these */
};
#define ANNOTATED_FORMATS                                                      \
    "auto|conll|jsonl|spacy|prodigy|doccano|labelstudio|hf|brat|xml|tsv"

/* The file at r->path with the reader of a format; auto: by the name, else by
 * what it begins with. An exit code; the message is printed. */
int read_annotated(struct reading_from *r, enum annotated_format format,
                   annotated_fn put, void *context);

/* JSON of any of the formats, "jsonl", "spacy", "prodigy", "doccano",
 * "labelstudio" or "hf", or NULL: found out by its keys. Documents follow
 * each other, a line each or not, or are the elements of an array. */
int read_json(struct reading_from *r, const char *format, annotated_fn put,
              void *context);
int read_conll(struct reading_from *r, annotated_fn put, void *context);
int read_tsv(struct reading_from *r, annotated_fn put, void *context);
int read_xml(struct reading_from *r, annotated_fn put, void *context);

/* A .ann or .txt file, beside which the other stands. */
int read_brat(struct reading_from *r, annotated_fn put, void *context);

/* "gaz: PATH:LINE:COLUMN: MESSAGE"; EXIT_INPUT. */
int read_fail(const struct reading_from *r, size_t line, size_t column,
              const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Take a mention whose place is in units: the text must hold it. where says
 * what it is, such as "spans[3]". EXIT_OK, or an exit code. */
struct found {
    const char *where;
    double start, end; /* as read */
    gaz_unit unit;
    const char *label, *id, *version, *text; /* NULL: not given */
    size_t label_len, id_len, version_len, text_len;
    double score; /* negative: not given */
};
int read_mention(struct reading_from *r, struct annotated *d,
                 const struct found *f, size_t line, size_t column,
                 struct place place[2]); /* of starts and ends */

#endif
