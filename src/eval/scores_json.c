/* All figures as one JSON document. The seqeval and nervaluate parts have the
 * very keys of the originals' dictionaries. */
#include "base/jsonw.h"
#include "eval/scores.h"

enum { SCHEMA = 1 };

static struct slice type_key(const struct scorer *s, uint32_t id)
{
    return tagset_type_name(&s->tagset, id);
}

static double share(uint64_t part, uint64_t whole)
{
    return whole > 0 ? (double)part / (double)whole : 0.0;
}

static void put_prf(struct jsonw *j, struct prf p, const char *f1)
{
    jsonw_put_double(j, "precision", p.precision);
    jsonw_put_double(j, "recall", p.recall);
    jsonw_put_double(j, f1, p.f1);
}

static void put_counts(struct jsonw *j, struct counts c)
{
    jsonw_put_u64(j, "support", c.gold);
    jsonw_put_u64(j, "found", c.found);
    jsonw_put_u64(j, "correct", c.correct);
}

static void put_interval(struct jsonw *j, const char *key, struct interval i)
{
    jsonw_key(j, slice_str(key));
    jsonw_open(j, '[');
    jsonw_double(j, i.low);
    jsonw_double(j, i.high);
    jsonw_close(j, ']');
}

static void put_bootstrap(struct jsonw *j, const struct sample_result *b,
                          uint32_t rounds, uint64_t seed)
{
    jsonw_key(j, slice_str("bootstrap"));
    jsonw_open(j, '{');
    jsonw_put_text(j, "method",
                   slice_str("percentile bootstrap over sentences"));
    jsonw_put_double(j, "level", 0.95);
    jsonw_put_u64(j, "rounds", rounds);
    jsonw_put_u64(j, "seed", seed);
    put_interval(j, "precision", b->precision);
    put_interval(j, "recall", b->recall);
    put_interval(j, "f1", b->f1);
    put_interval(j, "macro_f1", b->macro_f1);
    jsonw_close(j, '}');
}

static void put_mentions(struct jsonw *j, const struct scores_view *v,
                         const struct sample_result *b, uint32_t rounds,
                         uint64_t seed)
{
    const struct tally *t = v->tally;
    jsonw_key(j, slice_str("gaz"));
    jsonw_open(j, '{');
    jsonw_put_double(j, "accuracy", share(t->equal, t->tokens));
    jsonw_key(j, slice_str("micro"));
    jsonw_open(j, '{');
    put_prf(j, v->averages.micro, "f1");
    put_counts(j, t->all);
    jsonw_close(j, '}');
    jsonw_key(j, slice_str("macro"));
    jsonw_open(j, '{');
    put_prf(j, v->averages.macro, "f1");
    jsonw_close(j, '}');
    jsonw_key(j, slice_str("types"));
    jsonw_open(j, '{');
    for (size_t i = 0; i < v->count; i++) {
        struct counts c = t->types[v->ids[i]];
        jsonw_key(j, type_key(v->scorer, v->ids[i]));
        jsonw_open(j, '{');
        put_prf(j, prf_of(c), "f1");
        put_counts(j, c);
        if (b != NULL) {
            put_interval(j, "f1_interval", b->type_f1[v->ids[i]]);
        }
        jsonw_close(j, '}');
    }
    jsonw_close(j, '}');
    if (b != NULL) {
        put_bootstrap(j, b, rounds, seed);
    }
    jsonw_close(j, '}');
}

/* In percent, as the original prints them, but not rounded. */
static void put_conlleval(struct jsonw *j, const struct scores_view *v)
{
    const struct tally *t = v->tally;
    jsonw_key(j, slice_str("conlleval"));
    jsonw_open(j, '{');
    jsonw_put_text(j, "unit", slice_str("percent"));
    jsonw_put_u64(j, "tokens", t->tokens);
    jsonw_put_double(j, "accuracy", 100 * share(t->equal, t->tokens));
    put_prf(j, prf_percent(t->all), "fb1");
    put_counts(j, t->all);
    jsonw_key(j, slice_str("types"));
    jsonw_open(j, '{');
    for (size_t i = 0; i < v->count; i++) {
        struct counts c = t->types[v->ids[i]];
        jsonw_key(j, type_key(v->scorer, v->ids[i]));
        jsonw_open(j, '{');
        put_prf(j, prf_percent(c), "fb1");
        put_counts(j, c);
        jsonw_close(j, '}');
    }
    jsonw_close(j, '}');
    jsonw_close(j, '}');
}

static void put_seqeval_row(struct jsonw *j, struct slice name, struct prf p,
                            uint64_t support)
{
    jsonw_key(j, name);
    jsonw_open(j, '{');
    put_prf(j, p, "f1-score");
    jsonw_put_u64(j, "support", support);
    jsonw_close(j, '}');
}

static void put_seqeval_report(struct jsonw *j, const struct scores_view *v)
{
    const struct tally *t = v->tally;
    jsonw_key(j, slice_str("report"));
    jsonw_open(j, '{');
    for (size_t i = 0; i < v->count; i++) {
        struct counts c = t->types[v->ids[i]];
        put_seqeval_row(j, type_key(v->scorer, v->ids[i]), prf_of(c), c.gold);
    }
    jsonw_put_double(j, "accuracy", share(t->equal, t->tokens));
    put_seqeval_row(j, slice_str("micro avg"), v->averages.micro, t->all.gold);
    put_seqeval_row(j, slice_str("macro avg"), v->averages.macro, t->all.gold);
    put_seqeval_row(j, slice_str("weighted avg"), v->averages.weighted,
                    t->all.gold);
    jsonw_close(j, '}');
}

/* The dictionary of the 'evaluate' package's seqeval metric. */
static void put_evaluate(struct jsonw *j, const struct scores_view *v)
{
    const struct tally *t = v->tally;
    jsonw_key(j, slice_str("evaluate"));
    jsonw_open(j, '{');
    for (size_t i = 0; i < v->count; i++) {
        struct counts c = t->types[v->ids[i]];
        jsonw_key(j, type_key(v->scorer, v->ids[i]));
        jsonw_open(j, '{');
        put_prf(j, prf_of(c), "f1");
        jsonw_put_u64(j, "number", c.gold);
        jsonw_close(j, '}');
    }
    struct prf all = v->averages.micro;
    jsonw_put_double(j, "overall_precision", all.precision);
    jsonw_put_double(j, "overall_recall", all.recall);
    jsonw_put_double(j, "overall_f1", all.f1);
    jsonw_put_double(j, "overall_accuracy", share(t->equal, t->tokens));
    jsonw_close(j, '}');
}

static void put_nervaluate(struct jsonw *j, const struct scorer *s)
{
    jsonw_key(j, slice_str("nervaluate"));
    jsonw_open(j, '{');
    for (int i = 0; i < NERVAL_COUNT; i++) {
        struct nerval_counts c = s->nerval.by[i];
        jsonw_key(j, slice_str(nerval_names[i]));
        jsonw_open(j, '{');
        jsonw_put_u64(j, "correct", c.correct);
        jsonw_put_u64(j, "incorrect", c.incorrect);
        jsonw_put_u64(j, "partial", c.partial);
        jsonw_put_u64(j, "missed", c.missed);
        jsonw_put_u64(j, "spurious", c.spurious);
        jsonw_put_u64(j, "possible", nerval_possible(c));
        jsonw_put_u64(j, "actual", nerval_actual(c));
        put_prf(j, nerval_prf((enum nerval_scheme)i, c), "f1");
        jsonw_close(j, '}');
    }
    jsonw_close(j, '}');
}

static enum status put_strict(struct jsonw *j, const struct scorer *s,
                              struct err *e)
{
    struct err why;
    enum strict_scheme scheme = STRICT_AUTO;
    enum status status = STATUS_OK;
    jsonw_key(j, slice_str("seqeval-strict"));
    jsonw_open(j, '{');
    if (scorer_strict(s, &scheme, &why) != STATUS_OK) {
        jsonw_put_text(j, "error", slice_str(why.message));
    } else {
        struct scores_view v;
        jsonw_put_text(j, "tag_scheme", slice_str(strict_names[scheme]));
        status = scores_view_open(&v, s, scorer_strict_tally(s, scheme), e);
        if (status == STATUS_OK) {
            put_seqeval_report(j, &v);
            scores_view_close(&v);
        }
    }
    jsonw_close(j, '}');
    return status;
}

static enum status put_schemes(struct jsonw *j, const struct scorer *s,
                               const struct sample_result *b, uint32_t rounds,
                               uint64_t seed, struct err *e)
{
    static const struct {
        unsigned part;
        enum reading reading;
    } tallied[] = {{PART_MENTIONS, READ_ALL},
                   {PART_CONLLEVAL, READ_CONLLEVAL},
                   {PART_SEQEVAL, READ_SEQEVAL}};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < 3 && status == STATUS_OK; i++) {
        struct scores_view v;
        if ((s->options.parts & tallied[i].part) == 0) {
            continue;
        }
        status = scores_view_open(&v, s, &s->tallies[tallied[i].reading], e);
        if (status != STATUS_OK) {
            break;
        }
        if (tallied[i].part == PART_MENTIONS) {
            put_mentions(j, &v, b, rounds, seed);
        } else if (tallied[i].part == PART_CONLLEVAL) {
            put_conlleval(j, &v);
        } else {
            jsonw_key(j, slice_str("seqeval"));
            jsonw_open(j, '{');
            put_seqeval_report(j, &v);
            put_evaluate(j, &v);
            jsonw_close(j, '}');
        }
        scores_view_close(&v);
    }
    if (status == STATUS_OK && (s->options.parts & PART_STRICT) != 0) {
        status = put_strict(j, s, e);
    }
    if (status == STATUS_OK && (s->options.parts & PART_NERVAL) != 0) {
        put_nervaluate(j, s);
    }
    return status;
}

static void put_cell_type(struct jsonw *j, const char *key,
                          const struct scorer *s, uint32_t id)
{
    jsonw_key(j, slice_str(key));
    if (id == CONFUSION_NONE) {
        jsonw_null(j);
    } else {
        jsonw_text(j, type_key(s, id));
    }
}

static void put_errors(struct jsonw *j, const struct scorer *s)
{
    jsonw_key(j, slice_str("errors"));
    jsonw_open(j, '{');
    for (int i = ALIGN_MISSED; i < ALIGN_COUNT; i++) {
        jsonw_put_u64(j, align_names[i], s->kinds[i]);
    }
    jsonw_close(j, '}');
    /* In the order of first sight: the same input gives the same order. */
    jsonw_key(j, slice_str("confusion"));
    jsonw_open(j, '[');
    for (uint32_t i = 0; i < strmap_count(s->cells); i++) {
        uint32_t key[2];
        memcpy(key, strmap_key(s->cells, i).data, sizeof key);
        jsonw_open(j, '{');
        put_cell_type(j, "gold", s, key[0]);
        put_cell_type(j, "found", s, key[1]);
        jsonw_put_u64(j, "count", s->cell_counts[i]);
        jsonw_close(j, '}');
    }
    jsonw_close(j, ']');
}

static void put_seen(struct jsonw *j, const struct scorer *s)
{
    const struct seen *x = &s->seen;
    jsonw_key(j, slice_str("training"));
    jsonw_open(j, '{');
    for (int i = 0; i < CLASS_COUNT; i++) {
        jsonw_key(j, slice_str(seen_names[i]));
        jsonw_open(j, '{');
        put_prf(j, prf_of(x->by[i]), "f1");
        put_counts(j, x->by[i]);
        jsonw_close(j, '}');
    }
    jsonw_put_double(j, "memorisation_ceiling_f1", seen_ceiling(x, false));
    jsonw_put_double(j, "memorisation_ceiling_one_type_f1",
                     seen_ceiling(x, true));
    if (s->options.train != NULL) {
        jsonw_put_u64(j, "shared_sentences", x->shared);
        jsonw_put_u64(j, "shared_long_sentences", x->shared_long);
    }
    jsonw_close(j, '}');
}

enum status scores_json(const struct scorer *s,
                        const struct sample_result *sample, uint32_t rounds,
                        uint64_t seed, struct buf *out, struct err *e)
{
    struct jsonw j = {.out = out};
    jsonw_open(&j, '{');
    jsonw_put_u64(&j, "schema", SCHEMA);
    jsonw_put_u64(&j, "sentences", s->sentences);
    jsonw_key(&j, slice_str("schemes"));
    jsonw_open(&j, '{');
    enum status status = put_schemes(&j, s, sample, rounds, seed, e);
    jsonw_close(&j, '}');
    if ((s->options.parts & PART_ALIGN) != 0) {
        put_errors(&j, s);
    }
    if (s->options.known != NULL) {
        put_seen(&j, s);
    }
    jsonw_close(&j, '}');
    buf_byte(out, '\n');
    return status;
}
