/* The columns of a line of a corpus. */
#ifndef GAZ_CORPUS_COLUMNS_H
#define GAZ_CORPUS_COLUMNS_H

#include <stdbool.h>

#include "base/slice.h"

enum { COLUMNS_MAX = 64 }; /* of a line that are told apart */

struct columns {
    /* count goes on beyond COLUMNS_MAX, for the message; the columns then
     * overwrite each other and are not used. */
    struct slice at[COLUMNS_MAX];
    size_t count;
};

/* Split at each TAB, or at runs of blanks. */
void columns_of_tabs(struct slice line, struct columns *out);
void columns_of_blanks(struct slice line, struct columns *out);

/* Do these columns, split at blanks, look like a line in print? No tag stands
 * behind the first, and the last of at least three ends as sentences do. */
bool columns_are_prose(const struct columns *c);

/* Is it CoNLL's mark in front of a document? */
bool columns_mark(struct slice token);

#endif
