/* The text of a tokenised sentence. Corpora lose the spaces; this puts them
 * back by a rule that looks at two neighbours only, so that a name reads the
 * same in every sentence: a space between tokens, but none before , . ; : ! ?
 * ) ] } % or a contraction ('s, n't, ...), none after ( [ {, and none on
 * either side of a lone '/'. */
#ifndef GAZ_TEXT_JOIN_H
#define GAZ_TEXT_JOIN_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

/* Do two neighbouring tokens stand without a space between them? */
bool join_glued(struct slice before, struct slice after);

/* Append a token to a text whose last token was `before` (NULL at the start
 * of a sentence). */
void join_token(const struct slice *before, struct slice token,
                struct buf *text);

#endif
