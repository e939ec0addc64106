/* gaz explain: why names in a text are mentions or not. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/whole.h"
#include "os/out.h"

static const struct cli_option options[] = {
    {"lexicon", 'l', "LEX.gaz", NULL,
     "the lexicon (default: the one inside the program)"},
    {"text", 0, "TEXT", NULL, "explain this text instead of files"},
    {"offsets", 0, "UNIT", "chars|bytes|utf16",
     "what places are counted in: code points, bytes or UTF-16 units (default "
     "chars)"},
    {"hyphen", 0, "HOW", "break|join",
     "whether a hyphen parts words (default break)"},
    {"inside", 0, NULL, NULL,
     "also names inside paths, URLs, addresses and dotted identifiers"},
    {"generic", 0, NULL, NULL, "also common nouns (kind=generic)"},
};

static int explain_bytes(gaz_explainer *x, struct out *out, const char *name,
                         const char *text, size_t len)
{
    gaz_error e = {0};
    const char *said = NULL;
    size_t said_len = 0;
    if (gaz_explain(x, text, len, &said, &said_len, &e) != GAZ_OK) {
        return cli_error(name, &e);
    }
    out_bytes(out, said, said_len);
    if (said_len == 0) {
        cli_note("%s: no name of the lexicon stands here",
                 name != NULL ? name : "--text");
    }
    return EXIT_OK;
}

static int explain_file(gaz_explainer *x, struct out *out, const char *path)
{
    struct file_bytes file;
    int s = whole_load(path, &file);
    if (s == EXIT_OK) {
        s = explain_bytes(x, out, path, file.data, file.len);
        file_unload(&file);
    }
    return s;
}

static int explain_all(const struct cli_args *args, gaz_explainer *x,
                       struct out *out)
{
    int s = EXIT_OK;
    bool given = false;
    for (size_t i = 0; s == EXIT_OK && i < args->given_count; i++) {
        const struct cli_given *g = &args->given[i];
        if (cli_is(g, "text")) {
            given = true;
            s = explain_bytes(x, out, NULL, g->value, strlen(g->value));
        }
    }
    for (size_t i = 0; s == EXIT_OK && i < args->file_count; i++) {
        s = explain_file(x, out, args->files[i]);
    }
    if (s == EXIT_OK && !given && args->file_count == 0) {
        cli_note_terminal();
        s = explain_file(x, out, "-");
    }
    return s;
}

static int run(const struct cli_args *args)
{
    gaz_tag_options tag = {.simd = cli_simd()};
    gaz_unit unit = GAZ_CHARS;
    for (size_t i = 0; i < args->given_count; i++) {
        const struct cli_given *g = &args->given[i];
        tag.inside = tag.inside || cli_is(g, "inside");
        tag.generic = tag.generic || cli_is(g, "generic");
        if (cli_is(g, "offsets")) {
            unit = (gaz_unit)cli_choice(g->option->choices, g->value);
        } else if (cli_is(g, "hyphen")) {
            tag.hyphen_join = cli_choice(g->option->choices, g->value) == 1;
        }
    }
    struct cli_lexicon lexicon;
    struct out out = {0};
    struct err why = {0};
    gaz_error e = {0};
    gaz_explainer *x = NULL;
    int s = cli_lexicon_open_given(args, &lexicon);
    if (s != EXIT_OK) {
        return s;
    }
    if (out_open(&out, STDOUT_FILENO, &why) != STATUS_OK) {
        cli_lexicon_close(&lexicon);
        return cli_nomem();
    }
    out.neutral = true; /* for people */
    if (gaz_explainer_create(lexicon.lexicon, &tag, &x, &e) == GAZ_OK) {
        gaz_explainer_unit(x, unit);
        s = explain_all(args, x, &out);
    } else {
        s = cli_error(lexicon.name, &e);
    }
    gaz_explainer_free(x);
    if (out_close(&out, &why) != STATUS_OK && s == EXIT_OK) {
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
               "scored lexicon every candidate with its weights.\n",
    .examples = "gaz explain notes.txt\n"
                "echo 'Go on Linux' | gaz explain\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = run,
};
