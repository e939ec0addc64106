/* gaz diff: which tags differ between two lexicons. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/whole.h"
#include "cli/writer.h"

static const struct cli_option options[] = {
    {"from", 'f', "FORMAT", "text|lines|conll",
     "what the inputs are: text, a document a line, or a token a line "
     "(default text)"},
    {"column", 0, "N", NULL,
     "the column of the tokens in a conll input, from 1, negative from the "
     "end (default 1)"},
    {"inside", 0, NULL, NULL,
     "also find names inside paths, URLs, e-mail addresses and dotted "
     "identifiers"},
    {"generic", 0, NULL, NULL, "also compare common nouns (kind=generic)"},
    {"context", 'C', "N", NULL,
     "show up to N bytes of the text on either side (default 40)"},
    {"summary", 's', NULL, NULL, "only count"},
};

enum { OLD, NEW, SIDES };
enum { FROM_TEXT, FROM_LINES, FROM_CONLL };
enum { SAME, APPEARED, DISAPPEARED, CHANGED, KINDS };

/* Counts of a label; a tag that changed is counted under its new one. */
struct tally {
    const char *label;
    size_t counts[KINDS];
};

struct diff {
    int from;
    int column;
    long context;
    bool summary;
    struct cli_lexicon lexicons[SIDES];
    gaz_tagger *taggers[SIDES];
    struct tally *tallies; /* sorted by label */
    size_t tally_count;
    struct out out;
    const char *file;
};

/* A text and where it lies in its file. */
struct passage {
    const char *text;
    size_t len;
    size_t line;          /* of its first byte, or of its first token */
    const size_t *tokens; /* starts of tokens, a line each; NULL: bytes */
    size_t token_count;
    size_t seen;      /* bytes whose line ends are counted */
    size_t seen_line; /* the line of that byte */
    size_t line_start;
};

static struct tally *tally_of(struct diff *d, const char *label)
{
    size_t low = 0;
    size_t high = d->tally_count;
    while (low + 1 < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(d->tallies[middle].label, label) <= 0) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &d->tallies[low];
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
    while ((newline = memchr(p->text + p->seen, '\n', at - p->seen)) != NULL) {
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
static void put_line(struct diff *d, struct passage *p, const gaz_span *s,
                     const char *sign, const char *label, const char *now)
{
    size_t line = 0;
    size_t column = 0;
    size_t room = (size_t)d->context;
    size_t from = s->start > room ? s->start - room : 0;
    size_t to = p->len - s->end > room ? s->end + room : p->len;
    while (from < s->start && inside_char(p, from)) {
        from++;
    }
    while (to > s->end && inside_char(p, to)) {
        to--;
    }
    place(p, s->start, &line, &column);
    out_str(&d->out, d->file);
    out_byte(&d->out, ':');
    writer_number(&d->out, line);
    out_byte(&d->out, ':');
    writer_number(&d->out, column);
    out_str(&d->out, sign);
    out_str(&d->out, label);
    if (now != NULL) {
        out_str(&d->out, " -> ");
        out_str(&d->out, now);
    }
    out_str(&d->out, ": ");
    put_flat(&d->out, p->text + from, s->start - from);
    out_byte(&d->out, '[');
    put_flat(&d->out, p->text + s->start, s->end - s->start);
    out_byte(&d->out, ']');
    put_flat(&d->out, p->text + s->end, to - s->end);
    out_byte(&d->out, '\n');
}

static void one_side(struct diff *d, struct passage *p, const gaz_span *s,
                     int side)
{
    const char *label = gaz_lexicon_label(d->lexicons[side].lexicon, s->label);
    tally_of(d, label)->counts[side == OLD ? DISAPPEARED : APPEARED]++;
    if (!d->summary) {
        put_line(d, p, s, side == OLD ? ": - " : ": + ", label, NULL);
    }
}

static void both_sides(struct diff *d, struct passage *p, const gaz_span *old,
                       const gaz_span *new)
{
    const char *before =
        gaz_lexicon_label(d->lexicons[OLD].lexicon, old->label);
    const char *now = gaz_lexicon_label(d->lexicons[NEW].lexicon, new->label);
    bool same = strcmp(before, now) == 0;
    tally_of(d, now)->counts[same ? SAME : CHANGED]++;
    if (!same && !d->summary) {
        put_line(d, p, new, ": ~ ", before, now);
    }
}

/* Both lists are in order and without overlap; offsets are bytes. */
static void compare(struct diff *d, struct passage *p,
                    const gaz_span *const spans[SIDES],
                    const size_t counts[SIDES])
{
    size_t i = 0;
    size_t k = 0;
    p->seen = 0;
    p->seen_line = p->line;
    p->line_start = 0;
    while (i < counts[OLD] || k < counts[NEW]) {
        const gaz_span *x = i < counts[OLD] ? &spans[OLD][i] : NULL;
        const gaz_span *y = k < counts[NEW] ? &spans[NEW][k] : NULL;
        if (x != NULL && y != NULL && x->start == y->start &&
            x->end == y->end) {
            both_sides(d, p, x, y);
            i++;
            k++;
        } else if (y == NULL || (x != NULL && x->start <= y->start)) {
            one_side(d, p, x, OLD);
            i++;
        } else {
            one_side(d, p, y, NEW);
            k++;
        }
    }
}

static int diff_text(struct diff *d, const char *text, size_t len, size_t line)
{
    struct passage p = {.text = text, .len = len, .line = line};
    const gaz_span *spans[SIDES] = {NULL, NULL};
    size_t counts[SIDES] = {0, 0};
    gaz_error e = {0};
    for (int side = OLD; side < SIDES; side++) {
        if (gaz_tag(d->taggers[side], text, len, &spans[side], &counts[side],
                    &e) != GAZ_OK) {
            return cli_error(d->file, &e);
        }
    }
    compare(d, &p, spans, counts);
    return EXIT_OK;
}

static int diff_lines(struct diff *d, const char *text, size_t len)
{
    int s = EXIT_OK;
    size_t line = 1;
    for (size_t pos = 0; s == EXIT_OK && pos < len; line++) {
        const char *end = memchr(text + pos, '\n', len - pos);
        size_t n = end != NULL ? (size_t)(end - text) - pos : len - pos;
        s = diff_text(d, text + pos, n, line);
        pos += n + 1;
    }
    return s;
}

/* Tokens to bytes, into a copy: the tagger's own list is good until its next
 * use only. */
static gaz_span *to_bytes(const gaz_span *spans, size_t count,
                          const size_t *starts, const size_t *ends)
{
    gaz_span *copy = malloc((count + 1) * sizeof *copy);
    for (size_t i = 0; copy != NULL && i < count; i++) {
        copy[i] = spans[i];
        copy[i].start = starts[spans[i].start];
        copy[i].end = ends[spans[i].end - 1];
    }
    return copy;
}

static int diff_sentence(struct diff *d, const gaz_sentence *sentence)
{
    size_t n = sentence->count;
    size_t *places = malloc(2 * n * sizeof *places);
    gaz_span *spans[SIDES] = {NULL, NULL};
    size_t counts[SIDES] = {0, 0};
    struct passage p = {
        .line = sentence->first_line, .tokens = places, .token_count = n};
    gaz_error e = {0};
    gaz_status s = places != NULL ? GAZ_OK : GAZ_NOMEM;
    /* The text is the last tagger's, good until it is used again. */
    for (int side = OLD; s == GAZ_OK && side < SIDES; side++) {
        const gaz_span *found = NULL;
        s = gaz_tag_tokens(d->taggers[side], sentence->tokens, n, &found,
                           &counts[side], &e);
        if (s == GAZ_OK) {
            s = gaz_tokens_text(d->taggers[1 - side], sentence->tokens, n,
                                &p.text, &p.len, places, places + n, &e);
        }
        if (s == GAZ_OK) {
            spans[side] = to_bytes(found, counts[side], places, places + n);
            s = spans[side] != NULL ? GAZ_OK : GAZ_NOMEM;
        }
    }
    if (s == GAZ_OK) {
        const gaz_span *lists[SIDES] = {spans[OLD], spans[NEW]};
        compare(d, &p, lists, counts);
    }
    free(places);
    free(spans[OLD]);
    free(spans[NEW]);
    return s == GAZ_OK      ? EXIT_OK
           : s == GAZ_NOMEM ? cli_nomem()
                            : cli_error(d->file, &e);
}

static int diff_corpus(struct diff *d, const char *path)
{
    struct file_in f;
    struct err why = {0};
    gaz_error e = {0};
    gaz_reader *reader = NULL;
    if (file_open(path, &f, &why) != STATUS_OK) {
        return cli_os_error(path, &why);
    }
    gaz_status got = gaz_reader_open(cli_read, &f, d->column, &reader, &e);
    int s = EXIT_OK;
    while (got == GAZ_OK && s == EXIT_OK) {
        gaz_sentence sentence;
        got = gaz_reader_next(reader, &sentence, &e);
        if (got != GAZ_OK || sentence.count == 0) {
            break;
        }
        s = diff_sentence(d, &sentence);
    }
    gaz_reader_close(reader);
    file_close(&f);
    return got == GAZ_OK ? s : cli_error(path, &e);
}

static int diff_file(struct diff *d, const char *path)
{
    d->file = strcmp(path, "-") == 0 ? "(standard input)" : path;
    if (d->from == FROM_CONLL) {
        return diff_corpus(d, path);
    }
    struct file_bytes file;
    int s = whole_load(path, &file);
    if (s == EXIT_OK) {
        s = d->from == FROM_LINES ? diff_lines(d, file.data, file.len)
                                  : diff_text(d, file.data, file.len, 1);
        file_unload(&file);
    }
    return s;
}

static int by_label(const void *a, const void *b)
{
    return strcmp(((const struct tally *)a)->label,
                  ((const struct tally *)b)->label);
}

static int open_tallies(struct diff *d)
{
    size_t n = 0;
    for (int side = OLD; side < SIDES; side++) {
        n += gaz_lexicon_label_count(d->lexicons[side].lexicon);
    }
    d->tallies = calloc(n + 1, sizeof *d->tallies);
    if (d->tallies == NULL) {
        return cli_nomem();
    }
    size_t k = 0;
    for (int side = OLD; side < SIDES; side++) {
        const gaz_lexicon *l = d->lexicons[side].lexicon;
        for (size_t i = 0; i < gaz_lexicon_label_count(l); i++) {
            d->tallies[k++].label = gaz_lexicon_label(l, i);
        }
    }
    qsort(d->tallies, k, sizeof *d->tallies, by_label);
    for (size_t i = 0; i < k; i++) {
        if (d->tally_count == 0 || strcmp(d->tallies[d->tally_count - 1].label,
                                          d->tallies[i].label) != 0) {
            d->tallies[d->tally_count++].label = d->tallies[i].label;
        }
    }
    return EXIT_OK;
}

static void put_counts(struct diff *d, const struct tally *t)
{
    char text[128];
    (void)snprintf(text, sizeof text, "%9zu %9zu %11zu %9zu  ", t->counts[SAME],
                   t->counts[APPEARED], t->counts[DISAPPEARED],
                   t->counts[CHANGED]);
    out_str(&d->out, text);
    out_str(&d->out, t->label);
    out_byte(&d->out, '\n');
}

/* The table of counts; true when something differs. */
static bool put_summary(struct diff *d)
{
    struct tally sum = {.label = "(all)"};
    out_str(&d->out, "     same  appeared disappeared   changed  label\n");
    for (size_t i = 0; i < d->tally_count; i++) {
        const struct tally *t = &d->tallies[i];
        size_t any = 0;
        for (int k = 0; k < KINDS; k++) {
            sum.counts[k] += t->counts[k];
            any += t->counts[k];
        }
        if (any > 0) {
            put_counts(d, t);
        }
    }
    put_counts(d, &sum);
    return sum.counts[APPEARED] + sum.counts[DISAPPEARED] +
               sum.counts[CHANGED] >
           0;
}

static int open_side(struct diff *d, int side, const char *path,
                     const gaz_tag_options *tag)
{
    gaz_error e = {0};
    int s = cli_lexicon_open(path, &d->lexicons[side]);
    if (s == EXIT_OK && gaz_tagger_create(d->lexicons[side].lexicon, tag,
                                          &d->taggers[side], &e) != GAZ_OK) {
        s = cli_error(path, &e);
    }
    return s;
}

static int diff_all(struct diff *d, const struct cli_args *args,
                    const gaz_tag_options *tag)
{
    static const char *const standard_input[] = {"-"};
    struct err why = {0};
    int s = open_side(d, OLD, args->files[0], tag);
    if (s == EXIT_OK) {
        s = open_side(d, NEW, args->files[1], tag);
    }
    if (s == EXIT_OK) {
        s = open_tallies(d);
    }
    if (s != EXIT_OK) {
        return s;
    }
    if (out_open(&d->out, STDOUT_FILENO, &why) != STATUS_OK) {
        return cli_nomem();
    }
    if (args->file_count == 2) {
        cli_note_terminal();
    }
    d->out.neutral = true; /* for people */
    size_t n = args->file_count > 2 ? args->file_count - 2 : 1;
    const char *const *files =
        args->file_count > 2 ? args->files + 2 : standard_input;
    for (size_t i = 0; s == EXIT_OK && i < n && !out_broken(&d->out); i++) {
        s = diff_file(d, files[i]);
    }
    if (s == EXIT_OK) {
        s = put_summary(d) ? EXIT_BELOW : EXIT_OK;
    }
    return cli_out_end(&d->out, s);
}

static int run(const struct cli_args *args)
{
    struct diff d = {.context = 40};
    gaz_tag_options tag = {.simd = cli_simd()};
    for (size_t i = 0; i < args->given_count; i++) {
        const struct cli_given *g = &args->given[i];
        bool ok = true;
        if (cli_is(g, "from")) {
            d.from = cli_choice(g->option->choices, g->value);
        } else if (cli_is(g, "column")) {
            ok = cli_columns(g, &d.column, 1);
        } else if (cli_is(g, "inside")) {
            tag.inside = true;
        } else if (cli_is(g, "generic")) {
            tag.generic = true;
        } else if (cli_is(g, "context")) {
            ok = cli_number(g, 0, 10000, &d.context);
        } else if (cli_is(g, "summary")) {
            d.summary = true;
        }
        if (!ok) {
            return EXIT_INPUT;
        }
    }
    static const char *const names[] = {"text", "lines", "conll"};
    static const struct cli_use uses[] = {{"column", NULL, "conll"}};
    if (cli_check_uses(args, uses, 1, "-f", names[d.from]) != EXIT_OK) {
        return EXIT_INPUT;
    }
    if (args->file_count < 2) {
        return cli_fail("name two lexicons: gaz diff OLD.gaz NEW.gaz TEXT...");
    }
    int s = diff_all(&d, args, &tag);
    for (int side = OLD; side < SIDES; side++) {
        if (d.taggers[side] != NULL) {
            gaz_rule_stats stats;
            gaz_tagger_rule_stats(d.taggers[side], &stats);
            cli_lexicon_note_limits(d.lexicons[side].lexicon, &stats);
        }
        gaz_tagger_free(d.taggers[side]);
        s = cli_lexicon_end(&d.lexicons[side], s);
    }
    free(d.tallies);
    return s;
}

const struct cli_verb cli_verb_diff = {
    .name = "diff",
    .usage = "[OPTION...] OLD.gaz NEW.gaz [TEXT...]",
    .summary = "say which tags differ between two lexicons",
    .details =
        "A line for each tag that appeared (+), disappeared (-) or changed "
        "its label (~)\nwith the text around it, then counts by label. Exit "
        "code 1 when there is one. A\nlexicon may be a list (.tsv); '+' is "
        "the default lexicon, '+LIST' is that with the\nlist laid over it. "
        "A TEXT is plain, markup and all; without one standard input is "
        "read.\n",
    .examples =
        "gaz diff old.gaz new.gaz *.md                  # what a change does "
        "to texts\n"
        "gaz diff -s old.gaz new.gaz *.md               # only counts\n"
        "gaz diff + +mine.tsv notes.txt                 # what a list adds\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = run,
};
