/* Rows of weights, a weight a label: the inner loops of the scorer. */
#ifndef GAZ_TAG_SCORE_ROW_H
#define GAZ_TAG_SCORE_ROW_H

#include "base/lanes.h"
#include "model/score.h"

/* Row i of a table of rows. */
static inline const int16_t *score_row_at(const int16_t *rows, unsigned i,
                                          unsigned stride)
{
    return rows + (size_t)(i * stride); /* 32 bits hold it: few are in one */
}

/* row[0 .. stride) = from. */
static inline void score_row_copy(int16_t *restrict row,
                                  const int16_t *restrict from, unsigned stride)
{
    for (unsigned k = 0; k < stride; k += SCORE_ROW_ALIGN) {
        memcpy(row + k, from + k, SCORE_ROW_ALIGN * sizeof *row);
    }
}

/* row[0 .. stride) += from, and the same from an image. */
static inline void score_row_add(int16_t *restrict row,
                                 const int16_t *restrict from, unsigned stride)
{
    for (unsigned k = 0; k < stride; k += SCORE_ROW_ALIGN) {
        lanes_add(row + k, from + k);
        lanes_add(row + k + 8, from + k + 8);
    }
}

/* No label of a row has more. */
static inline int score_row_high(const int16_t *row, unsigned stride)
{
    int16_t high[8];
    memcpy(high, row, sizeof high);
    for (unsigned k = 8; k < stride; k += 8) {
        lanes_high(high, row + k);
    }
    int best = high[0];
    for (unsigned k = 1; k < 8; k++) {
        best = high[k] > best ? high[k] : best;
    }
    return best;
}

static inline void score_row_load(int16_t *to, const uint8_t *from,
                                  unsigned stride)
{
    if (GAZ_BIG_ENDIAN) {
        for (unsigned i = 0; i < stride; i++) {
            to[i] = score_weight(from, i);
        }
    } else {
        memcpy(to, from, (size_t)stride * 2);
    }
}

static inline void score_row_add_from(int16_t *row, const uint8_t *from,
                                      unsigned stride)
{
    for (unsigned k = 0; k < stride; k += SCORE_ROW_ALIGN) {
        int16_t copy[SCORE_ROW_ALIGN];
        score_row_load(copy, from + (size_t)k * 2, SCORE_ROW_ALIGN);
        score_row_add(row + k, copy, SCORE_ROW_ALIGN);
    }
}

#endif
