/* What the scanner's filters and leads hold of a key (model/index.h). */
#ifndef GAZ_BUILD_TREE_FILTERS_H
#define GAZ_BUILD_TREE_FILTERS_H

#include "build/tree.h"

/* A key's first three tokens, when its nodes begin at the fourth: words with
   white space between, or a word, a symbol and what is glued to that. */
bool tree_sure_begin(const struct keys *ks, const struct key *k);

/* Adds the hashes of a key that is new from `shared` tokens on, and its
   lead. */
void tree_add_filters(struct tree *t, const struct keys *ks,
                      const struct key *k, uint32_t shared);

#endif
