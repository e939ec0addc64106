/* The options that tell how a lexicon is built from corpora: those of gaz
 * compile, and of gaz eval --cv, which tries them. */
#ifndef GAZ_CLI_BUILD_OPTIONS_H
#define GAZ_CLI_BUILD_OPTIONS_H

#include "cli/cli.h"

/* Rows of an option table. */
/* clang-format off */
#define CLI_BUILD_OPTIONS \
    {"case", 0, "POLICY", "exact|fold|smart",                                  \
     "how names match: as written, in any case, or with a capital wherever "   \
     "the name has one (default: fold for corpora, smart for lists)"},         \
    {"plural", 0, NULL, NULL,                                                  \
     "an English plural s makes no difference (the default for corpora, "      \
     "unless --case exact)"},                                                  \
    {"no-plural", 0, NULL, NULL, "a plural s does make a difference"},         \
    {"select", 0, "HOW", "purity|all|scored",                                  \
     "which names of corpora to keep: those that are mostly mentions where "   \
     "they occur, or all; scored: all, and in a text a trained score of the "  \
     "name and of what stands around it decides, also about names that were "  \
     "never seen (default purity)"},                                           \
    {"min-purity", 0, "P", NULL,                                               \
     "the least share of a name's occurrences that must be annotated "         \
     "(default 0.35)"},                                                        \
    {"min-count", 0, "N", NULL,                                                \
     "keep names of corpora that are annotated at least N times (default 1)"}, \
    {"smoothing", 0, "A", NULL,                                                \
     "add A occurrences of mean purity to each name before --min-purity "      \
     "(default 1)"},                                                           \
    {"veto", 0, "N", NULL,                                                     \
     "leave out a spelling of a name that occurs N times and is never "        \
     "annotated, such as a plural; 0 leaves out none (default 1)"},            \
    {"prior", 0, "LIST", NULL,                                                 \
     "a name list (.tsv) or lexicon (.gaz) whose names are hints, no entries " \
     "of their own; may be given again; none for no hints (default: the "      \
     "names that gaz knows)"},                                                 \
    {"prior-weight", 0, "W", NULL,                                             \
     "by purity: a hint counts as W mentions beforehand (default 0); scored: " \
     "what the corpora teach of hints is taken W times (default 1)"}
/* clang-format on */

/* Is it one of them? */
bool cli_is_build_option(const struct cli_given *g);

/* Take one of them; others are left alone. False after a message. */
bool cli_build_option(const struct cli_given *g, gaz_build_options *out);

/* After all of them: open what --prior names, if out->select has a use for
 * it, into *prior, which the caller closes. An exit code. */
int cli_build_prior(const struct cli_args *args, gaz_build_options *out,
                    struct cli_lexicon *prior);

#endif
