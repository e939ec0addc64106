/* gaz eval: what its parts share. */
#ifndef GAZ_CLI_EVAL_H
#define GAZ_CLI_EVAL_H

#include "cli/whole.h"

enum { EVAL_TRAINS_MAX = 64, EVAL_CARDS_MAX = 2 };

/* The command line. */
struct eval_args {
    gaz_eval_kind kind;
    bool scheme, json; /* were these given? */
    gaz_eval_options options;
    bool latex;
    int digits;
    int columns[3];      /* token, gold, prediction */
    size_t column_count; /* given; 0, 2 or 3 */
    bool lexicon;
    const char *trains[EVAL_TRAINS_MAX];
    size_t train_count;
    const char *list;
    const char *page;
    const char *cards[EVAL_CARDS_MAX];
    size_t card_count;
    bool compare;
    size_t folds; /* of --cv; 0: none */
    bool by_document;
    double min_f1; /* negative: none */
    gaz_build_options build;
    gaz_tag_options tag;
    const char *const *files;
    size_t file_count;
    const struct cli_args *args; /* all of it */
};

/* A file of tags: gold, predictions, or those of a lexicon. */
struct eval_file {
    const char *path;
    struct file_in in;
    bool open;
    struct cli_lexicon lexicon;
    gaz_predictor *predictor;
    double seconds; /* spent in the predictor */
    gaz_eval_input input;
};

/* Open a file to be read as tags. An exit code, the message printed. */
int eval_file_open(const char *path, int token_column, int tag_column,
                   struct eval_file *out);

/* Open the lexicon of --lexicon, or its layers, to tag with. */
int eval_lexicon_open(const struct eval_args *a, struct eval_file *out);

/* Either: a lexicon by the ending .gaz or a '+' in front. */
int eval_tagger_open(const struct eval_args *a, const char *path,
                     struct eval_file *out);

/* Zeroed is fine. s, or a failure's exit code, as cli_lexicon_end. */
int eval_file_close(struct eval_file *f, int s);

/* The columns that the options leave open. */
int eval_column(const struct eval_args *a, size_t which, int otherwise);

/* EXIT_OK or, below --min-f1, EXIT_BELOW after a message. */
int eval_check_f1(const struct eval_args *a, double f1);

/* gaz eval --compare and --cv. */
int eval_compare(const struct eval_args *a);
int eval_cross(const struct eval_args *a);

/* Write the cards of a run. tagger is the lexicon's or the file's. */
int eval_cards(const struct eval_args *a, gaz_eval *eval, const char *gold,
               const struct eval_file *tagger);

#endif
