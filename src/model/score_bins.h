/* Bins of the probabilities of a sentence's topic; trainer and tagger. */
#ifndef GAZ_MODEL_SCORE_BINS_H
#define GAZ_MODEL_SCORE_BINS_H

#include "base/real.h"

/* The log-odds of a sentence's words are far from independent. */
#define SCORE_TOPIC_SCALE 0.15

/* 1 .. 11 */
static inline unsigned score_topic_bin(double p)
{
    static const double edges[] = {.01, .03, .06, .1, .16,
                                   .25, .4,  .6,  .8, .95};
    unsigned b = 0;
    while (b < 10 && p >= edges[b]) {
        b++;
    }
    return b + 1;
}

#endif
