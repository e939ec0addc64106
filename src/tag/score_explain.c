/* What gaz explain says of the candidates of a scored lexicon. */
#include "base/buf.h"
#include "model/lexicon.h"
#include "tag/places.h"
#include "tag/score_run_state.h"

static double in_logs(int32_t units)
{
    return (double)units / SCORE_UNITS;
}

static const char *label_name(const struct score_run *r,
                              const struct lexicon *l, uint32_t label)
{
    return lexicon_label(l,
                         bytes_load16(r->score->label_map + (size_t)label * 2))
        .data;
}

/* In which families the name is an entry, and its counts. */
static void put_entry(const struct score_note *n, const struct lexicon *l,
                      struct buf *out)
{
    static const char *const families[] = {"exact", "folded", "joined",
                                           "digits"};
    static const char *const bins[] = {"0",  ".01", ".03", ".07", ".15", ".25",
                                       ".4", ".55", ".7",  ".85", ".95", "1"};
    bool any = false;
    uint32_t id = UINT32_MAX;
    for (unsigned f = 0; f < SCORE_FAMILIES; f++) {
        if (n->record[f] != NULL) {
            buf_format(out, "%s%s", any ? ", " : "    keys: ", families[f]);
            uint32_t entry = bytes_load32(n->record[f] + ENTRY_ID);
            id = id == UINT32_MAX ? entry : id;
            any = true;
        }
    }
    if (!any) {
        buf_str(out, "    keys: none, a name never seen\n");
        return;
    }
    if (id != UINT32_MAX) {
        struct lexicon_entry x;
        uint32_t source = 0;
        uint32_t line = 0;
        struct slice name = {0};
        const char *sha256 = NULL;
        uint64_t size = 0;
        lexicon_entry(l, id, &x);
        lexicon_origin(l, id, &source, &line);
        lexicon_source(l, source, &name, &sha256, &size);
        buf_format(out, "; '%.*s' in %s: %u of %u occurrences are mentions",
                   (int)x.surface.len, x.surface.data, name.data,
                   (unsigned)x.annotated, (unsigned)x.occurrences);
        for (uint32_t k = 0; k < x.pair_count && k < 4; k++) {
            uint32_t label = 0;
            uint32_t count = 0;
            lexicon_pair(l, &x, k, &label, &count);
            buf_format(out, "%s%s:%u", k == 0 ? " (" : ", ",
                       lexicon_label(l, label).data, (unsigned)count);
        }
        buf_str(out, x.pair_count > 0 ? ")" : "");
    }
    if (n->bin > 0) {
        buf_format(out, "; bin %s to %s", bins[n->bin - 1], bins[n->bin]);
    }
    buf_byte(out, '\n');
}

/* The span that took the place of a candidate, or NULL. */
static const struct span *taken_by(const struct score_run *r, size_t found,
                                   const struct score_note *n)
{
    for (size_t i = 0; i < found; i++) {
        if (r->spans[i].start < n->end && r->spans[i].end > n->start) {
            return &r->spans[i];
        }
    }
    return NULL;
}

static void put_verdict(const struct score_run *r, const struct lexicon *l,
                        size_t found, const struct score_note *n,
                        struct buf *out)
{
    const struct span *by = taken_by(r, found, n);
    if (n->kept == UINT32_MAX) {
        buf_format(out, "  no: given up, its weights sum up to %s %.2f\n",
                   n->rowed ? "less than" : "much less than",
                   in_logs(r->score->cut));
        return;
    }
    double p = r->kept[n->kept].p;
    if (by != NULL && by->start == n->start && by->end == n->end) {
        buf_format(out, "  FOUND: %s, score %.3f (marginal %.3f)\n",
                   lexicon_label(l, by->label).data, (double)by->score, p);
    } else if (p < r->score->threshold) {
        buf_format(out, "  no: %s has marginal %.3f, below %.2f\n",
                   label_name(r, l, n->label), p, r->score->threshold);
    } else {
        buf_format(out,
                   "  no: %s has marginal %.3f, but tokens %zu-%zu are worth "
                   "more\n",
                   label_name(r, l, n->label), p, by != NULL ? by->start : 0,
                   by != NULL ? by->end : 0);
    }
}

/* Is the name one of the prior list? */
static void put_hint(const struct score_run *r, const struct lexicon *l,
                     const struct score_note *n, struct buf *out)
{
    if (n->hint > 0) {
        uint32_t label = n->hint - 1u;
        buf_format(out, "    hint: a name of the prior list, %s there\n",
                   label < r->score->labels ? label_name(r, l, label)
                                            : "of another label");
    }
}

static void put_note(const struct score_run *r, const struct lexicon *l,
                     const struct slice *tokens, struct places *places,
                     size_t found, const struct score_note *n, struct buf *out)
{
    const char *from = tokens[n->start].data;
    const char *to = tokens[n->end - 1].data + tokens[n->end - 1].len;
    const char *text = places->text.data;
    places_put(places, (size_t)(from - text), (size_t)(to - text), out);
    buf_str(out, " '");
    buf_slice(out, slice_of(from, (size_t)(to - from)));
    buf_format(out, "' (tokens %u-%u)\n", (unsigned)n->start, (unsigned)n->end);
    put_verdict(r, l, found, n, out);
    put_entry(n, l, out);
    put_hint(r, l, n, out);
    buf_format(out,
               "    weights: words before %+.2f, behind %+.2f, own %+.2f, keys "
               "%+.2f, place %+.2f, sentence %+.2f",
               in_logs(n->left), in_logs(n->right), in_logs(n->own),
               in_logs(n->entry), in_logs(n->place), in_logs(n->sentence));
    if (n->rowed) {
        buf_format(out, ", label %s %+.2f", label_name(r, l, n->label),
                   in_logs(n->label_weight));
    }
    if (n->kept != UINT32_MAX) {
        double shared = in_logs(n->left + n->right + n->own + n->entry +
                                n->place + n->sentence + n->label_weight);
        double score = r->kept[n->kept].score;
        buf_format(out, ", pairs %+.2f; sum %+.2f", score - shared, score);
    }
    buf_byte(out, '\n');
}

enum status score_run_explain(struct score_run *r,
                              const struct lexicon *lexicon,
                              const struct slice *tokens, size_t count,
                              struct places *places, struct buf *out,
                              struct err *e)
{
    size_t size = (size_t)SCORE_CHUNK * SCORE_SPAN_MAX * sizeof *r->notes;
    const struct span *spans = NULL;
    r->notes = alloc_get(r->alloc, size);
    if (r->notes == NULL) {
        return err_nomem(e);
    }
    size_t found = score_run_tokens(r, tokens, count, &spans);
    for (size_t i = 0; i < r->note_count; i++) {
        put_note(r, lexicon, tokens, places, found, &r->notes[i], out);
    }
    alloc_free(r->alloc, r->notes, size);
    r->notes = NULL;
    return buf_ok(out) ? STATUS_OK : err_nomem(e);
}
