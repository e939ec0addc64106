/* GATE's gazetteers: a lists.def that names lists and what they hold. */
#ifndef GAZ_CLI_GATE_H
#define GAZ_CLI_GATE_H

#include "cli/cli.h"

/* Add all lists of the lists.def at path, which lie beside it. The label is
 * the annotation type where there is one, else the major type. separator
 * stands before features in the lists, "" for none. EXIT_OK, or an exit code
 * with the message printed. */
int gate_add(gaz_builder *builder, const char *path, const char *separator);

#endif
