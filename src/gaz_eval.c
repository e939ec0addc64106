#include <string.h>

#include "base/digest.h"
#include "eval/compare.h"
#include "eval/errors.h"
#include "eval/scores.h"
#include "gaz_eval_feed.h"
#include "gaz_internal.h"
#include "text/fold.h"

struct gaz_eval {
    struct alloc alloc;
    gaz_eval_options options;
    struct scorer_options core;
    struct scorer *scorer;
    struct train *train;
    const gaz_lexicon *lexicon; /* for the seen/unseen split, borrowed */
    gaz_tagger *tagger;         /* of that lexicon */
    struct error_list list;
    struct error_page page;
    struct sample_result sample;
    bool sampled;
    struct buf text; /* the report given out last */
};

static unsigned parts_of(const gaz_eval_options *o)
{
    static const unsigned parts[] = {
        [GAZ_EVAL_PEOPLE] = PART_MENTIONS | PART_ALIGN,
        [GAZ_EVAL_CONLLEVAL] = PART_CONLLEVAL,
        [GAZ_EVAL_SEQEVAL] = PART_SEQEVAL,
        [GAZ_EVAL_SEQEVAL_STRICT] = PART_STRICT,
        [GAZ_EVAL_NERVALUATE] = PART_NERVAL,
        [GAZ_EVAL_JSON] = PART_MENTIONS | PART_ALIGN | PART_CONLLEVAL |
                          PART_SEQEVAL | PART_STRICT | PART_NERVAL,
    };
    unsigned all = o->list || o->page ? PART_MENTIONS | PART_ALIGN : 0;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        all |= (o->kinds >> i & 1u) != 0 ? parts[i] : 0;
    }
    return all | (o->bootstrap > 0 ? PART_MENTIONS | PART_BOOTSTRAP : 0);
}

gaz_status gaz_eval_create(const gaz_eval_options *options,
                           const gaz_allocator *allocator, gaz_eval **out,
                           gaz_error *e)
{
    struct alloc alloc = facade_alloc(allocator);
    struct gaz_eval *v = alloc_get(&alloc, sizeof *v);
    if (v == NULL) {
        return facade_error(e, GAZ_NOMEM, "out of memory");
    }
    memset(v, 0, sizeof *v);
    v->alloc = alloc;
    v->options = *options;
    if (v->options.kinds == 0) {
        v->options.kinds = 1u << GAZ_EVAL_PEOPLE;
    }
    buf_init(&v->text, &v->alloc);
    error_list_init(&v->list, &v->alloc);
    error_page_init(&v->page, &v->alloc);
    v->core.parts = parts_of(&v->options);
    v->core.strict = (enum strict_scheme)options->tags;
    v->core.raw = options->raw;
    *out = v;
    return GAZ_OK;
}

void gaz_eval_free(gaz_eval *eval)
{
    if (eval != NULL) {
        struct alloc alloc = eval->alloc;
        scorer_free(eval->scorer);
        train_free(eval->train);
        gaz_tagger_free(eval->tagger);
        error_list_free(&eval->list);
        error_page_free(&eval->page);
        sample_result_free(&eval->sample, &eval->alloc);
        buf_free(&eval->text);
        alloc_free(&alloc, eval, sizeof *eval);
    }
}

/* Training surfaces are compared under the folding of lexicons. */
static void fold_surface(struct slice token, struct buf *out)
{
    fold_token(token, FOLD_CASE, out);
}

gaz_status gaz_eval_train(gaz_eval *eval, const gaz_eval_input *train,
                          gaz_error *e)
{
    struct err why = {0};
    if (eval->train == NULL) {
        eval->train = train_create(&eval->alloc, fold_surface);
        if (eval->train == NULL) {
            return facade_error(e, GAZ_NOMEM, "out of memory");
        }
    }
    enum status s = facade_feed(train, NULL, 0, train_add, eval->train,
                                &eval->alloc, NULL, &why);
    return facade_status(s, &why, e);
}

gaz_status gaz_eval_lexicon(gaz_eval *eval, const gaz_lexicon *lexicon,
                            gaz_error *e)
{
    gaz_tagger *tagger = NULL;
    gaz_status s = gaz_tagger_create(lexicon, NULL, &tagger, e);
    if (s == GAZ_OK) {
        gaz_tagger_free(eval->tagger);
        eval->tagger = tagger;
        eval->lexicon = lexicon;
    }
    return s;
}

/* A seen_fn over a lexicon: it knows a surface that it tags as a whole. */
static unsigned lexicon_seen(void *context, const struct slice *tokens,
                             size_t count, struct slice type)
{
    struct gaz_eval *v = context;
    const gaz_span *spans = NULL;
    size_t n = 0;
    gaz_entry entry;
    if (gaz_tag_tokens(v->tagger, (const gaz_token *)tokens, count, &spans, &n,
                       NULL) != GAZ_OK ||
        n != 1 || spans[0].start != 0 || spans[0].end != count ||
        gaz_lexicon_entry(v->lexicon, spans[0].entry, &entry) != GAZ_OK) {
        return 0;
    }
    unsigned bits = SEEN_KNOWN;
    bits |= entry.label_count > 1 ? SEEN_AMBIGUOUS : 0;
    if (slice_is(type, gaz_lexicon_label(v->lexicon, entry.label))) {
        bits |= SEEN_TYPED | SEEN_MAJORITY;
    }
    for (size_t k = 0; k < entry.label_count; k++) {
        uint32_t label = 0;
        uint32_t times = 0;
        if (gaz_lexicon_entry_label(v->lexicon, spans[0].entry, k, &label,
                                    &times) == GAZ_OK &&
            slice_is(type, gaz_lexicon_label(v->lexicon, label))) {
            bits |= SEEN_TYPED;
        }
    }
    return bits;
}

static enum status add_errors(void *context, const struct scorer *scorer,
                              const struct feed_sentence *s,
                              const struct align *pairs, struct err *e)
{
    struct gaz_eval *v = context;
    enum status status = STATUS_OK;
    if (v->options.list) {
        status = error_list_add(&v->list, scorer, s, pairs, e);
    }
    if (status == STATUS_OK && v->options.page) {
        status = error_page_add(&v->page, scorer, s, pairs, e);
    }
    return status;
}

static enum status run(struct gaz_eval *v, const gaz_eval_input *gold,
                       const gaz_eval_input *prediction, size_t *input,
                       struct err *e)
{
    if (v->options.list || v->options.page) {
        v->core.pairs = add_errors;
        v->core.pairs_context = v;
    }
    if (v->train != NULL) {
        v->core.known = train_seen;
        v->core.known_context = v->train;
        v->core.train = v->train;
    } else if (v->tagger != NULL) {
        v->core.known = lexicon_seen;
        v->core.known_context = v;
    }
    const gaz_eval_input *predictions[] = {prediction};
    enum status s = scorer_create(&v->core, &v->alloc, &v->scorer, e);
    if (s == STATUS_OK) {
        s = facade_feed(gold, predictions, 1, scorer_add, v->scorer, &v->alloc,
                        input, e);
    }
    if (s == STATUS_OK && v->train != NULL && train_failed(v->train)) {
        s = err_nomem(e);
    }
    if (s == STATUS_OK && v->options.bootstrap > 0 &&
        sample_varies(&v->scorer->sample)) {
        s = sample_bootstrap(
            &v->scorer->sample, v->scorer->tallies[READ_ALL].type_count,
            v->options.bootstrap, v->options.seed, &v->alloc, &v->sample, e);
        v->sampled = s == STATUS_OK;
    }
    return s;
}

gaz_status gaz_eval_run(gaz_eval *eval, const gaz_eval_input *gold,
                        const gaz_eval_input *prediction, size_t *input,
                        gaz_error *e)
{
    struct err why = {0};
    if (eval->scorer != NULL) {
        return facade_error(e, GAZ_OPTION, "an eval runs once");
    }
    enum status s = run(eval, gold, prediction, input, &why);
    return facade_status(s, &why, e);
}

static const struct sample_result *sample_of(const struct gaz_eval *v)
{
    return v->sampled ? &v->sample : NULL;
}

static enum status write_report(struct gaz_eval *v, gaz_eval_kind kind,
                                bool latex, int digits, struct err *e)
{
    const struct scorer *s = v->scorer;
    const gaz_eval_options *o = &v->options;
    enum strict_scheme strict = STRICT_AUTO;
    enum status status = STATUS_OK;
    switch (kind) {
    case GAZ_EVAL_PEOPLE:
        return scores_people(s, sample_of(v), o->bootstrap, o->seed, &v->text,
                             e);
    case GAZ_EVAL_CONLLEVAL: return scores_conlleval(s, latex, &v->text, e);
    case GAZ_EVAL_SEQEVAL:
        return scores_seqeval(s, &s->tallies[READ_SEQEVAL], digits, &v->text,
                              e);
    case GAZ_EVAL_SEQEVAL_STRICT:
        status = scorer_strict(s, &strict, e);
        return status != STATUS_OK
                   ? status
                   : scores_seqeval(s, scorer_strict_tally(s, strict), digits,
                                    &v->text, e);
    case GAZ_EVAL_NERVALUATE: scores_nervaluate(s, &v->text); break;
    case GAZ_EVAL_JSON:
        return scores_json(s, sample_of(v), o->bootstrap, o->seed, &v->text, e);
    }
    return status;
}

/* Hand out v->text, when all went well. */
static gaz_status hand_out(struct gaz_eval *v, enum status s, struct err *why,
                           const char **text, size_t *len, gaz_error *e)
{
    buf_byte(&v->text, '\0');
    if (s == STATUS_OK && !buf_ok(&v->text)) {
        s = err_nomem(why);
    }
    if (s == STATUS_OK) {
        *text = v->text.data;
        *len = v->text.len - 1;
    }
    return facade_status(s, why, e);
}

gaz_status gaz_eval_report(gaz_eval *eval, gaz_eval_kind kind, bool latex,
                           int digits, const char **text, size_t *len,
                           gaz_error *e)
{
    struct err why = {0};
    if (eval->scorer == NULL || (eval->options.kinds >> kind & 1u) == 0 ||
        digits < 0 || digits > SCORES_DIGITS_MAX) {
        return facade_error(e, GAZ_OPTION,
                            "a report that was not asked for, or digits "
                            "outside 0 .. 17");
    }
    buf_clear(&eval->text);
    enum status s = write_report(eval, kind, latex, digits, &why);
    return hand_out(eval, s, &why, text, len, e);
}

gaz_status gaz_eval_f1(gaz_eval *eval, gaz_eval_kind kind, double *f1,
                       gaz_error *e)
{
    struct err why = {0};
    const struct scorer *s = eval->scorer;
    enum strict_scheme strict = STRICT_AUTO;
    if (s == NULL) {
        return facade_error(e, GAZ_OPTION, "nothing was scored yet");
    }
    switch (kind) {
    case GAZ_EVAL_CONLLEVAL:
        *f1 = prf_of(s->tallies[READ_CONLLEVAL].all).f1;
        break;
    case GAZ_EVAL_SEQEVAL: *f1 = prf_of(s->tallies[READ_SEQEVAL].all).f1; break;
    case GAZ_EVAL_SEQEVAL_STRICT:
        if (scorer_strict(s, &strict, &why) != STATUS_OK) {
            return facade_status(why.code, &why, e);
        }
        *f1 = prf_of(scorer_strict_tally(s, strict)->all).f1;
        break;
    case GAZ_EVAL_NERVALUATE:
        *f1 = nerval_prf(NERVAL_STRICT, s->nerval.by[NERVAL_STRICT]).f1;
        break;
    case GAZ_EVAL_PEOPLE:
    case GAZ_EVAL_JSON: *f1 = prf_of(s->tallies[READ_ALL].all).f1; break;
    }
    return GAZ_OK;
}

uint64_t gaz_eval_tokens(const gaz_eval *eval)
{
    return eval->scorer != NULL ? eval->scorer->tokens : 0;
}

gaz_status gaz_eval_list(gaz_eval *eval, const char **text, size_t *len,
                         gaz_error *e)
{
    if (!eval->options.list) {
        return facade_error(e, GAZ_OPTION, "no list was asked for");
    }
    *text = eval->list.text.data;
    *len = eval->list.text.len;
    return GAZ_OK;
}

gaz_status gaz_eval_page(gaz_eval *eval, const char *title, const char **text,
                         size_t *len, gaz_error *e)
{
    struct err why = {0};
    if (!eval->options.page || eval->scorer == NULL) {
        return facade_error(e, GAZ_OPTION, "no page was asked for");
    }
    buf_clear(&eval->text);
    error_page_write(&eval->page, eval->scorer, slice_str(title), &eval->text);
    return hand_out(eval, STATUS_OK, &why, text, len, e);
}

gaz_status gaz_eval_card(gaz_eval *eval, const gaz_eval_fact *facts,
                         size_t fact_count, bool latex, const char **text,
                         size_t *len, gaz_error *e)
{
    struct err why = {0};
    struct card_fact *core = alloc_get(&eval->alloc, fact_count * sizeof *core);
    if (core == NULL) {
        return facade_error(e, GAZ_NOMEM, "out of memory");
    }
    for (size_t i = 0; i < fact_count; i++) {
        core[i].key = slice_str(facts[i].key);
        core[i].value = slice_str(facts[i].value);
    }
    buf_clear(&eval->text);
    enum status s = scores_card(eval->scorer, sample_of(eval),
                                eval->options.bootstrap, eval->options.seed,
                                core, fact_count, latex, &eval->text, &why);
    alloc_free(&eval->alloc, core, fact_count * sizeof *core);
    return hand_out(eval, s, &why, text, len, e);
}

void gaz_sha256(const void *data, size_t len, char out[65])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t sum[DIGEST_SHA256_SIZE];
    digest_sha256(data, len, sum);
    for (size_t i = 0; i < sizeof sum; i++) {
        out[2 * i] = digits[sum[i] >> 4];
        out[2 * i + 1] = digits[sum[i] & 15];
    }
    out[64] = '\0';
}
