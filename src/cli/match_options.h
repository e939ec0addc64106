/* The options that tell what counts as a name in a text: those of gaz tag, and
 * of the verbs that tag as it does. */
#ifndef GAZ_CLI_MATCH_OPTIONS_H
#define GAZ_CLI_MATCH_OPTIONS_H

#include "cli/cli.h"

/* Rows of an option table. */
/* clang-format off */
#define CLI_MATCH_OPTIONS \
    {"inside", 0, NULL, NULL,                                                  \
     "also find names inside paths, URLs, e-mail addresses and dotted "        \
     "identifiers"},                                                           \
    {"generic", 0, NULL, NULL,                                                 \
     "also find common nouns that the lists mark kind=generic, such as "       \
     "'browser'"},                                                             \
    {"hyphen", 0, "HOW", "break|join",                                         \
     "whether a hyphen parts words: break finds 'Go' in 'Go-based', join does "\
     "not (default break)"}
#define CLI_MATCH_DOCUMENT_OPTION \
    {"document-names", 0, "WHETHER", "on|off",                                 \
     "whether a name counts that its document makes clear elsewhere: 'with "   \
     "Flux' beside 'the Flux controller', 'Kafka' after 'Apache Kafka', FBP "  \
     "after 'Foo Bar Protocol (FBP)', Foo where 'Foo is a text editor' "        \
     "(default on)"}
#define CLI_MATCH_SPAN_OPTIONS \
    {"overlap", 0, "POLICY", "longest|all|no-sub|longest-dominant-right",      \
     "which mentions stay where some overlap: the leftmost longest, every "    \
     "one, those in no longer one, or the longest and of equals the "          \
     "rightmost (default longest)"},                                           \
    {"versions", 0, "HOW", "apart|inside|off",                                 \
     "what becomes of the number in 'Debian 12': a field beside the span, "    \
     "part of the span as well, or nothing (default apart)"}
/* clang-format on */

/* Take one of them; false for another option. */
bool cli_match_option(const struct cli_given *g, gaz_tag_options *out);

#endif
