/* Names and rules that hide: their label is LEXICON_HIDES. What they match is
 * found and settled as any mention is ('Linux Foundation'), so that no shorter
 * name in it counts ('Linux'), and is taken out at the very end. */
#ifndef GAZ_TAG_HIDDEN_H
#define GAZ_TAG_HIDDEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

/* Is one of the spans of that label? None is of LEXICON_NONE. */
bool hidden_any(const struct span *spans, size_t count, uint32_t label);

/* Takes the spans of that label out; how many stay. */
size_t hidden_drop(struct span *spans, size_t count, uint32_t label);

/* Does a span lie in one of that label? spans are in order and do not overlap;
 * a span that is one of them does not lie in itself. */
bool hidden_lies_in(const struct span *spans, size_t count, uint32_t label,
                    const struct span *span);

#endif
