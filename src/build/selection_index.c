#include "build/selection_index.h"

#include <stdlib.h>

#include "build/index_build.h"
#include "text/key.h"

struct ranked {
    const struct candidate *candidate;
    uint32_t entry;
};

/* Entries of one key are tried in the order in which the index gets them. */
static int by_rank(const void *a, const void *b)
{
    const struct ranked *x = a;
    const struct ranked *y = b;
    int c = select_rank(x->candidate, y->candidate);
    return c != 0 ? c : (x->entry > y->entry) - (x->entry < y->entry);
}

/* The names to be indexed, ranked; how many. */
static uint32_t rank_names(const struct selection_index *s,
                           struct ranked *ranked)
{
    uint32_t n = 0;
    uint32_t entry = 0;
    for (size_t i = 0; i < s->selection->count; i++) {
        const struct candidate *c = &s->selection->items[i];
        if (selection_index_has(c, s->lists_only)) {
            ranked[n++] = (struct ranked){c, entry};
        }
        entry += select_is_entry(c);
    }
    qsort(ranked, n, sizeof *ranked, by_rank);
    return n;
}

static void list_names(const struct selection_index *s,
                       const struct ranked *ranked, uint32_t count,
                       struct index_entry *names)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct candidate *c = ranked[i].candidate;
        names[i] = (struct index_entry){
            .name = (const uint8_t *)c->surface.data,
            .len = (uint32_t)c->surface.len,
            .entry = ranked[i].entry,
            .label = c->label_count > 0 ? (uint16_t)s->labels[c->label] : 0,
            .policy = (uint8_t)c->policy,
            .plural = c->plural,
            .veto = c->why == SELECT_VETO};
    }
}

static enum status build(const struct selection_index *s,
                         const struct alloc *alloc, struct ranked *ranked,
                         struct index_entry *names, uint8_t **image,
                         size_t *size, struct err *e)
{
    struct index_report report;
    struct index_options options = {.fold = (s->folding & FOLD_CASE) != 0,
                                    .plural = (s->folding & FOLD_PLURAL) != 0};
    uint32_t n = rank_names(s, ranked);
    list_names(s, ranked, n, names);
    enum status st =
        index_build(alloc, names, n, &options, image, size, &report);
    if (st == STATUS_NOMEM) {
        return err_nomem(e);
    }
    if (st != STATUS_OK) {
        struct slice name = ranked[report.at].candidate->surface;
        return err_set(e, st,
                       "the name '%.*s' is past a limit of the index "
                       "(src/text/limits.h)",
                       name.len > 80 ? 80 : (int)name.len, name.data);
    }
    return STATUS_OK;
}

enum status selection_index_build(const struct selection_index *s,
                                  const struct alloc *alloc, uint32_t count,
                                  uint8_t **image, size_t *size, struct err *e)
{
    struct ranked *ranked = alloc_get(alloc, count * sizeof *ranked);
    struct index_entry *names = alloc_get(alloc, count * sizeof *names);
    enum status st = ranked == NULL || names == NULL
                         ? err_nomem(e)
                         : build(s, alloc, ranked, names, image, size, e);
    alloc_free(alloc, ranked, count * sizeof *ranked);
    alloc_free(alloc, names, count * sizeof *names);
    return st;
}
