/* Parsing a command line by a verb's option table. */
#ifndef GAZ_CLI_OPTIONS_H
#define GAZ_CLI_OPTIONS_H

#include "cli/cli.h"

/* The options of a verb, those that all verbs take last. */
size_t options_count(const struct cli_verb *verb);
const struct cli_option *options_at(const struct cli_verb *verb, size_t i);

/* Fill *out from the words after the verb. EXIT_OK, or an exit code with the
 * message printed. Free with options_free. */
int options_parse(const struct cli_verb *verb, int argc, char **argv,
                  struct cli_args *out);
void options_free(struct cli_args *args);

#endif
