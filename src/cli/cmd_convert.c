/* gaz convert: annotated documents from one format into another. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/annotated.h"
#include "cli/output.h"
#include "cli/writer.h"

static const struct cli_option options[] = {
    {"from", 'f', "FORMAT", ANNOTATED_FORMATS,
     "what the inputs are (default auto: by a file's extension, else by what "
     "it begins with; JSON by its keys, .txt with .ann beside it is brat's)"},
    {"to", 't', "FORMAT", WRITER_FORMATS, "what to write (default jsonl)"},
    {"output", 'o', "FILE", NULL,
     "write there: the file is replaced when all is done, or left as it was; "
     "for brat a folder"},
    {"offsets", 0, "UNIT", "chars|bytes|utf16",
     "what start and end count in the output: code points, bytes or UTF-16 "
     "units (default chars)"},
    {"scheme", 0, "SCHEME", "iob2|iob1|iobes|bilou",
     "conll output: how tags say where a mention begins and ends (default "
     "iob2); any of them is read"},
    {"columns", 0, "TOKEN,TAG", NULL,
     "conll input: the columns of token and tag, from 1, negative from the end "
     "(default 1,-1)"},
    {"text", 0, "FILE", NULL,
     "hf and tsv input: the text, which these formats have not (default for "
     "tsv: the files that it names)"},
    {"drop-overlaps", 0, NULL, NULL,
     "leave out and count, where they are an error else: of mentions that "
     "overlap all but one (the one further left, then the longer, then that of "
     "the higher score), and mentions in several pieces"},
    {"header", 0, NULL, NULL, "tsv and counts output: column names first"},
    {"color", 0, "WHEN", "auto|always|never",
     "colours in ansi output (default auto: never here)"},
};

struct convert {
    enum annotated_format from;
    const char *from_name;
    const struct writer_ops *to;
    bool unit_given;
    struct output output;
    struct numbering names; /* of labels */
    struct labels labels;
    size_t label_capacity;
    struct writer writer;
    struct out record; /* of one document, for ops->collect */
    struct reading_from reading;
    size_t documents;
    size_t dropped;
};

/* ---- one document ---- */

/* Room for `want` items where there were `have`; the new ones are zero. */
static bool enlarge(void **items, size_t have, size_t want, size_t size)
{
    char *p = realloc(*items, want * size);
    if (p == NULL) {
        return false;
    }
    memset(p + have * size, 0, (want - have) * size);
    *items = p;
    return true;
}

/* Let the writer know the labels that have come up. */
static bool add_labels(struct convert *c)
{
    struct labels *l = &c->labels;
    size_t count = c->names.count;
    if (count + 1 > c->label_capacity) {
        size_t have = c->label_capacity;
        size_t want = count * 2 + 16;
        void *names = l->names;
        void *lens = l->lens;
        void *counts = c->writer.counts;
        bool good = enlarge(&names, have, want, sizeof *l->names) &&
                    enlarge(&lens, have, want, sizeof *l->lens) &&
                    enlarge(&counts, have, want, sizeof *c->writer.counts);
        l->names = names;
        l->lens = lens;
        c->writer.counts = counts;
        if (!good) {
            return false;
        }
        c->label_capacity = want;
    }
    for (; l->count < count; l->count++) {
        l->names[l->count] = c->names.list[l->count].bytes;
        l->lens[l->count] = c->names.list[l->count].len;
    }
    return true;
}

static int overlap(const struct convert *c, const struct annotated *d,
                   const struct mention *a, const struct mention *b)
{
    size_t n = a->end - a->start;
    size_t m = b->end - b->start;
    return read_fail(&c->reading, d->line, 0,
                     "'%.*s' (%s) and '%.*s' (%s) overlap, which -t %s cannot "
                     "hold; --drop-overlaps leaves out the latter",
                     (int)(n < 60 ? n : 60), a->text, a->label,
                     (int)(m < 60 ? m : 60), b->text, b->label, c->to->name);
}

/* What overlaps a mention before it goes, if it must. */
static int flatten(struct convert *c, struct annotated *d)
{
    size_t kept = 0;
    for (size_t i = 0; i < d->count; i++) {
        if (kept > 0 && d->list[i].start < d->list[kept - 1].end) {
            if (!c->reading.drop) {
                return overlap(c, d, &d->list[kept - 1], &d->list[i]);
            }
            c->dropped++;
        } else {
            d->list[kept++] = d->list[i];
        }
    }
    d->count = kept;
    return EXIT_OK;
}

static void write_document(struct convert *c, struct annotated *d)
{
    struct writer *w = &c->writer;
    const struct writer_ops *to = c->to;
    w->file = d->name;
    w->line = d->marked ? d->line : 0;
    writer_at(w, 0, 0, d->len, false);
    w->spans = 0;
    w->given = d->tokens.count > 0 ? &d->tokens : NULL;
    w->settings.docstart = d->marked || c->documents > 0;
    if (to->begin != NULL) {
        to->begin(w);
    }
    if (to->two_passes) {
        to->text(w, d->text, d->len);
        to->middle(w);
    }
    to->spans(w, d->text, d->len, 0, d->list, d->count);
    if (to->end != NULL) {
        to->end(w);
    }
    c->documents++;
}

static int put(void *context, struct annotated *d)
{
    struct convert *c = context;
    if (out_broken(&c->output.out)) {
        return EXIT_OK;
    }
    int s = c->to->flat || c->reading.drop ? flatten(c, d) : EXIT_OK;
    if (s != EXIT_OK) {
        return s;
    }
    if (c->to->one_document && c->documents > 0) {
        return read_fail(&c->reading, d->line, 0,
                         "a second document, where -t %s writes one; -o FOLDER "
                         "takes several",
                         c->to->name);
    }
    /* An empty text is one too. */
    if ((d->text == NULL && !annotated_text(d, "", 0)) || !add_labels(c)) {
        return cli_nomem();
    }
    c->writer.out = c->to->collect != NULL ? &c->record : &c->output.out;
    write_document(c, d);
    if (c->to->collect != NULL) {
        s = c->record.error != 0
                ? cli_nomem()
                : c->to->collect(&c->writer, c->record.data, c->record.len);
        out_clear(&c->record);
    }
    return s;
}

/* ---- the inputs ---- */

static bool ends_in(const char *path, const char *ending)
{
    size_t n = strlen(path);
    size_t m = strlen(ending);
    return n > m && strcmp(path + n - m, ending) == 0;
}

/* A folder: brat's documents when they are meant, else every file. */
static int convert_folder(struct convert *c, const char *folder)
{
    struct file_list list = {0};
    struct err why = {0};
    int s = file_walk(folder, &list, &why) == STATUS_OK
                ? EXIT_OK
                : cli_os_error(folder, &why);
    size_t used = 0;
    for (size_t i = 0; s == EXIT_OK && i < list.count; i++) {
        const char *path = list.paths[i];
        /* A text comes with its annotations; brat's settings are none. */
        bool meant = c->from == ANNOTATED_BRAT || c->from == ANNOTATED_AUTO
                         ? !ends_in(path, ".txt") && !ends_in(path, ".conf")
                         : true;
        if (c->from == ANNOTATED_BRAT && !ends_in(path, ".ann")) {
            meant = false;
        }
        if (meant) {
            used++;
            c->reading.path = path;
            s = read_annotated(&c->reading, c->from, put, c);
        }
    }
    if (s == EXIT_OK && used == 0) {
        s = cli_fail("%s: a folder without annotated documents", folder);
    }
    file_list_free(&list);
    return s;
}

static int convert_all(struct convert *c, const struct cli_args *args)
{
    static const char *const standard_input[] = {"-"};
    const char *const *files =
        args->file_count > 0 ? args->files : standard_input;
    size_t n = args->file_count > 0 ? args->file_count : 1;
    int s = EXIT_OK;
    if (args->file_count == 0) {
        cli_note_terminal();
    }
    c->writer.out = &c->output.out;
    if (c->to->start != NULL) {
        c->to->start(&c->writer);
    }
    for (size_t i = 0; s == EXIT_OK && i < n && !out_broken(&c->output.out);
         i++) {
        c->reading.path = files[i];
        s = file_kind(files[i]) == FILE_FOLDER
                ? convert_folder(c, files[i])
                : read_annotated(&c->reading, c->from, put, c);
    }
    if (s == EXIT_OK && c->to->finish != NULL) {
        c->writer.out = &c->output.out;
        c->to->finish(&c->writer);
    }
    if (s == EXIT_OK && c->dropped + c->reading.in_pieces > 0) {
        cli_note("%zu mention%s left out: %zu overlap others, %zu are in "
                 "pieces",
                 c->dropped + c->reading.in_pieces,
                 c->dropped + c->reading.in_pieces == 1 ? "" : "s", c->dropped,
                 c->reading.in_pieces);
    }
    if (s == EXIT_OK && c->reading.left_out > 0) {
        cli_note("%zu annotation%s left out that are no spans, or not "
                 "accepted ones",
                 c->reading.left_out, c->reading.left_out == 1 ? "" : "s");
    }
    return s;
}

/* ---- the command ---- */

static bool read_option(struct convert *c, const struct cli_given *g)
{
    struct writer_settings *settings = &c->writer.settings;
    int choice = g->option->choices != NULL
                     ? cli_choice(g->option->choices, g->value)
                     : 0;
    if (cli_is(g, "from")) {
        c->from = (enum annotated_format)choice;
        c->from_name = g->value;
    } else if (cli_is(g, "to")) {
        c->to = writer_of(choice);
    } else if (cli_is(g, "output")) {
        c->output.path = output_path(g->value);
    } else if (cli_is(g, "offsets")) {
        settings->unit = (gaz_unit)choice;
        c->unit_given = true;
    } else if (cli_is(g, "scheme")) {
        settings->scheme = (enum scheme)choice;
    } else if (cli_is(g, "columns")) {
        return cli_columns(g, c->reading.columns, 2);
    } else if (cli_is(g, "text")) {
        c->reading.text_path = g->value;
    } else if (cli_is(g, "drop-overlaps")) {
        c->reading.drop = true;
    } else if (cli_is(g, "header")) {
        settings->header = true;
    } else if (cli_is(g, "color")) {
        settings->color = choice == 1;
    }
    return true;
}

static int open_output(struct convert *c)
{
    struct err why = {0};
    int s = output_open(&c->output, c->writer.settings.folder);
    return s == EXIT_OK && out_open(&c->record, OUT_MEMORY, &why) != STATUS_OK
               ? cli_os_error(NULL, &why)
               : s;
}

static int close_output(struct convert *c, int s)
{
    (void)out_close(&c->record, NULL);
    return output_close(&c->output, s);
}

/* Were only options given that the inputs' format has a use for? */
static int check_from(const struct convert *c, const struct cli_args *args)
{
    static const struct cli_use uses[] = {
        {"columns", NULL, "auto|conll"},
        {"text", NULL, "auto|hf|tsv"},
    };
    return cli_check_uses(args, uses, sizeof uses / sizeof uses[0], "-f",
                          c->from_name);
}

static int run(const struct cli_args *args)
{
    struct convert c = {
        .to = &writer_jsonl, .from_name = "auto", .output.file.fd = -1};
    c.reading.columns[1] = -1;
    c.reading.labels = &c.names;
    c.writer.labels = &c.labels;
    for (size_t i = 0; i < args->given_count; i++) {
        if (!read_option(&c, &args->given[i])) {
            return EXIT_INPUT;
        }
    }
    c.writer.settings.title = args->file_count == 1 ? args->files[0] : NULL;
    if (check_from(&c, args) != EXIT_OK ||
        writer_check_options(c.to, args) != EXIT_OK ||
        !writer_settle(&c.to, &c.writer.settings, c.unit_given,
                       args->file_count > 1, c.output.path)) {
        return EXIT_INPUT;
    }
    int s = cli_check_written(args, "output", args->files, args->file_count);
    if (s != EXIT_OK) {
        return s;
    }
    s = add_labels(&c) ? open_output(&c) : cli_nomem();
    if (s == EXIT_OK) {
        s = convert_all(&c, args);
    }
    s = close_output(&c, s);
    if (c.to->release != NULL) {
        c.to->release(&c.writer);
    }
    numbering_free(&c.names);
    labels_free(&c.labels);
    tokens_free(&c.writer.tokens);
    free(c.writer.counts);
    return s;
}

const struct cli_verb cli_verb_convert = {
    .name = "convert",
    .usage = "[-f FORMAT] -t FORMAT [OPTION...] [FILE...]",
    .summary = "turn annotated documents into another format",
    .details =
        "Every annotated format is read, every format of 'gaz tag' written; "
        "nothing is tagged. Offsets are held against the text: a mention that "
        "is not there is an error with its place. Formats of one line, inline "
        "formats and those in tokens (ansi, html, xml, md, conll) hold no "
        "mentions that overlap; corpora (conll) no white space. One document "
        "at "
        "a time is in memory; in JSON it may have 1 GB.",
    .examples =
        "gaz convert -t spacy train.conll >train.jsonl\n"
        "gaz convert -t conll --scheme bilou export.json >train.conll\n"
        "gaz convert -t brat -o folder train.jsonl      # a folder for brat\n"
        "gaz convert -t html -o page.html folder        # and back, to look "
        "at\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = run,
};
