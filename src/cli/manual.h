/* Help, man pages and completions, all made from the option tables. */
#ifndef GAZ_CLI_MANUAL_H
#define GAZ_CLI_MANUAL_H

#include <stdio.h>

#include "cli/cli.h"

struct manual {
    const struct cli_verb *const *verbs;
    size_t count;
};

/* gaz --help and gaz VERB --help. */
void manual_usage(const struct manual *m, FILE *to);
void manual_help(const struct cli_verb *verb, FILE *to);

/* gaz(1) and gaz-VERB(1). */
void manual_page(const struct manual *m, FILE *to);
void manual_verb_page(const struct manual *m, const struct cli_verb *verb,
                      FILE *to);

/* What a shell completes; "bash", "zsh" or "fish". False for another. */
bool manual_completion(const struct manual *m, const char *shell, FILE *to);

#endif
