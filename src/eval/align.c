#include "eval/align.h"

#include <string.h>

const char *const align_names[ALIGN_COUNT] = {"correct",  "missed", "spurious",
                                              "boundary", "type",   "both"};

void align_free(struct align *a, const struct alloc *alloc)
{
    alloc_free(alloc, a->pairs, a->capacity * sizeof *a->pairs);
    memset(a, 0, sizeof *a);
}

void align_extent(const struct align_pair *p, size_t *first, size_t *end)
{
    *first = SIZE_MAX;
    *end = 0;
    const struct mention *sides[2] = {p->gold, p->found};
    for (size_t i = 0; i < 2; i++) {
        const struct mention *m = sides[i];
        if (m != NULL) {
            *first = m->first < *first ? m->first : *first;
            *end = m->end > *end ? m->end : *end;
        }
    }
}

static enum align_kind kind_of(const struct mention *gold,
                               const struct mention *found)
{
    if (gold == NULL || found == NULL) {
        return gold == NULL ? ALIGN_SPURIOUS : ALIGN_MISSED;
    }
    bool place = mention_same_place(*gold, *found);
    bool type = gold->type == found->type;
    if (place) {
        return type ? ALIGN_CORRECT : ALIGN_TYPE;
    }
    return type ? ALIGN_BOUNDARY : ALIGN_BOTH;
}

/* Is m the twin of one of others[from ...], a mention of the same tokens? */
static bool has_twin(const struct mention *m, const struct mentions *others,
                     size_t from)
{
    for (size_t i = from;
         i < others->count && others->items[i].first <= m->first; i++) {
        if (mention_same_place(others->items[i], *m)) {
            return true;
        }
    }
    return false;
}

/* The partner of gold mention i among found[from ...]; SIZE_MAX for none. Of
 * these, the ones before `taken` were taken or passed over: what is passed
 * over ends where the gold mentions to come have not begun. */
static size_t partner(const struct mentions *gold, size_t i,
                      const struct mentions *found, size_t from, size_t taken)
{
    const struct mention *g = &gold->items[i];
    size_t best = SIZE_MAX;
    uint32_t most = 0;
    for (size_t j = from; j < found->count && found->items[j].first < g->end;
         j++) {
        const struct mention *f = &found->items[j];
        if (mention_same_place(*f, *g)) {
            return j;
        }
        uint32_t shared = mention_overlap(*f, *g);
        if (shared > most && j >= taken) {
            /* Only a later gold mention can still be f's twin. */
            bool twin = i + 1 < gold->count && has_twin(f, gold, i + 1);
            if (!twin) {
                best = j;
                most = shared;
            }
        }
    }
    return best;
}

static void put(struct align *a, const struct mention *gold,
                const struct mention *found)
{
    a->pairs[a->count++] =
        (struct align_pair){kind_of(gold, found), gold, found};
}

enum status align_make(struct align *a, const struct mentions *gold,
                       const struct mentions *found, const struct alloc *alloc,
                       struct err *e)
{
    void *pairs = a->pairs;
    if (!alloc_grow(alloc, &pairs, &a->capacity, gold->count + found->count,
                    sizeof *a->pairs)) {
        return err_nomem(e);
    }
    a->pairs = pairs;
    a->count = 0;
    size_t from = 0;  /* predictions before it are dealt with */
    size_t taken = 0; /* predictions before it are taken or passed over */
    for (size_t i = 0; i < gold->count; i++) {
        const struct mention *g = &gold->items[i];
        for (; from < found->count && found->items[from].end <= g->first;
             from++) {
            if (from >= taken) {
                put(a, NULL, &found->items[from]);
            }
        }
        size_t j = partner(gold, i, found, from, taken);
        if (j == SIZE_MAX) {
            put(a, g, NULL);
            continue;
        }
        size_t skip = from > taken ? from : taken;
        for (; skip < j; skip++) {
            put(a, NULL, &found->items[skip]);
        }
        put(a, g, &found->items[j]);
        taken = j + 1;
    }
    for (size_t j = from > taken ? from : taken; j < found->count; j++) {
        put(a, NULL, &found->items[j]);
    }
    return STATUS_OK;
}
