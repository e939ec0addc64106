/* gaz compile: corpora and name lists into one lexicon. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/build_options.h"
#include "cli/cli.h"
#include "cli/compile_labels.h"
#include "cli/gate.h"
#include "cli/inputs.h"
#include "cli/progress.h"
#include "cli/whole.h"

static const struct cli_option options[] = {
    {"output", 'o', "OUT.gaz", NULL,
     "the lexicon to write (needed; '-': standard output)"},
    {"kind", 0, "KIND", "auto|corpus|list|spacy|gate|regexner|rules",
     "what the inputs are; auto goes by the ending: .conll .iob .bio .txt are "
     "corpora, .tsv name lists, .rules patterns, .jsonl spaCy's EntityRuler "
     "patterns, .def GATE's lists.def; regexner is Stanford RegexNER's"},
    {"separator", 0, "SEP", NULL,
     "what stands before features name=value in GATE's lists (default: there "
     "are none)"},
    {"skip-unsupported", 0, NULL, NULL,
     "leave out, and report, what a name list cannot say of another "
     "program's patterns (default: an error)"},
    {"columns", 0, "TOKEN,TAG", NULL,
     "columns of token and tag in corpora, from 1, negative from the end "
     "(default 1,2)"},
    {"tags", 0, "SCHEME", "auto|bare",
     "auto reads any of IOB1, IOB2, IOBES, BILOU and IO; bare are types "
     "without a prefix"},
    {"labels", 0, "A,B", NULL,
     "keep only these labels (after --map); one that no input has is an error"},
    {"map", 0, "FROM=TO", NULL,
     "rename a label; one that no input has is an error; may be given again"},
    CLI_BUILD_OPTIONS,
    {"tune", 0, NULL, NULL,
     "choose --min-purity and --smoothing by 5-fold cross-validation on the "
     "corpora, and say what was chosen"},
    {"keep", 0, "LIST.tsv", NULL,
     "a name list whose names are always found, whatever the inputs say "
     "(without --select scored a longer name around one comes first); may be "
     "given again"},
    {"drop", 0, "FILE", NULL,
     "names, one a line, that are never found; may be given again"},
    {"report", 0, "FILE.tsv", NULL, "write what became of every name, and why"},
};

enum kind { AUTO, CORPUS, LIST, SPACY, GATE, REGEXNER, RULES, KEEP, DROP };

struct compile {
    gaz_build_options build;
    const char *output;
    const char *report;
    enum kind kind;
    const char *separator;
    gaz_builder *builder;
    unsigned kinds; /* that the inputs are of, as bits */
    size_t unused;  /* files of folders that are neither */
    const char *first_unused;
};

static bool read_option(struct compile *c, const struct cli_given *g)
{
    int columns[2];
    if (cli_is(g, "output")) {
        c->output = g->value;
    } else if (cli_is(g, "report")) {
        c->report = g->value;
    } else if (cli_is(g, "kind")) {
        c->kind = (enum kind)cli_choice(g->option->choices, g->value);
    } else if (cli_is(g, "separator")) {
        c->separator = g->value;
    } else if (cli_is(g, "skip-unsupported")) {
        c->build.skip_unsupported = true;
    } else if (cli_is(g, "tune")) {
        c->build.tune = true;
    } else if (cli_is(g, "tags")) {
        c->build.scheme = (gaz_scheme)cli_choice(g->option->choices, g->value);
    } else if (cli_is(g, "columns")) {
        if (!cli_columns(g, columns, 2)) {
            return false;
        }
        c->build.token_column = columns[0];
        c->build.tag_column = columns[1];
    } else {
        return cli_build_option(g, &c->build);
    }
    return true;
}

/* The kind of a file, AUTO where it is unknown. */
static enum kind kind_of(const struct compile *c, const char *path)
{
    static const struct {
        const char *extension;
        enum kind kind;
    } known[] = {{"conll", CORPUS}, {"iob", CORPUS}, {"iob2", CORPUS},
                 {"bio", CORPUS},   {"txt", CORPUS}, {"tsv", LIST},
                 {"jsonl", SPACY},  {"def", GATE},   {"rules", RULES}};
    for (size_t i = 0; c->kind == AUTO && i < sizeof known / sizeof known[0];
         i++) {
        if (inputs_ending(path, known[i].extension)) {
            return known[i].kind;
        }
    }
    return c->kind;
}

static int add_bytes(struct compile *c, enum kind kind, const char *path)
{
    static const gaz_input inputs[] = {
        [CORPUS] = GAZ_INPUT_CORPUS, [LIST] = GAZ_INPUT_LIST,
        [SPACY] = GAZ_INPUT_SPACY,   [REGEXNER] = GAZ_INPUT_REGEXNER,
        [RULES] = GAZ_INPUT_RULES,   [KEEP] = GAZ_INPUT_KEEP,
        [DROP] = GAZ_INPUT_DROP};
    struct file_bytes file;
    gaz_error e = {0};
    int loaded = whole_load(path, &file);
    if (loaded != EXIT_OK) {
        return loaded;
    }
    gaz_status s = gaz_builder_add(c->builder, inputs[kind], path, file.data,
                                   file.len, &e);
    file_unload(&file);
    if (s != GAZ_OK && e.reason == GAZ_REASON_BARE_TAG) {
        (void)cli_error(path, &e);
        cli_note("--tags bare asks for bare types");
        return EXIT_INPUT;
    }
    return s == GAZ_OK ? EXIT_OK : cli_error(path, &e);
}

static int add_file(struct compile *c, const char *path)
{
    enum kind kind = kind_of(c, path);
    if (kind == AUTO) {
        return cli_fail("%s: no corpus (.conll .iob .bio .txt), name list "
                        "(.tsv .jsonl .def) or rules (.rules) by its name; "
                        "say which with --kind",
                        path);
    }
    c->kinds |= 1u << kind;
    return kind == GATE ? gate_add(c->builder, path,
                                   c->separator != NULL ? c->separator : "")
                        : add_bytes(c, kind, path);
}

/* Say what was left out, as no line is skipped silently. */
static void report_skipped(const struct compile *c)
{
    gaz_error what = {0};
    const char *source = NULL;
    size_t n = 0;
    for (; gaz_builder_skipped(c->builder, n, &source, &what); n++) {
        if (!cli_quiet()) {
            (void)cli_error(source, &what);
        }
    }
    if (n > 0) {
        cli_note("%zu pattern%s left out", n, n == 1 ? "" : "s");
    }
}

static int add_folder(struct compile *c, const char *path)
{
    struct file_list files;
    struct err why = {0};
    if (file_walk(path, &files, &why) != STATUS_OK) {
        return cli_os_error(NULL, &why);
    }
    int s = EXIT_OK;
    size_t used = 0;
    size_t unused = 0;
    for (size_t i = 0; s == EXIT_OK && i < files.count; i++) {
        if (kind_of(c, files.paths[i]) == AUTO) {
            /* GATE's lists are read where lists.def names them */
            unused += !inputs_ending(files.paths[i], "lst");
        } else {
            s = add_file(c, files.paths[i]);
            used++;
        }
    }
    if (s == EXIT_OK && unused > 0) {
        cli_note("%s: %zu file%s with other endings not used", path, unused,
                 unused == 1 ? "" : "s");
    }
    if (s == EXIT_OK && used == 0) {
        s = cli_fail("%s: the folder holds no corpus (.conll .iob .bio .txt), "
                     "no name list (.tsv) and no rules (.rules)",
                     path);
    }
    file_list_free(&files);
    return s;
}

static int add_path(struct compile *c, const char *path)
{
    errno = 0;
    enum file_kind kind = file_kind(path);
    bool there = kind != FILE_MISSING && kind != FILE_UNKNOWN;
    if (!there && strcmp(path, "-") != 0) {
        return cli_system_error(path, "cannot open", errno);
    }
    return kind == FILE_FOLDER ? add_folder(c, path) : add_file(c, path);
}

/* Was an option given that none of the inputs has a use for? */
static int check_uses(const struct compile *c, const struct cli_args *args)
{
    enum { OF_CORPORA = 1u << CORPUS, OF_GATE = 1u << GATE };
    static const struct {
        const char *option;
        unsigned kinds;
        const char *what;
    } uses[] = {
        {"columns", OF_CORPORA, "corpora"},
        {"tags", OF_CORPORA, "corpora"},
        {"select", OF_CORPORA, "corpora"},
        {"min-purity", OF_CORPORA, "corpora"},
        {"min-count", OF_CORPORA, "corpora"},
        {"smoothing", OF_CORPORA, "corpora"},
        {"veto", OF_CORPORA, "corpora"},
        {"tune", OF_CORPORA, "corpora"},
        {"prior", OF_CORPORA, "corpora"},
        {"prior-weight", OF_CORPORA, "corpora"},
        {"separator", OF_GATE, "GATE's lists (lists.def)"},
        {"skip-unsupported", OF_GATE | 1u << SPACY | 1u << REGEXNER,
         "other programs' lists"},
    };
    for (size_t i = 0; i < args->given_count; i++) {
        const struct cli_given *g = &args->given[i];
        bool none = cli_is(g, "prior") && strcmp(g->value, "none") == 0;
        for (size_t k = 0; k < sizeof uses / sizeof uses[0]; k++) {
            if (cli_is(g, uses[k].option) && !none &&
                (uses[k].kinds & c->kinds) == 0) {
                return cli_fail("--%s is for %s, and no input is one",
                                uses[k].option, uses[k].what);
            }
        }
    }
    return EXIT_OK;
}

static int add_inputs(struct compile *c, const struct cli_args *args)
{
    int s = compile_labels_name(c->builder, args);
    for (size_t i = 0; s == EXIT_OK && i < args->file_count; i++) {
        s = add_path(c, args->files[i]);
    }
    for (size_t i = 0; s == EXIT_OK && i < args->given_count; i++) {
        const struct cli_given *g = &args->given[i];
        if (cli_is(g, "keep") || cli_is(g, "drop")) {
            s = add_bytes(c, cli_is(g, "keep") ? KEEP : DROP, g->value);
        }
    }
    if (s == EXIT_OK) {
        report_skipped(c);
        s = compile_labels_check(c->builder);
    }
    if (s == EXIT_OK) {
        s = check_uses(c, args);
    }
    return s;
}

static int write_report(struct compile *c)
{
    gaz_error e = {0};
    const char *text = NULL;
    size_t len = 0;
    if (gaz_builder_report(c->builder, &text, &len, &e) != GAZ_OK) {
        return cli_error(c->report, &e);
    }
    return whole_write(c->report, text, len);
}

static bool show_step(void *context, const char *step, size_t done,
                      size_t total)
{
    progress_step(context, step, done, total);
    return true;
}

static int write_lexicon(struct compile *c)
{
    gaz_error e = {0};
    const void *image = NULL;
    size_t len = 0;
    struct progress progress;
    progress_start_steps(&progress);
    gaz_builder_progress(c->builder, show_step, &progress);
    gaz_status built = gaz_builder_finish(c->builder, &image, &len, &e);
    progress_end(&progress);
    int s = built == GAZ_OK
                ? EXIT_OK
                : cli_error(gaz_builder_error_source(c->builder), &e);
    if (c->report != NULL && (built == GAZ_OK || built == GAZ_EMPTY)) {
        int reported = write_report(c);
        s = s == EXIT_OK ? reported : s;
    }
    const char *reliability = NULL;
    if (s == EXIT_OK &&
        gaz_builder_reliability(c->builder, &reliability, &e) != GAZ_OK) {
        s = cli_error(NULL, &e);
    }
    if (s != EXIT_OK) {
        return s;
    }
    /* Last of all that can fail. */
    s = whole_write(c->output, image, len);
    if (s != EXIT_OK) {
        return s;
    }
    gaz_tuned tuned;
    if (gaz_builder_tuned(c->builder, &tuned)) {
        cli_note("chose --min-purity %.2f --smoothing %.1f: F1 %.2f in 5-fold "
                 "cross-validation (%.2f with the values given)",
                 tuned.min_purity, tuned.smoothing, 100 * tuned.f1,
                 100 * tuned.f1_before);
    }
    if (isatty(STDERR_FILENO)) {
        gaz_build_stats stats;
        gaz_builder_stats(c->builder, &stats);
        cli_note("%s: %zu names kept of %zu (%zu sentences, %zu mentions, %zu "
                 "list lines), %zu rules, %zu bytes",
                 c->output, stats.kept, stats.surfaces, stats.sentences,
                 stats.mentions, stats.list_names, stats.rules, len);
    }
    if (c->report != NULL || isatty(STDERR_FILENO)) {
        fputs(reliability, stderr);
    }
    return EXIT_OK;
}

static int run(const struct cli_args *args)
{
    struct compile c = {.build = {.tag_column = 1}};
    for (size_t i = 0; i < args->given_count; i++) {
        if (!read_option(&c, &args->given[i])) {
            return EXIT_INPUT;
        }
    }
    if (c.output == NULL) {
        return cli_fail("name the lexicon to write: gaz compile -o OUT.gaz "
                        "INPUT...");
    }
    if (strcmp(c.output, "-") == 0 && isatty(STDOUT_FILENO)) {
        return cli_fail("a lexicon is nothing for a terminal to show; send it "
                        "into a file or a pipe");
    }
    if (args->file_count == 0) {
        return cli_fail("name at least one corpus, name list or folder");
    }
    struct cli_lexicon prior = {0};
    gaz_error e = {0};
    int s = cli_check_written(args, "output", args->files, args->file_count);
    if (s == EXIT_OK) {
        s = cli_check_written(args, "report", args->files, args->file_count);
    }
    if (s == EXIT_OK) {
        s = cli_build_prior(args, &c.build, &prior);
    }
    if (s == EXIT_OK &&
        gaz_builder_create(&c.build, NULL, &c.builder, &e) != GAZ_OK) {
        s = cli_error(NULL, &e);
    }
    cli_lexicon_close(&prior);
    if (s != EXIT_OK) {
        return s;
    }
    s = add_inputs(&c, args);
    if (s == EXIT_OK) {
        s = write_lexicon(&c);
    }
    gaz_builder_free(c.builder);
    return s;
}

const struct cli_verb cli_verb_compile = {
    .name = "compile",
    .usage = "-o OUT.gaz [OPTION...] INPUT...",
    .summary = "turn annotated corpora and name lists into a lexicon",
    .details = "Inputs are files or folders, mixed. A corpus has a token and "
               "its tag a line,\n"
               "sentences ended by empty lines or wrapped in <s> and </s>. A "
               "name list has\n"
               "lines of name TAB label [TAB id [TAB key=value,...]], where "
               "'-' for a label\n"
               "takes the name away; keys are case=exact|fold|smart, "
               "plural=yes|no, priority=N,\n"
               "kind=name|alias|acronym|generic, need=a|b, next=a|b, prev=a|b, "
               "not=a|b,\n"
               "notnext=a|b, notprev=a|b, short=yes|no, version=yes|no. Rules "
               "have lines of\n"
               "label TAB pattern [TAB key=value,...]: a Perl regular "
               "expression whose group m,\n"
               "or the whole match, is the mention; {Label} stands for a "
               "mention of that label;\n"
               "keys are case=exact|fold, word=a|b, words=yes|no, id=ID, "
               "priority=N.\n",
    .examples = "gaz compile -o my.gaz names.tsv lists/         # lists into a "
                "lexicon\n"
                "gaz compile -o my.gaz train.conll names.tsv    # what a "
                "corpus annotates too\n"
                "gaz compile -o my.gaz --report why.tsv train.conll\n"
                "gaz compile -o my.gaz --select scored train.conll\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = run,
};
