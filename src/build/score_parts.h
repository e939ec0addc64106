/* What the writers of the parts of SCOR share. */
#ifndef GAZ_BUILD_SCORE_PARTS_H
#define GAZ_BUILD_SCORE_PARTS_H

#include "build/score_dense.h"
#include "build/score_table.h"
#include "build/score_write.h"

enum { SCORE_RECORD_MAX = FOLD_HEAD + FOLD_ROWS * SCORE_LABELS_MAX * 2 };

struct score_writer {
    const struct score_model *m;
    const struct score_names *names;
    struct score_values v;
    struct buf *out;
    size_t parts; /* where the table of parts is in out */
    struct score_table_builder table;
    uint8_t record[SCORE_RECORD_MAX];
};

/* A part begins at the end of w->out, once that is aligned. */
void score_part_begin(struct score_writer *w);
void score_part_end(struct score_writer *w, unsigned part, size_t at,
                    uint32_t slots, uint32_t records);

/* SCORE_PART_PAIRS; SCORE_PART_FRONTS or SCORE_PART_LONGER. */
enum status score_put_pairs(struct score_writer *w, struct err *e);
/* SCORE_PART_HINTS and SCORE_PART_HINTED. */
enum status score_put_hints(struct score_writer *w, struct err *e);
enum status score_put_filter(struct score_writer *w, unsigned part,
                             struct err *e);

#endif
