#include <math.h>
#include <string.h>

#include "build/builder.h"
#include "build/report.h"
#include "gaz_internal.h"

struct gaz_builder {
    struct alloc alloc;
    struct builder core;
};

static enum policy_case case_of(gaz_case c, enum policy_case otherwise)
{
    switch (c) {
    case GAZ_CASE_EXACT: return POLICY_EXACT;
    case GAZ_CASE_FOLD: return POLICY_FOLD;
    case GAZ_CASE_SMART: return POLICY_SMART;
    case GAZ_CASE_DEFAULT: break;
    }
    return otherwise;
}

/* Chosen by cross-validation on WikiSER's training set. */
static const double DEFAULT_PURITY = 0.35;
static const double DEFAULT_SMOOTHING = 1;
static const double SCORE_THRESHOLD = 0.30;
static const double DEFAULT_PRIOR = 0;
static const double SCORE_PRIOR = 1;

/* 0 stands for the default, what is negative for none. */
static double or_default(double value, double otherwise)
{
    return value > 0 ? value : value < 0 ? 0 : otherwise;
}

static gaz_status check_options(const gaz_build_options *o, gaz_error *e)
{
    if (!(o->min_purity <= 1)) {
        return facade_error(e, GAZ_OPTION,
                            "the minimum purity must be from 0 to 1");
    }
    if (!isfinite(o->smoothing)) {
        return facade_error(e, GAZ_OPTION, "the smoothing must be a number");
    }
    if (!isfinite(o->prior_weight)) {
        return facade_error(e, GAZ_OPTION, "the prior weight must be a number");
    }
    if ((unsigned)o->select > GAZ_SELECT_SCORED) {
        return facade_error(e, GAZ_OPTION, "unknown selection");
    }
    if (o->tune && o->select != GAZ_SELECT_PURITY) {
        return facade_error(e, GAZ_OPTION,
                            "only the limits of selection by purity can be "
                            "tuned");
    }
    if ((unsigned)o->letter_case > GAZ_CASE_SMART ||
        (unsigned)o->scheme > GAZ_SCHEME_IO) {
        return facade_error(e, GAZ_OPTION, "unknown case policy or scheme");
    }
    return GAZ_OK;
}

/* The names of a lexicon become hints. */
static gaz_status add_prior(struct gaz_builder *b, const gaz_lexicon *prior,
                            gaz_error *e)
{
    struct err why = {0};
    enum status s = STATUS_OK;
    size_t n = gaz_lexicon_entry_count(prior);
    for (uint32_t i = 0; s == STATUS_OK && i < n; i++) {
        gaz_entry entry;
        gaz_status got = gaz_lexicon_entry(prior, i, &entry);
        if (got != GAZ_OK) {
            return facade_error(e, got, "an entry of the prior is damaged");
        }
        const char *label = gaz_lexicon_label(prior, entry.label);
        if (!entry.veto && strcmp(label, GAZ_HIDES) != 0) {
            s = store_add_hint(&b->core.store,
                               slice_of(entry.surface, entry.surface_len),
                               slice_str(label), &why);
        }
    }
    return facade_status(s, &why, e);
}

static struct store_options store_options_of(const gaz_build_options *o)
{
    return (struct store_options){
        .token_column = o->token_column,
        .tag_column = o->tag_column == o->token_column ? o->token_column + 1
                                                       : o->tag_column,
        .bare_types = o->scheme == GAZ_SCHEME_IO,
        .case_set = o->letter_case != GAZ_CASE_DEFAULT,
        .skip_unsupported = o->skip_unsupported};
}

/* Limits and priors are of selection by purity; a score has its own. */
static struct select_options select_options_of(const gaz_build_options *o)
{
    bool purity = o->select == GAZ_SELECT_PURITY;
    struct select_options s = {
        .corpus_case = case_of(o->letter_case, POLICY_FOLD),
        .list_case = case_of(o->letter_case, POLICY_SMART),
        .min_count = o->min_count,
        .min_purity = purity ? or_default(o->min_purity, DEFAULT_PURITY) : 0,
        .smoothing = or_default(o->smoothing, DEFAULT_SMOOTHING),
        .prior = purity ? or_default(o->prior_weight, DEFAULT_PRIOR) : 0,
        .min_veto = o->select == GAZ_SELECT_SCORED ? 0
                    : o->veto == 0                 ? 1
                    : o->veto > 0                  ? (uint32_t)o->veto
                                                   : 0,
        .list_plural = o->plural > 0};
    s.corpus_plural =
        o->plural == 0 ? s.corpus_case != POLICY_EXACT : o->plural > 0;
    return s;
}

gaz_status gaz_builder_create(const gaz_build_options *options,
                              const gaz_allocator *allocator, gaz_builder **out,
                              gaz_error *e)
{
    static const gaz_build_options defaults;
    const gaz_build_options *o = options != NULL ? options : &defaults;
    gaz_status checked = check_options(o, e);
    if (checked != GAZ_OK) {
        return checked;
    }
    struct err why = {0};
    struct alloc alloc = facade_alloc(allocator);
    struct gaz_builder *b = alloc_get(&alloc, sizeof *b);
    if (b == NULL) {
        return facade_error(e, GAZ_NOMEM, "out of memory");
    }
    b->alloc = alloc;
    struct store_options store = store_options_of(o);
    struct select_options select = select_options_of(o);
    enum status s = builder_init(&b->core, &b->alloc, &store, &select, &why);
    if (s != STATUS_OK) {
        alloc_free(&alloc, b, sizeof *b);
        return facade_status(s, &why, e);
    }
    b->core.tune = o->tune && o->select == GAZ_SELECT_PURITY;
    b->core.scored = o->select == GAZ_SELECT_SCORED;
    b->core.fit = (struct score_fit_options){
        .threshold = SCORE_THRESHOLD,
        .prior = or_default(o->prior_weight, SCORE_PRIOR),
        .calibrate = true};
    if (o->prior != NULL &&
        (b->core.scored ? b->core.fit.prior : select.prior) > 0) {
        gaz_status added = add_prior(b, o->prior, e);
        if (added != GAZ_OK) {
            gaz_builder_free(b);
            return added;
        }
    }
    *out = b;
    return GAZ_OK;
}

void gaz_builder_free(gaz_builder *builder)
{
    if (builder != NULL) {
        struct alloc alloc = builder->alloc;
        builder_free(&builder->core);
        alloc_free(&alloc, builder, sizeof *builder);
    }
}

gaz_status gaz_builder_keep_label(gaz_builder *builder, const char *label,
                                  gaz_error *e)
{
    struct err why = {0};
    return facade_status(
        store_keep_label(&builder->core.store, slice_str(label), &why), &why,
        e);
}

gaz_status gaz_builder_map_label(gaz_builder *builder, const char *from,
                                 const char *to, gaz_error *e)
{
    struct err why = {0};
    return facade_status(store_map_label(&builder->core.store, slice_str(from),
                                         slice_str(to), &why),
                         &why, e);
}

const char *gaz_builder_unmet_label(const gaz_builder *builder, size_t i,
                                    bool *renamed)
{
    struct slice label = {0};
    bool was = false;
    if (!store_unmet_label(&builder->core.store, i, &label, &was)) {
        return NULL;
    }
    if (renamed != NULL) {
        *renamed = was;
    }
    return label.data;
}

const char *gaz_builder_met_label(const gaz_builder *builder, size_t i)
{
    const struct strmap *met = builder->core.store.met;
    return i < strmap_count(met) ? strmap_key(met, (uint32_t)i).data : NULL;
}

gaz_status gaz_builder_add(gaz_builder *builder, gaz_input kind,
                           const char *name, const char *data, size_t len,
                           gaz_error *e)
{
    struct err why = {0};
    struct store *store = &builder->core.store;
    struct slice bytes = slice_of(data, len);
    struct slice none = slice_of("", 0);
    enum status s = STATUS_OK;
    switch (kind) {
    case GAZ_INPUT_CORPUS:
        s = store_add_corpus(store, slice_str(name), bytes, &why);
        break;
    case GAZ_INPUT_LIST:
        s = store_add_list(store, slice_str(name), bytes, &why);
        break;
    case GAZ_INPUT_KEEP:
    case GAZ_INPUT_DROP:
        s = store_add_user(store, slice_str(name), kind == GAZ_INPUT_DROP,
                           bytes, &why);
        break;
    case GAZ_INPUT_RULES:
        s = store_add_rules(store, slice_str(name), bytes, &why);
        break;
    case GAZ_INPUT_SPACY:
        s = store_add_names(store, slice_str(name), NAMES_SPACY, none, none,
                            bytes, &why);
        break;
    case GAZ_INPUT_REGEXNER:
        s = store_add_names(store, slice_str(name), NAMES_REGEXNER, none, none,
                            bytes, &why);
        break;
    }
    return facade_status(s, &why, e);
}

gaz_status gaz_builder_add_names(gaz_builder *builder, const char *name,
                                 const char *label, const char *separator,
                                 const char *data, size_t len, gaz_error *e)
{
    struct err why = {0};
    return facade_status(store_add_names(&builder->core.store, slice_str(name),
                                         NAMES_BARE, slice_str(label),
                                         slice_str(separator),
                                         slice_of(data, len), &why),
                         &why, e);
}

bool gaz_builder_skipped(const gaz_builder *builder, size_t i,
                         const char **source, gaz_error *what)
{
    const struct store *store = &builder->core.store;
    if (i >= store->skip_count) {
        return false;
    }
    const struct store_skip *skip = &store->skips[i];
    struct err why = {0};
    (void)err_at(&why, STATUS_SYNTAX, skip->line, skip->column, "%.*s",
                 (int)skip->message.len, skip->message.data);
    (void)facade_status(STATUS_SYNTAX, &why, what);
    *source = store->sources[skip->source].name.data;
    return true;
}

gaz_status gaz_builder_finish(gaz_builder *builder, const void **image,
                              size_t *len, gaz_error *e)
{
    struct err why = {0};
    if (builder->core.finished) {
        return facade_error(e, GAZ_OPTION, "this builder has finished");
    }
    enum status s = builder_finish(&builder->core, &why);
    if (s == STATUS_OK) {
        *image = builder->core.image.data;
        *len = builder->core.image.len;
    }
    return facade_status(s, &why, e);
}

const char *gaz_builder_error_source(const gaz_builder *builder)
{
    uint32_t source = builder->core.error_source;
    return source < builder->core.store.source_count
               ? builder->core.store.sources[source].name.data
               : NULL;
}

gaz_status gaz_builder_report(gaz_builder *builder, const char **text,
                              size_t *len, gaz_error *e)
{
    struct err why = {0};
    enum status s = builder_report(&builder->core, &why);
    if (s == STATUS_OK) {
        *text = builder->core.report.data;
        *len = builder->core.report.len;
    }
    return facade_status(s, &why, e);
}

void gaz_builder_progress(gaz_builder *builder, gaz_progress_fn progress,
                          void *context)
{
    builder->core.fit.progress = progress;
    builder->core.fit.context = context;
}

gaz_status gaz_builder_reliability(gaz_builder *builder, const char **text,
                                   gaz_error *e)
{
    struct err why = {0};
    struct buf *out = &builder->core.reliability;
    buf_reset(out);
    if (builder->core.model.corpus.store != NULL) {
        report_reliability(&builder->core.model.calibration, "", out);
    }
    buf_byte(out, '\0');
    if (!buf_ok(out)) {
        return facade_status(err_nomem(&why), &why, e);
    }
    *text = out->data;
    return GAZ_OK;
}

bool gaz_builder_tuned(const gaz_builder *builder, gaz_tuned *out)
{
    const struct tune_choice *t = &builder->core.tuned;
    if (!(t->f1 > 0)) {
        return false;
    }
    *out = (gaz_tuned){.min_purity = t->min_purity,
                       .smoothing = t->smoothing,
                       .f1 = t->f1,
                       .f1_before = t->before};
    return true;
}

void gaz_builder_stats(const gaz_builder *builder, gaz_build_stats *out)
{
    const struct builder *b = &builder->core;
    *out = (gaz_build_stats){.sentences = b->store.sentence_count,
                             .tokens = b->store.token_count,
                             .mentions = b->store.mention_count,
                             .list_names = b->store.name_count,
                             .rules = b->store.rule_count,
                             .surfaces = b->selection.count,
                             .kept = b->selection.kept};
}
