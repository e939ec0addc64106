#include "cli/diff_report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/writer.h"

enum { SAME, APPEARED, DISAPPEARED, CHANGED, KINDS };

/* Counts of a label; a tag that changed is counted under its new one. */
struct diff_tally {
    const char *label;
    size_t counts[KINDS];
};

static struct diff_tally *tally_of(struct diff_report *r, const char *label)
{
    size_t low = 0;
    size_t high = r->tally_count;
    while (low + 1 < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(r->tallies[middle].label, label) <= 0) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &r->tallies[low];
}

/* Line and column (bytes, from 1; of a token: 1) of a byte, which lies at or
 * behind the one of the last call. */
static void place(struct passage *p, size_t at, size_t *line, size_t *column)
{
    if (p->tokens != NULL) {
        while (p->seen + 1 < p->token_count && p->tokens[p->seen + 1] <= at) {
            p->seen++;
        }
        *line = p->line + p->seen;
        *column = 1;
        return;
    }
    const char *newline = NULL;
    while (!p->one_line &&
           (newline = memchr(p->text + p->seen, '\n', at - p->seen)) != NULL) {
        p->seen = (size_t)(newline - p->text) + 1;
        p->line_start = p->seen;
        p->seen_line++;
    }
    p->seen = at;
    *line = p->seen_line;
    *column = at - p->line_start + 1;
}

/* Bytes of the text, white space as single spaces. */
static void put_flat(struct out *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        bool blank = c == '\n' || c == '\r' || c == '\t' || c == ' ';
        if (!blank || i + 1 == len ||
            (text[i + 1] != ' ' && text[i + 1] != '\n')) {
            out_byte(out, blank ? ' ' : c);
        }
    }
}

static bool inside_char(const struct passage *p, size_t at)
{
    return at < p->len && ((unsigned char)p->text[at] & 0xC0) == 0x80;
}

/* FILE:LINE:COLUMN: SIGN LABEL: ... before [mention] after ... */
static void put_line(struct diff_report *r, struct passage *p,
                     const gaz_span *s, const char *sign, const char *label,
                     const char *now)
{
    size_t line = 0;
    size_t column = 0;
    size_t room = (size_t)r->context;
    size_t from = s->start > room ? s->start - room : 0;
    size_t to = p->len - s->end > room ? s->end + room : p->len;
    while (from < s->start && inside_char(p, from)) {
        from++;
    }
    while (to > s->end && inside_char(p, to)) {
        to--;
    }
    place(p, s->start, &line, &column);
    out_str(&r->out, p->file);
    out_byte(&r->out, ':');
    writer_number(&r->out, line);
    out_byte(&r->out, ':');
    writer_number(&r->out, column);
    out_str(&r->out, sign);
    out_str(&r->out, label);
    if (now != NULL) {
        out_str(&r->out, " -> ");
        out_str(&r->out, now);
    }
    out_str(&r->out, ": ");
    put_flat(&r->out, p->text + from, s->start - from);
    out_byte(&r->out, '[');
    put_flat(&r->out, p->text + s->start, s->end - s->start);
    out_byte(&r->out, ']');
    put_flat(&r->out, p->text + s->end, to - s->end);
    out_byte(&r->out, '\n');
}

static void one_side(struct diff_report *r, struct passage *p,
                     const gaz_span *s, int side)
{
    const char *label = gaz_lexicon_label(r->lexicons[side], s->label);
    tally_of(r, label)->counts[side == DIFF_OLD ? DISAPPEARED : APPEARED]++;
    if (!r->summary) {
        put_line(r, p, s, side == DIFF_OLD ? ": - " : ": + ", label, NULL);
    }
}

static void both_sides(struct diff_report *r, struct passage *p,
                       const gaz_span *old, const gaz_span *new)
{
    const char *before = gaz_lexicon_label(r->lexicons[DIFF_OLD], old->label);
    const char *now = gaz_lexicon_label(r->lexicons[DIFF_NEW], new->label);
    bool same = strcmp(before, now) == 0;
    tally_of(r, now)->counts[same ? SAME : CHANGED]++;
    if (!same && !r->summary) {
        put_line(r, p, new, ": ~ ", before, now);
    }
}

static bool same_place(const gaz_span *a, const gaz_span *b)
{
    return a->start == b->start && a->end == b->end;
}

void diff_report_add(struct diff_report *r, struct passage *p,
                     const gaz_span *const spans[DIFF_SIDES],
                     const size_t counts[DIFF_SIDES])
{
    size_t i = 0;
    size_t k = 0;
    p->seen = 0;
    p->seen_line = p->line;
    p->line_start = 0;
    while (i < counts[DIFF_OLD] || k < counts[DIFF_NEW]) {
        bool old = i < counts[DIFF_OLD];
        bool new = k < counts[DIFF_NEW];
        if (old && new &&same_place(&spans[DIFF_OLD][i], &spans[DIFF_NEW][k])) {
            both_sides(r, p, &spans[DIFF_OLD][i++], &spans[DIFF_NEW][k++]);
        } else if (old && (!new || spans[DIFF_OLD][i].start <=
                                       spans[DIFF_NEW][k].start)) {
            one_side(r, p, &spans[DIFF_OLD][i++], DIFF_OLD);
        } else {
            one_side(r, p, &spans[DIFF_NEW][k++], DIFF_NEW);
        }
    }
}

static int by_label(const void *a, const void *b)
{
    return strcmp(((const struct diff_tally *)a)->label,
                  ((const struct diff_tally *)b)->label);
}

bool diff_report_open(struct diff_report *r)
{
    size_t n = 0;
    for (int side = DIFF_OLD; side < DIFF_SIDES; side++) {
        n += gaz_lexicon_label_count(r->lexicons[side]);
    }
    r->tallies = calloc(n + 1, sizeof *r->tallies);
    if (r->tallies == NULL) {
        return false;
    }
    size_t k = 0;
    for (int side = DIFF_OLD; side < DIFF_SIDES; side++) {
        const gaz_lexicon *l = r->lexicons[side];
        for (size_t i = 0; i < gaz_lexicon_label_count(l); i++) {
            r->tallies[k++].label = gaz_lexicon_label(l, i);
        }
    }
    qsort(r->tallies, k, sizeof *r->tallies, by_label);
    for (size_t i = 0; i < k; i++) {
        if (r->tally_count == 0 || strcmp(r->tallies[r->tally_count - 1].label,
                                          r->tallies[i].label) != 0) {
            r->tallies[r->tally_count++].label = r->tallies[i].label;
        }
    }
    return true;
}

void diff_report_free(struct diff_report *r)
{
    free(r->tallies);
    r->tallies = NULL;
}

static void put_counts(struct diff_report *r, const struct diff_tally *t)
{
    char text[128];
    (void)snprintf(text, sizeof text, "%9zu %9zu %11zu %9zu  ", t->counts[SAME],
                   t->counts[APPEARED], t->counts[DISAPPEARED],
                   t->counts[CHANGED]);
    out_str(&r->out, text);
    out_str(&r->out, t->label);
    out_byte(&r->out, '\n');
}

bool diff_report_end(struct diff_report *r)
{
    struct diff_tally sum = {.label = "(all)"};
    out_str(&r->out, "     same  appeared disappeared   changed  label\n");
    for (size_t i = 0; i < r->tally_count; i++) {
        const struct diff_tally *t = &r->tallies[i];
        size_t any = 0;
        for (int k = 0; k < KINDS; k++) {
            sum.counts[k] += t->counts[k];
            any += t->counts[k];
        }
        if (any > 0) {
            put_counts(r, t);
        }
    }
    put_counts(r, &sum);
    return sum.counts[APPEARED] + sum.counts[DISAPPEARED] +
               sum.counts[CHANGED] >
           0;
}
