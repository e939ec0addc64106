/* A compilation from inputs to image: the store filled, names counted,
 * selected, written, reported. */
#ifndef GAZ_BUILD_BUILDER_H
#define GAZ_BUILD_BUILDER_H

#include "build/count.h"
#include "build/score_fit.h"
#include "build/select.h"
#include "build/store.h"
#include "build/tune.h"

struct builder {
    struct store store;
    struct counts counts;
    struct selection selection;
    struct select_options select;
    bool tune;                /* choose select.min_purity and smoothing */
    struct tune_choice tuned; /* f1 0: nothing was chosen */
    bool scored; /* fit a model, which decides about the corpora's names */
    struct score_fit_options fit;
    struct score_model model;
    struct buf image;
    struct buf report;
    struct buf reliability;
    bool finished;
    uint32_t error_source; /* of an error's place; UINT32_MAX: none */
};

/* alloc must outlive the builder. */
enum status builder_init(struct builder *b, const struct alloc *alloc,
                         const struct store_options *store,
                         const struct select_options *select, struct err *e);
void builder_free(struct builder *b);

/* Count, select and write b->image. Once. */
enum status builder_finish(struct builder *b, struct err *e);

/* Fill b->report; after builder_finish, whatever came of it. */
enum status builder_report(struct builder *b, struct err *e);

#endif
