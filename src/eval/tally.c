#include "eval/tally.h"

#include <string.h>

void tally_free(struct tally *t, const struct alloc *alloc)
{
    alloc_free(alloc, t->types, t->capacity * sizeof *t->types);
    memset(t, 0, sizeof *t);
}

static bool cover(struct tally *t, uint32_t type, const struct alloc *alloc)
{
    if (type < t->type_count) {
        return true;
    }
    void *types = t->types;
    if (!alloc_grow(alloc, &types, &t->capacity, (size_t)type + 1,
                    sizeof *t->types)) {
        return false;
    }
    t->types = types;
    memset(t->types + t->type_count, 0,
           ((size_t)type + 1 - t->type_count) * sizeof *t->types);
    t->type_count = (size_t)type + 1;
    return true;
}

static bool cover_all(struct tally *t, const struct mentions *m,
                      const struct alloc *alloc)
{
    for (size_t i = 0; i < m->count; i++) {
        if (!cover(t, m->items[i].type, alloc)) {
            return false;
        }
    }
    return true;
}

enum status tally_add(struct tally *t, const struct mentions *gold,
                      const struct mentions *found, const struct alloc *alloc,
                      struct err *e)
{
    if (!cover_all(t, gold, alloc) || !cover_all(t, found, alloc)) {
        return err_nomem(e);
    }
    size_t j = 0;
    for (size_t i = 0; i < gold->count; i++) {
        struct mention g = gold->items[i];
        t->types[g.type].gold++;
        while (j < found->count && found->items[j].first < g.first) {
            j++;
        }
        if (j < found->count && mention_same_place(found->items[j], g) &&
            found->items[j].type == g.type) {
            t->types[g.type].correct++;
            t->all.correct++;
        }
    }
    for (size_t i = 0; i < found->count; i++) {
        t->types[found->items[i].type].found++;
    }
    t->all.gold += gold->count;
    t->all.found += found->count;
    return STATUS_OK;
}

/* Shell sort: needs no memory and no context, and copes with the thousands of
 * types of a corpus whose columns were mixed up. */
static void sort_by_name(uint32_t *ids, size_t count,
                         const struct tagset *tagset)
{
    size_t gap = 1;
    while (gap < count / 3) {
        gap = 3 * gap + 1;
    }
    for (; gap > 0; gap /= 3) {
        for (size_t i = gap; i < count; i++) {
            uint32_t id = ids[i];
            struct slice name = tagset_type_name(tagset, id);
            size_t j = i;
            while (j >= gap && slice_cmp(name, tagset_type_name(
                                                   tagset, ids[j - gap])) < 0) {
                ids[j] = ids[j - gap];
                j -= gap;
            }
            ids[j] = id;
        }
    }
}

enum status tally_types(const struct tally *t, const struct tagset *tagset,
                        const struct alloc *alloc, uint32_t **ids,
                        size_t *count, struct err *e)
{
    uint32_t *list = alloc_get(alloc, t->type_count * sizeof *list);
    if (list == NULL) {
        return err_nomem(e);
    }
    size_t n = 0;
    for (size_t i = 0; i < t->type_count; i++) {
        if (t->types[i].gold > 0 || t->types[i].found > 0) {
            list[n++] = (uint32_t)i;
        }
    }
    sort_by_name(list, n, tagset);
    *ids = list;
    *count = n;
    return STATUS_OK;
}

double f1_of(double precision, double recall)
{
    double sum = precision + recall;
    return sum > 0 ? 2 * precision * recall / sum : 0.0;
}

struct prf prf_of(struct counts c)
{
    struct prf s = {0, 0, 0};
    if (c.found > 0) {
        s.precision = (double)c.correct / (double)c.found;
    }
    if (c.gold > 0) {
        s.recall = (double)c.correct / (double)c.gold;
    }
    s.f1 = f1_of(s.precision, s.recall);
    return s;
}

struct prf prf_percent(struct counts c)
{
    struct prf s = {0, 0, 0};
    if (c.found > 0) {
        s.precision = 100 * (double)c.correct / (double)c.found;
    }
    if (c.gold > 0) {
        s.recall = 100 * (double)c.correct / (double)c.gold;
    }
    s.f1 = f1_of(s.precision, s.recall);
    return s;
}
