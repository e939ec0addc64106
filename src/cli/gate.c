#include "cli/gate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/whole.h"

enum { FIELDS = 5, FIELD_FILE = 0, FIELD_MAJOR = 1, FIELD_TYPE = 4 };

struct gate {
    gaz_builder *builder;
    const char *path; /* of lists.def */
    const char *separator;
    size_t line;
};

static int fail(const struct gate *g, const char *what)
{
    return cli_fail("%s:%zu:1: %s", g->path, g->line, what);
}

/* The list's path: beside lists.def. */
static char *beside(const char *path, const char *name)
{
    const char *slash = strrchr(path, '/');
    size_t n = slash != NULL ? (size_t)(slash - path) + 1 : 0;
    size_t size = n + strlen(name) + 1;
    char *p = malloc(size);
    if (p != NULL) {
        memcpy(p, path, n);
        memcpy(p + n, name, size - n);
    }
    return p;
}

static int add_list(const struct gate *g, const char *path, const char *label)
{
    gaz_error e = {0};
    struct file_bytes file;
    int loaded = whole_load(path, &file);
    if (loaded != EXIT_OK) {
        return loaded;
    }
    gaz_status s = gaz_builder_add_names(g->builder, path, label, g->separator,
                                         file.data, file.len, &e);
    file_unload(&file);
    return s == GAZ_OK ? EXIT_OK : cli_error(path, &e);
}

/* FILE:MAJOR[:MINOR[:LANGUAGE[:TYPE]]]; text is ours to cut. */
static int add_line(const struct gate *g, char *text)
{
    char *fields[FIELDS] = {NULL};
    size_t n = 0;
    for (char *p = text; p != NULL; n++) {
        char *colon = strchr(p, ':');
        if (n == FIELDS) {
            return fail(g, "more than five fields");
        }
        if (colon != NULL) {
            *colon = '\0';
        }
        fields[n] = p;
        p = colon != NULL ? colon + 1 : NULL;
    }
    const char *label = fields[FIELD_TYPE] != NULL && *fields[FIELD_TYPE]
                            ? fields[FIELD_TYPE]
                            : fields[FIELD_MAJOR];
    if (*fields[FIELD_FILE] == '\0' || label == NULL || *label == '\0') {
        return fail(g, "FILE.lst:MAJORTYPE expected");
    }
    char *path = beside(g->path, fields[FIELD_FILE]);
    if (path == NULL) {
        return cli_nomem();
    }
    int s = add_list(g, path, label);
    free(path);
    return s;
}

static int add_all(struct gate *g, char *text)
{
    int s = EXIT_OK;
    text += file_mark(text, strlen(text));
    while (s == EXIT_OK && *text != '\0') {
        size_t n = strcspn(text, "\n");
        char *next = text + n + (text[n] == '\n');
        text[n] = '\0';
        if (n > 0 && text[n - 1] == '\r') {
            text[n - 1] = '\0';
        }
        g->line++;
        if (text[strspn(text, " \t")] != '\0') {
            s = add_line(g, text);
        }
        text = next;
    }
    return s;
}

int gate_add(gaz_builder *builder, const char *path, const char *separator)
{
    struct file_bytes file;
    struct gate g = {.builder = builder, .path = path, .separator = separator};
    int s = whole_load(path, &file);
    if (s != EXIT_OK) {
        return s;
    }
    char *text = malloc(file.len + 1);
    if (text == NULL) {
        s = cli_nomem();
    } else if (memchr(file.data, '\0', file.len) != NULL) {
        s = cli_fail("%s: a NUL byte, which no lists.def holds", path);
    } else {
        memcpy(text, file.data, file.len);
        text[file.len] = '\0';
        s = add_all(&g, text);
    }
    free(text);
    file_unload(&file);
    return s;
}
