/* gaz tag: find the names of a lexicon in texts and corpora. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/inputs.h"
#include "cli/match_options.h"
#include "cli/output.h"
#include "cli/tag_conll.h"
#include "cli/tag_feed.h"
#include "cli/tag_records.h"
#include "cli/tag_run.h"

static const struct cli_option options[] = {
    {"lexicon", 'l', "LEX.gaz", NULL,
     "the lexicon (default: the one that comes with gaz), or a list (.tsv), "
     "rules (.rules) or spaCy's patterns (.jsonl); may be given again; with "
     "'+' in front it is laid over the others, '+' alone is the default"},
    INPUT_OPTIONS,
    {"id-field", 0, "NAME", NULL,
     "what names a record in messages and in other formats"},
    {"spans-field", 0, "NAME", NULL,
     "json or jsonl to jsonl: the field for the mentions, replaced where it is "
     "there (default spans)"},
    {"unit-field", 0, "NAME", NULL,
     "json or jsonl to jsonl: the field for the unit that they count (default "
     "unit)"},
    {"errors", 0, "HOW", "stop|skip|inline",
     "what a bad record does: end the run, be reported and left out, or go on "
     "with a field 'error' (default stop)"},
    {"skip-bad", 0, NULL, NULL, "the same as --errors skip"},
    {"line-buffered", 0, NULL, NULL,
     "lines, jsonl and json: write each result as soon as its line or record "
     "is there"},
    {"to", 't', "FORMAT", WRITER_FORMATS,
     "what to write (default: ansi on a terminal, else jsonl)"},
    {"output", 'o', "FILE", NULL,
     "write there: the file is replaced when all is done, or left as it was"},
    {"offsets", 0, "UNIT", "chars|bytes|utf16|tokens",
     "what start and end count: code points, bytes or UTF-16 units (default "
     "chars); with tsv of a corpus also the tokens of a sentence, where the "
     "file is FILE:LINE of its first one"},
    {"scheme", 0, "SCHEME", "iob2|iob1|iobes|bilou",
     "conll output: how tags say where a mention begins and ends (default "
     "iob2)"},
    {"keep-columns", 0, NULL, NULL,
     "conll output: keep all columns before the predicted tag"},
    {"header", 0, NULL, NULL, "tsv and counts output: column names first"},
    CLI_MATCH_OPTIONS,
    CLI_MATCH_SPAN_OPTIONS,
    CLI_MATCH_DOCUMENT_OPTION,
    {"threads", 'T', "N", NULL,
     "tag with N threads, 0 for all processors; the output is the same "
     "(default 1)"},
    {"color", 0, "WHEN", "auto|always|never",
     "colours in ansi output (default auto: on a terminal, unless NO_COLOR)"},
};

struct tagging {
    struct inputs inputs;
    const struct writer_ops *to;
    int to_choice; /* -1: not given */
    bool unit_given;
    int color; /* 0 auto, 1 always, 2 never */
    size_t threads;
    gaz_tag_options tag;
    struct writer_settings settings;
    struct cli_lexicon lexicon;
    struct labels labels;
    char title[64];
    struct output output;
    struct tag_worker *workers;
    struct tag_job *jobs;
    void **worker_list;
    void **job_list;
    size_t job_count;
    struct pipeline *pipeline;
    struct progress progress;
    struct tag_feed feed;
};

enum { TOKENS = GAZ_UTF16 + 1 }; /* of --offsets */

static bool read_option(struct tagging *t, const struct cli_given *g)
{
    int choice = g->option->choices != NULL
                     ? cli_choice(g->option->choices, g->value)
                     : 0;
    bool good = true;
    if (inputs_option(&t->inputs, g, &good) || cli_match_option(g, &t->tag)) {
        return good;
    }
    if (cli_is(g, "to")) {
        t->to_choice = choice;
    } else if (cli_is(g, "output")) {
        t->output.path = output_path(g->value);
    } else if (cli_is(g, "offsets")) {
        t->settings.tokens = choice == TOKENS;
        t->settings.unit = t->settings.tokens ? GAZ_CHARS : (gaz_unit)choice;
        t->unit_given = true;
    } else if (cli_is(g, "scheme")) {
        t->settings.scheme = (enum scheme)choice;
    } else if (cli_is(g, "keep-columns")) {
        t->settings.keep_columns = true;
    } else if (cli_is(g, "header")) {
        t->settings.header = true;
    } else if (cli_is(g, "threads")) {
        long n = 0;
        if (!cli_number(g, 0, PIPELINE_THREADS_MAX, &n)) {
            return false;
        }
        t->threads = n > 0 ? (size_t)n : pipeline_processors();
    } else if (cli_is(g, "color")) {
        t->color = choice;
    }
    return true;
}

static bool choose_writer(struct tagging *t, const struct cli_args *args)
{
    bool terminal = t->output.path == NULL && isatty(STDOUT_FILENO) != 0;
    t->to = t->to_choice >= 0 ? writer_of(t->to_choice)
            : terminal        ? &writer_ansi
                              : &writer_jsonl;
    const char *no_color = getenv("NO_COLOR");
    t->settings.color =
        t->color == 1 ||
        (t->color == 0 && terminal && (no_color == NULL || *no_color == '\0'));
    if (writer_check_options(t->to, args) != EXIT_OK ||
        inputs_check_options(&t->inputs, args) != EXIT_OK) {
        return false;
    }
    bool crossing = t->tag.overlap == GAZ_OVERLAP_ALL ||
                    t->tag.overlap == GAZ_OVERLAP_NO_SUB;
    if (crossing && t->to->flat) {
        (void)cli_fail("-t %s holds no mentions that overlap; take --overlap "
                       "longest or longest-dominant-right, or -t jsonl",
                       t->to->name);
        return false;
    }
    bool several = t->inputs.count > 1 || t->inputs.from == FROM_LINES ||
                   input_records(t->inputs.from);
    t->settings.docstart = several;
    return writer_settle(&t->to, &t->settings, t->unit_given, several,
                         t->output.path);
}

static int tag_opened(struct tagging *t, const char *path, struct file_in *file,
                      enum input_format format)
{
    if (t->to->one_document && input_records(format)) {
        return cli_fail("%s: -t %s writes one document, and these are many",
                        path, t->to->name);
    }
    if (t->settings.tokens && format != FROM_CONLL) {
        return cli_fail("%s: --offsets tokens is for corpora; -f conll reads "
                        "this as one",
                        path);
    }
    switch (format) {
    case FROM_JSONL:
    case FROM_SPACY:
    case FROM_DOCCANO: return tag_feed_records(&t->feed, path, file);
    case FROM_JSON: return tag_feed_json(&t->feed, path, file);
    case FROM_LINES: return tag_feed_lines(&t->feed, path, file);
    case FROM_MARKDOWN:
        return tag_feed_document(&t->feed, path, file, GAZ_FORMAT_MARKDOWN);
    case FROM_HTML:
        return tag_feed_document(&t->feed, path, file, GAZ_FORMAT_HTML);
    case FROM_CONLL: {
        int s = tag_feed_drain(&t->feed, EXIT_OK);
        t->workers[0].writer.out = &t->output.out;
        return s == EXIT_OK
                   ? tag_conll(&t->workers[0], path, file, t->inputs.column)
                   : s;
    }
    default: return tag_feed_text(&t->feed, path, file);
    }
}

static int tag_file(struct tagging *t, size_t i)
{
    struct file_in file;
    enum input_format format = FROM_AUTO;
    int s = inputs_open(&t->inputs, i, &file, &format);
    if (s == EXIT_OK && format != FROM_AUTO) {
        s = tag_opened(t, t->inputs.files[i].path, &file, format);
        file_close(&file);
    }
    return s;
}

/* The counts of all threads into those of the first. */
static void add_counts(struct tagging *t)
{
    for (size_t i = 1; i < t->threads; i++) {
        for (size_t k = 0; k < t->labels.count; k++) {
            t->workers[0].writer.counts[k] += t->workers[i].writer.counts[k];
        }
    }
}

/* What rules gave up in any thread, told once. */
static void report_limits(const struct tagging *t)
{
    gaz_rule_stats all = {0};
    for (size_t i = t->threads; i-- > 0;) {
        gaz_rule_stats stats;
        gaz_tagger_rule_stats(t->workers[i].tagger, &stats);
        all.limits += stats.limits;
        all.first_limited =
            stats.limits > 0 ? stats.first_limited : all.first_limited;
    }
    cli_lexicon_note_limits(t->lexicon.lexicon, &all);
}

/* What a page is called. */
static void set_title(struct tagging *t)
{
    size_t n = t->inputs.count;
    snprintf(t->title, sizeof t->title, "%zu files tagged by gaz", n);
    const char *one = n == 1 ? t->inputs.files[0].path : "-";
    t->settings.title = n > 1                   ? t->title
                        : strcmp(one, "-") == 0 ? "tagged by gaz"
                                                : one;
}

static int tag_files(struct tagging *t)
{
    size_t n = t->inputs.count;
    struct writer *writer = &t->workers[0].writer;
    int s = EXIT_OK;
    progress_start(&t->progress, inputs_size(&t->inputs));
    writer->out = &t->output.out;
    if (t->to->start != NULL) {
        t->to->start(writer);
    }
    for (size_t i = 0; s == EXIT_OK && i < n && !out_broken(&t->output.out);
         i++) {
        s = tag_file(t, i);
    }
    s = tag_feed_drain(&t->feed, s);
    progress_end(&t->progress);
    report_limits(t);
    if (s == EXIT_OK) {
        tag_records_check_ids(t->workers, t->threads,
                              t->inputs.records.fields.id);
    }
    if (s == EXIT_OK && t->to->finish != NULL) {
        add_counts(t);
        writer->out = &t->output.out;
        t->to->finish(writer);
    }
    return s;
}

static int open_workers(struct tagging *t)
{
    gaz_error e = {0};
    const gaz_lexicon *lexicon = t->lexicon.lexicon;
    if (!labels_of_lexicon(lexicon, &t->labels)) {
        return cli_nomem();
    }
    for (size_t i = 0; i < t->threads; i++) {
        struct tag_worker *w = &t->workers[i];
        w->ops = t->to;
        w->zones = t->inputs.zones;
        w->records = &t->inputs.records;
        w->writer.labels = &t->labels;
        w->maker = (struct mention_maker){.lexicon = lexicon,
                                          .labels = &t->labels,
                                          .scored = gaz_lexicon_scored(lexicon),
                                          .sources = t->to->sources};
        w->writer.settings = t->settings;
        w->writer.counts =
            calloc(t->labels.count + 1, sizeof *w->writer.counts);
        if (w->writer.counts == NULL) {
            return cli_nomem();
        }
        if (gaz_tagger_create(lexicon, &t->tag, &w->tagger, &e) != GAZ_OK) {
            return cli_error(t->lexicon.name, &e);
        }
        t->worker_list[i] = w;
    }
    for (size_t i = 0; i < t->job_count; i++) {
        struct err why = {0};
        if (out_open(&t->jobs[i].out, OUT_MEMORY, &why) != STATUS_OK ||
            out_open(&t->jobs[i].notes, OUT_MEMORY, &why) != STATUS_OK) {
            return cli_nomem();
        }
        t->job_list[i] = &t->jobs[i];
    }
    return EXIT_OK;
}

static int open_all(struct tagging *t, const struct cli_args *args)
{
    struct err why = {0};
    int s = cli_lexicon_open_given(args, &t->lexicon);
    if (s != EXIT_OK) {
        return s;
    }
    t->job_count = t->threads > 1 ? t->threads * 2 + 1 : 1;
    t->workers = calloc(t->threads, sizeof *t->workers);
    t->worker_list = calloc(t->threads, sizeof *t->worker_list);
    t->jobs = calloc(t->job_count, sizeof *t->jobs);
    t->job_list = calloc(t->job_count, sizeof *t->job_list);
    if (t->workers == NULL || t->worker_list == NULL || t->jobs == NULL ||
        t->job_list == NULL) {
        return cli_nomem();
    }
    s = output_open(&t->output, t->settings.folder);
    if (s != EXIT_OK) {
        return s;
    }
    /* Colours are its own escape sequences; it looks after the rest. */
    t->output.out.neutral = t->output.out.neutral && t->to != &writer_ansi;
    s = open_workers(t);
    if (s != EXIT_OK) {
        return s;
    }
    struct pipeline_setup setup = {.threads = t->threads,
                                   .workers = t->worker_list,
                                   .slots = t->job_list,
                                   .slot_count = t->job_count,
                                   .work = tag_run};
    if (pipeline_create(&setup, &t->pipeline, &why) != STATUS_OK) {
        return cli_os_error(NULL, &why);
    }
    t->feed = (struct tag_feed){.pipeline = t->pipeline,
                                .cutter = t->workers[0].tagger,
                                .ops = t->to,
                                .unit = t->settings.unit,
                                .line_buffered = t->inputs.line_buffered,
                                .out = &t->output.out,
                                .collector = &t->workers[0].writer,
                                .progress = &t->progress};
    return EXIT_OK;
}

static void close_all(struct tagging *t)
{
    pipeline_close(t->pipeline);
    tag_feed_free(&t->feed);
    if (t->workers != NULL && t->to->release != NULL) {
        t->to->release(&t->workers[0].writer);
    }
    for (size_t i = 0; t->workers != NULL && i < t->threads; i++) {
        gaz_tagger_free(t->workers[i].tagger);
        gaz_document_free(t->workers[i].document);
        gaz_record_free(t->workers[i].record);
        free(t->workers[i].name);
        free(t->workers[i].writer.counts);
        tokens_free(&t->workers[i].writer.tokens);
        mention_maker_free(&t->workers[i].maker);
        free(t->workers[i].spans);
    }
    for (size_t i = 0; t->jobs != NULL && i < t->job_count; i++) {
        (void)out_close(&t->jobs[i].out, NULL);
        (void)out_close(&t->jobs[i].notes, NULL);
        free(t->jobs[i].text);
        free(t->jobs[i].items.list);
    }
    labels_free(&t->labels);
    free(t->workers);
    free(t->worker_list);
    free(t->jobs);
    free(t->job_list);
    cli_lexicon_close(&t->lexicon);
}

/* An input is not replaced by what is made of it, but records by themselves
 * with other mentions: those of lines, for others become lines. */
static int check_output(const struct tagging *t, const struct cli_args *args)
{
    const struct inputs *in = &t->inputs;
    for (size_t i = 0; t->output.path != NULL && i < in->count; i++) {
        const char *path = in->files[i].path;
        bool lines = input_records(in->from) && in->from != FROM_JSON;
        bool records =
            in->records.handed_on &&
            (lines ||
             (in->from == FROM_AUTO &&
              (inputs_ending(path, "jsonl") || inputs_ending(path, "ndjson"))));
        if (!records && file_same(t->output.path, path)) {
            return cli_would_replace("output", t->output.path, path);
        }
    }
    return cli_check_written(args, "output", NULL, 0);
}

static int run(const struct cli_args *args)
{
    struct tagging t = {.to_choice = -1,
                        .threads = 1,
                        .output.file.fd = -1,
                        .tag = {.simd = cli_simd()}};
    for (size_t i = 0; i < args->given_count; i++) {
        if (!read_option(&t, &args->given[i])) {
            return EXIT_INPUT;
        }
    }
    int s = inputs_list(&t.inputs, args);
    if (s == EXIT_OK && !choose_writer(&t, args)) {
        s = EXIT_INPUT;
    }
    if (s == EXIT_OK) {
        s = inputs_records(&t.inputs, t.to->name);
    }
    if (s == EXIT_OK) {
        s = check_output(&t, args);
    }
    if (s == EXIT_OK) {
        set_title(&t);
        s = open_all(&t, args);
        if (s == EXIT_OK) {
            s = tag_files(&t);
        }
        s = cli_lexicon_check(&t.lexicon, s);
        s = output_close(&t.output, s);
        size_t bad = t.feed.bad + t.inputs.bad;
        if (s == EXIT_OK && bad > 0) {
            cli_note("bad records left out: %zu", bad);
            s = EXIT_BELOW;
        }
        close_all(&t);
    }
    inputs_free(&t.inputs);
    return s;
}

const struct cli_verb cli_verb_tag = {
    .name = "tag",
    .usage = "[-l LEX.gaz] [OPTION...] [FILE...]",
    .summary = "find the names of a lexicon in texts and corpora",
    .details = "Without a FILE, or with '-', standard input is read; of a "
               "folder all files\n"
               "below it. What gzip or zstd have packed is unpacked. Texts are "
               "read in pieces;\n"
               "markup, jsonl of a pipe, conll of a text, prodigy, solr and "
               "brat folders keep\n"
               "a document in memory. A text in UTF-16 is an error.\n",
    .examples =
        "gaz tag article.md                             # in colour on a "
        "terminal\n"
        "gaz tag -t tsv notes/*.txt >mentions.tsv       # a mention a line\n"
        "gaz tag -t html -o page.html article.txt       # a page for people\n"
        "gaz tag -t counts docs/*.txt                   # what texts are "
        "about\n"
        "zcat posts.gz | gaz tag -f lines >posts.jsonl  # a document a line\n"
        "gaz tag -t jsonl export.json >tagged.jsonl     # an array of records\n"
        "gaz tag -l my.gaz -f conll -t conll test.conll # a corpus's own "
        "tokens\n"
        "gaz tag -l +names.tsv notes.txt                # a list over gaz's "
        "own lexicon\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = run,
};
