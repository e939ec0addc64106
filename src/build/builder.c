#include "build/builder.h"

#include "build/report.h"
#include "build/writer.h"
#include "text/fold.h"

enum status builder_init(struct builder *b, const struct alloc *alloc,
                         const struct store_options *store,
                         const struct select_options *select, struct err *e)
{
    memset(b, 0, sizeof *b);
    b->select = *select;
    b->error_source = UINT32_MAX;
    buf_init(&b->image, alloc);
    buf_init(&b->report, alloc);
    buf_init(&b->reliability, alloc);
    return store_init(&b->store, alloc, store, e);
}

void builder_free(struct builder *b)
{
    selection_free(&b->selection);
    score_model_free(&b->model);
    counts_free(&b->counts);
    buf_free(&b->image);
    buf_free(&b->report);
    buf_free(&b->reliability);
    store_free(&b->store);
}

static const char *case_name(enum policy_case p)
{
    return p == POLICY_EXACT ? "exact" : p == POLICY_FOLD ? "fold" : "smart";
}

/* What OPTS tells: the options that shaped the lexicon. */
static void describe(const struct builder *b, struct buf *out)
{
    const struct select_options *o = &b->select;
    buf_format(out,
               "corpus-case=%s\nlist-case=%s\ncorpus-plural=%d\n"
               "list-plural=%d\nmin-count=%u\nmin-purity=%.6g\n"
               "smoothing=%.6g\nmin-veto=%u\n",
               case_name(o->corpus_case), case_name(o->list_case),
               o->corpus_plural, o->list_plural, (unsigned)o->min_count,
               o->min_purity, o->smoothing, (unsigned)o->min_veto);
    if (b->scored) {
        buf_format(out, "select=scored\nthreshold=%.6g\n", b->fit.threshold);
    }
    if (b->store.hint_count > 0) {
        buf_format(out, "prior-names=%zu\nprior-weight=%.6g\n",
                   b->store.hint_count, b->scored ? b->fit.prior : o->prior);
    }
    buf_byte(out, '\0');
}

/* The index folds as far as any of its names asks for. */
static unsigned index_folding(const struct selection *s)
{
    unsigned folding = FOLD_NONE;
    for (size_t i = 0; i < s->count; i++) {
        const struct candidate *c = &s->items[i];
        if (select_is_entry(c)) {
            folding |= c->policy != POLICY_EXACT ? FOLD_CASE : FOLD_NONE;
            /* Plural keys are folded ones. */
            folding |= c->plural ? FOLD_CASE | FOLD_PLURAL : FOLD_NONE;
        }
    }
    return folding;
}

static enum status tune_limits(struct builder *b, struct err *e)
{
    struct select_options *o = &b->select;
    b->tuned = (struct tune_choice){.min_purity = o->min_purity,
                                    .smoothing = o->smoothing};
    if (b->store.mention_count == 0) {
        return STATUS_OK;
    }
    enum status s = tune_purity(&b->store, o->corpus_case != POLICY_EXACT,
                                o->prior, &b->tuned, e);
    if (s == STATUS_OK) {
        o->min_purity = b->tuned.min_purity;
        o->smoothing = b->tuned.smoothing;
    }
    return s;
}

enum status builder_finish(struct builder *b, struct err *e)
{
    const struct select_options *o = &b->select;
    unsigned folding =
        (o->corpus_case == POLICY_EXACT ? FOLD_NONE : FOLD_CASE) |
        (o->corpus_plural ? FOLD_PLURAL : FOLD_NONE);
    enum status s = b->tune ? tune_limits(b, e) : STATUS_OK;
    if (s == STATUS_OK) {
        s = count_mentions(&b->store, folding, &b->counts, e);
    }
    if (s == STATUS_OK) {
        s = select_names(&b->store, &b->counts, o, &b->selection, e);
    }
    if (s != STATUS_OK) {
        return s;
    }
    store_drop_names(&b->store);
    b->finished = true;
    if (b->scored && b->store.mention_count > 0) {
        s = score_fit(&b->store, &b->fit, &b->model, e);
        if (s != STATUS_OK) {
            return s;
        }
    }
    struct writer_scored scored = {&b->model, &b->counts, b->fit.threshold};
    struct buf options;
    buf_init(&options, b->store.alloc);
    describe(b, &options);
    s = buf_ok(&options)
            ? writer_image(&b->store, &b->selection,
                           b->model.corpus.store != NULL ? &scored : NULL,
                           index_folding(&b->selection), buf_view(&options),
                           &b->image, &b->error_source, e)
            : err_nomem(e);
    buf_free(&options);
    return s;
}

enum status builder_report(struct builder *b, struct err *e)
{
    buf_clear(&b->report);
    report_selection(&b->store, &b->selection, &b->report);
    if (b->model.corpus.store != NULL) {
        report_reliability(&b->model.calibration, "# ", &b->report);
    }
    return buf_ok(&b->report) ? STATUS_OK : err_nomem(e);
}
