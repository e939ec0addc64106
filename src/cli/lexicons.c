/* Opening lexicons, the default one among them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

#ifndef GAZ_DATA_DIR
#define GAZ_DATA_DIR "/usr/local/share/gaz"
#endif

enum { PATH_SIZE = 4096 };

static bool beside_binary(const char *tail, char *path)
{
    ssize_t n = readlink("/proc/self/exe", path, PATH_SIZE - 1);
    if (n <= 0) {
        return false;
    }
    path[n] = '\0';
    char *slash = strrchr(path, '/');
    if (slash == NULL || (size_t)(slash - path) + strlen(tail) + 2 > PATH_SIZE) {
        return false;
    }
    strcpy(slash + 1, tail);
    return file_kind(path) == FILE_REGULAR;
}

/* $GAZ_LEXICON, beside the binary, where it was installed. */
static bool find_default(char *path)
{
    const char *given = getenv("GAZ_LEXICON");
    if (given != NULL && *given != '\0') {
        return snprintf(path, PATH_SIZE, "%s", given) < PATH_SIZE;
    }
    if (beside_binary("default.gaz", path) ||
        beside_binary("../share/gaz/default.gaz", path)) {
        return true;
    }
    (void)snprintf(path, PATH_SIZE, "%s/default.gaz", GAZ_DATA_DIR);
    return file_kind(path) == FILE_REGULAR;
}

int cli_lexicon_open(const char *path, struct cli_lexicon *out)
{
    char found[PATH_SIZE];
    memset(out, 0, sizeof *out);
    if (path == NULL) {
        if (!find_default(found)) {
            return cli_fail("no default lexicon beside the program; 'make' "
                            "builds it, or name one with -l LEX.gaz");
        }
        path = found;
    }
    struct err why = {0};
    if (file_load(path, &out->file, &why) != STATUS_OK) {
        return cli_os_error(path, &why);
    }
    gaz_error e = {0};
    if (gaz_lexicon_open(out->file.data, out->file.len, NULL, &out->lexicon,
                         &e) != GAZ_OK) {
        file_unload(&out->file);
        return cli_error(path, &e);
    }
    return EXIT_OK;
}

void cli_lexicon_close(struct cli_lexicon *l)
{
    gaz_lexicon_free(l->lexicon);
    file_unload(&l->file);
    memset(l, 0, sizeof *l);
}

gaz_status cli_read(void *context, char *buffer, size_t size, size_t *got,
                    gaz_error *e)
{
    struct err why = {0};
    enum status s = file_read(context, buffer, size, got, &why);
    if (s != STATUS_OK) {
        e->code = (gaz_status)s;
        memcpy(e->message, why.message, sizeof why.message);
    }
    return (gaz_status)s;
}
