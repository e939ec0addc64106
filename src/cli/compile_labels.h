/* --labels and --map of gaz compile. */
#ifndef GAZ_CLI_COMPILE_LABELS_H
#define GAZ_CLI_COMPILE_LABELS_H

#include "cli/cli.h"

/* Before the inputs: tell the builder of them. The exit code. */
int compile_labels_name(gaz_builder *builder, const struct cli_args *args);

/* After them: EXIT_INPUT, and a message, where no input has a label that was
 * named. */
int compile_labels_check(const gaz_builder *builder);

#endif
