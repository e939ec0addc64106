/* gaz eval: score tags against gold tags. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/build_options.h"
#include "cli/eval.h"

static const struct cli_option options[] = {
    {"scheme", 's', "SCHEME", "gaz|conlleval|seqeval|seqeval-strict|nervaluate",
     "whose report to print (default gaz: exact mentions, intervals, "
     "confusion, kinds of errors)"},
    {"json", 'j', NULL, NULL, "print all schemes as one JSON document"},
    {"lexicon", 'l', "LEX.gaz", NULL,
     "tag GOLD's tokens with this lexicon, and score that; may be given again, "
     "as with gaz tag"},
    {"columns", 0, "T,G[,P]", NULL,
     "columns of token, gold tag and prediction, from 1, negative from the "
     "end (default: 1,-2,-1 in one file; 1,2 in GOLD and -1 in PRED)"},
    {"raw", 'r', NULL, NULL,
     "tags are bare types, each token a mention of its own (conlleval -r)"},
    {"latex", 0, NULL, NULL, "conlleval: a LaTeX table (its -l)"},
    {"digits", 0, "N", NULL, "seqeval: digits after the point (default 2)"},
    {"tag-scheme", 0, "SCHEME", "auto|iob2|iobes|bilou",
     "seqeval-strict: the scheme of the tags (default auto)"},
    {"train", 0, "FILE", NULL,
     "training corpus: split mentions into seen, ambiguous and unseen, and "
     "look for shared sentences; may be given again"},
    {"bootstrap", 0, "N", NULL,
     "rounds for the 95% intervals (default 1000; 0: none)"},
    {"seed", 0, "N", NULL, "seed of the bootstrap and of folds (default 1)"},
    {"errors", 0, "FILE.tsv", NULL,
     "list every error; with --compare, the mentions that only one gets"},
    {"html", 0, "FILE.html", NULL, "the errors as a page to look at"},
    {"card", 0, "FILE", NULL,
     "write the baseline card: LaTeX to FILE.tex, else Markdown; may be "
     "given twice"},
    {"compare", 0, NULL, NULL,
     "compare two taggers: files are A B GOLD, where A and B are lexicons "
     "(.gaz) or tagged files"},
    {"cv", 0, "K", NULL,
     "K-fold cross-validation of compile options on a corpus; the options "
     "from --case on are those of gaz compile"},
    {"by", 0, "UNIT", "sentence|document",
     "what --cv keeps together; documents begin at -DOCSTART- (default "
     "sentence)"},
    {"min-f1", 0, "X", NULL,
     "exit 1 when the F1 of the scheme is below X (0 to 1, or a percentage "
     "above 1)"},
    CLI_BUILD_OPTIONS,
};

enum { SEQEVAL_DIGITS = 2, ROUNDS = 1000, ROUNDS_MAX = 1000000 };

static bool read_columns(struct eval_args *a, const struct cli_given *g)
{
    size_t commas = 0;
    for (const char *p = g->value; *p != '\0'; p++) {
        commas += *p == ',';
    }
    a->column_count = commas == 1 ? 2 : 3;
    return cli_columns(g, a->columns, a->column_count);
}

static bool add_path(const char **list, size_t *count, size_t max,
                     const struct cli_given *g)
{
    if (*count == max) {
        (void)cli_fail("--%s: at most %zu", g->option->name, max);
        return false;
    }
    list[(*count)++] = g->value;
    return true;
}

static bool read_number(struct eval_args *a, const struct cli_given *g)
{
    long n = 0;
    if (cli_is(g, "digits")) {
        if (!cli_number(g, 0, 17, &n)) {
            return false;
        }
        a->digits = (int)n;
    } else if (cli_is(g, "bootstrap")) {
        if (!cli_number(g, 0, ROUNDS_MAX, &n)) {
            return false;
        }
        a->options.bootstrap = (uint32_t)n;
    } else if (cli_is(g, "seed")) {
        if (!cli_number(g, 0, 2147483647, &n)) {
            return false;
        }
        a->options.seed = (uint64_t)n;
    } else if (cli_is(g, "cv")) {
        if (!cli_number(g, 2, 1000000, &n)) {
            return false;
        }
        a->folds = (size_t)n;
    } else if (cli_is(g, "min-f1")) {
        if (!cli_fraction(g, 0, 100, &a->min_f1)) {
            return false;
        }
        a->min_f1 = a->min_f1 > 1 ? a->min_f1 / 100 : a->min_f1;
    } else {
        return cli_build_option(g, &a->build);
    }
    return true;
}

static bool read_option(struct eval_args *a, const struct cli_given *g)
{
    int choice = g->option->choices != NULL
                     ? cli_choice(g->option->choices, g->value)
                     : 0;
    if (cli_is(g, "scheme")) {
        a->kind = (gaz_eval_kind)choice;
        a->scheme = true;
    } else if (cli_is(g, "json")) {
        a->kind = GAZ_EVAL_JSON;
        a->json = true;
    } else if (cli_is(g, "lexicon")) {
        a->lexicon = true;
    } else if (cli_is(g, "columns")) {
        return read_columns(a, g);
    } else if (cli_is(g, "raw")) {
        a->options.raw = true;
    } else if (cli_is(g, "latex")) {
        a->latex = true;
    } else if (cli_is(g, "tag-scheme")) {
        a->options.tags = (gaz_eval_tags)choice;
    } else if (cli_is(g, "train")) {
        return add_path(a->trains, &a->train_count, EVAL_TRAINS_MAX, g);
    } else if (cli_is(g, "errors")) {
        a->list = g->value;
    } else if (cli_is(g, "html")) {
        a->page = g->value;
    } else if (cli_is(g, "card")) {
        return add_path(a->cards, &a->card_count, EVAL_CARDS_MAX, g);
    } else if (cli_is(g, "compare")) {
        a->compare = true;
    } else if (cli_is(g, "by")) {
        a->by_document = choice == 1;
    } else {
        return read_number(a, g);
    }
    return true;
}

static int write_errors(const struct eval_args *a, gaz_eval *eval,
                        const char *gold)
{
    gaz_error e = {0};
    const char *text = NULL;
    size_t len = 0;
    int s = EXIT_OK;
    if (a->list != NULL) {
        s = gaz_eval_list(eval, &text, &len, &e) == GAZ_OK
                ? whole_write(a->list, text, len)
                : cli_error(a->list, &e);
    }
    if (s == EXIT_OK && a->page != NULL) {
        s = gaz_eval_page(eval, gold, &text, &len, &e) == GAZ_OK
                ? whole_write(a->page, text, len)
                : cli_error(a->page, &e);
    }
    return s;
}

static int train(const struct eval_args *a, gaz_eval *eval)
{
    int s = EXIT_OK;
    for (size_t i = 0; s == EXIT_OK && i < a->train_count; i++) {
        struct eval_file f = {0};
        gaz_error e = {0};
        int tag = a->column_count == 2 ? a->columns[1] : 1;
        s = eval_file_open(a->trains[i], eval_column(a, 0, 0), tag, &f);
        if (s == EXIT_OK && gaz_eval_train(eval, &f.input, &e) != GAZ_OK) {
            s = cli_error(a->trains[i], &e);
        }
        s = eval_file_close(&f, s);
    }
    return s;
}

/* All that follows when the counting is done. */
static int report(const struct eval_args *a, gaz_eval *eval,
                  const struct eval_file *gold, const struct eval_file *tagger)
{
    gaz_error e = {0};
    const char *text = NULL;
    size_t len = 0;
    double f1 = 0;
    if (gaz_eval_report(eval, a->kind, a->latex, a->digits, &text, &len, &e) !=
        GAZ_OK) {
        return cli_error(gold->path, &e);
    }
    int s = whole_write("-", text, len);
    if (s == EXIT_OK) {
        s = write_errors(a, eval, gold->path);
    }
    if (s == EXIT_OK) {
        s = eval_cards(a, eval, gold->path, tagger);
    }
    if (s == EXIT_OK && gaz_eval_f1(eval, a->kind, &f1, &e) != GAZ_OK) {
        s = cli_error(gold->path, &e);
    }
    return s == EXIT_OK ? eval_check_f1(a, f1) : s;
}

static int score(const struct eval_args *a, struct eval_file *gold,
                 struct eval_file *tagger)
{
    gaz_error e = {0};
    gaz_eval *eval = NULL;
    size_t input = 0;
    if (gaz_eval_create(&a->options, NULL, &eval, &e) != GAZ_OK) {
        return cli_error(NULL, &e);
    }
    int s = train(a, eval);
    if (s == EXIT_OK && tagger->lexicon.lexicon != NULL &&
        gaz_eval_lexicon(eval, tagger->lexicon.lexicon, &e) != GAZ_OK) {
        s = cli_error(tagger->path, &e);
    }
    if (s == EXIT_OK && gaz_eval_run(eval, &gold->input, &tagger->input, &input,
                                     &e) != GAZ_OK) {
        s = cli_error(input == 1 ? tagger->path : gold->path, &e);
        if (e.reason == GAZ_REASON_FEW_COLUMNS && a->file_count == 1 &&
            !a->lexicon) {
            cli_note("a line of one file alone has token, gold and prediction; "
                     "a second file or -l LEX.gaz predicts for two columns");
        }
        if (e.reason == GAZ_REASON_BARE_TAG) {
            cli_note("-r asks for bare types");
        }
    }
    if (s == EXIT_OK && gaz_eval_tokens(eval) == 0) {
        cli_note("%s: no token; these are scores of nothing",
                 strcmp(gold->path, "-") == 0 ? "(standard input)"
                                              : gold->path);
    }
    if (s == EXIT_OK) {
        s = report(a, eval, gold, tagger);
    }
    gaz_eval_free(eval);
    return s;
}

/* One file, two files, or one and a lexicon. */
static int run_files(const struct eval_args *a)
{
    bool one = a->file_count == 1 && !a->lexicon;
    struct eval_file gold = {0};
    struct eval_file tagger = {0};
    int s = eval_file_open(a->files[0], eval_column(a, 0, 0),
                           eval_column(a, 1, one ? -2 : 1), &gold);
    if (s == EXIT_OK && one) {
        tagger.input.tag_column = eval_column(a, 2, -1);
    } else if (s == EXIT_OK && a->lexicon) {
        s = eval_lexicon_open(a, &tagger);
    } else if (s == EXIT_OK) {
        s = eval_file_open(a->files[1], eval_column(a, 0, 0),
                           eval_column(a, 2, -1), &tagger);
    }
    if (s == EXIT_OK) {
        s = score(a, &gold, &tagger);
    }
    s = eval_file_close(&tagger, s);
    return eval_file_close(&gold, s);
}

/* Which reports are counted for, and whether a bootstrap is worth it. */
static void choose_parts(struct eval_args *a, bool rounds_given)
{
    a->options.kinds = 1u << a->kind;
    if (a->card_count > 0) {
        a->options.kinds |= 1u << GAZ_EVAL_JSON;
    }
    bool intervals = a->kind == GAZ_EVAL_PEOPLE || a->kind == GAZ_EVAL_JSON ||
                     a->card_count > 0;
    if (!rounds_given) {
        a->options.bootstrap = intervals || a->compare ? ROUNDS : 0;
    }
    a->options.list = a->list != NULL;
    a->options.page = a->page != NULL;
}

/* Where options are of use, as bits. */
enum { USE_FILES = 1, USE_LEXICON = 2, USE_COMPARE = 4, USE_CROSS = 8 };

/* An option that would not be looked at is a mistake of somebody's. */
static int check_use(const struct cli_args *args, unsigned mode)
{
    static const struct {
        const char *name;
        unsigned modes;
    } uses[] = {
        {"lexicon", USE_LEXICON},
        {"scheme", USE_FILES | USE_LEXICON},
        {"raw", USE_FILES | USE_LEXICON},
        {"latex", USE_FILES | USE_LEXICON},
        {"digits", USE_FILES | USE_LEXICON},
        {"tag-scheme", USE_FILES | USE_LEXICON},
        {"train", USE_FILES | USE_LEXICON},
        {"html", USE_FILES | USE_LEXICON},
        {"card", USE_FILES | USE_LEXICON},
        {"errors", USE_FILES | USE_LEXICON | USE_COMPARE},
        {"bootstrap", USE_FILES | USE_LEXICON | USE_COMPARE},
        {"min-f1", USE_FILES | USE_LEXICON | USE_CROSS},
        {"by", USE_CROSS},
    };
    for (size_t i = 0; i < args->given_count; i++) {
        if (mode != USE_CROSS && cli_is_build_option(&args->given[i])) {
            return cli_fail("--%s is of no use here, only with --cv",
                            args->given[i].option->name);
        }
        for (size_t k = 0; k < sizeof uses / sizeof uses[0]; k++) {
            if (cli_is(&args->given[i], uses[k].name) &&
                (uses[k].modes & mode) == 0) {
                return cli_fail("--%s is of no use here%s", uses[k].name,
                                uses[k].modes == USE_CROSS ? ", only with --cv"
                                                           : "");
            }
        }
    }
    return EXIT_OK;
}

/* Each scheme has options of its own. */
static int check_scheme(const struct eval_args *a, const struct cli_args *args)
{
    static const char *const names[] = {
        [GAZ_EVAL_PEOPLE] = "gaz",
        [GAZ_EVAL_CONLLEVAL] = "conlleval",
        [GAZ_EVAL_SEQEVAL] = "seqeval",
        [GAZ_EVAL_SEQEVAL_STRICT] = "seqeval-strict",
        [GAZ_EVAL_NERVALUATE] = "nervaluate",
        [GAZ_EVAL_JSON] = "json",
    };
    static const struct cli_use uses[] = {
        {"latex", NULL, "conlleval"},
        {"digits", NULL, "seqeval|seqeval-strict"},
        {"tag-scheme", NULL, "seqeval-strict"},
    };
    /* JSON and cards have the numbers of all schemes. */
    bool all = a->kind == GAZ_EVAL_JSON || a->card_count > 0;
    return cli_check_uses(args, uses, sizeof uses / sizeof uses[0] - all, "-s",
                          names[a->kind]);
}

/* Standard input has been read when it is read again. */
static int check_standard_input(const struct eval_args *a)
{
    size_t n = 0;
    for (size_t i = 0; i < a->file_count; i++) {
        n += strcmp(a->files[i], "-") == 0;
    }
    for (size_t i = 0; i < a->train_count; i++) {
        n += strcmp(a->trains[i], "-") == 0;
    }
    for (size_t i = 0; i < a->args->given_count; i++) {
        const struct cli_given *g = &a->args->given[i];
        n += cli_is(g, "lexicon") && strcmp(g->value, "-") == 0;
    }
    return n > 1 ? cli_fail("standard input can be read once, and is named "
                            "%zu times",
                            n)
                 : EXIT_OK;
}

static int check(const struct eval_args *a, const struct cli_args *args)
{
    size_t n = a->file_count;
    bool lexicon = a->lexicon;
    if (a->compare && a->folds > 0) {
        return cli_fail("--compare and --cv do not go together");
    }
    if (a->compare && n != 3) {
        return cli_fail("--compare takes three files: A B GOLD");
    }
    if (a->folds > 0 && n != 1) {
        return cli_fail("--cv takes one corpus");
    }
    if (!a->compare && a->folds == 0) {
        if (lexicon && n > 1) {
            return cli_fail("-l takes one file: GOLD");
        }
        if (n > 2 || (n == 0 && isatty(STDIN_FILENO))) {
            return cli_fail("name one file (token, gold, prediction) or two: "
                            "GOLD PRED");
        }
        if (n < 2 && !lexicon && a->column_count == 2) {
            return cli_fail("--columns takes three numbers for one file: "
                            "token, gold, prediction");
        }
    }
    if (a->json && a->scheme) {
        return cli_fail("--json prints all schemes; --scheme has no use there");
    }
    int s = check_use(args, a->compare     ? USE_COMPARE
                            : a->folds > 0 ? USE_CROSS
                            : lexicon      ? USE_LEXICON
                                           : USE_FILES);
    s = s == EXIT_OK ? check_scheme(a, args) : s;
    return s == EXIT_OK ? check_standard_input(a) : s;
}

static int run(const struct cli_args *args)
{
    struct eval_args a = {.options = {.seed = 1},
                          .tag = {.simd = cli_simd()},
                          .digits = SEQEVAL_DIGITS,
                          .min_f1 = -1,
                          .build = {.tag_column = 1},
                          .files = args->files,
                          .file_count = args->file_count,
                          .args = args};
    bool rounds_given = false;
    for (size_t i = 0; i < args->given_count; i++) {
        if (!read_option(&a, &args->given[i])) {
            return EXIT_INPUT;
        }
        rounds_given = rounds_given || cli_is(&args->given[i], "bootstrap");
    }
    int s = check(&a, args);
    static const char *const written[] = {"errors", "html", "card"};
    for (size_t i = 0; i < sizeof written / sizeof written[0]; i++) {
        s = s == EXIT_OK ? cli_check_written(args, written[i], args->files,
                                             args->file_count)
                         : s;
    }
    if (s != EXIT_OK) {
        return s;
    }
    static const char *const input[] = {"-"};
    if (a.file_count == 0) {
        a.files = input;
        a.file_count = 1;
    }
    choose_parts(&a, rounds_given);
    if (a.compare) {
        return eval_compare(&a);
    }
    if (a.folds == 0) {
        return run_files(&a);
    }
    struct cli_lexicon prior;
    s = cli_build_prior(args, &a.build, &prior);
    s = s == EXIT_OK ? eval_cross(&a) : s;
    cli_lexicon_close(&prior);
    return s;
}

const struct cli_verb cli_verb_eval = {
    .name = "eval",
    .usage = "[OPTION...] [FILE] | GOLD PRED | -l LEX.gaz GOLD | --compare A B "
             "GOLD | --cv K CORPUS",
    .summary = "score tags against gold tags, as the field's scorers do",
    .details =
        "A file has a token a line and an empty line after a sentence. With "
        "one FILE, or\nstandard input, its last two columns are gold and "
        "prediction. The reports "
        "of conlleval and seqeval are\nprinted as the originals do; exit 1 "
        "tells that --min-f1 was not reached.\n",
    .examples = "gaz eval tagged.conll                          # gold and "
                "prediction a line\n"
                "gaz eval -l my.gaz --train train.conll test.conll\n"
                "gaz eval --scheme conlleval tagged.conll       # as the Perl "
                "scorer prints\n"
                "gaz eval --compare my.gaz other.conll test.conll\n"
                "gaz eval --cv 5 train.conll\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = run,
};
