/* gaz tag: find the names of a lexicon in texts and corpora. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/writer.h"

static const struct cli_option options[] = {
    {"lexicon", 'l', "LEX.gaz", NULL,
     "the lexicon (default: the one that comes with gaz)"},
    {"from", 'f', "FORMAT", "text|lines|conll",
     "what the input is: text, a document a line, or a token a line (default "
     "text)"},
    {"to", 't', "FORMAT", "jsonl|conll|tsv|ansi",
     "what to write (default: ansi on a terminal, else jsonl)"},
    {"offsets", 0, "UNIT", "chars|bytes|utf16",
     "what start and end count: code points, bytes or UTF-16 units (default "
     "chars)"},
    {"column", 0, "N", NULL,
     "the column of the tokens in a conll input, from 1, negative from the "
     "end (default 1)"},
    {"keep-columns", 0, NULL, NULL,
     "conll output: keep all columns before the predicted tag"},
    {"header", 0, NULL, NULL, "tsv output: column names first"},
    {"inside", 0, NULL, NULL,
     "also find names inside paths, URLs, e-mail addresses and dotted "
     "identifiers"},
    {"generic", 0, NULL, NULL,
     "also tag common nouns that the lists mark kind=generic, such as "
     "'browser'"},
    {"hyphen", 0, "HOW", "break|join",
     "whether a hyphen parts words: break finds 'Go' in 'Go-based', join does "
     "not (default break)"},
    {"color", 0, "WHEN", "auto|always|never",
     "colours in ansi output (default auto: on a terminal, unless NO_COLOR)"},
};

/* Bytes of a text that are tagged at once; memory is a few times that. */
enum { PIECE = 1 << 22 };

enum input_format { FROM_TEXT, FROM_LINES, FROM_CONLL };

struct tagging {
    const char *lexicon_path;
    enum input_format from;
    const struct writer_ops *to;
    int to_choice; /* -1: not given */
    int color;     /* 0 auto, 1 always, 2 never */
    int column;
    gaz_tag_options tag;
    struct writer writer;
    struct cli_lexicon lexicon;
    gaz_tagger *tagger;
    struct out out;
    char *buffer;
    size_t capacity;
};

static bool read_option(struct tagging *t, const struct cli_given *g)
{
    int choice = g->option->choices != NULL
                     ? cli_choice(g->option->choices, g->value)
                     : 0;
    if (cli_is(g, "lexicon")) {
        t->lexicon_path = g->value;
    } else if (cli_is(g, "from")) {
        t->from = (enum input_format)choice;
    } else if (cli_is(g, "to")) {
        t->to_choice = choice;
    } else if (cli_is(g, "offsets")) {
        t->writer.settings.unit = (gaz_unit)choice;
    } else if (cli_is(g, "column")) {
        return cli_columns(g, &t->column, 1);
    } else if (cli_is(g, "keep-columns")) {
        t->writer.settings.keep_columns = true;
    } else if (cli_is(g, "header")) {
        t->writer.settings.header = true;
    } else if (cli_is(g, "inside")) {
        t->tag.inside = true;
    } else if (cli_is(g, "generic")) {
        t->tag.generic = true;
    } else if (cli_is(g, "hyphen")) {
        t->tag.hyphen_join = choice == 1;
    } else if (cli_is(g, "color")) {
        t->color = choice;
    }
    return true;
}

static bool choose_writer(struct tagging *t)
{
    static const struct writer_ops *const all[] = {
        &writer_jsonl, &writer_conll, &writer_tsv, &writer_ansi};
    bool terminal = isatty(STDOUT_FILENO) != 0;
    t->to = t->to_choice >= 0 ? all[t->to_choice]
            : terminal        ? &writer_ansi
                              : &writer_jsonl;
    const char *no_color = getenv("NO_COLOR");
    t->writer.settings.color =
        t->color == 1 ||
        (t->color == 0 && terminal && (no_color == NULL || *no_color == '\0'));
    if (t->to->sentences && t->from != FROM_CONLL) {
        (void)cli_fail("-t conll writes a corpus's own tokens: it wants a "
                       "tokenised input (-f conll)");
        return false;
    }
    return true;
}

static int reserve(struct tagging *t, size_t size)
{
    if (size <= t->capacity) {
        return EXIT_OK;
    }
    char *p = realloc(t->buffer, size);
    if (p == NULL) {
        return cli_nomem();
    }
    t->buffer = p;
    t->capacity = size;
    return EXIT_OK;
}

static void begin_document(struct tagging *t)
{
    t->writer.bytes = 0;
    t->writer.units = 0;
    t->writer.spans = 0;
    if (t->to->begin != NULL) {
        t->to->begin(&t->writer);
    }
}

static void end_document(struct tagging *t)
{
    if (t->to->end != NULL) {
        t->to->end(&t->writer);
    }
}

static int put_spans(struct tagging *t, const char *text, size_t len,
                     size_t base)
{
    gaz_error e = {0};
    const gaz_span *spans = NULL;
    size_t count = 0;
    if (gaz_tag(t->tagger, text, len, &spans, &count, &e) != GAZ_OK) {
        return cli_error(t->writer.file, &e);
    }
    t->to->spans(&t->writer, text, len, base, spans, count);
    /* Count up to the piece's end, so that the next one can start there. */
    (void)writer_offset(&t->writer, text, base, base + len);
    return EXIT_OK;
}

/* A whole document in memory. */
static int tag_document(struct tagging *t, const char *text, size_t len)
{
    begin_document(t);
    if (t->to->two_passes) {
        t->to->text(&t->writer, text, len);
        t->to->middle(&t->writer);
    }
    int s = put_spans(t, text, len, 0);
    end_document(t);
    return s;
}

/* Hand on the text of a file in pieces, then go back to its start. A piece
 * may end inside a UTF-8 sequence: up to 3 bytes wait for the next. */
static int copy_text(struct tagging *t, struct file_in *f)
{
    struct err why = {0};
    size_t kept = 0;
    for (;;) {
        size_t got = 0;
        int s = reserve(t, PIECE);
        if (s != EXIT_OK) {
            return s;
        }
        if (file_read(f, t->buffer + kept, PIECE - kept, &got, &why) !=
            STATUS_OK) {
            return cli_os_error(t->writer.file, &why);
        }
        size_t len = kept + got;
        size_t whole = len;
        bool last = got < PIECE - kept;
        for (size_t back = 1; !last && back <= 3 && back <= len; back++) {
            if ((unsigned char)t->buffer[len - back] >= 0xC0) {
                whole = len - back;
                break;
            }
        }
        t->to->text(&t->writer, t->buffer, whole);
        if (last) {
            break;
        }
        kept = len - whole;
        memmove(t->buffer, t->buffer + whole, kept);
    }
    return file_rewind(f, &why) == STATUS_OK ? EXIT_OK
                                             : cli_os_error(t->writer.file,
                                                            &why);
}

/* Tag a file piece by piece: each is cut where no mention can be lost, and
 * what is behind the cut goes in front of the next. */
static int tag_pieces(struct tagging *t, struct file_in *f)
{
    struct err why = {0};
    size_t kept = 0;
    size_t base = 0;
    size_t want = PIECE;
    bool last = false;
    while (!last && !out_broken(&t->out)) {
        size_t got = 0;
        int s = reserve(t, want);
        if (s != EXIT_OK) {
            return s;
        }
        if (file_read(f, t->buffer + kept, want - kept, &got, &why) !=
            STATUS_OK) {
            return cli_os_error(t->writer.file, &why);
        }
        size_t len = kept + got;
        last = len < want;
        size_t cut = last ? len : gaz_tag_cut(t->tagger, t->buffer, len);
        if (cut == 0 && !last) {
            if (want > SIZE_MAX / 2) {
                return cli_nomem();
            }
            kept = len;
            want *= 2;
            continue;
        }
        s = put_spans(t, t->buffer, cut, base);
        if (s != EXIT_OK) {
            return s;
        }
        base += cut;
        kept = len - cut;
        memmove(t->buffer, t->buffer + cut, kept);
        want = kept > PIECE / 2 ? kept * 2 : PIECE;
    }
    return EXIT_OK;
}

static int tag_text(struct tagging *t, const char *path)
{
    struct err why = {0};
    struct file_in f;
    if (t->to->two_passes && strcmp(path, "-") == 0) {
        struct file_bytes all;
        if (file_load(path, &all, &why) != STATUS_OK) {
            return cli_os_error(path, &why);
        }
        int s = tag_document(t, all.data, all.len);
        file_unload(&all);
        return s;
    }
    if (file_open(path, &f, &why) != STATUS_OK) {
        return cli_os_error(path, &why);
    }
    if (t->to->two_passes && !f.regular) {
        file_close(&f);
        struct file_bytes all;
        if (file_load(path, &all, &why) != STATUS_OK) {
            return cli_os_error(path, &why);
        }
        int s = tag_document(t, all.data, all.len);
        file_unload(&all);
        return s;
    }
    int s = EXIT_OK;
    begin_document(t);
    if (t->to->two_passes) {
        s = copy_text(t, &f);
        t->to->middle(&t->writer);
    }
    if (s == EXIT_OK) {
        s = tag_pieces(t, &f);
    }
    end_document(t);
    file_close(&f);
    return s;
}

/* The whole lines in the buffer, each a document; *used bytes of them. */
static int tag_whole_lines(struct tagging *t, size_t len, bool last,
                           size_t *used)
{
    size_t pos = 0;
    int s = EXIT_OK;
    while (s == EXIT_OK && pos < len) {
        const char *line = t->buffer + pos;
        const char *newline = memchr(line, '\n', len - pos);
        if (newline == NULL && !last) {
            break;
        }
        size_t n = newline != NULL ? (size_t)(newline - line) : len - pos;
        pos += n + (newline != NULL);
        n -= n > 0 && line[n - 1] == '\r';
        s = tag_document(t, line, n);
    }
    *used = pos;
    return s;
}

static int tag_lines(struct tagging *t, const char *path)
{
    struct err why = {0};
    struct file_in f;
    if (file_open(path, &f, &why) != STATUS_OK) {
        return cli_os_error(path, &why);
    }
    size_t kept = 0;
    size_t want = PIECE;
    bool last = false;
    int s = EXIT_OK;
    while (s == EXIT_OK && !last && !out_broken(&t->out)) {
        size_t got = 0;
        size_t used = 0;
        s = reserve(t, want);
        if (s != EXIT_OK) {
            break;
        }
        if (file_read(&f, t->buffer + kept, want - kept, &got, &why) !=
            STATUS_OK) {
            s = cli_os_error(path, &why);
            break;
        }
        last = kept + got < want;
        s = tag_whole_lines(t, kept + got, last, &used);
        kept = kept + got - used;
        memmove(t->buffer, t->buffer + used, kept);
        want = kept > PIECE / 2 ? kept * 2 : PIECE;
    }
    file_close(&f);
    return s;
}

/* Where a document made of sentences is collected. */
struct document {
    char *text;
    size_t len, text_capacity;
    gaz_span *spans;
    size_t count, span_capacity;
};

static bool grow(void **items, size_t *capacity, size_t need, size_t size)
{
    if (need <= *capacity) {
        return true;
    }
    size_t want = need + need / 2 + 64;
    void *p = want < SIZE_MAX / size ? realloc(*items, want * size) : NULL;
    if (p != NULL) {
        *items = p;
        *capacity = want;
    }
    return p != NULL;
}

static int collect(struct tagging *t, struct document *d,
                   const gaz_sentence *sentence, const gaz_span *spans,
                   size_t count)
{
    gaz_error e = {0};
    size_t *at = malloc(2 * sentence->count * sizeof *at);
    size_t first = d->count;
    void *list = d->spans;
    if (at == NULL ||
        !grow(&list, &d->span_capacity, d->count + count, sizeof *d->spans)) {
        free(at);
        return cli_nomem();
    }
    d->spans = list;
    if (count > 0) {
        memcpy(d->spans + first, spans, count * sizeof *spans);
    }
    const char *text = NULL;
    size_t len = 0;
    int s = EXIT_OK;
    void *bytes = d->text;
    if (gaz_tokens_text(t->tagger, sentence->tokens, sentence->count, &text,
                        &len, at, at + sentence->count, &e) != GAZ_OK) {
        s = cli_error(t->writer.file, &e);
    } else if (!grow(&bytes, &d->text_capacity, d->len + len + 1, 1)) {
        s = cli_nomem();
    } else {
        d->text = bytes;
        for (size_t i = first; i < first + count; i++) {
            gaz_span *span = &d->spans[i];
            span->end = d->len + at[sentence->count + span->end - 1];
            span->start = d->len + at[span->start];
        }
        d->count += count;
        memcpy(d->text + d->len, text, len);
        d->len += len;
        d->text[d->len++] = '\n';
    }
    free(at);
    return s;
}

static int tag_sentences(struct tagging *t, gaz_reader *reader,
                         struct document *d)
{
    int s = EXIT_OK;
    while (s == EXIT_OK && !out_broken(&t->out)) {
        gaz_error e = {0};
        gaz_sentence sentence;
        const gaz_span *spans = NULL;
        size_t count = 0;
        gaz_status got = gaz_reader_next(reader, &sentence, &e);
        if (got == GAZ_OK && sentence.count > 0) {
            got = gaz_tag_tokens(t->tagger, sentence.tokens, sentence.count,
                                 &spans, &count, &e);
        }
        if (got != GAZ_OK) {
            return cli_error(t->writer.file, &e);
        }
        if (t->to->sentences) {
            t->to->sentence(&t->writer, &sentence, spans, count);
        } else if (sentence.count > 0) {
            s = collect(t, d, &sentence, spans, count);
        }
        if (sentence.count == 0) {
            break;
        }
    }
    return s;
}

static int tag_conll(struct tagging *t, const char *path)
{
    struct err why = {0};
    struct file_in f;
    gaz_reader *reader = NULL;
    gaz_error e = {0};
    if (file_open(path, &f, &why) != STATUS_OK) {
        return cli_os_error(path, &why);
    }
    struct document d = {0};
    int s = gaz_reader_open(cli_read, &f, t->column, &reader, &e) == GAZ_OK
                ? tag_sentences(t, reader, &d)
                : cli_error(path, &e);
    if (s == EXIT_OK && !t->to->sentences) {
        begin_document(t);
        if (t->to->two_passes) {
            t->to->text(&t->writer, d.text, d.len);
            t->to->middle(&t->writer);
        }
        t->to->spans(&t->writer, d.text, d.len, 0, d.spans, d.count);
        end_document(t);
    }
    free(d.text);
    free(d.spans);
    gaz_reader_close(reader);
    file_close(&f);
    return s;
}

static int tag_file(struct tagging *t, const char *path)
{
    t->writer.file = path;
    switch (t->from) {
    case FROM_LINES: return tag_lines(t, path);
    case FROM_CONLL: return tag_conll(t, path);
    case FROM_TEXT: break;
    }
    return tag_text(t, path);
}

static int tag_files(struct tagging *t, const struct cli_args *args)
{
    static const char *const standard_input[] = {"-"};
    const char *const *files =
        args->file_count > 0 ? args->files : standard_input;
    size_t n = args->file_count > 0 ? args->file_count : 1;
    int s = EXIT_OK;
    if (t->to->start != NULL) {
        t->to->start(&t->writer);
    }
    for (size_t i = 0; s == EXIT_OK && i < n && !out_broken(&t->out); i++) {
        s = tag_file(t, files[i]);
    }
    if (s == EXIT_OK && t->to->finish != NULL) {
        t->to->finish(&t->writer);
    }
    return s;
}

static int open_all(struct tagging *t)
{
    gaz_error e = {0};
    struct err why = {0};
    int s = cli_lexicon_open(t->lexicon_path, &t->lexicon);
    if (s != EXIT_OK) {
        return s;
    }
    if (gaz_tagger_create(t->lexicon.lexicon, &t->tag, &t->tagger, &e) !=
        GAZ_OK) {
        return cli_error(t->lexicon_path, &e);
    }
    t->writer.counts = calloc(gaz_lexicon_label_count(t->lexicon.lexicon) + 1,
                              sizeof *t->writer.counts);
    if (t->writer.counts == NULL ||
        out_open(&t->out, STDOUT_FILENO, &why) != STATUS_OK) {
        return cli_nomem();
    }
    t->writer.out = &t->out;
    t->writer.lexicon = t->lexicon.lexicon;
    return EXIT_OK;
}

static int run(const struct cli_args *args)
{
    struct tagging t = {.to_choice = -1};
    for (size_t i = 0; i < args->given_count; i++) {
        if (!read_option(&t, &args->given[i])) {
            return EXIT_INPUT;
        }
    }
    if (!choose_writer(&t)) {
        return EXIT_INPUT;
    }
    int s = open_all(&t);
    if (s == EXIT_OK) {
        s = tag_files(&t, args);
    }
    struct err why = {0};
    bool broken = out_broken(&t.out);
    if (out_close(&t.out, &why) != STATUS_OK && !broken && !out_broken(&t.out)
        && s == EXIT_OK) {
        s = cli_os_error("(standard output)", &why);
    }
    free(t.writer.counts);
    free(t.buffer);
    gaz_tagger_free(t.tagger);
    cli_lexicon_close(&t.lexicon);
    return s;
}

const struct cli_verb cli_verb_tag = {
    .name = "tag",
    .usage = "[-l LEX.gaz] [OPTION...] [FILE...]",
    .summary = "find the names of a lexicon in texts and corpora",
    .details = "Without a FILE, or with '-', standard input is read.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = run,
};
