/* What the checks of lists work on, and the problems that they have found. */
#include "build/lint.h"

#include <stdarg.h>
#include <stdio.h>

enum status lint_init(struct lint *l, const struct alloc *alloc, struct err *e)
{
    memset(l, 0, sizeof *l);
    l->alloc = alloc;
    arena_init(&l->arena, alloc);
    buf_init(&l->scratch, alloc);
    buf_init(&l->key, alloc);
    l->words = strmap_create(alloc);
    l->wanted = strmap_create(alloc);
    l->labels = strmap_create(alloc);
    if (l->words == NULL || l->wanted == NULL || l->labels == NULL) {
        lint_free(l);
        return err_nomem(e);
    }
    return STATUS_OK;
}

void lint_free(struct lint *l)
{
    if (l->alloc == NULL) {
        return;
    }
    const struct alloc *a = l->alloc;
    strmap_free(l->words);
    strmap_free(l->wanted);
    strmap_free(l->labels);
    alloc_free(a, l->entries, l->entry_capacity * sizeof *l->entries);
    alloc_free(a, l->rules, l->rule_capacity * sizeof *l->rules);
    alloc_free(a, l->sources, l->source_capacity * sizeof *l->sources);
    alloc_free(a, l->problems, l->problem_capacity * sizeof *l->problems);
    buf_free(&l->scratch);
    buf_free(&l->key);
    arena_free(&l->arena);
    memset(l, 0, sizeof *l);
}

void lint_report(struct lint *l, bool error, const char *check, uint32_t source,
                 size_t line, size_t column, const char *format, ...)
{
    char text[ERR_MESSAGE_SIZE];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    struct slice copy = arena_copy(&l->arena, slice_of(text, strlen(text) + 1));
    void *problems = l->problems;
    if (copy.data == NULL ||
        !alloc_grow(l->alloc, &problems, &l->problem_capacity,
                    l->problem_count + 1, sizeof *l->problems)) {
        l->failed = true;
        return;
    }
    l->problems = problems;
    l->problems[l->problem_count++] =
        (struct lint_problem){source, line, column, error, check, copy.data};
}

bool lint_next_line(struct slice *rest, struct slice *line)
{
    if (rest->len == 0) {
        return false;
    }
    const char *newline = memchr(rest->data, '\n', rest->len);
    size_t n = newline != NULL ? (size_t)(newline - rest->data) : rest->len;
    size_t used = n + (newline != NULL);
    *line = slice_of(rest->data, n);
    *rest = slice_of(rest->data + used, rest->len - used);
    line->len -= n > 0 && line->data[n - 1] == '\r';
    return true;
}

enum status lint_add_words(struct lint *l, struct slice text, struct err *e)
{
    struct slice line;
    while (lint_next_line(&text, &line)) {
        struct slice word = slice_trim(line);
        uint32_t id = 0;
        if (word.len > 0 && word.data[0] != '#' &&
            !strmap_put(l->words, word, &id, NULL)) {
            return err_nomem(e);
        }
    }
    return STATUS_OK;
}

enum status lint_add_label(struct lint *l, struct slice label, struct err *e)
{
    uint32_t id = 0;
    return strmap_put(l->wanted, label, &id, NULL) ? STATUS_OK : err_nomem(e);
}

enum status lint_add_source(struct lint *l, struct slice name,
                            struct slice text, struct err *e)
{
    void *sources = l->sources;
    char *copy = arena_get(&l->arena, text.len + 1);
    char *title = arena_get(&l->arena, name.len + 1);
    if (copy == NULL || title == NULL ||
        !alloc_grow(l->alloc, &sources, &l->source_capacity,
                    l->source_count + 1, sizeof *l->sources)) {
        return err_nomem(e);
    }
    memcpy(title, name.data, name.len);
    title[name.len] = '\0';
    if (text.len > 0) {
        memcpy(copy, text.data, text.len);
    }
    l->sources = sources;
    l->sources[l->source_count++] =
        (struct lint_source){.name = title, .text = copy, .len = text.len};
    return STATUS_OK;
}
