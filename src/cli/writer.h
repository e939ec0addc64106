/* Output formats of gaz tag: a table of functions each. */
#ifndef GAZ_CLI_WRITER_H
#define GAZ_CLI_WRITER_H

#include "cli/cli.h"
#include "cli/mentions.h"
#include "cli/tokens.h"
#include "os/out.h"

/* How tags say where a mention begins and ends. */
enum scheme { SCHEME_IOB2, SCHEME_IOB1, SCHEME_IOBES, SCHEME_BILOU };

struct writer_settings {
    gaz_unit unit;
    bool tokens;        /* tsv: places are tokens of a corpus' sentence */
    enum scheme scheme; /* conll */
    bool docstart;      /* conll: a line -DOCSTART- before each text */
    bool markdown;      /* md: the text is Markdown already */
    const char *title;  /* html: of the page */
    const char *folder; /* brat: where documents go */
    bool keep_columns;  /* conll: all columns of the input before the tag */
    bool color;         /* ansi: escape sequences; else brackets */
    bool header;        /* tsv: a line of column names first */
};

/* What a writer knows while it writes. */
struct writer {
    struct out *out;
    const struct labels *labels;
    struct writer_settings settings;
    const char *file; /* name of the document's file, "-" for stdin */
    size_t line;      /* of the document, where a file has several; or 0 */
    /* Where the document's byte `bytes` is, counted in units; up to plain_to
     * a byte is a unit, and up to text_end there is text at hand. */
    size_t bytes;
    size_t units;
    size_t plain_to;
    size_t text_end;
    size_t spans;               /* of the document so far */
    size_t *counts;             /* by label, of the whole run */
    void *state;                /* of collect */
    const struct tokens *given; /* of the document; NULL: there are none */
    struct tokens tokens;       /* scratch */
};

/* A document goes: begin, then (when two_passes) text for each piece of it,
 * then middle, then spans for each piece, then end. A piece starts at byte
 * `base` of the document; mentions stand in order of their starts. */
struct writer_ops {
    const char *name;
    bool two_passes;   /* wants the whole text before the first span */
    bool commas;       /* every span but the first begins with a comma */
    bool piecemeal;    /* spans may come in several calls */
    bool sentences;    /* wants the tokens of a corpus */
    bool own_unit;     /* offsets are in `unit`, whatever is asked for */
    bool one_document; /* cannot hold several */
    bool whole;        /* wants a document's text in one piece */
    bool sources;      /* wants the sources of mentions */
    bool flat;         /* cannot hold mentions that overlap */
    bool words;        /* wants no places: of markup, mentions without it */
    gaz_unit unit;
    void (*start)(struct writer *w); /* of the run; may be NULL, as all */
    void (*begin)(struct writer *w);
    void (*text)(struct writer *w, const char *text, size_t len);
    void (*middle)(struct writer *w);
    void (*spans)(struct writer *w, const char *text, size_t len, size_t base,
                  const struct mention *list, size_t count);
    void (*sentence)(struct writer *w, const gaz_sentence *s,
                     const struct mention *list, size_t count);
    void (*end)(struct writer *w);
    void (*finish)(struct writer *w);
    /* Where set, what the others write is not for the output as it is but
     * comes here, document by document in order, in blocks that they have
     * written whole. An exit code, the message printed. */
    int (*collect)(struct writer *w, const char *data, size_t len);
    void (*release)(struct writer *w); /* free the state */
};

extern const struct writer_ops writer_jsonl;
extern const struct writer_ops writer_xml;
extern const struct writer_ops writer_html;
extern const struct writer_ops writer_md;
extern const struct writer_ops writer_solr;
extern const struct writer_ops writer_counts;
extern const struct writer_ops writer_counts_json;
extern const struct writer_ops writer_brat_folder;
extern const struct writer_ops writer_tsv;
extern const struct writer_ops writer_ansi;
extern const struct writer_ops writer_conll;
extern const struct writer_ops writer_spacy;
extern const struct writer_ops writer_prodigy;
extern const struct writer_ops writer_doccano;
extern const struct writer_ops writer_labelstudio;
extern const struct writer_ops writer_hf;
extern const struct writer_ops writer_brat;

/* All formats, and the one of a place in that list. */
#define WRITER_FORMATS                                                         \
    "jsonl|conll|tsv|ansi|html|xml|md|counts|counts-json|spacy|prodigy|"       \
    "doccano|labelstudio|hf|brat|solr"
const struct writer_ops *writer_of(int choice);

/* Were only options given that the format has a use for? Else a message; an
 * exit code. */
int writer_check_options(const struct writer_ops *ops,
                         const struct cli_args *args);

/* Settle what a format wants of the run: its unit, and for brat a folder when
 * `output` (NULL: standard output) is to hold several documents. False after a
 * message. */
bool writer_settle(const struct writer_ops **ops,
                   struct writer_settings *settings, bool unit_given,
                   bool several, const char *output);

/* The text at hand is now the len bytes of the document from byte `bytes` on,
 * which is `units` units from its start; `plain`: each byte is a unit. */
void writer_at(struct writer *w, size_t bytes, size_t units, size_t len,
               bool plain);

/* Where a mention is, in units of the document, text[0] of which is byte
 * `base`. Counts on from the last call: starts must not fall. */
void writer_place(struct writer *w, const char *text, size_t base,
                  const struct mention *m, size_t *start, size_t *end);

/* The name of the unit that offsets are counted in. */
const char *writer_unit(const struct writer *w);

/* A score with three digits behind the point. */
void writer_score(struct out *out, float score);

/* Text in XML or HTML. Each byte of invalid UTF-8, NUL and, in XML, each
 * character that it cannot hold is written as U+FFFD: the document has as many
 * characters as the text. */
enum markup {
    MARKUP_XML,
    MARKUP_XML_ATTRIBUTE,
    MARKUP_HTML,
    MARKUP_HTML_ATTRIBUTE
};
void writer_markup(struct out *out, enum markup how, const char *text,
                   size_t len);

/* A field of a TSV line: TAB, newline, CR and backslash escaped. */
void writer_tsv_field(struct out *out, const char *text, size_t len);

/* A JSON string's inside: escaped, invalid UTF-8 as U+FFFD. */
void writer_json_text(struct out *out, const char *text, size_t len);
void writer_number(struct out *out, uint64_t n);

#endif
