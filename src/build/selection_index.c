#include "build/selection_index.h"

#include <stdlib.h>

#include "build/index_build.h"
#include "text/key.h"
#include "text/limits.h"

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

/* The names to be indexed, in the order in which those of one key are tried;
 * *count of them. */
static enum status make_names(const struct selection_index *s,
                              const struct alloc *alloc, uint32_t entries,
                              struct index_entry *names, uint32_t *count,
                              struct err *e)
{
    struct ranked *ranked = alloc_get(alloc, entries * sizeof *ranked);
    if (ranked == NULL) {
        return err_nomem(e);
    }
    *count = rank_names(s, ranked);
    list_names(s, ranked, *count, names);
    alloc_free(alloc, ranked, entries * sizeof *ranked);
    return STATUS_OK;
}

static const struct candidate *candidate_of(const struct selection *s,
                                            uint32_t entry)
{
    size_t i = 0;
    for (uint32_t n = 0; n <= entry; i++) {
        n += select_is_entry(&s->items[i]);
    }
    return &s->items[i - 1];
}

static enum status build(const struct selection_index *s,
                         const struct alloc *alloc,
                         const struct index_entry *names, uint32_t n,
                         uint32_t *found, uint8_t **image, size_t *size,
                         struct err *e)
{
    struct index_report report;
    struct index_options options = {.fold = (s->folding & FOLD_CASE) != 0,
                                    .plural = (s->folding & FOLD_PLURAL) != 0,
                                    .records = found};
    enum status st =
        index_build(alloc, names, n, &options, image, size, &report);
    if (st == STATUS_NOMEM) {
        return err_nomem(e);
    }
    if (st != STATUS_OK) {
        const struct candidate *c =
            candidate_of(s->selection, names[report.at].entry);
        bool placed = c->line > 0; /* of a list */
        if (placed) {
            *s->source = c->sources[0];
        }
        return err_at(e, st, placed ? c->line : 0, placed ? 1 : 0,
                      "the name '%.*s': more than %d words with case=smart, "
                      "or more than %d entries that differ in capitals only",
                      c->surface.len > 80 ? 80 : (int)c->surface.len,
                      c->surface.data, LIMIT_SMART_TOKENS, LIMIT_CHAIN);
    }
    return STATUS_OK;
}

enum status selection_index_build(const struct selection_index *s,
                                  const struct alloc *alloc, uint32_t count,
                                  uint32_t *records, uint8_t **image,
                                  size_t *size, struct err *e)
{
    uint32_t n = 0;
    struct index_entry *names = alloc_get(alloc, count * sizeof *names);
    uint32_t *found = alloc_get(alloc, count * sizeof *found);
    enum status st = names == NULL || found == NULL
                         ? err_nomem(e)
                         : make_names(s, alloc, count, names, &n, e);
    if (st == STATUS_OK) {
        st = build(s, alloc, names, n, found, image, size, e);
    }
    for (uint32_t i = 0; st == STATUS_OK && i < n; i++) {
        records[names[i].entry] = found[i];
    }
    alloc_free(alloc, found, count * sizeof *found);
    alloc_free(alloc, names, count * sizeof *names);
    return st;
}
