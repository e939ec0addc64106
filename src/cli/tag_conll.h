/* gaz tag -f conll: sentence by sentence, in the corpus's own tokens. */
#ifndef GAZ_CLI_TAG_CONLL_H
#define GAZ_CLI_TAG_CONLL_H

#include "cli/tag_job.h"

/* Tag a corpus and write it to t->writer.out. column is that of the tokens,
 * from 0, negative from the end. EXIT_OK or an exit code, its message
 * printed. */
int tag_conll(struct tag_worker *t, const char *path, struct file_in *file,
              int column);

#endif
