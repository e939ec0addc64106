#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

/* What --quiet and --no-progress say, for the whole run. */
static bool quiet;
static bool no_progress;

void cli_common(const char *option)
{
    quiet = quiet || strcmp(option, "quiet") == 0;
    no_progress = no_progress || strcmp(option, "no-progress") == 0;
}

bool cli_quiet(void)
{
    return quiet;
}

bool cli_no_progress(void)
{
    return quiet || no_progress;
}

int cli_error(const char *file, const gaz_error *e)
{
    fputs("gaz: ", stderr);
    if (file != NULL) {
        fprintf(stderr,
                "%s:", strcmp(file, "-") == 0 ? "(standard input)" : file);
        if (e->line > 0) {
            fprintf(stderr, "%zu:", e->line);
            if (e->column > 0) {
                fprintf(stderr, "%zu:", e->column);
            }
        }
        fputc(' ', stderr);
    }
    fprintf(stderr, "%s\n", e->message);
    return e->code == GAZ_IO || e->code == GAZ_NOMEM ? EXIT_SYSTEM : EXIT_INPUT;
}

int cli_os_error(const char *file, const struct err *e)
{
    gaz_error public_error = {
        .code = (gaz_status)e->code, .line = e->line, .column = e->column};
    memcpy(public_error.message, e->message, sizeof e->message);
    return cli_error(file, &public_error);
}

int cli_system_error(const char *file, const char *what, int error)
{
    cli_note("%s: %s: %s", file, what, strerror(error));
    return EXIT_SYSTEM;
}

void cli_note(const char *format, ...)
{
    if (quiet) {
        return;
    }
    va_list args;
    va_start(args, format);
    fputs("gaz: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
}

int cli_fail(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("gaz: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    return EXIT_INPUT;
}

int cli_nomem(void)
{
    fputs("gaz: out of memory\n", stderr);
    return EXIT_SYSTEM;
}

int cli_out_end(struct out *o, int s)
{
    struct err why = {0};
    bool broken = out_broken(o);
    enum status closed = out_close(o, &why);
    if (closed != STATUS_OK && !broken && !out_broken(o) &&
        (s == EXIT_OK || s == EXIT_BELOW)) {
        return cli_os_error("(standard output)", &why);
    }
    return s;
}
