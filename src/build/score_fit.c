#include "build/score_fit.h"

#include "build/score_calibrate.h"
#include "model/score.h"

enum {
    FOLDS = 10,  /* for the counts that training sentences are given */
    COPIES = 2,  /* of the training set, with other folds */
    LEAST = 5,   /* features met less often a copy are dropped */
    HELD_OUT = 5 /* one sentence of so many calibrates */
};

/* Chosen by cross-validation on the training set of WikiSER. A start of 1
 * (not .01) is the largest single gain of all: it keeps rare features from
 * learning the training set by heart. */
static const struct score_train_options TRAINING = {.epochs = 3,
                                                    .average = 2,
                                                    .rate = 0.04f,
                                                    .start = 1,
                                                    .share_rate = 0.05f,
                                                    .share_start = 0.1f,
                                                    .ridge = 1e-6f,
                                                    .margin = 0.5};

/* A fit under way. */
struct fit {
    const struct score_corpus *corpus;
    const struct score_fit_options *options;
    const uint8_t *part; /* by sentence, 0: to be trained on; NULL: all are */
    struct score_counts *counts;
    double *topics; /* by sentence, label */
    struct score_extract *extract;
    const char *step;
    size_t done, total; /* of all steps */
};

static bool tell(struct fit *f, size_t done)
{
    const struct score_fit_options *o = f->options;
    return o->progress == NULL ||
           o->progress(o->context, f->step, f->done + done, f->total);
}

static bool tell_training(void *context, size_t done, size_t total)
{
    (void)total;
    return done % 64 != 0 || tell(context, done);
}

static size_t sentences(const struct fit *f)
{
    return f->corpus->store->sentence_count;
}

static bool is_trained(const struct fit *f, size_t i)
{
    return f->part == NULL || f->part[i] == 0;
}

static enum status count_all(struct fit *f, struct err *e)
{
    enum status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < sentences(f); i++) {
        s = is_trained(f, i) ? score_counts_add(f->counts, i, false, e)
                             : STATUS_OK;
    }
    uint32_t labels = f->corpus->labels;
    for (size_t i = 0; s == STATUS_OK && i < sentences(f); i++) {
        s = score_topic(f->counts, i, is_trained(f, i), f->topics + i * labels,
                        e);
    }
    return s;
}

static bool in_fold(const struct fit *f, size_t i, unsigned copy, unsigned fold)
{
    return is_trained(f, i) &&
           score_mix(i + 99 + copy * 1000003ULL) % FOLDS == fold;
}

/* Counts without the fold's sentences, or with them again. */
static enum status count_fold(struct fit *f, unsigned copy, unsigned fold,
                              bool back, struct err *e)
{
    enum status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < sentences(f); i++) {
        if (in_fold(f, i, copy, fold)) {
            s = score_counts_add(f->counts, i, back, e);
        }
    }
    return s;
}

static enum status extract_one(struct fit *f, size_t i, struct score_set *set,
                               struct err *e)
{
    return score_extract_sentence(f->extract, f->counts, i,
                                  f->topics + i * f->corpus->labels, set, e);
}

static enum status extract_fold(struct fit *f, unsigned copy, unsigned fold,
                                struct score_set *set, struct err *e)
{
    enum status s = count_fold(f, copy, fold, true, e);
    for (size_t i = 0; s == STATUS_OK && i < sentences(f); i++) {
        if (in_fold(f, i, copy, fold)) {
            s = extract_one(f, i, set, e);
        }
    }
    return s == STATUS_OK ? count_fold(f, copy, fold, false, e) : s;
}

/* Every sentence with counts that lack its own fold: leaving out the sentence
 * alone lets the weights read the answer off counts that are one lower. */
static enum status extract_all(struct fit *f, struct score_set *set,
                               struct err *e)
{
    enum status s = STATUS_OK;
    f->step = "looking at candidates";
    for (unsigned k = 0; s == STATUS_OK && k < COPIES * FOLDS; k++) {
        s = extract_fold(f, k / FOLDS, k % FOLDS, set, e);
        f->done += sentences(f) / FOLDS;
        if (s == STATUS_OK && !tell(f, 0)) {
            s = err_set(e, STATUS_CANCEL, "the training was ended");
        }
    }
    if (s == STATUS_OK) {
        s = score_set_cut(set, LEAST * COPIES, e);
    }
    return s;
}

static bool is_of_hints(unsigned what)
{
    return (what >= SCORE_HINT && what <= SCORE_HINT_WITHIN) ||
           what == SCORE_ROW_HINT || what == SCORE_ROW_HINT_SHAPE;
}

static void scale_hints(const struct score_set *set, float times,
                        struct score_weights *w)
{
    for (size_t i = 0; i < w->shared_count; i++) {
        w->shared[i] *= is_of_hints(set->shared_dict.what[i]) ? times : 1;
    }
    for (size_t i = 0; i < w->row_count * w->labels; i++) {
        w->rows[i] *=
            is_of_hints(set->row_dict.what[i / w->labels]) ? times : 1;
    }
}

static enum status train(struct fit *f, struct score_set *set,
                         struct score_weights *weights, struct err *e)
{
    struct score_train_options o = TRAINING;
    o.progress = tell_training;
    o.context = f;
    f->step = "training";
    enum status s = score_train(set, &o, weights, e);
    if (s == STATUS_OK) {
        scale_hints(set, (float)f->options->prior, weights);
    }
    f->done += set->sentence_count * o.epochs;
    set->learning = false;
    return s;
}

/* The steps that a fit to so many sentences tells of. */
static size_t step_count(size_t sentence_count)
{
    return sentence_count * (COPIES + COPIES * TRAINING.epochs);
}

static enum status fit_run(struct fit *f, struct score_set *set,
                           struct score_weights *weights, struct err *e)
{
    size_t size = sentences(f) * f->corpus->labels * sizeof *f->topics;
    const struct alloc *a = f->corpus->store->alloc;
    f->topics = alloc_get(a, size);
    enum status s = f->topics == NULL
                        ? err_nomem(e)
                        : score_counts_init(f->counts, f->corpus, e);
    if (s == STATUS_OK) {
        s = score_extract_create(f->corpus, &f->extract, e);
    }
    if (s == STATUS_OK) {
        s = count_all(f, e);
    }
    if (s == STATUS_OK) {
        s = score_set_init(set, f->corpus, e);
    }
    if (s == STATUS_OK) {
        s = extract_all(f, set, e);
    }
    return s == STATUS_OK ? train(f, set, weights, e) : s;
}

static void fit_end(struct fit *f)
{
    score_extract_free(f->extract);
    alloc_free(f->corpus->store->alloc, f->topics,
               sentences(f) * f->corpus->labels * sizeof *f->topics);
}

/* Tag the held-out sentences with what was learned. */
static enum status find_held_out(struct fit *f, struct score_set *set,
                                 const struct score_weights *weights,
                                 score_found_fn found, void *context,
                                 struct err *e)
{
    struct score_decoder d;
    enum status s = STATUS_OK;
    score_decoder_init(&d, f->corpus->store->alloc);
    for (size_t i = 0; s == STATUS_OK && i < sentences(f); i++) {
        if (f->part[i] != 1) {
            continue;
        }
        s = extract_one(f, i, set, e);
        if (s == STATUS_OK) {
            s = score_decode(&d, weights, set, set->sentence_count - 1,
                             f->options->threshold, e);
        }
        if (s == STATUS_OK) {
            s = found(context, i, d.found, d.count, e);
        }
    }
    score_decoder_free(&d);
    return s;
}

/* Fit to the sentences whose `part` is 0, and hand those whose part is 1 to
 * `found`. */
static enum status held_out(struct fit *f, score_found_fn found, void *context,
                            struct err *e)
{
    struct score_set set = {0};
    struct score_counts counts = {0};
    struct score_weights weights = {0};
    f->counts = &counts;
    enum status s = fit_run(f, &set, &weights, e);
    if (s == STATUS_OK) {
        s = find_held_out(f, &set, &weights, found, context, e);
    }
    fit_end(f);
    f->counts = NULL;
    score_set_free(&set);
    score_counts_free(&counts);
    score_weights_free(&weights);
    return s;
}

/* Hold every fifth sentence out, and compare what is found with what is
 * annotated. */
static enum status calibrate(struct score_model *m,
                             const struct score_fit_options *options,
                             size_t *done, size_t total, struct err *e)
{
    const struct store *store = m->corpus.store;
    struct fit f = {.corpus = &m->corpus, .options = options, .total = total};
    struct score_sample sample = {.store = store};
    uint8_t *part = alloc_get(store->alloc, store->sentence_count);
    if (part == NULL) {
        return err_nomem(e);
    }
    for (size_t i = 0; i < store->sentence_count; i++) {
        part[i] = score_mix(i + 777) % HELD_OUT == 0;
    }
    f.part = part;
    enum status s = held_out(&f, score_sample_add, &sample, e);
    if (s == STATUS_OK) {
        score_calibrate(&sample, &m->calibration);
    }
    *done = f.done;
    score_sample_free(&sample);
    alloc_free(store->alloc, part, store->sentence_count);
    return s;
}

static enum status fit_model(struct score_model *m, const struct store *store,
                             const struct score_fit_options *options,
                             struct err *e)
{
    uint32_t labels = strmap_count(store->labels);
    if (labels > SCORE_LABELS_MAX) { /* gradients and rows have this room */
        return err_set(e, STATUS_LIMIT,
                       "%u labels; a scored lexicon holds up to %d",
                       (unsigned)labels, SCORE_LABELS_MAX);
    }
    size_t done = 0;
    size_t total =
        step_count(store->sentence_count) * (options->calibrate ? 2 : 1);
    enum status s = score_corpus_init(&m->corpus, store, e);
    score_calibration_none(&m->calibration);
    if (s == STATUS_OK && options->calibrate) {
        s = calibrate(m, options, &done, total, e);
    }
    if (s != STATUS_OK) {
        return s;
    }
    struct fit f = {.corpus = &m->corpus,
                    .options = options,
                    .counts = &m->counts,
                    .done = done,
                    .total = total};
    s = fit_run(&f, &m->set, &m->weights, e);
    fit_end(&f);
    return s;
}

enum status score_fit(const struct store *store,
                      const struct score_fit_options *options,
                      struct score_model *out, struct err *e)
{
    memset(out, 0, sizeof *out);
    enum status s = fit_model(out, store, options, e);
    if (s != STATUS_OK) {
        score_model_free(out);
    }
    return s;
}

void score_model_free(struct score_model *m)
{
    score_weights_free(&m->weights);
    score_set_free(&m->set);
    score_counts_free(&m->counts);
    score_corpus_free(&m->corpus);
}
