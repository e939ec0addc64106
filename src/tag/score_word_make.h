/* All that a scored lexicon knows of a word, summed up. */
#ifndef GAZ_TAG_SCORE_WORD_MAKE_H
#define GAZ_TAG_SCORE_WORD_MAKE_H

#include "tag/score_word.h"

enum { SCORE_CELL_ALIGN = 64 }; /* a cache line */

/* What words are made of, and the cells that they are put into. */
struct score_word_source {
    const struct score *score;
    const int16_t *dense;
    size_t size; /* of a cell */
    size_t more; /* offset of what is rarely needed */
};

/* Write the whole of a cell. */
void score_word_make(const struct score_word_source *source,
                     const struct wordform *f, struct score_word *to);

#endif
