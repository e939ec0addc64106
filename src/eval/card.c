/* The baseline card: what one pastes into a paper. */
#include "eval/scores.h"

/* A table of the card, in Markdown or LaTeX. */
struct card {
    struct buf *out;
    bool latex;
    size_t columns;
    size_t column;
};

static void escape_latex(struct buf *out, char c)
{
    switch (c) {
    case '\\': buf_str(out, "\\textbackslash{}"); break;
    case '~': buf_str(out, "\\textasciitilde{}"); break;
    case '^': buf_str(out, "\\textasciicircum{}"); break;
    case '&':
    case '%':
    case '$':
    case '#':
    case '_':
    case '{':
    case '}':
        buf_byte(out, '\\');
        buf_byte(out, c);
        break;
    default: buf_byte(out, c); break;
    }
}

static void text(struct card *c, struct slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        char ch = (unsigned char)s.data[i] < 0x20 ? ' ' : s.data[i];
        if (c->latex) {
            escape_latex(c->out, ch);
        } else {
            if (ch == '|' || ch == '\\' || ch == '`' || ch == '*' ||
                ch == '_' || ch == '<' || ch == '[') {
                buf_byte(c->out, '\\');
            }
            buf_byte(c->out, ch);
        }
    }
}

static void cell_begin(struct card *c)
{
    if (c->latex) {
        buf_str(c->out, c->column == 0 ? "" : " & ");
    } else {
        buf_str(c->out, c->column == 0 ? "| " : " | ");
    }
}

static void cell_end(struct card *c)
{
    if (++c->column == c->columns) {
        buf_str(c->out, c->latex ? " \\\\\n" : " |\n");
        c->column = 0;
    }
}

static void cell(struct card *c, struct slice s)
{
    cell_begin(c);
    text(c, s);
    cell_end(c);
}

static void cell_str(struct card *c, const char *s)
{
    cell(c, slice_str(s));
}

static void cell_percent(struct card *c, double share)
{
    cell_begin(c);
    buf_format(c->out, "%.2f", 100 * share);
    cell_end(c);
}

static void cell_u64(struct card *c, uint64_t n)
{
    cell_begin(c);
    buf_u64(c->out, n);
    cell_end(c);
}

static void cell_interval(struct card *c, const struct interval *i)
{
    cell_begin(c);
    if (i != NULL) {
        buf_format(c->out, c->latex ? "[%.2f, %.2f]" : "%.2f to %.2f",
                   100 * i->low, 100 * i->high);
    }
    cell_end(c);
}

static void table_begin(struct card *c, const char *title,
                        const char *const *heads, size_t columns, size_t left)
{
    c->columns = columns;
    c->column = 0;
    if (c->latex) {
        buf_str(c->out, "\\begin{table}\n\\centering\n\\caption{");
        text(c, slice_str(title));
        buf_str(c->out, "}\n\\begin{tabular}{");
        buf_fill(c->out, 'l', left);
        buf_fill(c->out, 'r', columns - left);
        buf_str(c->out, "}\n\\hline\n");
    } else {
        buf_format(c->out, "## %s\n\n", title);
    }
    for (size_t i = 0; i < columns; i++) {
        cell_str(c, heads[i]);
    }
    if (c->latex) {
        buf_str(c->out, "\\hline\n");
        return;
    }
    for (size_t i = 0; i < columns; i++) {
        buf_str(c->out, i < left ? "|---" : "|---:");
    }
    buf_str(c->out, "|\n");
}

static void table_end(struct card *c)
{
    buf_str(c->out,
            c->latex ? "\\hline\n\\end{tabular}\n\\end{table}\n\n" : "\n");
}

static void facts_table(struct card *c, const struct card_fact *facts,
                        size_t count)
{
    static const char *const heads[] = {"", ""};
    table_begin(c, "What was done", heads, 2, 2);
    for (size_t i = 0; i < count; i++) {
        cell(c, facts[i].key);
        cell(c, facts[i].value);
    }
    table_end(c);
}

static void scheme_row(struct card *c, const char *name, struct prf p,
                       const struct interval *f1)
{
    cell_str(c, name);
    cell_percent(c, p.precision);
    cell_percent(c, p.recall);
    cell_percent(c, p.f1);
    cell_interval(c, f1);
}

static void schemes_table(struct card *c, const struct scorer *s,
                          const struct averages *a,
                          const struct sample_result *b)
{
    static const char *const heads[] = {"Scheme", "Precision", "Recall", "F1",
                                        "95% interval of F1"};
    enum strict_scheme strict = STRICT_AUTO;
    unsigned parts = s->options.parts;
    table_begin(c, "Scores", heads, 5, 1);
    scheme_row(c, "gaz, micro", a->micro, b != NULL ? &b->f1 : NULL);
    scheme_row(c, "gaz, macro", a->macro, b != NULL ? &b->macro_f1 : NULL);
    if ((parts & PART_CONLLEVAL) != 0) {
        scheme_row(c, "conlleval", prf_of(s->tallies[READ_CONLLEVAL].all),
                   NULL);
    }
    if ((parts & PART_SEQEVAL) != 0) {
        scheme_row(c, "seqeval, default, micro",
                   prf_of(s->tallies[READ_SEQEVAL].all), NULL);
    }
    if ((parts & PART_STRICT) != 0 &&
        scorer_strict(s, &strict, NULL) == STATUS_OK) {
        static const char *const names[] = {"", "seqeval, strict IOB2, micro",
                                            "seqeval, strict IOBES, micro",
                                            "seqeval, strict BILOU, micro"};
        scheme_row(c, names[strict],
                   prf_of(scorer_strict_tally(s, strict)->all), NULL);
    }
    if ((parts & PART_NERVAL) != 0) {
        static const char *const names[] = {
            "nervaluate strict", "nervaluate exact", "nervaluate partial",
            "nervaluate ent_type"};
        for (int i = 0; i < NERVAL_COUNT; i++) {
            scheme_row(c, names[i],
                       nerval_prf((enum nerval_scheme)i, s->nerval.by[i]),
                       NULL);
        }
    }
    table_end(c);
}

static void types_table(struct card *c, const struct scorer *s,
                        const uint32_t *ids, size_t count,
                        const struct sample_result *b)
{
    static const char *const heads[] = {"Type", "Precision",          "Recall",
                                        "F1",   "95% interval of F1", "Support",
                                        "Found"};
    table_begin(c, "By type", heads, 7, 1);
    for (size_t i = 0; i < count; i++) {
        struct counts k = s->tallies[READ_ALL].types[ids[i]];
        struct prf p = prf_of(k);
        cell(c, tagset_type_name(&s->tagset, ids[i]));
        cell_percent(c, p.precision);
        cell_percent(c, p.recall);
        cell_percent(c, p.f1);
        cell_interval(c, b != NULL ? &b->type_f1[ids[i]] : NULL);
        cell_u64(c, k.gold);
        cell_u64(c, k.found);
    }
    table_end(c);
}

static void seen_table(struct card *c, const struct scorer *s)
{
    static const char *const heads[] = {
        "Surface in training", "Precision", "Recall", "F1", "Support", "Found"};
    table_begin(c, "Seen and unseen", heads, 6, 1);
    for (int i = 0; i < CLASS_COUNT; i++) {
        struct prf p = prf_of(s->seen.by[i]);
        cell_str(c, seen_names[i]);
        cell_percent(c, p.precision);
        cell_percent(c, p.recall);
        cell_percent(c, p.f1);
        cell_u64(c, s->seen.by[i].gold);
        cell_u64(c, s->seen.by[i].found);
    }
    table_end(c);
    struct buf *out = c->out;
    buf_format(out,
               "Memorisation ceiling (an oracle that finds exactly the "
               "mentions seen with their type): F1 %.2f.",
               100 * seen_ceiling(&s->seen, false));
    if (s->options.train != NULL) {
        buf_format(out,
                   " Sentences shared with training: %llu of %llu, %llu of "
                   "them of %d tokens or more.",
                   (unsigned long long)s->seen.shared,
                   (unsigned long long)s->seen.sentences,
                   (unsigned long long)s->seen.shared_long, SEEN_LONG);
    }
    buf_str(out, "\n\n");
}

enum status scores_card(const struct scorer *s,
                        const struct sample_result *sample, uint32_t rounds,
                        uint64_t seed, const struct card_fact *facts,
                        size_t fact_count, bool latex, struct buf *out,
                        struct err *e)
{
    const struct tally *t = &s->tallies[READ_ALL];
    struct card c = {.out = out, .latex = latex};
    struct scores_view v;
    enum status status = scores_view_open(&v, s, t, e);
    if (status != STATUS_OK) {
        return status;
    }
    buf_str(out, latex ? "% Baseline card, made by gaz eval --card\n"
                       : "# Baseline card\n\n");
    facts_table(&c, facts, fact_count);
    schemes_table(&c, s, &v.averages, sample);
    types_table(&c, s, v.ids, v.count, sample);
    if (s->options.known != NULL) {
        seen_table(&c, s);
    }
    if (sample != NULL) {
        buf_format(out,
                   "Intervals: percentile bootstrap over sentences, %lu "
                   "rounds, seed %llu.\n",
                   (unsigned long)rounds, (unsigned long long)seed);
    }
    scores_view_close(&v);
    return STATUS_OK;
}
