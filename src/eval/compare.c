#include "eval/compare.h"

#include "base/jsonw.h"
#include "eval/scores.h"

static const char *const fate_names[FATE_COUNT] = {"both", "only_first",
                                                   "only_second", "neither"};

enum status compare_init(struct compare *c, struct slice first,
                         struct slice second, bool raw,
                         const struct alloc *alloc, struct err *e)
{
    memset(c, 0, sizeof *c);
    c->alloc = alloc;
    c->names[0] = first;
    c->names[1] = second;
    buf_init(&c->list, alloc);
    buf_str(&c->list, "only\tsentence\tline\ttype\tmention\tcontext\n");
    enum status s = STATUS_OK;
    for (size_t i = 0; i < 2 && s == STATUS_OK; i++) {
        struct scorer_options o = {
            .parts = PART_MENTIONS, .raw = raw, .tagger = i};
        s = scorer_create(&o, alloc, &c->scorers[i], e);
    }
    if (s != STATUS_OK) {
        compare_free(c);
    }
    return s;
}

void compare_free(struct compare *c)
{
    scorer_free(c->scorers[0]);
    scorer_free(c->scorers[1]);
    paired_free(&c->paired, c->alloc);
    alloc_free(c->alloc, c->by_type, c->type_capacity * sizeof *c->by_type);
    buf_free(&c->list);
    memset(c, 0, sizeof *c);
}

/* Is m among found, by place and type? *at goes on from mention to mention. */
static bool among(const struct mentions *found, size_t *at, struct mention m)
{
    while (*at < found->count && found->items[*at].first < m.first) {
        (*at)++;
    }
    return *at < found->count && mention_same_place(found->items[*at], m) &&
           found->items[*at].type == m.type;
}

static void list(struct compare *c, const struct feed_sentence *s,
                 struct mention m, enum compare_fate fate)
{
    const struct tagset *t = &c->scorers[0]->tagset;
    struct buf *out = &c->list;
    buf_slice(out, c->names[fate == FATE_FIRST ? 0 : 1]);
    buf_format(out, "\t%zu\t%zu\t", s->number, s->lines[m.first]);
    buf_slice(out, tagset_type_name(t, m.type));
    buf_byte(out, '\t');
    feed_text(s, m.first, m.end, out);
    buf_byte(out, '\t');
    feed_context(s, m.first, m.end, out);
    buf_byte(out, '\n');
}

static bool cover(struct compare *c, uint32_t type)
{
    void *items = c->by_type;
    if (!alloc_grow(c->alloc, &items, &c->type_capacity, (size_t)type + 1,
                    sizeof *c->by_type)) {
        return false;
    }
    c->by_type = items;
    while (c->type_count <= type) {
        memset(&c->by_type[c->type_count++], 0, sizeof *c->by_type);
    }
    return true;
}

enum status compare_add(void *compare, const struct feed_sentence *s,
                        struct err *e)
{
    struct compare *c = compare;
    for (size_t i = 0; i < 2; i++) {
        enum status status = scorer_add(c->scorers[i], s, e);
        if (status != STATUS_OK) {
            return status;
        }
    }
    const struct scorer *a = c->scorers[0];
    const struct scorer *b = c->scorers[1];
    struct paired_item item = {
        .gold = (uint32_t)a->gold.count,
        .found = {(uint32_t)a->found.count, (uint32_t)b->found.count}};
    size_t at[2] = {0, 0};
    for (size_t i = 0; i < a->gold.count; i++) {
        struct mention m = a->gold.items[i];
        bool first = among(&a->found, &at[0], m);
        bool second = among(&b->found, &at[1], b->gold.items[i]);
        enum compare_fate fate = first    ? second ? FATE_BOTH : FATE_FIRST
                                 : second ? FATE_SECOND
                                          : FATE_NEITHER;
        if (!cover(c, m.type)) {
            return err_nomem(e);
        }
        c->fates[fate]++;
        c->by_type[m.type][fate]++;
        item.correct[0] += first;
        item.correct[1] += second;
        if (fate == FATE_FIRST || fate == FATE_SECOND) {
            list(c, s, m, fate);
        }
    }
    if (!buf_ok(&c->list)) {
        return err_nomem(e);
    }
    return paired_add(&c->paired, item, c->alloc, e);
}

static void fate_row(struct buf *out, struct slice name, size_t width,
                     const uint64_t *fates)
{
    scores_name(out, name, width, true);
    for (int i = 0; i < FATE_COUNT; i++) {
        buf_format(out, " %9llu", (unsigned long long)fates[i]);
    }
    buf_byte(out, '\n');
}

static void text_report(const struct compare *c, const struct paired_result *r,
                        uint32_t rounds, uint64_t seed, const uint32_t *ids,
                        size_t count, struct buf *out)
{
    size_t width = 16;
    for (size_t i = 0; i < 2; i++) {
        size_t w = scores_width(c->names[i]);
        width = w > width ? w : width;
    }
    for (size_t i = 0; i < count; i++) {
        size_t w =
            scores_width(tagset_type_name(&c->scorers[0]->tagset, ids[i]));
        width = w > width ? w : width;
    }
    buf_str(out, "scheme: gaz (exact mentions; tags of any scheme)\n");
    scores_name(out, slice_str("tagger"), width, true);
    buf_format(out, " %9s %9s %9s %9s %9s\n", "precision", "recall", "F1",
               "support", "found");
    for (size_t i = 0; i < 2; i++) {
        struct counts all = c->scorers[i]->tallies[READ_ALL].all;
        struct prf p = prf_percent(all);
        scores_name(out, c->names[i], width, true);
        buf_format(out, " %9.2f %9.2f %9.2f %9llu %9llu\n", p.precision,
                   p.recall, p.f1, (unsigned long long)all.gold,
                   (unsigned long long)all.found);
    }
    buf_format(out, "\nF1 of the first less F1 of the second: %+.2f",
               100 * r->difference);
    if (r->varies) {
        buf_format(out,
                   ", 95%% interval [%+.2f, %+.2f], p = %.4f\n(paired "
                   "bootstrap over sentences, %lu rounds, seed %llu; p "
                   "two-sided)\n",
                   100 * r->interval.low, 100 * r->interval.high, r->p,
                   (unsigned long)rounds, (unsigned long long)seed);
    } else {
        buf_str(out, " (of so few sentences no interval can be told)\n");
    }
    buf_str(out, "\ngold mentions that were found by\n");
    scores_name(out, slice_str("type"), width, true);
    buf_format(out, " %9s %9s %9s %9s\n", "both", "1st only", "2nd only",
               "neither");
    for (size_t i = 0; i < count; i++) {
        fate_row(out, tagset_type_name(&c->scorers[0]->tagset, ids[i]), width,
                 c->by_type[ids[i]]);
    }
    fate_row(out, slice_str("all"), width, c->fates);
}

static void put_fates(struct jsonw *j, const uint64_t *fates)
{
    jsonw_open(j, '{');
    for (int i = 0; i < FATE_COUNT; i++) {
        jsonw_put_u64(j, fate_names[i], fates[i]);
    }
    jsonw_close(j, '}');
}

static void json_report(const struct compare *c, const struct paired_result *r,
                        uint32_t rounds, uint64_t seed, const uint32_t *ids,
                        size_t count, struct buf *out)
{
    struct jsonw j = {.out = out};
    jsonw_open(&j, '{');
    jsonw_put_u64(&j, "schema", 1);
    jsonw_put_text(&j, "scheme", slice_str("gaz"));
    jsonw_key(&j, slice_str("taggers"));
    jsonw_open(&j, '[');
    for (size_t i = 0; i < 2; i++) {
        struct counts all = c->scorers[i]->tallies[READ_ALL].all;
        struct prf p = prf_of(all);
        jsonw_open(&j, '{');
        jsonw_put_text(&j, "name", c->names[i]);
        jsonw_put_double(&j, "precision", p.precision);
        jsonw_put_double(&j, "recall", p.recall);
        jsonw_put_double(&j, "f1", p.f1);
        jsonw_put_u64(&j, "support", all.gold);
        jsonw_put_u64(&j, "found", all.found);
        jsonw_put_u64(&j, "correct", all.correct);
        jsonw_close(&j, '}');
    }
    jsonw_close(&j, ']');
    jsonw_put_double(&j, "f1_difference", r->difference);
    if (r->varies) {
        jsonw_key(&j, slice_str("f1_difference_interval"));
        jsonw_open(&j, '[');
        jsonw_double(&j, r->interval.low);
        jsonw_double(&j, r->interval.high);
        jsonw_close(&j, ']');
        jsonw_put_double(&j, "p", r->p);
    }
    jsonw_put_u64(&j, "rounds", rounds);
    jsonw_put_u64(&j, "seed", seed);
    jsonw_key(&j, slice_str("mentions"));
    put_fates(&j, c->fates);
    jsonw_key(&j, slice_str("mentions_by_type"));
    jsonw_open(&j, '{');
    for (size_t i = 0; i < count; i++) {
        jsonw_key(&j, tagset_type_name(&c->scorers[0]->tagset, ids[i]));
        put_fates(&j, c->by_type[ids[i]]);
    }
    jsonw_close(&j, '}');
    jsonw_close(&j, '}');
    buf_byte(out, '\n');
}

enum status compare_report(const struct compare *c,
                           const struct paired_result *result, uint32_t rounds,
                           uint64_t seed, bool json, struct buf *out,
                           struct err *e)
{
    const struct tally *t = &c->scorers[0]->tallies[READ_ALL];
    uint32_t *ids = NULL;
    size_t count = 0;
    enum status s =
        tally_types(t, &c->scorers[0]->tagset, c->alloc, &ids, &count, e);
    if (s != STATUS_OK) {
        return s;
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) { /* types of gold mentions only */
        if (t->types[ids[i]].gold > 0) {
            ids[kept++] = ids[i];
        }
    }
    if (json) {
        json_report(c, result, rounds, seed, ids, kept, out);
    } else {
        text_report(c, result, rounds, seed, ids, kept, out);
    }
    alloc_free(c->alloc, ids, t->type_count * sizeof *ids);
    return STATUS_OK;
}
