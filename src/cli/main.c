/* The program: finds the verb, parses by its table, runs it. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/options.h"

static const struct cli_verb *const verbs[] = {
    &cli_verb_compile, &cli_verb_tag,  &cli_verb_eval,    &cli_verb_info,
    &cli_verb_dump,    &cli_verb_lint, &cli_verb_explain, &cli_verb_diff,
};

enum { VERB_COUNT = sizeof verbs / sizeof verbs[0] };

static void print_usage(FILE *to)
{
    fputs("gaz: tag the names of things in technical text\n\n"
          "usage: gaz VERB [OPTION...] [FILE...]\n\n",
          to);
    for (size_t i = 0; i < VERB_COUNT; i++) {
        fprintf(to, "  %-10s %s\n", verbs[i]->name, verbs[i]->summary);
    }
    fputs("\n'gaz VERB --help' tells the options of a verb.\n"
          "Exit codes: 0 done, 1 a wanted limit not reached, 2 bad input or\n"
          "option, 3 cannot read or write, or out of memory.\n",
          to);
}

static void print_man(FILE *to)
{
    fprintf(to,
            ".TH GAZ 1 \"\" \"gaz %s\"\n.SH NAME\n"
            "gaz \\- tag the names of things in technical text\n"
            ".SH SYNOPSIS\n.B gaz\n\\fIVERB\\fR [\\fIOPTION\\fR...] "
            "[\\fIFILE\\fR...]\n",
            gaz_version());
    for (size_t i = 0; i < VERB_COUNT; i++) {
        options_man(verbs[i], to);
    }
    fputs(".SH EXIT STATUS\n0 done, 1 a wanted limit not reached, 2 bad "
          "input or option, 3 cannot read or write, or out of memory.\n",
          to);
}

static void print_completion(FILE *to)
{
    fputs("# bash completion of gaz, made by 'gaz --completion'\n"
          "_gaz() {\n  local words\n  case \"${COMP_WORDS[1]}\" in\n",
          to);
    for (size_t i = 0; i < VERB_COUNT; i++) {
        options_complete(verbs[i], to);
    }
    fputs("    *) words=\"", to);
    for (size_t i = 0; i < VERB_COUNT; i++) {
        fprintf(to, "%s%s", i > 0 ? " " : "", verbs[i]->name);
    }
    fputs("\" ;;\n  esac\n"
          "  COMPREPLY=($(compgen -W \"$words\" -f -- "
          "\"${COMP_WORDS[COMP_CWORD]}\"))\n}\n"
          "complete -F _gaz gaz\n",
          to);
}

/* What help, man page and completions end with. */
static int finish_output(void)
{
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout)) {
        return EXIT_OK;
    }
    if (errno == EPIPE) {
        return EXIT_OK; /* the reader has seen enough */
    }
    cli_note("(standard output): cannot write: %s", strerror(errno));
    return EXIT_SYSTEM;
}

static int run_verb(const struct cli_verb *verb, int argc, char **argv)
{
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            options_help(verb, stdout);
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

static int run_option(const char *word)
{
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 ||
        strcmp(word, "help") == 0) {
        print_usage(stdout);
    } else if (strcmp(word, "--version") == 0) {
        int s = cli_simd_check();
        if (s != EXIT_OK) {
            return s;
        }
        printf("gaz %s (%s)\n", gaz_version(), gaz_simd_name(cli_simd()));
    } else if (strcmp(word, "--man") == 0) {
        print_man(stdout);
    } else if (strcmp(word, "--completion") == 0) {
        print_completion(stdout);
    } else {
        int s = cli_fail("unknown verb '%s'", word);
        print_usage(stderr);
        return s;
    }
    return finish_output();
}

int main(int argc, char **argv)
{
    /* A closed pipe is told by write, where it can be quiet. */
    signal(SIGPIPE, SIG_IGN);
    if (argc < 2) {
        print_usage(stderr);
        return EXIT_INPUT;
    }
    for (size_t i = 0; i < VERB_COUNT; i++) {
        if (strcmp(argv[1], verbs[i]->name) == 0) {
            return run_verb(verbs[i], argc - 2, argv + 2);
        }
    }
    return run_option(argv[1]);
}
