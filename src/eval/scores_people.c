/* The report for people: figures with their uncertainty, and where the errors
 * are. */
#include "eval/scores.h"

enum { MATRIX_TYPES_MAX = 20, TOP_CELLS = 20 };

static void interval(struct buf *out, struct interval i)
{
    buf_format(out, "  [%6.2f, %6.2f]", 100 * i.low, 100 * i.high);
}

static void head(const struct scorer *s, struct buf *out)
{
    const struct tally *t = &s->tallies[READ_ALL];
    double accuracy =
        t->tokens > 0 ? 100 * (double)t->equal / (double)t->tokens : 0;
    buf_format(out,
               "sentences %llu, tokens %llu, tag accuracy %.2f%%\n"
               "mentions: %llu gold, %llu found, %llu correct (exact tokens "
               "and type)\n\n",
               (unsigned long long)s->sentences, (unsigned long long)t->tokens,
               accuracy, (unsigned long long)t->all.gold,
               (unsigned long long)t->all.found,
               (unsigned long long)t->all.correct);
}

static void row(struct slice name, size_t width, struct prf p, struct buf *out)
{
    scores_name(out, name, width, true);
    buf_format(out, "  %9.2f %7.2f %7.2f", 100 * p.precision, 100 * p.recall,
               100 * p.f1);
}

static size_t name_width(const struct scorer *s, const uint32_t *ids,
                         size_t count)
{
    size_t width = strlen("micro average");
    for (size_t i = 0; i < count; i++) {
        size_t w = scores_width(tagset_type_name(&s->tagset, ids[i]));
        width = w > width ? w : width;
    }
    return width;
}

static void table(const struct scorer *s, const uint32_t *ids, size_t count,
                  const struct averages *a, const struct sample_result *b,
                  struct buf *out)
{
    const struct tally *t = &s->tallies[READ_ALL];
    size_t width = name_width(s, ids, count);
    scores_name(out, slice_str("type"), width, true);
    buf_format(out, "  %9s %7s %7s%s %9s %9s\n", "precision", "recall", "F1",
               b != NULL ? "        F1 95%     " : "", "support", "found");
    for (size_t i = 0; i < count; i++) {
        struct counts c = t->types[ids[i]];
        row(tagset_type_name(&s->tagset, ids[i]), width, prf_of(c), out);
        if (b != NULL) {
            interval(out, b->type_f1[ids[i]]);
        }
        buf_format(out, " %9llu %9llu\n", (unsigned long long)c.gold,
                   (unsigned long long)c.found);
    }
    buf_byte(out, '\n');
    row(slice_str("micro average"), width, a->micro, out);
    if (b != NULL) {
        interval(out, b->f1);
    }
    buf_format(out, " %9llu %9llu\n", (unsigned long long)t->all.gold,
               (unsigned long long)t->all.found);
    row(slice_str("macro average"), width, a->macro, out);
    if (b != NULL) {
        interval(out, b->macro_f1);
    }
    buf_byte(out, '\n');
}

static void intervals(const struct sample_result *b, uint32_t rounds,
                      uint64_t seed, struct buf *out)
{
    buf_format(out,
               "\n95%% intervals: percentile bootstrap over sentences, %lu "
               "rounds, seed %llu\n",
               (unsigned long)rounds, (unsigned long long)seed);
    buf_str(out, "micro precision");
    interval(out, b->precision);
    buf_str(out, ", recall");
    interval(out, b->recall);
    buf_str(out, ", F1");
    interval(out, b->f1);
    buf_byte(out, '\n');
}

static void kinds(const struct scorer *s, struct buf *out)
{
    static const char *const meaning[ALIGN_COUNT] = {
        "",
        "gold, and nothing found there",
        "found, and nothing gold there",
        "right type, overlapping tokens",
        "right tokens, other type",
        "overlapping tokens, other type",
    };
    buf_str(out, "\nerrors by kind\n");
    for (int i = ALIGN_MISSED; i < ALIGN_COUNT; i++) {
        buf_format(out, "  %-9s %9llu  %s\n", align_names[i],
                   (unsigned long long)s->kinds[i], meaning[i]);
    }
}

static void matrix_cell(struct buf *out, uint64_t n)
{
    if (n == 0) {
        buf_format(out, " %6s", ".");
    } else {
        buf_format(out, " %6llu", (unsigned long long)n);
    }
}

/* Of a cell of the matrix, the types; false for missed and spurious ones and
 * for the diagonal. */
static bool confused(const struct scorer *s, uint32_t cell, uint32_t types[2])
{
    memcpy(types, strmap_key(s->cells, cell).data, 2 * sizeof *types);
    return types[0] != types[1] && types[0] != CONFUSION_NONE &&
           types[1] != CONFUSION_NONE;
}

/* Where there are too many types for a matrix: its largest cells, those met
 * first before their equals. */
static void top_confusions(const struct scorer *s, struct buf *out)
{
    uint64_t limit = UINT64_MAX;
    uint32_t after = 0; /* of the cells with `limit`, those from here on */
    buf_str(out, "\nmost frequent confusions (the matrix is in the JSON)\n");
    for (int shown = 0; shown < TOP_CELLS; shown++) {
        uint32_t best = UINT32_MAX;
        uint32_t types[2];
        for (uint32_t i = 0; i < strmap_count(s->cells); i++) {
            uint64_t n = s->cell_counts[i];
            bool next = n < limit || (n == limit && i >= after);
            if (next && (best == UINT32_MAX || n > s->cell_counts[best]) &&
                confused(s, i, types)) {
                best = i;
            }
        }
        if (best == UINT32_MAX) {
            return;
        }
        (void)confused(s, best, types);
        limit = s->cell_counts[best];
        after = best + 1;
        buf_format(out, "%6llu  ", (unsigned long long)limit);
        scores_name(out, tagset_type_name(&s->tagset, types[0]), 0, true);
        buf_str(out, " found as ");
        scores_name(out, tagset_type_name(&s->tagset, types[1]), 0, true);
        buf_byte(out, '\n');
    }
}

/* Rows are gold, columns found; columns go by number, as names are long. */
static void matrix(const struct scorer *s, const uint32_t *ids, size_t count,
                   struct buf *out)
{
    if (count == 0) {
        return;
    }
    if (count > MATRIX_TYPES_MAX) {
        top_confusions(s, out);
        return;
    }
    size_t width = name_width(s, ids, count);
    buf_str(out, "\nconfusion matrix: gold in rows, found in columns\n   ");
    buf_fill(out, ' ', width + 1);
    for (size_t j = 0; j < count; j++) {
        buf_format(out, " %6zu", j + 1);
    }
    buf_format(out, " %6s\n", "missed");
    for (size_t i = 0; i < count; i++) {
        buf_format(out, "%3zu ", i + 1);
        scores_name(out, tagset_type_name(&s->tagset, ids[i]), width, true);
        for (size_t j = 0; j < count; j++) {
            matrix_cell(out, scorer_confusion(s, ids[i], ids[j]));
        }
        matrix_cell(out, scorer_confusion(s, ids[i], CONFUSION_NONE));
        buf_byte(out, '\n');
    }
    buf_str(out, "    ");
    scores_name(out, slice_str("spurious"), width, true);
    for (size_t j = 0; j < count; j++) {
        matrix_cell(out, scorer_confusion(s, CONFUSION_NONE, ids[j]));
    }
    buf_byte(out, '\n');
}

static void seen(const struct scorer *s, struct buf *out)
{
    const struct seen *x = &s->seen;
    buf_format(out,
               "\nsurfaces and the training data (letter case folded)\n"
               "  %-9s  %9s %7s %7s %9s %9s\n",
               "", "precision", "recall", "F1", "support", "found");
    for (int i = 0; i < CLASS_COUNT; i++) {
        struct prf p = prf_of(x->by[i]);
        buf_format(out, "  %-9s  %9.2f %7.2f %7.2f %9llu %9llu\n",
                   seen_names[i], 100 * p.precision, 100 * p.recall, 100 * p.f1,
                   (unsigned long long)x->by[i].gold,
                   (unsigned long long)x->by[i].found);
    }
    buf_str(out, "  (seen: with one type; ambiguous: with several)\n");
    buf_format(out,
               "memorisation ceiling: F1 %.2f (%llu of %llu gold mentions seen "
               "with their type), %.2f with one type a surface\n",
               100 * seen_ceiling(x, false), (unsigned long long)x->typed,
               (unsigned long long)x->gold, 100 * seen_ceiling(x, true));
    if (s->options.train != NULL) {
        double share = x->sentences > 0
                           ? 100 * (double)x->shared / (double)x->sentences
                           : 0;
        buf_format(out,
                   "leakage: %llu of %llu sentences (%.2f%%) stand in the "
                   "training data, %llu of them of %d tokens or more\n",
                   (unsigned long long)x->shared,
                   (unsigned long long)x->sentences, share,
                   (unsigned long long)x->shared_long, SEEN_LONG);
    }
}

enum status scores_people(const struct scorer *s,
                          const struct sample_result *sample, uint32_t rounds,
                          uint64_t seed, struct buf *out, struct err *e)
{
    const struct tally *t = &s->tallies[READ_ALL];
    struct scores_view v;
    enum status status = scores_view_open(&v, s, t, e);
    if (status != STATUS_OK) {
        return status;
    }
    buf_str(out, "scheme: gaz (exact mentions; tags of any scheme)\n");
    head(s, out);
    table(s, v.ids, v.count, &v.averages, sample, out);
    if (sample != NULL) {
        intervals(sample, rounds, seed, out);
    }
    kinds(s, out);
    matrix(s, v.ids, v.count, out);
    if (s->options.known != NULL) {
        seen(s, out);
    }
    scores_view_close(&v);
    return STATUS_OK;
}
