#include "cli/options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/guess.h"

/* What every verb takes. */
static const struct cli_option common[] = {
    {"quiet", 'q', NULL, NULL, "say nothing but errors on standard error"},
    {"no-progress", 0, NULL, NULL,
     "no progress bar (there is one only where standard error is a terminal)"},
    {"help", 'h', NULL, NULL, "show this help"},
};

enum { COMMON_COUNT = sizeof common / sizeof common[0] };

size_t options_count(const struct cli_verb *verb)
{
    return verb->option_count + COMMON_COUNT;
}

const struct cli_option *options_at(const struct cli_verb *verb, size_t i)
{
    return i < verb->option_count ? &verb->options[i]
                                  : &common[i - verb->option_count];
}

static bool is_common(const struct cli_option *o)
{
    return o >= common && o < common + COMMON_COUNT;
}

static const struct cli_option *find_long(const struct cli_verb *verb,
                                          const char *name, size_t len)
{
    for (size_t i = 0; i < options_count(verb); i++) {
        const struct cli_option *o = options_at(verb, i);
        if (strlen(o->name) == len && memcmp(o->name, name, len) == 0) {
            return o;
        }
    }
    return NULL;
}

static const struct cli_option *find_short(const struct cli_verb *verb,
                                           char letter)
{
    for (size_t i = 0; i < options_count(verb); i++) {
        if (letter != '\0' && options_at(verb, i)->letter == letter) {
            return options_at(verb, i);
        }
    }
    return NULL;
}

int cli_choice(const char *choices, const char *value)
{
    size_t len = strlen(value);
    int n = 0;
    for (const char *p = choices; *p != '\0'; n++) {
        size_t word = strcspn(p, "|");
        if (word == len && memcmp(p, value, len) == 0) {
            return n;
        }
        p += word + (p[word] == '|');
    }
    return -1;
}

/* "-t tsv, -t counts" */
static void list_formats(const char *formats, const char *flag, char *out,
                         size_t size)
{
    size_t n = 0;
    for (const char *p = formats; *p != '\0' && n < size;) {
        size_t word = strcspn(p, "|");
        n += (size_t)snprintf(out + n, size - n, "%s%s %.*s", n > 0 ? ", " : "",
                              flag, (int)word, p);
        p += word + (p[word] == '|');
    }
}

int cli_check_uses(const struct cli_args *args, const struct cli_use *uses,
                   size_t count, const char *flag, const char *format)
{
    for (size_t i = 0; i < args->given_count; i++) {
        const struct cli_given *g = &args->given[i];
        for (size_t k = 0; k < count; k++) {
            const struct cli_use *u = &uses[k];
            bool meant = cli_is(g, u->option) &&
                         (u->value == NULL || strcmp(g->value, u->value) == 0);
            if (meant && cli_choice(u->formats, format) < 0) {
                char list[256];
                list_formats(u->formats, flag, list, sizeof list);
                return cli_fail("--%s%s%s is for %s; %s %s has no use for it",
                                u->option, u->value != NULL ? " " : "",
                                u->value != NULL ? u->value : "", list, flag,
                                format);
            }
        }
    }
    return EXIT_OK;
}

/* " (did you mean 'WORD'?)" for what of choices is meant, or "". */
static void guess_choice(const char *choices, const char *value, char *out,
                         size_t size)
{
    struct guess g = {.typed = value, .len = strlen(value)};
    for (const char *p = choices; *p != '\0';) {
        size_t word = strcspn(p, "|");
        guess_offer(&g, p, word);
        p += word + (p[word] == '|');
    }
    guess_tell(&g, "", out, size);
}

static int add(struct cli_args *args, const struct cli_option *option,
               const char *value)
{
    char guess[GUESS_TOLD];
    if (is_common(option)) {
        cli_common(option->name);
        return EXIT_OK;
    }
    if (option->choices != NULL && value != NULL &&
        cli_choice(option->choices, value) < 0) {
        guess_choice(option->choices, value, guess, sizeof guess);
        return cli_fail("--%s takes %s, not '%s'%s", option->name,
                        option->choices, value, guess);
    }
    args->given[args->given_count++] = (struct cli_given){option, value};
    return EXIT_OK;
}

struct words {
    const struct cli_verb *verb;
    char **argv;
    int argc;
    int at;
};

static int take_value(struct words *w, const struct cli_option *option,
                      const char *value, struct cli_args *out)
{
    if (option->value == NULL) {
        return add(out, option, NULL);
    }
    if (value == NULL) {
        if (w->at >= w->argc) {
            return cli_fail("--%s wants a value: %s", option->name,
                            option->value);
        }
        value = w->argv[w->at++];
    }
    return add(out, option, value);
}

static int parse_long(struct words *w, const char *word, struct cli_args *out)
{
    const char *equals = strchr(word, '=');
    size_t len = equals != NULL ? (size_t)(equals - word) : strlen(word);
    const struct cli_option *o = find_long(w->verb, word, len);
    if (o == NULL) {
        char guess[GUESS_TOLD];
        struct guess g = {.typed = word, .len = len};
        for (size_t i = 0; i < options_count(w->verb); i++) {
            const char *name = options_at(w->verb, i)->name;
            guess_offer(&g, name, strlen(name));
        }
        guess_tell(&g, "--", guess, sizeof guess);
        return cli_fail("unknown option '--%.*s'%s; see 'gaz %s --help'",
                        (int)len, word, guess, w->verb->name);
    }
    if (o->value == NULL && equals != NULL) {
        return cli_fail("--%s takes no value", o->name);
    }
    return take_value(w, o, equals != NULL ? equals + 1 : NULL, out);
}

static int parse_short(struct words *w, const char *word, struct cli_args *out)
{
    while (*word != '\0') {
        const struct cli_option *o = find_short(w->verb, *word);
        if (o == NULL) {
            return cli_fail("unknown option '-%c'; see 'gaz %s --help'", *word,
                            w->verb->name);
        }
        word++;
        if (o->value != NULL) {
            return take_value(w, o, *word != '\0' ? word : NULL, out);
        }
        int s = take_value(w, o, NULL, out);
        if (s != EXIT_OK) {
            return s;
        }
    }
    return EXIT_OK;
}

int options_parse(const struct cli_verb *verb, int argc, char **argv,
                  struct cli_args *out)
{
    struct words w = {verb, argv, argc, 0};
    size_t room = (size_t)argc * 2 + 1; /* -abc gives three */
    for (int i = 0; i < argc; i++) {
        room += strlen(argv[i]);
    }
    memset(out, 0, sizeof *out);
    out->given = calloc(room, sizeof *out->given);
    out->files = calloc((size_t)argc + 1, sizeof *out->files);
    if (out->given == NULL || out->files == NULL) {
        options_free(out);
        return cli_nomem();
    }
    bool only_files = false;
    int s = EXIT_OK;
    while (s == EXIT_OK && w.at < w.argc) {
        const char *word = w.argv[w.at++];
        if (only_files || word[0] != '-' || word[1] == '\0') {
            out->files[out->file_count++] = word;
        } else if (strcmp(word, "--") == 0) {
            only_files = true;
        } else if (word[1] == '-') {
            s = parse_long(&w, word + 2, out);
        } else {
            s = parse_short(&w, word + 1, out);
        }
    }
    if (s != EXIT_OK) {
        options_free(out);
    }
    return s;
}

void options_free(struct cli_args *args)
{
    free(args->given);
    free(args->files);
    memset(args, 0, sizeof *args);
}

bool cli_is(const struct cli_given *given, const char *name)
{
    return strcmp(given->option->name, name) == 0;
}

bool cli_number(const struct cli_given *given, long min, long max, long *out)
{
    char *end = NULL;
    errno = 0;
    long v = strtol(given->value, &end, 10);
    if (end == given->value || *end != '\0' || errno != 0 || v < min ||
        v > max) {
        (void)cli_fail("--%s takes a whole number from %ld to %ld, not '%s'",
                       given->option->name, min, max, given->value);
        return false;
    }
    *out = v;
    return true;
}

bool cli_fraction(const struct cli_given *given, double min, double max,
                  double *out)
{
    char *end = NULL;
    errno = 0;
    double v = strtod(given->value, &end);
    if (end == given->value || *end != '\0' || errno != 0 ||
        !(v >= min && v <= max)) {
        (void)cli_fail("--%s takes a number from %g to %g, not '%s'",
                       given->option->name, min, max, given->value);
        return false;
    }
    *out = v;
    return true;
}

bool cli_columns(const struct cli_given *given, int *out, size_t count)
{
    const char *p = given->value;
    for (size_t i = 0; i < count; i++) {
        char *end = NULL;
        errno = 0;
        long v = strtol(p, &end, 10);
        if (end == p || errno != 0 || v == 0 || v > 1000 || v < -1000 ||
            *end != (i + 1 < count ? ',' : '\0')) {
            (void)cli_fail("--%s takes %zu column number%s counted from 1 "
                           "(negative: from the end), such as %s, not '%s'",
                           given->option->name, count, count > 1 ? "s" : "",
                           count > 2   ? "1,2,3"
                           : count > 1 ? "1,2"
                                       : "1",
                           given->value);
            return false;
        }
        out[i] = (int)(v > 0 ? v - 1 : v);
        p = end + 1;
    }
    return true;
}

int cli_would_replace(const char *option, const char *path, const char *same)
{
    return cli_fail("--%s %s would replace %s, which is named too", option,
                    path, same);
}

int cli_check_written(const struct cli_args *args, const char *option,
                      const char *const *files, size_t count)
{
    for (size_t i = 0; i < args->given_count; i++) {
        const struct cli_given *g = &args->given[i];
        const char *same = NULL;
        if (!cli_is(g, option)) {
            continue;
        }
        for (size_t k = 0; k < count; k++) {
            same = file_same(g->value, files[k]) ? files[k] : same;
        }
        for (size_t k = 0; k < args->given_count; k++) {
            const char *other = args->given[k].value;
            if (other != NULL && k != i &&
                args->given[k].option->choices == NULL) {
                other += other[0] == '+'; /* a lexicon on top */
                same = file_same(g->value, other) ? other : same;
            }
        }
        if (same != NULL) {
            return cli_would_replace(option, g->value, same);
        }
    }
    return EXIT_OK;
}
