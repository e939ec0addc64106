/* The model that a name ends in, by which those who have read the name call
 * the thing: 'Galaxy S25 Ultra', then 'the S25 Ultra'. */
#ifndef GAZ_TEXT_MODELS_H
#define GAZ_TEXT_MODELS_H

#include "base/slice.h"

enum { MODELS_MAX = 20 /* bytes */ };

/* Where the first such end behind byte `from` of the name begins, 0: there is
 * none. Its first word has a digit, and some word a capital; what stands behind
 * many a name ('4K', 'V2', 'Gen2', '16GB') is none alone. */
size_t models_next(struct slice name, size_t from);

#endif
