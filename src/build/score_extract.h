/* Candidates of the corpora's sentences and their features, as ids. */
#ifndef GAZ_BUILD_SCORE_EXTRACT_H
#define GAZ_BUILD_SCORE_EXTRACT_H

#include "build/score_count.h"

/* Features by key, with how often each was met. */
struct score_dict {
    struct hashmap ids;
    uint32_t *count; /* by id */
    uint8_t *what;   /* enum score_shared or score_row */
    size_t count_capacity, what_capacity;
};

#define SCORE_NO_LABEL UINT32_MAX

/* Shared features shared[first_shared .. + shared_count), rows likewise;
 * shares: SCORE_SHARE_SLOTS bytes for each label. */
struct score_candidate {
    uint32_t start, end; /* tokens of the sentence */
    uint32_t label;      /* of the mention there, or SCORE_NO_LABEL */
    uint16_t shared_count, row_count;
    size_t first_shared, first_row;
};

struct score_set {
    const struct score_corpus *corpus;
    struct score_dict shared_dict, row_dict;
    struct score_candidate *items;
    size_t count, capacity;
    uint32_t *shared;
    size_t shared_count, shared_capacity;
    uint32_t *rows;
    size_t row_count, row_capacity;
    uint8_t *shares; /* by candidate, slot, label */
    size_t share_capacity;
    size_t *first; /* candidate of a sentence, and one more */
    size_t first_capacity;
    uint32_t *sentence; /* of the corpus, by sentence of the set */
    size_t sentence_count, sentence_capacity;
    bool learning; /* features that are new are taken in */
};

enum status score_set_init(struct score_set *s,
                           const struct score_corpus *corpus, struct err *e);
void score_set_free(struct score_set *s); /* zeroed is fine */

/* Scratch for one sentence after the other. */
struct score_extract;
enum status score_extract_create(const struct score_corpus *corpus,
                                 struct score_extract **out, struct err *e);
void score_extract_free(struct score_extract *x); /* NULL is fine */

/* Append a sentence's candidates. topic: of score_topic. */
enum status score_extract_sentence(struct score_extract *x,
                                   const struct score_counts *counts,
                                   size_t sentence, const double *topic,
                                   struct score_set *out, struct err *e);

/* The bins 1 .. 11 of a topic's probabilities, softmax of SCORE_TOPIC_SCALE
 * times the log-odds. */
void score_topic_bins(const double *topic, uint32_t labels, uint8_t *out);

/* Drop features met less often than this; ids become dense again. */
enum status score_set_cut(struct score_set *s, uint32_t least, struct err *e);

#endif
