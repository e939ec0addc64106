/* All figures as one JSON document. The seqeval and nervaluate parts have the
 * very keys of the originals' dictionaries. */
#include "base/json.h"
#include "eval/scores.h"

enum { SCHEMA = 1 };

/* What the parts need, gathered once for a tally. */
struct view {
    const struct scorer *scorer;
    const struct tally *tally;
    uint32_t *ids;
    size_t count;
    struct averages averages;
};

static enum status view_open(struct view *v, const struct scorer *s,
                             const struct tally *t, struct err *e)
{
    *v = (struct view){.scorer = s, .tally = t};
    enum status status =
        tally_types(t, &s->tagset, s->alloc, &v->ids, &v->count, e);
    if (status == STATUS_OK) {
        status =
            scores_averages(t, v->ids, v->count, s->alloc, &v->averages, e);
        if (status != STATUS_OK) {
            alloc_free(s->alloc, v->ids, t->type_count * sizeof *v->ids);
        }
    }
    return status;
}

static void view_close(struct view *v)
{
    alloc_free(v->scorer->alloc, v->ids, v->tally->type_count * sizeof *v->ids);
}

static struct slice type_key(const struct scorer *s, uint32_t id)
{
    return tagset_type_name(&s->tagset, id);
}

static double share(uint64_t part, uint64_t whole)
{
    return whole > 0 ? (double)part / (double)whole : 0.0;
}

static void put_prf(struct json *j, struct prf p, const char *f1)
{
    json_put_double(j, "precision", p.precision);
    json_put_double(j, "recall", p.recall);
    json_put_double(j, f1, p.f1);
}

static void put_counts(struct json *j, struct counts c)
{
    json_put_u64(j, "support", c.gold);
    json_put_u64(j, "found", c.found);
    json_put_u64(j, "correct", c.correct);
}

static void put_interval(struct json *j, const char *key, struct interval i)
{
    json_key(j, slice_str(key));
    json_open(j, '[');
    json_double(j, i.low);
    json_double(j, i.high);
    json_close(j, ']');
}

static void put_bootstrap(struct json *j, const struct sample_result *b,
                          uint32_t rounds, uint64_t seed)
{
    json_key(j, slice_str("bootstrap"));
    json_open(j, '{');
    json_put_text(j, "method",
                  slice_str("percentile bootstrap over sentences"));
    json_put_double(j, "level", 0.95);
    json_put_u64(j, "rounds", rounds);
    json_put_u64(j, "seed", seed);
    put_interval(j, "precision", b->precision);
    put_interval(j, "recall", b->recall);
    put_interval(j, "f1", b->f1);
    put_interval(j, "macro_f1", b->macro_f1);
    json_close(j, '}');
}

static void put_mentions(struct json *j, const struct view *v,
                         const struct sample_result *b, uint32_t rounds,
                         uint64_t seed)
{
    const struct tally *t = v->tally;
    json_key(j, slice_str("gaz"));
    json_open(j, '{');
    json_put_double(j, "accuracy", share(t->equal, t->tokens));
    json_key(j, slice_str("micro"));
    json_open(j, '{');
    put_prf(j, v->averages.micro, "f1");
    put_counts(j, t->all);
    json_close(j, '}');
    json_key(j, slice_str("macro"));
    json_open(j, '{');
    put_prf(j, v->averages.macro, "f1");
    json_close(j, '}');
    json_key(j, slice_str("types"));
    json_open(j, '{');
    for (size_t i = 0; i < v->count; i++) {
        struct counts c = t->types[v->ids[i]];
        json_key(j, type_key(v->scorer, v->ids[i]));
        json_open(j, '{');
        put_prf(j, prf_of(c), "f1");
        put_counts(j, c);
        if (b != NULL) {
            put_interval(j, "f1_interval", b->type_f1[v->ids[i]]);
        }
        json_close(j, '}');
    }
    json_close(j, '}');
    if (b != NULL) {
        put_bootstrap(j, b, rounds, seed);
    }
    json_close(j, '}');
}

/* In percent, as the original prints them, but not rounded. */
static void put_conlleval(struct json *j, const struct view *v)
{
    const struct tally *t = v->tally;
    json_key(j, slice_str("conlleval"));
    json_open(j, '{');
    json_put_text(j, "unit", slice_str("percent"));
    json_put_u64(j, "tokens", t->tokens);
    json_put_double(j, "accuracy", 100 * share(t->equal, t->tokens));
    put_prf(j, prf_percent(t->all), "fb1");
    put_counts(j, t->all);
    json_key(j, slice_str("types"));
    json_open(j, '{');
    for (size_t i = 0; i < v->count; i++) {
        struct counts c = t->types[v->ids[i]];
        json_key(j, type_key(v->scorer, v->ids[i]));
        json_open(j, '{');
        put_prf(j, prf_percent(c), "fb1");
        put_counts(j, c);
        json_close(j, '}');
    }
    json_close(j, '}');
    json_close(j, '}');
}

static void put_seqeval_row(struct json *j, struct slice name, struct prf p,
                            uint64_t support)
{
    json_key(j, name);
    json_open(j, '{');
    put_prf(j, p, "f1-score");
    json_put_u64(j, "support", support);
    json_close(j, '}');
}

static void put_seqeval_report(struct json *j, const struct view *v)
{
    const struct tally *t = v->tally;
    json_key(j, slice_str("report"));
    json_open(j, '{');
    for (size_t i = 0; i < v->count; i++) {
        struct counts c = t->types[v->ids[i]];
        put_seqeval_row(j, type_key(v->scorer, v->ids[i]), prf_of(c), c.gold);
    }
    json_put_double(j, "accuracy", share(t->equal, t->tokens));
    put_seqeval_row(j, slice_str("micro avg"), v->averages.micro, t->all.gold);
    put_seqeval_row(j, slice_str("macro avg"), v->averages.macro, t->all.gold);
    put_seqeval_row(j, slice_str("weighted avg"), v->averages.weighted,
                    t->all.gold);
    json_close(j, '}');
}

static void put_nervaluate(struct json *j, const struct scorer *s)
{
    json_key(j, slice_str("nervaluate"));
    json_open(j, '{');
    for (int i = 0; i < NERVAL_COUNT; i++) {
        struct nerval_counts c = s->nerval.by[i];
        json_key(j, slice_str(nerval_names[i]));
        json_open(j, '{');
        json_put_u64(j, "correct", c.correct);
        json_put_u64(j, "incorrect", c.incorrect);
        json_put_u64(j, "partial", c.partial);
        json_put_u64(j, "missed", c.missed);
        json_put_u64(j, "spurious", c.spurious);
        json_put_u64(j, "possible", nerval_possible(c));
        json_put_u64(j, "actual", nerval_actual(c));
        put_prf(j, nerval_prf((enum nerval_scheme)i, c), "f1");
        json_close(j, '}');
    }
    json_close(j, '}');
}

static enum status put_strict(struct json *j, const struct scorer *s,
                              struct err *e)
{
    struct err why;
    enum strict_scheme scheme = STRICT_AUTO;
    enum status status = STATUS_OK;
    json_key(j, slice_str("seqeval-strict"));
    json_open(j, '{');
    if (scorer_strict(s, &scheme, &why) != STATUS_OK) {
        json_put_text(j, "error", slice_str(why.message));
    } else {
        struct view v;
        json_put_text(j, "tag_scheme", slice_str(strict_names[scheme]));
        status = view_open(&v, s, scorer_strict_tally(s, scheme), e);
        if (status == STATUS_OK) {
            put_seqeval_report(j, &v);
            view_close(&v);
        }
    }
    json_close(j, '}');
    return status;
}

static enum status put_schemes(struct json *j, const struct scorer *s,
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
        struct view v;
        if ((s->options.parts & tallied[i].part) == 0) {
            continue;
        }
        status = view_open(&v, s, &s->tallies[tallied[i].reading], e);
        if (status != STATUS_OK) {
            break;
        }
        if (tallied[i].part == PART_MENTIONS) {
            put_mentions(j, &v, b, rounds, seed);
        } else if (tallied[i].part == PART_CONLLEVAL) {
            put_conlleval(j, &v);
        } else {
            json_key(j, slice_str("seqeval"));
            json_open(j, '{');
            put_seqeval_report(j, &v);
            json_close(j, '}');
        }
        view_close(&v);
    }
    if (status == STATUS_OK && (s->options.parts & PART_STRICT) != 0) {
        status = put_strict(j, s, e);
    }
    if (status == STATUS_OK && (s->options.parts & PART_NERVAL) != 0) {
        put_nervaluate(j, s);
    }
    return status;
}

static void put_cell_type(struct json *j, const char *key,
                          const struct scorer *s, uint32_t id)
{
    json_key(j, slice_str(key));
    if (id == CONFUSION_NONE) {
        json_null(j);
    } else {
        json_text(j, type_key(s, id));
    }
}

static void put_errors(struct json *j, const struct scorer *s)
{
    json_key(j, slice_str("errors"));
    json_open(j, '{');
    for (int i = ALIGN_MISSED; i < ALIGN_COUNT; i++) {
        json_put_u64(j, align_names[i], s->kinds[i]);
    }
    json_close(j, '}');
    /* In the order of first sight: the same input gives the same order. */
    json_key(j, slice_str("confusion"));
    json_open(j, '[');
    for (uint32_t i = 0; i < strmap_count(s->cells); i++) {
        uint32_t key[2];
        memcpy(key, strmap_key(s->cells, i).data, sizeof key);
        json_open(j, '{');
        put_cell_type(j, "gold", s, key[0]);
        put_cell_type(j, "found", s, key[1]);
        json_put_u64(j, "count", s->cell_counts[i]);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_seen(struct json *j, const struct scorer *s)
{
    const struct seen *x = &s->seen;
    json_key(j, slice_str("training"));
    json_open(j, '{');
    for (int i = 0; i < CLASS_COUNT; i++) {
        json_key(j, slice_str(seen_names[i]));
        json_open(j, '{');
        put_prf(j, prf_of(x->by[i]), "f1");
        put_counts(j, x->by[i]);
        json_close(j, '}');
    }
    json_put_double(j, "memorisation_ceiling_f1", seen_ceiling(x, false));
    json_put_double(j, "memorisation_ceiling_one_type_f1",
                    seen_ceiling(x, true));
    if (s->options.train != NULL) {
        json_put_u64(j, "shared_sentences", x->shared);
        json_put_u64(j, "shared_long_sentences", x->shared_long);
    }
    json_close(j, '}');
}

enum status scores_json(const struct scorer *s,
                        const struct sample_result *sample, uint32_t rounds,
                        uint64_t seed, struct buf *out, struct err *e)
{
    struct json j = {.out = out};
    json_open(&j, '{');
    json_put_u64(&j, "schema", SCHEMA);
    json_put_u64(&j, "sentences", s->sentences);
    json_key(&j, slice_str("schemes"));
    json_open(&j, '{');
    enum status status = put_schemes(&j, s, sample, rounds, seed, e);
    json_close(&j, '}');
    if ((s->options.parts & PART_ALIGN) != 0) {
        put_errors(&j, s);
    }
    if (s->options.known != NULL) {
        put_seen(&j, s);
    }
    json_close(&j, '}');
    buf_byte(out, '\n');
    return status;
}
