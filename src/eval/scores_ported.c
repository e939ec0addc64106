/* The reports of other scorers, to the byte. */
#include "eval/scores.h"

size_t scores_width(struct slice s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        n += ((unsigned char)s.data[i] & 0xC0u) != 0x80u;
    }
    return n;
}

void scores_name(struct buf *out, struct slice name, size_t width, bool left)
{
    if (name.len == 0) {
        name = slice_str("_");
    }
    size_t used = scores_width(name);
    size_t pad = used < width ? width - used : 0;
    if (!left) {
        buf_fill(out, ' ', pad);
    }
    buf_slice(out, name);
    if (left) {
        buf_fill(out, ' ', pad);
    }
}

/* Perl pads by bytes and prints no name as none. */
static void conlleval_row(struct slice name, struct counts c, bool latex,
                          struct buf *out)
{
    struct prf s = prf_percent(c);
    size_t width = latex ? 7 : 17;
    size_t pad = name.len < width ? width - name.len : 0;
    if (latex) {
        buf_byte(out, '\n');
        buf_slice(out, name);
        buf_fill(out, ' ', pad);
        buf_format(out, " &  %6.2f\\%% & %6.2f\\%% & %6.2f \\\\", s.precision,
                   s.recall, s.f1);
    } else {
        buf_fill(out, ' ', pad);
        buf_slice(out, name);
        buf_format(out,
                   ": precision: %6.2f%%; recall: %6.2f%%; FB1: %6.2f  %llu\n",
                   s.precision, s.recall, s.f1, (unsigned long long)c.found);
    }
}

static void conlleval_head(const struct tally *t, struct buf *out)
{
    struct prf s = prf_percent(t->all);
    buf_format(out,
               "processed %llu tokens with %llu phrases; found: %llu phrases; "
               "correct: %llu.\n",
               (unsigned long long)t->tokens, (unsigned long long)t->all.gold,
               (unsigned long long)t->all.found,
               (unsigned long long)t->all.correct);
    if (t->tokens > 0) {
        buf_format(out,
                   "accuracy: %6.2f%%; precision: %6.2f%%; recall: %6.2f%%; "
                   "FB1: %6.2f\n",
                   100 * (double)t->equal / (double)t->tokens, s.precision,
                   s.recall, s.f1);
    }
}

enum status scores_conlleval(const struct scorer *s, bool latex,
                             struct buf *out, struct err *e)
{
    const struct tally *t = &s->tallies[READ_CONLLEVAL];
    uint32_t *ids = NULL;
    size_t count = 0;
    enum status status = tally_types(t, &s->tagset, s->alloc, &ids, &count, e);
    if (status != STATUS_OK) {
        return status;
    }
    if (latex) {
        buf_str(out, "        & Precision &  Recall  & F$_{\\beta=1} "
                     "\\\\\\hline");
    } else {
        conlleval_head(t, out);
    }
    for (size_t i = 0; i < count; i++) {
        struct slice name = tagset_type_name(&s->tagset, ids[i]);
        struct counts c = t->types[ids[i]];
        conlleval_row(name, c, latex, out);
        if (name.len == 0 && c.gold > 0 && c.found > 0) {
            /* The original drops repeated names of its two lists by a test
             * that an empty name passes. */
            conlleval_row(name, c, latex, out);
        }
    }
    if (latex) {
        struct prf p = prf_percent(t->all);
        buf_format(out,
                   "\\hline\nOverall &  %6.2f\\%% & %6.2f\\%% & %6.2f "
                   "\\\\\\hline\n",
                   p.precision, p.recall, p.f1);
    }
    alloc_free(s->alloc, ids, t->type_count * sizeof *ids);
    return STATUS_OK;
}

/* numpy's sum of up to 128 numbers: eight partial sums, then the rest. (For
 * more it halves first; so many types are not rounded to the last digit.) */
static double numpy_sum(const double *v, size_t n)
{
    double sum = 0;
    size_t i = 0;
    if (n >= 8) {
        double r[8];
        for (size_t k = 0; k < 8; k++) {
            r[k] = v[k];
        }
        for (i = 8; i + 8 <= n; i += 8) {
            for (size_t k = 0; k < 8; k++) {
                r[k] += v[i + k];
            }
        }
        sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
    }
    for (; i < n; i++) {
        sum += v[i];
    }
    return sum;
}

static double figure(struct prf s, int which)
{
    return which == 0 ? s.precision : which == 1 ? s.recall : s.f1;
}

static enum status make_averages(const struct tally *t, const uint32_t *ids,
                                 size_t count, const struct alloc *alloc,
                                 struct averages *out, struct err *e)
{
    double *plain = alloc_get(alloc, 2 * count * sizeof *plain);
    if (plain == NULL) {
        return err_nomem(e);
    }
    double *weighted = plain + count;
    double macro[3] = {0, 0, 0};
    double mean[3] = {0, 0, 0};
    for (int k = 0; k < 3; k++) {
        for (size_t i = 0; i < count; i++) {
            struct counts c = t->types[ids[i]];
            plain[i] = figure(prf_of(c), k);
            weighted[i] = plain[i] * (double)c.gold;
        }
        if (count > 0) {
            macro[k] = numpy_sum(plain, count) / (double)count;
        }
        if (t->all.gold > 0) {
            mean[k] = numpy_sum(weighted, count) / (double)t->all.gold;
        }
    }
    out->micro = prf_of(t->all);
    out->macro = (struct prf){macro[0], macro[1], macro[2]};
    out->weighted = (struct prf){mean[0], mean[1], mean[2]};
    alloc_free(alloc, plain, 2 * count * sizeof *plain);
    return STATUS_OK;
}

enum status scores_view_open(struct scores_view *v, const struct scorer *s,
                             const struct tally *t, struct err *e)
{
    *v = (struct scores_view){.scorer = s, .tally = t};
    enum status status =
        tally_types(t, &s->tagset, s->alloc, &v->ids, &v->count, e);
    if (status == STATUS_OK) {
        status = make_averages(t, v->ids, v->count, s->alloc, &v->averages, e);
        if (status != STATUS_OK) {
            scores_view_close(v);
        }
    }
    return status;
}

void scores_view_close(struct scores_view *v)
{
    alloc_free(v->scorer->alloc, v->ids, v->tally->type_count * sizeof *v->ids);
}

static void seqeval_row(struct slice name, struct prf s, uint64_t support,
                        size_t width, int digits, struct buf *out)
{
    scores_name(out, name, width, false);
    buf_format(out, "  %9.*f %9.*f %9.*f %9llu\n", digits, s.precision, digits,
               s.recall, digits, s.f1, (unsigned long long)support);
}

enum status scores_seqeval(const struct scorer *s, const struct tally *t,
                           int digits, struct buf *out, struct err *e)
{
    struct scores_view v;
    enum status status = scores_view_open(&v, s, t, e);
    if (status != STATUS_OK) {
        return status;
    }
    size_t width = strlen("weighted avg");
    if (digits > 0 && (size_t)digits > width) {
        width = (size_t)digits;
    }
    for (size_t i = 0; i < v.count; i++) {
        size_t w = scores_width(tagset_type_name(&s->tagset, v.ids[i]));
        width = w > width ? w : width;
    }
    buf_fill(out, ' ', width + 1);
    buf_format(out, " %9s %9s %9s %9s\n\n", "precision", "recall", "f1-score",
               "support");
    for (size_t i = 0; i < v.count; i++) {
        struct counts c = t->types[v.ids[i]];
        seqeval_row(tagset_type_name(&s->tagset, v.ids[i]), prf_of(c), c.gold,
                    width, digits, out);
    }
    buf_byte(out, '\n');
    const struct averages *a = &v.averages;
    uint64_t gold = t->all.gold;
    seqeval_row(slice_str("micro avg"), a->micro, gold, width, digits, out);
    seqeval_row(slice_str("macro avg"), a->macro, gold, width, digits, out);
    seqeval_row(slice_str("weighted avg"), a->weighted, gold, width, digits,
                out);
    scores_view_close(&v);
    return STATUS_OK;
}

void scores_nervaluate(const struct scorer *s, struct buf *out)
{
    buf_str(out, "nervaluate, counts added over sentences each evaluated "
                 "alone\n\n");
    buf_format(out, "%-9s %8s %8s %8s %8s %8s %8s %8s %9s %9s %9s\n", "scheme",
               "COR", "INC", "PAR", "MIS", "SPU", "POS", "ACT", "precision",
               "recall", "f1");
    for (int i = 0; i < NERVAL_COUNT; i++) {
        struct nerval_counts c = s->nerval.by[i];
        struct prf p = nerval_prf((enum nerval_scheme)i, c);
        buf_format(
            out,
            "%-9s %8llu %8llu %8llu %8llu %8llu %8llu %8llu %9.4f "
            "%9.4f %9.4f\n",
            nerval_names[i], (unsigned long long)c.correct,
            (unsigned long long)c.incorrect, (unsigned long long)c.partial,
            (unsigned long long)c.missed, (unsigned long long)c.spurious,
            (unsigned long long)nerval_possible(c),
            (unsigned long long)nerval_actual(c), p.precision, p.recall, p.f1);
    }
}
