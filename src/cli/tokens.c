#include "cli/tokens.h"

#include <stdlib.h>
#include <string.h>

#include "os/file.h"

enum { SENTENCE_MAX = 4096 }; /* tokens */

bool tokens_add(struct tokens *t, size_t start, size_t end, bool opens)
{
    if (t->count == t->capacity) {
        size_t want = t->capacity > 0 ? t->capacity * 2 : 1024;
        void *p = want < SIZE_MAX / sizeof *t->list
                      ? realloc(t->list, want * sizeof *t->list)
                      : NULL;
        if (p == NULL) {
            return false;
        }
        t->list = p;
        t->capacity = want;
    }
    t->list[t->count++] = (struct token){start, end, opens};
    return true;
}

static int by_size(const void *a, const void *b)
{
    size_t x = *(const size_t *)a;
    size_t y = *(const size_t *)b;
    return (x > y) - (x < y);
}

/* All places where tokens are to be cut, in order, behind the last a
 * sentinel. */
static bool find_cuts(struct tokens *t, const struct mention *list,
                      size_t count)
{
    size_t want = count * 2 + 1;
    if (want > t->cut_capacity) {
        void *p = want < SIZE_MAX / sizeof *t->cuts
                      ? realloc(t->cuts, want * sizeof *t->cuts)
                      : NULL;
        if (p == NULL) {
            return false;
        }
        t->cuts = p;
        t->cut_capacity = want;
    }
    bool sorted = true;
    for (size_t i = 0; i < count; i++) {
        t->cuts[2 * i] = list[i].start;
        t->cuts[2 * i + 1] = list[i].end;
        sorted = sorted && (i == 0 || list[i].start >= list[i - 1].end);
    }
    if (!sorted) {
        qsort(t->cuts, count * 2, sizeof *t->cuts, by_size);
    }
    t->cuts[count * 2] = SIZE_MAX;
    return true;
}

/* Is there a mention over byte `at`, from before it? Mentions up to *next
 * end before. */
static bool inside(const struct mention *list, size_t count, size_t *next,
                   size_t at)
{
    while (*next < count && list[*next].end <= at) {
        (*next)++;
    }
    for (size_t i = *next; i < count && list[i].start < at; i++) {
        if (list[i].end > at) {
            return true;
        }
    }
    return false;
}

bool tokens_of_text(struct tokens *t, const char *text, size_t len,
                    const struct mention *list, size_t count)
{
    gaz_token words[SENTENCE_MAX];
    /* A byte order mark in front is no word, and would be none again. */
    size_t mark = file_mark(text, len);
    size_t pos = count == 0 || list[0].start >= mark ? mark : 0;
    size_t n = 0;
    size_t next = 0;
    t->count = 0;
    if (!find_cuts(t, list, count)) {
        return false;
    }
    const size_t *cut = t->cuts;
    while (gaz_sentence_next(text, len, &pos, words, SENTENCE_MAX, &n)) {
        for (size_t i = 0; i < n; i++) {
            size_t start = (size_t)(words[i].data - text);
            size_t end = start + words[i].len;
            bool opens = i == 0 && !inside(list, count, &next, start);
            for (; *cut < end; cut++) {
                if (*cut > start) {
                    if (!tokens_add(t, start, *cut, opens)) {
                        return false;
                    }
                    start = *cut;
                    opens = false;
                }
            }
            if (!tokens_add(t, start, end, opens)) {
                return false;
            }
        }
    }
    return true;
}

size_t tokens_at(const struct tokens *t, size_t at)
{
    size_t low = 0;
    size_t high = t->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (t->list[middle].end <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

void tokens_free(struct tokens *t)
{
    free(t->list);
    free(t->cuts);
    memset(t, 0, sizeof *t);
}
