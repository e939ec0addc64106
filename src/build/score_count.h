/* Counts that a scored lexicon is trained on: of names and of words, added
 * and taken back a sentence at a time (taking it back is what keeps the
 * trainer from reading the answer off its own counts). */
#ifndef GAZ_BUILD_SCORE_COUNT_H
#define GAZ_BUILD_SCORE_COUNT_H

#include "build/score_corpus.h"

/* How often a word is so placed; rows by fold id. */
enum score_place {
    SCORE_PLACE_LAST,  /* last token of a mention of several */
    SCORE_PLACE_FIRST, /* first token of one */
    SCORE_PLACE_BEFORE,
    SCORE_PLACE_AFTER,
    SCORE_PLACES
};

/* n: mentions, N: occurrences that are not inside a longer mention. */
struct score_family_counts {
    uint32_t *n, *N;
    uint32_t *labels; /* by key, label */
};

struct score_counts {
    const struct score_corpus *corpus;
    struct score_family_counts family[SCORE_FAMILIES];
    uint32_t *words;                      /* occurrences, by fold id */
    uint32_t *inner;                      /* between first and last */
    uint32_t *place[SCORE_PLACES];        /* by fold id */
    uint32_t *place_labels[SCORE_PLACES]; /* by fold id, label */
    uint32_t *topic; /* by fold id, label: mentions of its sentences, no more
                        than SCORE_TOPIC_CAP a sentence */
    uint32_t *label_total;
    struct arena arena;
    uint32_t *cover; /* by token: 1 + mention, or 0 */
    size_t cover_capacity;
};

enum { SCORE_TOPIC_CAP = 5 };

/* All zero. */
enum status score_counts_init(struct score_counts *c,
                              const struct score_corpus *corpus, struct err *e);
void score_counts_free(struct score_counts *c); /* zeroed is fine */

/* Add a sentence, or take it back. */
enum status score_counts_add(struct score_counts *c, size_t sentence, bool back,
                             struct err *e);

/* What a word says of the labels of the mentions in its sentence, out[y]:
 * log of (count(word, y) + 8 P(y)) / ((count(word) + 8) P(y)). False for a
 * word that says nothing. */
bool score_word_topic(const struct score_counts *c, uint32_t fold, double *out);

/* The sum of that over a sentence's words: naive Bayes. A sentence that is
 * `counted` is left out of the counts meanwhile. */
enum status score_topic(struct score_counts *c, size_t sentence, bool counted,
                        double *out, struct err *e);

/* Discrete values. */
unsigned score_bin(uint32_t n, uint32_t N);           /* 0 .. 10 */
unsigned score_state(uint32_t n, uint32_t N);         /* < SCORE_STATES */
unsigned score_share(uint32_t label, uint32_t count); /* 0: count is 0 */

#endif
