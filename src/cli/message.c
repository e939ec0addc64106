#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "os/neutral.h"

enum { TEXT_MAX = 6000, SIGN = sizeof NEUTRAL_SIGN - 1 };

static void say(const char *format, va_list args)
    __attribute__((format(printf, 1, 0)));

/* One line in one write: names of files and pieces of inputs are other
 * people's, and other programs write too. What does not fit is cut. */
static void say(const char *format, va_list args)
{
    char text[TEXT_MAX];
    char line[SIGN * TEXT_MAX + 8] = "gaz: ";
    int n = vsnprintf(text, sizeof text, format, args);
    const char *p = n >= 0 ? text : format;
    size_t left = strlen(p);
    size_t len = strlen(line);
    size_t bad = 1;
    while (bad > 0) {
        size_t good = neutral_span(p, left, true, &bad);
        memcpy(line + len, p, good);
        len += good;
        if (bad > 0) {
            memcpy(line + len, NEUTRAL_SIGN, SIGN);
            len += SIGN;
        }
        p += good + bad;
        left -= good + bad;
    }
    line[len++] = '\n';
    (void)fwrite(line, 1, len, stderr);
}

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

int cli_fail(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(format, args);
    va_end(args);
    return EXIT_INPUT;
}

int cli_error(const char *file, const gaz_error *e)
{
    char place[48] = "";
    if (file != NULL && e->line > 0 && e->column > 0) {
        (void)snprintf(place, sizeof place, "%zu:%zu:", e->line, e->column);
    } else if (file != NULL && e->line > 0) {
        (void)snprintf(place, sizeof place, "%zu:", e->line);
    }
    if (file != NULL && strcmp(file, "-") == 0) {
        file = "(standard input)";
    } else if (file != NULL && file[0] == '\0') {
        file = "''";
    }
    (void)cli_fail("%s%s%s%s%s", file != NULL ? file : "",
                   file != NULL ? ":" : "", place, file != NULL ? " " : "",
                   e->message);
    return e->code == GAZ_IO || e->code == GAZ_NOMEM ? EXIT_SYSTEM : EXIT_INPUT;
}

int cli_os_error(const char *file, const struct err *e)
{
    gaz_error public_error = {.code = (gaz_status)e->code,
                              .reason = (gaz_reason)e->reason,
                              .line = e->line,
                              .column = e->column};
    memcpy(public_error.message, e->message, sizeof e->message);
    return cli_error(file, &public_error);
}

int cli_system_error(const char *file, const char *what, int error)
{
    (void)cli_fail("%s: %s: %s", file, what, strerror(error));
    return EXIT_SYSTEM;
}

void cli_note(const char *format, ...)
{
    if (quiet) {
        return;
    }
    va_list args;
    va_start(args, format);
    say(format, args);
    va_end(args);
}

void cli_note_terminal(void)
{
    if (isatty(STDIN_FILENO)) {
        cli_note("no file named: reading what is typed, up to Ctrl-D");
    }
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
