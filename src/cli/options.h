/* Parsing a command line by a verb's option table, and printing the table. */
#ifndef GAZ_CLI_OPTIONS_H
#define GAZ_CLI_OPTIONS_H

#include <stdio.h>

#include "cli/cli.h"

/* Fill *out from the words after the verb. EXIT_OK, or an exit code with the
 * message printed. Free with options_free. */
int options_parse(const struct cli_verb *verb, int argc, char **argv,
                  struct cli_args *out);
void options_free(struct cli_args *args);

/* gaz VERB --help, and the same as a section of the man page, and as lines
 * of a bash completion. */
void options_help(const struct cli_verb *verb, FILE *to);
void options_man(const struct cli_verb *verb, FILE *to);
void options_complete(const struct cli_verb *verb, FILE *to);

#endif
