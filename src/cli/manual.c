#include "cli/manual.h"

#include <string.h>

#include "cli/options.h"

enum { WIDTH = 79 };

/* ---- what is the same everywhere ---- */

static const struct {
    int code;
    const char *meaning;
} exit_codes[] = {
    {EXIT_OK, "done"},
    {EXIT_BELOW, "done, but a wanted limit was not reached, lint found an "
                 "error, diff a difference, or bad records were left out"},
    {EXIT_INPUT, "bad input, option or lexicon"},
    {EXIT_SYSTEM, "cannot read or write, or out of memory"},
};

static const struct {
    const char *name, *meaning;
} variables[] = {
    {"GAZ_LEXICON", "the lexicon that is used without -l"},
    {"GAZ_SIMD", "the instructions that the scanner may use: none, neon, avx2 "
                 "or avx512 (default: the best that the machine has); the "
                 "mentions are the same"},
    {"NO_COLOR", "no colours, if set to anything"},
};

static const struct {
    const char *command, *what;
} first_steps[] = {
    {"gaz tag article.md", "show an article with its names in colour"},
    {"gaz tag -t html -o page.html *.txt", "the same as a page"},
    {"gaz tag -t counts docs/*.txt", "what texts are about"},
    {"gaz compile -o my.gaz names.tsv", "make a lexicon of a list"},
    {"gaz tag -l +names.tsv notes.txt", "or lay the list over gaz's own"},
    {"gaz explain notes.txt", "why is this found, and that not?"},
    {"gaz eval -l my.gaz gold.conll", "how good is it?"},
};

enum {
    CODE_COUNT = sizeof exit_codes / sizeof exit_codes[0],
    VARIABLE_COUNT = sizeof variables / sizeof variables[0],
    STEP_COUNT = sizeof first_steps / sizeof first_steps[0]
};

/* ---- help ---- */

/* Print words from column `indent` on, wrapped before WIDTH. */
static void wrap(const char *text, int indent, FILE *to)
{
    int column = indent;
    while (*text != '\0') {
        int len = (int)strcspn(text, " \n");
        if (column > indent && column + 1 + len > WIDTH) {
            fprintf(to, "\n%*s", indent, "");
            column = indent;
        } else if (column > indent) {
            fputc(' ', to);
            column++;
        }
        fprintf(to, "%.*s", len, text);
        column += len;
        text += len;
        text += *text != '\0';
    }
    fputc('\n', to);
}

static void print_codes(FILE *to)
{
    fputs("exit codes:\n", to);
    for (size_t i = 0; i < CODE_COUNT; i++) {
        fprintf(to, "  %d  ", exit_codes[i].code);
        wrap(exit_codes[i].meaning, 5, to);
    }
}

void manual_usage(const struct manual *m, FILE *to)
{
    fputs("gaz finds the systems, devices, applications and other things that "
          "technical\ntexts mention.\n\n",
          to);
    for (size_t i = 0; i < STEP_COUNT; i++) {
        fprintf(to, "  %-36s %s\n", first_steps[i].command,
                first_steps[i].what);
    }
    fputs("\nusage: gaz VERB [OPTION...] [FILE...]\n\n", to);
    for (size_t i = 0; i < m->count; i++) {
        fprintf(to, "  %-10s %s\n", m->verbs[i]->name, m->verbs[i]->summary);
    }
    fputs(
        "\n'gaz VERB --help' tells the options of a verb, 'gaz --version' the "
        "version and\nthe lexicon inside, 'gaz --man [VERB]' writes the man "
        "page, 'gaz --completion\nbash|zsh|fish' what the shell completes."
        "\n\n",
        to);
    print_codes(to);
}

static int left_width(const struct cli_option *o)
{
    return (int)(strlen(o->name) +
                 (o->value != NULL ? strlen(o->value) + 1 : 0));
}

static void help_option(const struct cli_option *o, int widest, FILE *to)
{
    if (o->letter != '\0') {
        fprintf(to, "  -%c, ", o->letter);
    } else {
        fputs("      ", to);
    }
    fprintf(to, "--%s%s%s%*s", o->name, o->value != NULL ? " " : "",
            o->value != NULL ? o->value : "", widest - left_width(o) + 2, "");
    wrap(o->help, widest + 10, to);
    if (o->choices != NULL) {
        /* The choices as words, so that lines can be broken between them. */
        char words[512] = "one of:";
        size_t n = strlen(words);
        for (const char *p = o->choices; *p != '\0' && n + 40 < sizeof words;) {
            size_t len = strcspn(p, "|");
            n += (size_t)snprintf(words + n, sizeof words - n, " %.*s",
                                  (int)len, p);
            p += len + (p[len] == '|');
        }
        fprintf(to, "%*s", widest + 10, "");
        wrap(words, widest + 10, to);
    }
}

void manual_help(const struct cli_verb *verb, FILE *to)
{
    int widest = 0;
    fprintf(to, "usage: gaz %s ", verb->name);
    wrap(verb->usage, (int)strlen(verb->name) + 12, to);
    fprintf(to, "\n%s\n", verb->summary);
    if (verb->examples != NULL) {
        fputs("\nexamples:\n", to);
        for (const char *p = verb->examples; *p != '\0';) {
            size_t len = strcspn(p, "\n");
            fprintf(to, "  %.*s\n", (int)len, p);
            p += len + (p[len] == '\n');
        }
    }
    for (size_t i = 0; i < options_count(verb); i++) {
        int w = left_width(options_at(verb, i));
        widest = w > widest ? w : widest;
    }
    fputs("\noptions:\n", to);
    for (size_t i = 0; i < options_count(verb); i++) {
        help_option(options_at(verb, i), widest, to);
    }
    if (verb->details != NULL) {
        fputc('\n', to);
        wrap(verb->details, 0, to);
    }
    fputc('\n', to);
    print_codes(to);
}

/* ---- man pages ---- */

/* Text for roff: no line begins a request, a hyphen is the one that is typed,
 * a backslash is one. */
static void roff(const char *text, FILE *to)
{
    bool start = true;
    for (const char *p = text; *p != '\0'; p++) {
        if (start && (*p == '.' || *p == '\'')) {
            fputs("\\&", to);
        }
        if (*p == '\\') {
            fputs("\\e", to);
        } else if (*p == '-') {
            fputs("\\-", to);
        } else {
            fputc(*p, to);
        }
        start = *p == '\n';
    }
}

static void roff_head(const char *name, const char *summary, FILE *to)
{
    fputs(".TH ", to);
    for (const char *p = name; *p != '\0'; p++) {
        bool small = *p >= 'a' && *p <= 'z';
        fputs(*p == '-' ? "\\" : "", to);
        fputc(small ? *p - 'a' + 'A' : *p, to);
    }
    fprintf(to, " 1 2026-11-22 \"gaz %s\"\n.SH NAME\n", gaz_version());
    roff(name, to);
    fputs(" \\- ", to);
    roff(summary, to);
    fputc('\n', to);
}

static void roff_item(const char *head, const char *text, FILE *to)
{
    fputs(".TP\n.B ", to);
    roff(head, to);
    fputc('\n', to);
    roff(text, to);
    fputs(text[strlen(text) - 1] == '?' ? "\n" : ".\n", to);
}

static void roff_codes(FILE *to)
{
    fputs(".SH EXIT STATUS\n", to);
    for (size_t i = 0; i < CODE_COUNT; i++) {
        char digits[] = {(char)('0' + exit_codes[i].code), '\0'};
        roff_item(digits, exit_codes[i].meaning, to);
    }
}

static void roff_variables(FILE *to)
{
    fputs(".SH ENVIRONMENT\n", to);
    for (size_t i = 0; i < VARIABLE_COUNT; i++) {
        roff_item(variables[i].name, variables[i].meaning, to);
    }
}

static void roff_see(const struct manual *m, const struct cli_verb *but,
                     FILE *to)
{
    fputs(".SH SEE ALSO\n", to);
    if (but != NULL) {
        fputs(".BR gaz (1),\n", to);
    }
    for (size_t i = 0, left = m->count - (but != NULL); i < m->count; i++) {
        if (m->verbs[i] != but) {
            fprintf(to, ".BR gaz\\-%s (1)%s\n", m->verbs[i]->name,
                    --left > 0 ? "," : "");
        }
    }
}

void manual_page(const struct manual *m, FILE *to)
{
    roff_head("gaz", "tag the names of things in technical text", to);
    fputs(".SH SYNOPSIS\n.B gaz\n\\fIVERB\\fR [\\fIOPTION\\fR...] "
          "[\\fIFILE\\fR...]\n.SH DESCRIPTION\n",
          to);
    roff("gaz finds the operating systems, devices, architectures, "
         "applications and other\nthings that a technical text mentions: a "
         "lexicon of names, compiled once from\nannotated corpora and name "
         "lists, is matched in one pass. One lexicon is inside\nthe program."
         "\n",
         to);
    fputs(".SH EXAMPLES\n", to);
    for (size_t i = 0; i < STEP_COUNT; i++) {
        roff_item(first_steps[i].command, first_steps[i].what, to);
    }
    fputs(".SH VERBS\n", to);
    for (size_t i = 0; i < m->count; i++) {
        fprintf(to, ".TP\n.BR gaz\\-%s (1)\n", m->verbs[i]->name);
        roff(m->verbs[i]->summary, to);
        fputs(".\n", to);
    }
    fputs(".SH OPTIONS\n", to);
    roff_item("--help", "show help; after a verb, its", to);
    roff_item("--version",
              "show the version, the lexicon inside and the instructions that "
              "are used",
              to);
    roff_item("--man [VERB]", "write this page, or a verb's", to);
    roff_item("--completion bash|zsh|fish", "write what the shell completes",
              to);
    roff_variables(to);
    roff_codes(to);
    roff_see(m, NULL, to);
}

static void roff_option(const struct cli_option *o, FILE *to)
{
    fputs(".TP\n", to);
    if (o->letter != '\0') {
        fprintf(to, "\\fB\\-%c\\fR, ", o->letter);
    }
    fputs("\\fB\\-\\-", to);
    roff(o->name, to);
    fputs("\\fR", to);
    if (o->value != NULL) {
        fputs(" \\fI", to);
        roff(o->value, to);
        fputs("\\fR", to);
    }
    fputc('\n', to);
    roff(o->help, to);
    fputs(".\n", to);
    if (o->choices != NULL) {
        fputs("One of:", to);
        for (const char *p = o->choices; *p != '\0';) {
            int len = (int)strcspn(p, "|");
            char word[64];
            snprintf(word, sizeof word, "%.*s", len, p);
            fputs(" \\fB", to);
            roff(word, to);
            fputs("\\fR", to);
            p += len + (p[len] == '|');
        }
        fputs(".\n", to);
    }
}

void manual_verb_page(const struct manual *m, const struct cli_verb *verb,
                      FILE *to)
{
    char name[64];
    snprintf(name, sizeof name, "gaz-%s", verb->name);
    roff_head(name, verb->summary, to);
    fprintf(to, ".SH SYNOPSIS\n.B gaz %s\n", verb->name);
    roff(verb->usage, to);
    fputs("\n.SH DESCRIPTION\n", to);
    if (verb->details != NULL) {
        roff(verb->details, to);
    } else {
        fprintf(to, "See\n.BR gaz (1).\n");
    }
    fputs(".SH OPTIONS\n", to);
    for (size_t i = 0; i < options_count(verb); i++) {
        roff_option(options_at(verb, i), to);
    }
    if (verb->examples != NULL) {
        fputs(".SH EXAMPLES\n.nf\n", to);
        roff(verb->examples, to);
        fputs(".fi\n", to);
    }
    roff_variables(to);
    roff_codes(to);
    roff_see(m, verb, to);
}
