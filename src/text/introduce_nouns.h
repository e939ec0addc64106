/* The nouns that say what a thing is. */
#ifndef GAZ_TEXT_INTRODUCE_NOUNS_H
#define GAZ_TEXT_INTRODUCE_NOUNS_H

#include "text/introduce.h"

/* Is the word one of a list, 'a|b|c'? */
bool introduce_in(struct slice word, const char *list);

/* What is the thing, where this is the last word of what is said of it, and
 * `before` the word before? False: nothing that has a label. */
bool introduce_noun(struct slice word, struct slice before,
                    enum introduce_kind *kind);

#endif
