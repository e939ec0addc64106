/* Where documents are written to: standard output, a file that is replaced
 * when all is done, or a folder. */
#ifndef GAZ_CLI_OUTPUT_H
#define GAZ_CLI_OUTPUT_H

#include "cli/cli.h"

struct output {
    const char *path; /* NULL: standard output */
    struct file_new file;
    struct out out;
};

/* What the value of --output names: NULL for standard output, by any name. */
const char *output_path(const char *value);

/* With a folder, which may be NULL, that is made, and nothing is written to
 * o->out. An exit code, the message printed; output_close comes in any case. */
int output_open(struct output *o, const char *folder);

/* Put what was written in its place, if s says that all went well. s, or the
 * code of what failed here, its message printed. */
int output_close(struct output *o, int s);

#endif
