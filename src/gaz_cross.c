/* Cross-validation of a lexicon's build options. */
#include <math.h>
#include <string.h>

#include "base/jsonw.h"
#include "eval/folds.h"
#include "eval/scorer.h"
#include "gaz_eval_feed.h"
#include "gaz_internal.h"

struct gaz_cross {
    struct alloc alloc;
    gaz_cross_options options;
    struct folds folds;
    struct counts *results; /* by fold */
    struct buf train;
    struct buf test;
    struct buf text;
};

/* Score a prediction on the held-out text; fold is for its counts. */
static gaz_status score_fold(struct gaz_cross *c, size_t fold,
                             gaz_predictor *predictor, gaz_error *e)
{
    struct err why = {0};
    struct scorer *scorer = NULL;
    struct scorer_options options = {.parts = PART_MENTIONS};
    struct slice rest = buf_view(&c->test);
    enum status s = scorer_create(&options, &c->alloc, &scorer, &why);
    if (s != STATUS_OK) {
        return facade_status(s, &why, e);
    }
    struct facade_call call = {gaz_predictor_tag, predictor};
    struct feed f = {.gold = source_of_memory(&rest),
                     .gold_column = 1,
                     .taggers = {{.tag = facade_tag, .context = &call}},
                     .tagger_count = 1,
                     .use = scorer_add,
                     .context = scorer};
    s = feed_run(&f, &c->alloc, NULL, &why);
    if (s == STATUS_OK) {
        c->results[fold] = scorer->tallies[READ_ALL].all;
    }
    scorer_free(scorer);
    return facade_status(s, &why, e);
}

static gaz_status build_fold(struct gaz_cross *c, gaz_builder *builder,
                             const void **image, size_t *len, gaz_error *e)
{
    gaz_status s = gaz_builder_add(builder, GAZ_INPUT_CORPUS, "folds",
                                   c->train.data, c->train.len, e);
    return s == GAZ_OK ? gaz_builder_finish(builder, image, len, e) : s;
}

static gaz_status run_fold(struct gaz_cross *c, size_t fold,
                           const gaz_build_options *build,
                           const gaz_tag_options *tag, gaz_error *e)
{
    gaz_builder *builder = NULL;
    gaz_lexicon *lexicon = NULL;
    gaz_predictor *predictor = NULL;
    const void *image = NULL;
    size_t len = 0;
    buf_clear(&c->train);
    buf_clear(&c->test);
    folds_text(&c->folds, fold, false, &c->train);
    folds_text(&c->folds, fold, true, &c->test);
    if (!buf_ok(&c->train) || !buf_ok(&c->test)) {
        return facade_error(e, GAZ_NOMEM, "out of memory");
    }
    const gaz_allocator allocator = {c->alloc.resize, c->alloc.context};
    gaz_status s = gaz_builder_create(build, &allocator, &builder, e);
    if (s == GAZ_OK) {
        s = build_fold(c, builder, &image, &len, e);
    }
    if (s == GAZ_OK) {
        s = gaz_lexicon_open(image, len, &allocator, &lexicon, e);
    }
    if (s == GAZ_OK) {
        s = gaz_predictor_create(lexicon, tag, &predictor, e);
    }
    if (s == GAZ_OK) {
        s = score_fold(c, fold, predictor, e);
    }
    gaz_predictor_free(predictor);
    gaz_lexicon_free(lexicon);
    gaz_builder_free(builder);
    return s;
}

static gaz_status read_corpus(struct gaz_cross *c, const gaz_eval_input *corpus,
                              gaz_error *e)
{
    struct err why = {0};
    size_t n = c->options.folds;
    enum status s = n >= 2 ? STATUS_OK
                           : err_set(&why, STATUS_OPTION,
                                     "cross-validation needs 2 folds or more");
    if (s == STATUS_OK) {
        s = facade_feed(corpus, NULL, 0, folds_add, &c->folds, &c->alloc, NULL,
                        &why);
    }
    if (s == STATUS_OK) {
        s = folds_deal(&c->folds, &why);
    }
    if (s == STATUS_OK) {
        c->results = alloc_get(&c->alloc, n * sizeof *c->results);
        s = c->results != NULL ? STATUS_OK : err_nomem(&why);
    }
    return facade_status(s, &why, e);
}

gaz_status
gaz_cross_run(const gaz_cross_options *options, const gaz_build_options *build,
              const gaz_tag_options *tag, const gaz_eval_input *corpus,
              const gaz_allocator *allocator, gaz_cross **out, gaz_error *e)
{
    struct alloc alloc = facade_alloc(allocator);
    struct gaz_cross *c = alloc_get(&alloc, sizeof *c);
    if (c == NULL) {
        return facade_error(e, GAZ_NOMEM, "out of memory");
    }
    memset(c, 0, sizeof *c);
    c->alloc = alloc;
    c->options = *options;
    buf_init(&c->train, &c->alloc);
    buf_init(&c->test, &c->alloc);
    buf_init(&c->text, &c->alloc);
    folds_init(&c->folds,
               &(struct folds_options){options->folds, options->seed,
                                       options->by_document},
               &c->alloc);
    gaz_build_options columns = *build; /* those of folds_text */
    columns.token_column = 0;
    columns.tag_column = 1;
    columns.scheme = GAZ_SCHEME_AUTO;
    gaz_status s = read_corpus(c, corpus, e);
    for (size_t i = 0; s == GAZ_OK && i < options->folds; i++) {
        s = run_fold(c, i, &columns, tag, e);
    }
    if (s != GAZ_OK) {
        gaz_cross_free(c);
        return s;
    }
    *out = c;
    return GAZ_OK;
}

void gaz_cross_free(gaz_cross *cross)
{
    if (cross != NULL) {
        struct alloc alloc = cross->alloc;
        alloc_free(&alloc, cross->results,
                   cross->options.folds * sizeof *cross->results);
        folds_free(&cross->folds);
        buf_free(&cross->train);
        buf_free(&cross->test);
        buf_free(&cross->text);
        alloc_free(&alloc, cross, sizeof *cross);
    }
}

/* The mean over the folds, and their standard deviation (n - 1). */
static void spread(const struct gaz_cross *c, struct prf *mean, struct prf *sd)
{
    size_t n = c->options.folds;
    *mean = (struct prf){0, 0, 0};
    *sd = (struct prf){0, 0, 0};
    for (size_t i = 0; i < n; i++) {
        struct prf p = prf_of(c->results[i]);
        mean->precision += p.precision / (double)n;
        mean->recall += p.recall / (double)n;
        mean->f1 += p.f1 / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        struct prf p = prf_of(c->results[i]);
        sd->precision += pow(p.precision - mean->precision, 2);
        sd->recall += pow(p.recall - mean->recall, 2);
        sd->f1 += pow(p.f1 - mean->f1, 2);
    }
    sd->precision = sqrt(sd->precision / (double)(n - 1));
    sd->recall = sqrt(sd->recall / (double)(n - 1));
    sd->f1 = sqrt(sd->f1 / (double)(n - 1));
}

double gaz_cross_f1(const gaz_cross *cross)
{
    struct prf mean;
    struct prf sd;
    spread(cross, &mean, &sd);
    return mean.f1;
}

static void text_report(struct gaz_cross *c, struct prf mean, struct prf sd)
{
    struct buf *out = &c->text;
    buf_format(out,
               "scheme: gaz (exact mentions)\n%zu-fold cross-validation by "
               "%s, seed %llu, %zu sentences\n\n%-5s %9s %9s %9s %9s %9s\n",
               c->options.folds,
               c->options.by_document ? "document" : "sentence",
               (unsigned long long)c->options.seed, c->folds.count, "fold",
               "precision", "recall", "F1", "support", "found");
    for (size_t i = 0; i < c->options.folds; i++) {
        struct prf p = prf_percent(c->results[i]);
        buf_format(out, "%-5zu %9.2f %9.2f %9.2f %9llu %9llu\n", i + 1,
                   p.precision, p.recall, p.f1,
                   (unsigned long long)c->results[i].gold,
                   (unsigned long long)c->results[i].found);
    }
    buf_format(out, "mean  %9.2f %9.2f %9.2f\nsd    %9.2f %9.2f %9.2f\n",
               100 * mean.precision, 100 * mean.recall, 100 * mean.f1,
               100 * sd.precision, 100 * sd.recall, 100 * sd.f1);
}

static void put(struct jsonw *j, const char *key, struct prf p)
{
    if (key != NULL) {
        jsonw_key(j, slice_str(key));
    }
    jsonw_open(j, '{');
    jsonw_put_double(j, "precision", p.precision);
    jsonw_put_double(j, "recall", p.recall);
    jsonw_put_double(j, "f1", p.f1);
    jsonw_close(j, '}');
}

static void json_report(struct gaz_cross *c, struct prf mean, struct prf sd)
{
    struct jsonw j = {.out = &c->text};
    jsonw_open(&j, '{');
    jsonw_put_u64(&j, "schema", 1);
    jsonw_put_text(&j, "scheme", slice_str("gaz"));
    jsonw_put_text(&j, "by",
                   slice_str(c->options.by_document ? "document" : "sentence"));
    jsonw_put_u64(&j, "seed", c->options.seed);
    jsonw_put_u64(&j, "sentences", c->folds.count);
    jsonw_key(&j, slice_str("folds"));
    jsonw_open(&j, '[');
    for (size_t i = 0; i < c->options.folds; i++) {
        put(&j, NULL, prf_of(c->results[i]));
    }
    jsonw_close(&j, ']');
    put(&j, "mean", mean);
    put(&j, "sd", sd);
    jsonw_close(&j, '}');
    buf_byte(&c->text, '\n');
}

gaz_status gaz_cross_report(gaz_cross *cross, bool json, const char **text,
                            size_t *len, gaz_error *e)
{
    struct prf mean;
    struct prf sd;
    spread(cross, &mean, &sd);
    buf_clear(&cross->text);
    if (json) {
        json_report(cross, mean, sd);
    } else {
        text_report(cross, mean, sd);
    }
    buf_byte(&cross->text, '\0');
    if (!buf_ok(&cross->text)) {
        return facade_error(e, GAZ_NOMEM, "out of memory");
    }
    *text = cross->text.data;
    *len = cross->text.len - 1;
    return GAZ_OK;
}
