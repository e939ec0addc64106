/* gaz lint: what is wrong in name lists. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/embedded.h"
#include "cli/inputs.h"
#include "cli/whole.h"
#include "cli/writer.h"

static const struct cli_option options[] = {
    {"format", 0, "FORMAT", "text|json",
     "file:line:column lines, or a JSON array (default text)"},
    {"labels", 0, "A,B", NULL, "the labels that are good (default: all)"},
    {"words", 0, "FILE", NULL,
     "common words, one a line, instead of those that came with gaz"},
    {"errors", 'e', NULL, NULL, "show errors only"},
};

struct lint_run {
    gaz_linter *linter;
    bool json;
    bool only_errors;
    const char *words;
    const char *labels;
    size_t lists;
    struct out out;
};

static int add_words(struct lint_run *r)
{
    struct file_bytes file = {.data = embedded_words,
                              .len = (size_t)embedded_words_size};
    struct err why = {0};
    gaz_error e = {0};
    if (r->words != NULL && file_load(r->words, &file, &why) != STATUS_OK) {
        return cli_os_error(r->words, &why);
    }
    gaz_status s = gaz_linter_words(r->linter, file.data, file.len, &e);
    if (r->words != NULL) {
        file_unload(&file);
    }
    return s == GAZ_OK ? EXIT_OK : cli_error(r->words, &e);
}

static int add_labels(struct lint_run *r)
{
    const char *p = r->labels;
    bool more = p != NULL;
    while (more) {
        size_t n = strcspn(p, ",");
        if (n == 0) {
            return cli_fail("--labels takes names parted by commas");
        }
        gaz_error e = {0};
        char *label = malloc(n + 1);
        if (label == NULL) {
            return cli_nomem();
        }
        memcpy(label, p, n);
        label[n] = '\0';
        gaz_status s = gaz_linter_label(r->linter, label, &e);
        free(label);
        if (s != GAZ_OK) {
            return cli_error(NULL, &e);
        }
        more = p[n] == ',';
        p += n + more;
    }
    return EXIT_OK;
}

static int add_file(struct lint_run *r, const char *path)
{
    static const char *const others[] = {"jsonl", "def", "lst",
                                         "conll", "iob", "bio"};
    gaz_error e = {0};
    struct file_bytes file;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (inputs_ending(path, others[i])) {
            return cli_fail("%s: lint reads name lists (.tsv) and rules "
                            "(.rules); gaz compile checks the others",
                            path);
        }
    }
    int loaded = whole_load(path, &file);
    if (loaded != EXIT_OK) {
        return loaded;
    }
    gaz_status s =
        inputs_ending(path, "rules")
            ? gaz_linter_add_rules(r->linter, path, file.data, file.len, &e)
            : gaz_linter_add(r->linter, path, file.data, file.len, &e);
    file_unload(&file);
    r->lists++;
    return s == GAZ_OK ? EXIT_OK : cli_error(path, &e);
}

static int add_folder(struct lint_run *r, const char *path)
{
    struct file_list files;
    struct err why = {0};
    if (file_walk(path, &files, &why) != STATUS_OK) {
        return cli_os_error(NULL, &why);
    }
    int s = EXIT_OK;
    size_t before = r->lists;
    for (size_t i = 0; s == EXIT_OK && i < files.count; i++) {
        if (inputs_ending(files.paths[i], "tsv") ||
            inputs_ending(files.paths[i], "rules")) {
            s = add_file(r, files.paths[i]);
        }
    }
    if (s == EXIT_OK && r->lists == before) {
        s = cli_fail(
            "%s: the folder holds no name list (.tsv) or rules (.rules)", path);
    }
    file_list_free(&files);
    return s;
}

static void put_number(struct lint_run *r, const char *before, size_t n)
{
    out_str(&r->out, before);
    writer_number(&r->out, n);
}

static void put_text(struct lint_run *r, const gaz_problem *p)
{
    out_str(&r->out, p->source);
    put_number(r, ":", p->line);
    put_number(r, ":", p->column);
    out_str(&r->out, p->error ? ": error: " : ": warning: ");
    out_str(&r->out, p->message);
    out_str(&r->out, " [");
    out_str(&r->out, p->check);
    out_str(&r->out, "]\n");
}

static void put_json(struct lint_run *r, const gaz_problem *p, bool first)
{
    out_str(&r->out, first ? "\n{\"file\":\"" : ",\n{\"file\":\"");
    writer_json_text(&r->out, p->source, strlen(p->source));
    put_number(r, "\",\"line\":", p->line);
    put_number(r, ",\"column\":", p->column);
    out_str(&r->out, p->error ? ",\"severity\":\"error\",\"check\":\""
                              : ",\"severity\":\"warning\",\"check\":\"");
    out_str(&r->out, p->check);
    out_str(&r->out, "\",\"message\":\"");
    writer_json_text(&r->out, p->message, strlen(p->message));
    out_str(&r->out, "\"}");
}

static int put_problems(struct lint_run *r)
{
    gaz_error e = {0};
    const gaz_problem *list = NULL;
    size_t count = 0;
    size_t errors = 0;
    size_t shown = 0;
    struct err why = {0};
    if (gaz_linter_finish(r->linter, &list, &count, &e) != GAZ_OK) {
        return cli_error(NULL, &e);
    }
    if (out_open(&r->out, STDOUT_FILENO, &why) != STATUS_OK) {
        return cli_nomem();
    }
    r->out.neutral = r->out.neutral || !r->json;
    out_str(&r->out, r->json ? "[" : "");
    for (size_t i = 0; i < count; i++) {
        errors += list[i].error;
        if (r->only_errors && !list[i].error) {
            continue;
        }
        if (r->json) {
            put_json(r, &list[i], shown == 0);
        } else {
            put_text(r, &list[i]);
        }
        shown++;
    }
    out_str(&r->out, r->json ? "\n]\n" : "");
    int s = cli_out_end(&r->out, errors > 0 ? EXIT_BELOW : EXIT_OK);
    if (count > 0 && !r->json && s != EXIT_SYSTEM) {
        cli_note("%zu error%s and %zu warning%s in %zu list%s", errors,
                 errors == 1 ? "" : "s", count - errors,
                 count - errors == 1 ? "" : "s", r->lists,
                 r->lists == 1 ? "" : "s");
    }
    return s;
}

static int run(const struct cli_args *args)
{
    struct lint_run r = {.linter = NULL};
    gaz_error e = {0};
    for (size_t i = 0; i < args->given_count; i++) {
        const struct cli_given *g = &args->given[i];
        if (cli_is(g, "format")) {
            r.json = cli_choice(g->option->choices, g->value) == 1;
        } else if (cli_is(g, "labels")) {
            r.labels = g->value;
        } else if (cli_is(g, "words")) {
            r.words = g->value;
        } else if (cli_is(g, "errors")) {
            r.only_errors = true;
        }
    }
    if (args->file_count == 0) {
        return cli_fail("name at least one list (.tsv) or folder of lists");
    }
    if (gaz_linter_create(NULL, &r.linter, &e) != GAZ_OK) {
        return cli_error(NULL, &e);
    }
    int s = add_words(&r);
    if (s == EXIT_OK) {
        s = add_labels(&r);
    }
    for (size_t i = 0; s == EXIT_OK && i < args->file_count; i++) {
        s = file_kind(args->files[i]) == FILE_FOLDER
                ? add_folder(&r, args->files[i])
                : add_file(&r, args->files[i]);
    }
    if (s == EXIT_OK) {
        s = put_problems(&r);
    }
    gaz_linter_free(r.linter);
    return s;
}

const struct cli_verb cli_verb_lint = {
    .name = "lint",
    .usage = "[OPTION...] LIST...",
    .summary = "say what is wrong in name lists",
    .details =
        "Lists are name lists (.tsv), rules (.rules) or folders of them, held "
        "against each\nother. A problem is written as file:line:column: error "
        "or warning: message [check].\nExit code 1 when there is an error. "
        "The checks: syntax, invisible, look-alike,\ncontext, pattern, limit, "
        "conflict, unreachable, label (errors, or warnings where the\nline "
        "may be meant); spaces, brackets, comment, duplicate, common-word, "
        "literal, slow\n(warnings).\n",
    .examples = "gaz lint lists/\n"
                "gaz lint --labels Language,Device names.tsv\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = run,
};
