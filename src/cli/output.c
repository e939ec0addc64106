#include "cli/output.h"

#include <string.h>
#include <unistd.h>

const char *output_path(const char *value)
{
    bool standard =
        strcmp(value, "-") == 0 || strcmp(value, "/dev/stdout") == 0;
    return standard ? NULL : value;
}

int output_open(struct output *o, const char *folder)
{
    struct err why = {0};
    if (folder != NULL) {
        o->path = NULL;
        if (file_folder(folder, &why) != STATUS_OK) {
            return cli_os_error(folder, &why);
        }
    }
    bool named = o->path != NULL;
    if ((named && file_create(o->path, &o->file, &why) != STATUS_OK) ||
        out_open(&o->out, named ? o->file.fd : STDOUT_FILENO, &why) !=
            STATUS_OK) {
        return cli_os_error(o->path, &why);
    }
    return EXIT_OK;
}

int output_close(struct output *o, int s)
{
    struct err why = {0};
    if (o->path == NULL) {
        return cli_out_end(&o->out, s);
    }
    bool good = out_close(&o->out, &why) == STATUS_OK;
    if (s != EXIT_OK || !good) {
        file_discard(&o->file);
    } else {
        good = file_commit(&o->file, &why) == STATUS_OK;
    }
    return s == EXIT_OK && !good ? cli_os_error(o->path, &why) : s;
}
