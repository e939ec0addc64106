/* Input formats: which there are, which a file is in, what is read of it. */
#ifndef GAZ_CLI_INPUTS_H
#define GAZ_CLI_INPUTS_H

#include "cli/cli.h"
#include "cli/input_kind.h"

#define INPUT_ZONES                                                            \
    "prose|inline-code|code|link|attribute|script|comment|front-matter"

/* Rows of an option table: of verbs that read what gaz tag reads. */
/* clang-format off */
#define INPUT_OPTION_ZONES \
    {"zones", 0, "ZONE,...", NULL,                                             \
     "what of markdown and html is read: prose, inline-code, code, link, "     \
     "attribute, script, comment, front-matter, or all (default "              \
     "prose,inline-code)"}
#define INPUT_OPTIONS \
    {"from", 'f', "FORMAT", INPUT_FORMATS,                                     \
     "what the inputs are (default auto: by a file's extension, else by what " \
     "it begins with); lines: a text a line; conll: a token a line; jsonl: a " \
     "JSON object a line; json: such objects in an array, or one after "       \
     "another, over lines as they like"},                                      \
    INPUT_OPTION_ZONES,                                                        \
    {"files0-from", 0, "FILE", NULL,                                           \
     "read the files that FILE ('-': standard input) names, a NUL between "    \
     "them"},                                                                  \
    {"column", 0, "N", NULL,                                                   \
     "the column of the tokens in a conll input, from 1, negative from the "   \
     "end (default 1)"},                                                       \
    {"text-field", 0, "NAME", NULL,                                            \
     "where a record of json or jsonl has its text (default text); 'a.b' is "  \
     "b in the object a"}
/* clang-format on */

/* What becomes of a record that is none, or has no text. */
enum bad_records { BAD_STOP, BAD_SKIP, BAD_INLINE };

/* How records (JSON objects) are read, and handed on. */
struct record_settings {
    gaz_record_fields fields;
    enum bad_records bad;
    bool handed_on;    /* the record itself is written, with mentions */
    const char *spans; /* the field that they are written to */
    const char *unit;  /* the field that says how they count; NULL: none */
};

struct input {
    const char *path;
    bool found; /* in a folder, not named by the user */
};

/* The files of a command line: folders as the files below them, and the names
 * that another file lists. */
struct inputs {
    enum input_format from;
    unsigned zones; /* sum of gaz_zone; 0: the default */
    int column;     /* conll: of the tokens */
    struct record_settings records;
    bool line_buffered;
    const char *names; /* file of names that end in NUL; "-"; or NULL */
    struct input *files;
    size_t count;
    size_t capacity;
    struct file_list *folders; /* they own some of the names */
    size_t folder_count;
    struct file_bytes listed;
    bool told;       /* of a file in a folder that is no records */
    size_t bad;      /* files that were left out as bad records are */
    char *last_name; /* of it, when no NUL is behind */
};

/* The value of --zones ("prose,code", or "all") as a sum of gaz_zone; false
 * after a message. */
bool inputs_zones(const char *value, unsigned *out);

/* Takes the options of inputs. *good is false after a
 * message; returns false for other options. */
bool inputs_option(struct inputs *in, const struct cli_given *g, bool *good);

/* Were only options given that inputs of this format have a use for? Else a
 * message; an exit code. */
int inputs_check_options(const struct inputs *in, const struct cli_args *args);

/* Make the list; standard input when nothing is named. An exit code. */
int inputs_list(struct inputs *in, const struct cli_args *args);
void inputs_free(struct inputs *in);

/* Once the output format is known: records of a kind are handed on as that
 * kind, with other mentions. An exit code, with a message where a field that
 * is replaced is one that is needed. */
int inputs_records(struct inputs *in, const char *to);

/* Has a line nothing but blanks? */
bool input_blank(const char *line, size_t len);

/* Open file i and say what it is in. *format is FROM_AUTO for a file that was
 * found in a folder and holds no text: this has been said. An exit code. */
int inputs_open(struct inputs *in, size_t i, struct file_in *file,
                enum input_format *format);

/* The sum of what can be known of their sizes; 0 when not all can. */
uint64_t inputs_size(const struct inputs *in);

#endif
