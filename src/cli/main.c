/* The program: finds the verb, parses by its table, runs it. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/guess.h"
#include "cli/manual.h"
#include "cli/options.h"

static const struct cli_verb *const verbs[] = {
    &cli_verb_compile, &cli_verb_tag,     &cli_verb_convert,
    &cli_verb_eval,    &cli_verb_info,    &cli_verb_dump,
    &cli_verb_lint,    &cli_verb_explain, &cli_verb_diff,
};

enum { VERB_COUNT = sizeof verbs / sizeof verbs[0] };

static const struct manual manual = {verbs, VERB_COUNT};

/* Help, man page and completions are written in one go, at the end: stdio
 * forgets why an earlier write has failed. */
static char page[1 << 17];

static int finish_output(void)
{
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout)) {
        return EXIT_OK;
    }
    if (errno == EPIPE) {
        return EXIT_OK; /* the reader has seen enough */
    }
    (void)cli_fail("(standard output): cannot write: %s", strerror(errno));
    return EXIT_SYSTEM;
}

static int run_verb(const struct cli_verb *verb, int argc, char **argv)
{
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            manual_help(verb, stdout);
            return finish_output();
        }
    }
    struct cli_args args;
    int s = cli_simd_check();
    if (s == EXIT_OK) {
        s = options_parse(verb, argc, argv, &args);
    }
    if (s == EXIT_OK) {
        s = verb->run(&args);
        options_free(&args);
    }
    return s;
}

static const struct cli_verb *find_verb(const char *word)
{
    for (size_t i = 0; i < VERB_COUNT; i++) {
        if (strcmp(word, verbs[i]->name) == 0) {
            return verbs[i];
        }
    }
    return NULL;
}

static int unknown_verb(const char *word)
{
    char guess[GUESS_TOLD];
    struct guess g = {.typed = word, .len = strlen(word)};
    for (size_t i = 0; i < VERB_COUNT; i++) {
        guess_offer(&g, verbs[i]->name, strlen(verbs[i]->name));
    }
    guess_tell(&g, "", guess, sizeof guess);
    if (word[0] == '-') {
        return cli_fail("'%s' where a verb is wanted: gaz VERB [OPTION...] "
                        "[FILE...]; see 'gaz --help'",
                        word);
    }
    if (guess[0] == '\0' && file_kind(word) != FILE_MISSING) {
        return cli_fail("unknown verb '%s' (did you mean 'gaz tag %s'?); see "
                        "'gaz --help'",
                        word, word);
    }
    return cli_fail("unknown verb '%s'%s; see 'gaz --help'", word, guess);
}

/* The version, the default lexicon and the instructions that are used. */
static int print_version(void)
{
    struct cli_lexicon l;
    int s = cli_simd_check();
    if (s == EXIT_OK) {
        printf("gaz %s (%s)\n", gaz_version(), gaz_simd_name(cli_simd()));
        s = cli_lexicon_open(NULL, &l);
    }
    if (s == EXIT_OK) {
        printf("lexicon: %s, %zu entries, format %u\n", l.name,
               gaz_lexicon_entry_count(l.lexicon),
               (unsigned)gaz_lexicon_format(l.lexicon));
        cli_lexicon_close(&l);
    }
    return s;
}

/* gaz --man [VERB] and gaz help [VERB]. */
static int print_pages(bool man, const char *word)
{
    if (word != NULL && strcmp(word, "help") == 0) {
        word = NULL;
    }
    const struct cli_verb *verb = word != NULL ? find_verb(word) : NULL;
    if (word != NULL && verb == NULL) {
        return unknown_verb(word);
    }
    if (man && verb != NULL) {
        manual_verb_page(&manual, verb, stdout);
    } else if (man) {
        manual_page(&manual, stdout);
    } else if (verb != NULL) {
        manual_help(verb, stdout);
    } else {
        manual_usage(&manual, stdout);
    }
    return EXIT_OK;
}

static int run_option(const char *word, const char *next)
{
    int s = EXIT_OK;
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 ||
        strcmp(word, "help") == 0) {
        s = print_pages(false, next);
    } else if (strcmp(word, "--version") == 0) {
        s = print_version();
    } else if (strcmp(word, "--man") == 0) {
        s = print_pages(true, next);
    } else if (strcmp(word, "--completion") == 0) {
        const char *shell = next != NULL ? next : "bash";
        if (!manual_completion(&manual, shell, stdout)) {
            s = cli_fail("--completion takes bash, zsh or fish, not '%s'",
                         shell);
        }
    } else {
        return unknown_verb(word);
    }
    int finished = finish_output();
    return s == EXIT_OK ? finished : s;
}

/* Words behind what these take would be lost without a word. */
static int check_words(int argc, char **argv)
{
    static const struct {
        const char *word;
        int takes; /* words behind it */
    } all[] = {{"--help", 1}, {"-h", 1},           {"help", 1},
               {"--man", 1},  {"--completion", 1}, {"--version", 0}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        int first = 2 + all[i].takes;
        if (strcmp(argv[1], all[i].word) == 0 && argc > first) {
            return cli_fail("gaz %s takes %s; '%s' is too much", argv[1],
                            all[i].takes > 0 ? "one word" : "no words",
                            argv[first]);
        }
    }
    return EXIT_OK;
}

int main(int argc, char **argv)
{
    /* A closed pipe is told by write, where it can be quiet. */
    signal(SIGPIPE, SIG_IGN);
    /* A file beyond the limit of file sizes (ulimit -f) too. */
    signal(SIGXFSZ, SIG_IGN);
    (void)setvbuf(stdout, page, _IOFBF, sizeof page);
    if (argc < 2) {
        manual_usage(&manual, stderr);
        return EXIT_INPUT;
    }
    const struct cli_verb *verb = find_verb(argv[1]);
    if (verb != NULL) {
        return run_verb(verb, argc - 2, argv + 2);
    }
    int s = check_words(argc, argv);
    return s == EXIT_OK ? run_option(argv[1], argc > 2 ? argv[2] : NULL) : s;
}
