#include "build/report.h"

static void put_text(struct slice s, struct buf *out)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.data[i];
        buf_byte(out, c == '\t' || c == '\n' || c == '\r' ? ' ' : c);
    }
}

static void put_candidate(const struct store *store, const struct candidate *c,
                          struct buf *out)
{
    static const char *const policies[] = {"exact", "fold", "smart"};
    put_text(c->surface, out);
    buf_str(out, c->why == SELECT_KEPT ? "\tkept\t" : "\tdropped\t");
    buf_str(out, c->why == SELECT_VETO && c->from_list ? "vetoed"
                                                       : select_reason(c->why));
    buf_byte(out, '\t');
    buf_str(out, policies[c->policy]);
    buf_format(out, "\t%u\t%u\t%.4f\t", (unsigned)c->annotated,
               (unsigned)c->occurrences, c->purity);
    for (uint32_t i = 0; i < c->label_count; i++) {
        buf_str(out, i > 0 ? "," : "");
        buf_slice(out, strmap_key(store->labels, c->labels[i].label));
        buf_format(out, ":%u", (unsigned)c->labels[i].count);
    }
    buf_byte(out, '\t');
    for (uint32_t i = 0; i < c->source_count; i++) {
        buf_str(out, i > 0 ? "," : "");
        put_text(store->sources[c->sources[i]].name, out);
    }
    if (c->line > 0) {
        buf_format(out, ":%u", (unsigned)c->line);
    }
    buf_byte(out, '\n');
}

void report_selection(const struct store *store, const struct selection *s,
                      struct buf *out)
{
    buf_str(out, "surface\tstatus\twhy\tcase\tannotated\toccurrences\tpurity\t"
                 "labels\tsources\n");
    for (size_t i = 0; i < s->count; i++) {
        put_candidate(store, &s->items[i], out);
    }
}

void report_reliability(const struct score_calibration *c, const char *front,
                        struct buf *out)
{
    buf_format(out,
               "%sscores of %u held-out mentions: expected calibration error "
               "%.4f\n"
               "%s      score     mentions   mean score   right\n",
               front, (unsigned)c->spans, c->error, front);
    for (unsigned i = 0; i < SCORE_RELIABILITY_BINS; i++) {
        const struct score_reliability *b = &c->bins[i];
        if (b->count > 0) {
            buf_format(out, "%s    %.1f - %.1f   %8u        %.3f   %.3f\n",
                       front, (double)i / SCORE_RELIABILITY_BINS,
                       (double)(i + 1) / SCORE_RELIABILITY_BINS,
                       (unsigned)b->count, b->sum / b->count,
                       (double)b->correct / b->count);
        }
    }
}
