/* Files that are read or written whole, and what cannot be read at all. */
#ifndef GAZ_CLI_WHOLE_H
#define GAZ_CLI_WHOLE_H

#include "cli/cli.h"

/* What is wrong with a text or list that begins so, and what would be right:
 * "the text is UTF-16; ..."; NULL where nothing is. */
const char *whole_foreign(const char *head, size_t len);

/* file_load of what must be a text or list. An exit code, the message
 * printed. */
int whole_load(const char *path, struct file_bytes *out);

/* file_replace, or standard output for "-". An exit code, the message
 * printed; a reader that has gone is no failure. */
int whole_write(const char *path, const char *data, size_t len);

#endif
