#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "os/file.h"

/* Of folders in folders. */
enum { WALK_DEPTH_MAX = 32 };

static enum status list_add(struct file_list *l, char *path, struct err *e)
{
    if (l->count == l->capacity) {
        size_t capacity = l->capacity == 0 ? 16 : l->capacity * 2;
        char **paths = realloc(l->paths, capacity * sizeof *paths);
        if (paths == NULL) {
            return err_nomem(e);
        }
        l->paths = paths;
        l->capacity = capacity;
    }
    l->paths[l->count++] = path;
    return STATUS_OK;
}

static char *join(const char *folder, const char *name)
{
    size_t n = strlen(folder);
    const char *slash = n > 0 && folder[n - 1] == '/' ? "" : "/";
    size_t size = n + strlen(name) + 2;
    char *path = malloc(size);
    if (path != NULL) {
        (void)snprintf(path, size, "%s%s%s", folder, slash, name);
    }
    return path;
}

/* What is below a folder. */
struct walk {
    struct file_list files, folders;
    struct file_list *broken; /* links to leave out; NULL: an error */
};

/* A link that leads nowhere, or to itself, where such are wanted? */
static bool is_broken(const struct walk *w, const char *path, int why)
{
    struct stat st;
    return w->broken != NULL && (why == ENOENT || why == ELOOP) &&
           lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

/* Does a path lead to a folder that it goes through: a link that would be
 * walked for ever? */
static bool is_loop(const char *path, const struct stat *st)
{
    struct stat other;
    char *copy = strdup(path);
    if (copy == NULL) {
        return false; /* then the depth ends it */
    }
    bool found = false;
    for (char *slash = NULL; !found && (slash = strrchr(copy, '/')) != NULL;) {
        slash[slash == copy] = '\0';
        found = stat(copy, &other) == 0 && other.st_dev == st->st_dev &&
                other.st_ino == st->st_ino;
        if (slash == copy) {
            break;
        }
    }
    free(copy);
    return found;
}

/* A folder, for later; a link back to where the walk comes from is left out
 * or, where that is not wanted, an error. */
static enum status folder_list(struct walk *w, const char *path,
                               const struct stat *st, struct file_list **to,
                               struct err *e)
{
    struct stat link;
    bool loop =
        lstat(path, &link) == 0 && S_ISLNK(link.st_mode) && is_loop(path, st);
    *to = loop ? w->broken : &w->folders;
    return *to != NULL ? STATUS_OK
                       : err_set(e, STATUS_IO,
                                 "%s: a link to a folder that it is in", path);
}

static enum status read_folder(struct walk *w, const char *folder,
                               struct err *e)
{
    DIR *dir = opendir(folder);
    if (dir == NULL) {
        return err_set(e, STATUS_IO, "%s: cannot read the folder: %s", folder,
                       strerror(errno));
    }
    enum status s = STATUS_OK;
    struct dirent *entry = NULL;
    while (s == STATUS_OK && (errno = 0, entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        char *path = join(folder, entry->d_name);
        if (path == NULL) {
            s = err_nomem(e);
            break;
        }
        struct stat st;
        struct file_list *to = NULL;
        int why = stat(path, &st) == 0 ? 0 : errno;
        if (why != 0 && is_broken(w, path, why)) {
            to = w->broken;
        } else if (why != 0) {
            s = err_set(e, STATUS_IO, "%s: cannot look at: %s", path,
                        strerror(why));
        } else if (S_ISDIR(st.st_mode)) {
            s = folder_list(w, path, &st, &to, e);
        } else if (S_ISREG(st.st_mode)) {
            to = &w->files;
        }
        if (to == NULL || (s = list_add(to, path, e)) != STATUS_OK) {
            free(path);
        }
    }
    if (s == STATUS_OK && entry == NULL && errno != 0) {
        s = err_set(e, STATUS_IO, "%s: cannot read the folder: %s", folder,
                    strerror(errno));
    }
    closedir(dir);
    return s;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static size_t depth_of(const char *path)
{
    size_t n = 0;
    for (; *path != '\0'; path++) {
        n += *path == '/';
    }
    return n;
}

enum status file_walk_past(const char *folder, struct file_list *out,
                           struct file_list *broken, struct err *e)
{
    struct walk w = {.broken = broken};
    size_t limit = depth_of(folder) + WALK_DEPTH_MAX;
    enum status s = read_folder(&w, folder, e);
    for (size_t i = 0; s == STATUS_OK && i < w.folders.count; i++) {
        s = depth_of(w.folders.paths[i]) > limit
                ? err_set(e, STATUS_LIMIT, "%s: folders nested deeper than %d",
                          w.folders.paths[i], (int)WALK_DEPTH_MAX)
                : read_folder(&w, w.folders.paths[i], e);
    }
    file_list_free(&w.folders);
    if (s != STATUS_OK) {
        file_list_free(&w.files);
        return s;
    }
    if (w.files.count > 0) {
        qsort(w.files.paths, w.files.count, sizeof *w.files.paths, by_path);
    }
    *out = w.files;
    return STATUS_OK;
}

enum status file_walk(const char *folder, struct file_list *out, struct err *e)
{
    return file_walk_past(folder, out, NULL, e);
}

void file_list_free(struct file_list *l)
{
    for (size_t i = 0; i < l->count; i++) {
        free(l->paths[i]);
    }
    free(l->paths);
    memset(l, 0, sizeof *l);
}
