/* What all verbs share: exit codes, messages, the option table. */
#ifndef GAZ_CLI_CLI_H
#define GAZ_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>

#include "gaz.h"
#include "os/file.h"
#include "os/out.h"

enum exit_code {
    EXIT_OK = 0,
    EXIT_BELOW = 1, /* the work was done, but a wanted limit not reached,
                     * or with findings: README.md */
    EXIT_INPUT = 2, /* bad input, option or lexicon */
    EXIT_SYSTEM = 3 /* cannot read or write, or out of memory */
};

/* ---- messages: all go to standard error ---- */

/* "gaz: FILE:LINE:COLUMN: MESSAGE"; the exit code for such an error. file
 * may be NULL. */
int cli_error(const char *file, const gaz_error *e);
int cli_os_error(const char *file, const struct err *e);

/* "gaz: FILE: WHAT: what errno says"; EXIT_SYSTEM. */
int cli_system_error(const char *file, const char *what, int error);

/* "gaz: MESSAGE", printf's format; returns EXIT_INPUT. */
int cli_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The same without ending anything. */
void cli_note(const char *format, ...) __attribute__((format(printf, 1, 2)));
int cli_nomem(void);

/* Who has named no file at a terminal may wait for us, and we for them. */
void cli_note_terminal(void);

/* The options that all verbs take: quiet lets no cli_note through, no-progress
 * shows no bar (cli/progress.h). */
void cli_common(const char *option);
bool cli_quiet(void);
bool cli_no_progress(void);

/* Close a writer to standard output: s, or the code of a failure to write,
 * its message printed. A reader that has gone is no failure. */
int cli_out_end(struct out *o, int s);

/* ---- the option table: feeds parser, help, man page and completions ---- */

struct cli_option {
    const char *name;    /* long name, without the dashes */
    char letter;         /* short name, or 0 */
    const char *value;   /* what its value is called; NULL: a flag */
    const char *choices; /* "a|b|c" where only these are good, or NULL */
    const char *help;    /* one sentence, no full stop */
};

struct cli_given {
    const struct cli_option *option;
    const char *value; /* NULL for a flag */
};

/* What the command line holds, in order. */
struct cli_args {
    struct cli_given *given;
    size_t given_count;
    const char **files;
    size_t file_count;
};

struct cli_verb {
    const char *name;
    const char *usage;    /* after "gaz NAME" */
    const char *summary;  /* one line */
    const char *details;  /* paragraphs, or NULL */
    const char *examples; /* lines "gaz ...   # what it does", or NULL */
    const struct cli_option *options;
    size_t option_count;
    int (*run)(const struct cli_args *args);
};

extern const struct cli_verb cli_verb_compile;
extern const struct cli_verb cli_verb_convert;
extern const struct cli_verb cli_verb_diff;
extern const struct cli_verb cli_verb_eval;
extern const struct cli_verb cli_verb_explain;
extern const struct cli_verb cli_verb_dump;
extern const struct cli_verb cli_verb_info;
extern const struct cli_verb cli_verb_lint;
extern const struct cli_verb cli_verb_tag;

/* Is this the option of that long name? */
bool cli_is(const struct cli_given *given, const char *name);

/* Numbers from option values; false after a message. */
bool cli_number(const struct cli_given *given, long min, long max, long *out);
bool cli_fraction(const struct cli_given *given, double min, double max,
                  double *out);

/* "token,tag" columns counted from 1, negative from the end. */
bool cli_columns(const struct cli_given *given, int *out, size_t count);

/* A file that an option writes must be none of the count files that are read,
 * nor that of another option, or it would replace it. An exit code, with a
 * message where it is one. */
int cli_check_written(const struct cli_args *args, const char *option,
                      const char *const *files, size_t count);
int cli_would_replace(const char *option, const char *path, const char *same);

/* The place of value in "a|b|c", or -1. */
int cli_choice(const char *choices, const char *value);

/* An option that only some formats have a use for. */
struct cli_use {
    const char *option;
    const char *value;   /* with this value only; NULL: with any */
    const char *formats; /* "tsv|counts" */
};

/* Was an option given that `format`, which `flag` ("-t") chooses, has no use
 * for? Then a message that says which have one; an exit code. */
int cli_check_uses(const struct cli_args *args, const struct cli_use *uses,
                   size_t count, const char *flag, const char *format);

/* What GAZ_SIMD in the environment asks for; a message and an exit code where
 * that is no level. */
gaz_simd cli_simd(void);
int cli_simd_check(void);

/* ---- lexicons ---- */

struct cli_layer;

/* An open lexicon, of one layer or several, and the files behind it. */
struct cli_lexicon {
    gaz_lexicon *lexicon;
    const char *name; /* for messages: of the lowest layer */
    struct cli_layer *layers;
    size_t layer_count;
    gaz_lexicon *stack; /* NULL for one layer */
};

/* Open the lexicon at path, or the default one for NULL or "+": the file that
 * GAZ_LEXICON names, or the one inside the program. A list (.tsv), rules
 * (.rules) and spaCy's patterns (.jsonl) are compiled in memory. An exit code,
 * with the message printed, or EXIT_OK. */
int cli_lexicon_open(const char *path, struct cli_lexicon *out);

/* The same for the option --lexicon of a command line, which may be given
 * several times: those without a '+' in front first, or the default lexicon
 * where there is none, and on top of them those with one, each in order. */
int cli_lexicon_open_given(const struct cli_args *args,
                           struct cli_lexicon *out);

/* The same for the values of another option; for none the lexicon inside the
 * program, or nothing (lexicon NULL) where there is none. */
int cli_lexicon_open_option(const struct cli_args *args, const char *option,
                            struct cli_lexicon *out);
void cli_lexicon_close(struct cli_lexicon *l); /* zeroed is fine */

/* The file of the i-th layer, NULL for the lexicon inside the program. */
const char *cli_lexicon_path(const struct cli_lexicon *l, size_t i);

/* Say so where patterns took too many steps and gave up. */
void cli_lexicon_note_limits(const gaz_lexicon *lexicon,
                             const gaz_rule_stats *stats);

/* At the end of a verb, before its output is put in place: s, or an exit code
 * with a message where a lexicon's file was written to while it was in use. */
int cli_lexicon_check(const struct cli_lexicon *l, int s);

/* Both. */
int cli_lexicon_end(struct cli_lexicon *l, int s);

/* read callback for gaz_reader_open over a struct file_in. */
gaz_status cli_read(void *context, char *buffer, size_t size, size_t *got,
                    gaz_error *e);

#endif
