/* gaz explain: why names in a text are mentions or not. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/inputs.h"
#include "cli/match_options.h"
#include "cli/whole.h"
#include "os/out.h"

static const struct cli_option options[] = {
    {"lexicon", 'l', "LEX.gaz", NULL,
     "the lexicon (default: the one inside the program)"},
    {"text", 0, "TEXT", NULL, "explain this text; may be given again"},
    {"from", 'f', "FORMAT", "auto|text|markdown|html",
     "what the files are (default auto: by the extension, else by what they "
     "begin with)"},
    INPUT_OPTION_ZONES,
    {"offsets", 0, "UNIT", "chars|bytes|utf16",
     "what places are counted in: code points, bytes or UTF-16 units (default "
     "chars)"},
    CLI_MATCH_OPTIONS,
};

/* What the verb writes to, and whether it says of which text that is. */
struct explained {
    gaz_explainer *explainer;
    gaz_document *document;
    int from; /* 0: auto, else gaz_format + 1 */
    unsigned zones;
    struct out out;
    bool several;
};

/* What is said of a text; with a name as what it is, else as it stands. */
static gaz_status explain(struct explained *x, const char *name,
                          const char *text, size_t len, const char **said,
                          size_t *said_len, gaz_error *e)
{
    gaz_format format = GAZ_FORMAT_TEXT;
    if (name != NULL) {
        format = x->from > 0 ? (gaz_format)(x->from - 1)
                             : gaz_format_guess(name, text, len);
    }
    if (format == GAZ_FORMAT_TEXT) {
        return gaz_explain(x->explainer, text, len, said, said_len, e);
    }
    gaz_status s = GAZ_OK;
    if (x->document == NULL) {
        s = gaz_document_create(NULL, &x->document, e);
    }
    if (s == GAZ_OK) {
        s = gaz_document_read(x->document, format, x->zones, text, len, e);
    }
    return s == GAZ_OK ? gaz_explain_document(x->explainer, x->document, said,
                                              said_len, e)
                       : s;
}

static int explain_bytes(struct explained *x, const char *name,
                         const char *text, size_t len)
{
    gaz_error e = {0};
    const char *said = NULL;
    size_t said_len = 0;
    if (explain(x, name, text, len, &said, &said_len, &e) != GAZ_OK) {
        return cli_error(name, &e);
    }
    if (x->several) {
        out_str(&x->out, "# ");
        out_str(&x->out, name != NULL ? name : "--text");
        out_byte(&x->out, '\n');
    }
    out_bytes(&x->out, said, said_len);
    if (said_len == 0) {
        cli_note("%s: no name of the lexicon stands here",
                 name != NULL ? name : "--text");
    }
    return EXIT_OK;
}

/* What gaz tag takes for records is no text. */
static int check_text(const struct explained *x, const char *path,
                      const struct file_bytes *file)
{
    struct input_fieldless without;
    size_t n = file->len < FILE_HEAD ? file->len : FILE_HEAD;
    return x->from > 0 || !input_records(
                              input_guess(path, NULL, file->data, n, &without))
               ? EXIT_OK
               : cli_fail("%s: records of JSON, and texts are explained: take "
                          "theirs out (jq -r .text), or explain it as it "
                          "stands (-f text)",
                          strcmp(path, "-") == 0 ? "(standard input)" : path);
}

static int explain_file(struct explained *x, const char *path)
{
    struct file_bytes file;
    int s = whole_load(path, &file);
    if (s == EXIT_OK) {
        s = check_text(x, path, &file);
        s = s == EXIT_OK ? explain_bytes(x, path, file.data, file.len) : s;
        file_unload(&file);
    }
    return s;
}

static int explain_all(const struct cli_args *args, struct explained *x)
{
    int s = EXIT_OK;
    bool given = false;
    size_t texts = args->file_count;
    for (size_t i = 0; i < args->given_count; i++) {
        texts += cli_is(&args->given[i], "text");
    }
    x->several = texts > 1;
    for (size_t i = 0; s == EXIT_OK && i < args->given_count; i++) {
        const struct cli_given *g = &args->given[i];
        if (cli_is(g, "text")) {
            given = true;
            s = explain_bytes(x, NULL, g->value, strlen(g->value));
        }
    }
    for (size_t i = 0; s == EXIT_OK && i < args->file_count; i++) {
        s = explain_file(x, args->files[i]);
    }
    if (s == EXIT_OK && !given && args->file_count == 0) {
        cli_note_terminal();
        s = explain_file(x, "-");
    }
    return s;
}

static int run(const struct cli_args *args)
{
    gaz_tag_options tag = {.simd = cli_simd()};
    gaz_unit unit = GAZ_CHARS;
    struct explained all = {0};
    for (size_t i = 0; i < args->given_count; i++) {
        const struct cli_given *g = &args->given[i];
        if (cli_match_option(g, &tag)) {
            continue;
        }
        if (cli_is(g, "offsets")) {
            unit = (gaz_unit)cli_choice(g->option->choices, g->value);
        } else if (cli_is(g, "from")) {
            all.from = cli_choice(g->option->choices, g->value);
        } else if (cli_is(g, "zones") && !inputs_zones(g->value, &all.zones)) {
            return EXIT_INPUT;
        }
    }
    static const char *const names[] = {"auto", "text", "markdown", "html"};
    static const struct cli_use uses[] = {
        {"zones", NULL, "auto|markdown|html"}};
    struct cli_lexicon lexicon;
    struct err why = {0};
    gaz_error e = {0};
    if (cli_check_uses(args, uses, 1, "-f", names[all.from]) != EXIT_OK) {
        return EXIT_INPUT;
    }
    int s = cli_lexicon_open_given(args, &lexicon);
    if (s != EXIT_OK) {
        return s;
    }
    if (out_open(&all.out, STDOUT_FILENO, &why) != STATUS_OK) {
        cli_lexicon_close(&lexicon);
        return cli_nomem();
    }
    all.out.neutral = true; /* for people */
    if (gaz_explainer_create(lexicon.lexicon, &tag, &all.explainer, &e) ==
        GAZ_OK) {
        gaz_explainer_unit(all.explainer, unit);
        s = explain_all(args, &all);
    } else {
        s = cli_error(lexicon.name, &e);
    }
    gaz_explainer_free(all.explainer);
    gaz_document_free(all.document);
    if (out_close(&all.out, &why) != STATUS_OK && s == EXIT_OK) {
        s = cli_os_error("(output)", &why);
    }
    return cli_lexicon_end(&lexicon, s);
}

const struct cli_verb cli_verb_explain = {
    .name = "explain",
    .usage = "[OPTION...] [FILE...]",
    .summary = "tell why names in a text are mentions or not",
    .details = "For every place where a name of the lexicon stands: its entry, "
               "counts and source, and\nwhat kept it from being found; which "
               "rules match, and short forms. For a "
               "scored lexicon every candidate with its weights.\nMarkdown and "
               "HTML are "
               "read as gaz tag reads them, other files as they are. Of "
               "several, each begins with a line '# "
               "FILE'.\n",
    .examples = "gaz explain notes.txt\n"
                "echo 'Go on Linux' | gaz explain\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = run,
};
