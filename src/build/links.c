#include "build/links.h"

#include <stdlib.h>

#include "base/digest.h"
#include "base/hashmap.h"
#include "build/selection_index.h"
#include "text/fold.h"
#include "text/limits.h"

/* An entry and its key, for putting those of a key into the order in which
 * they are tried. */
struct keyed {
    uint32_t key;
    uint32_t entry;
    const struct candidate *candidate;
};

static int by_key(const void *a, const void *b)
{
    const struct keyed *x = a;
    const struct keyed *y = b;
    if (x->key != y->key) {
        return x->key < y->key ? -1 : 1;
    }
    int c = select_rank(x->candidate, y->candidate);
    return c != 0 ? c : (x->entry > y->entry) - (x->entry < y->entry);
}

/* Fill list with the indexed entries, *count of them. */
static enum status key_entries(const struct selection *selection,
                               bool lists_only, unsigned folding,
                               const struct alloc *alloc, struct keyed *list,
                               uint32_t *count, struct err *e)
{
    struct hashmap keys;
    struct buf key;
    hashmap_init(&keys, alloc);
    buf_init(&key, alloc);
    bool ok = true;
    uint32_t n = 0;
    uint32_t entry = 0;
    for (size_t i = 0; ok && i < selection->count; i++) {
        const struct candidate *c = &selection->items[i];
        if (selection_index_has(c, lists_only)) {
            buf_clear(&key);
            fold_name(c->surface, folding, &key);
            list[n] = (struct keyed){0, entry, c};
            ok = buf_ok(&key) &&
                 hashmap_put(&keys, digest_xxh64(key.data, key.len, 0),
                             &list[n].key);
            n++;
        }
        entry += select_is_entry(c);
    }
    *count = n;
    buf_free(&key);
    hashmap_free(&keys);
    return ok ? STATUS_OK : err_nomem(e);
}

static bool any_context(const struct selection *selection)
{
    for (size_t i = 0; i < selection->count; i++) {
        const struct candidate *c = &selection->items[i];
        if (select_is_entry(c) && select_has_context(c)) {
            return true;
        }
    }
    return false;
}

/* Too many entries have the key of list[i]. The last line is told. */
static enum status too_many(const struct keyed *list, uint32_t count,
                            uint32_t i, uint32_t *source, struct err *e)
{
    const struct candidate *last = NULL;
    for (uint32_t k = 0; k < count; k++) {
        const struct candidate *c = list[k].candidate;
        if (list[k].key == list[i].key && c->line > 0 &&
            (last == NULL || c->sources[0] > last->sources[0] ||
             (c->sources[0] == last->sources[0] && c->line > last->line))) {
            last = c;
        }
    }
    if (last != NULL) {
        *source = last->sources[0];
    }
    struct slice name = list[i].candidate->surface;
    return err_at(e, STATUS_LIMIT, last != NULL ? last->line : 0,
                  last != NULL ? 1 : 0,
                  "the name '%.*s': more than %d entries with one key, some of "
                  "them with a context",
                  name.len > 80 ? 80 : (int)name.len, name.data, LIMIT_CHAIN);
}

/* All entries of a key are tried, so that there may not be too many of them
 * where one has a context. */
static enum status check_chains(const struct keyed *list, uint32_t count,
                                uint32_t *source, struct err *e)
{
    uint32_t first = 0;
    bool context = false;
    for (uint32_t i = 0; i < count; i++) {
        if (list[i].key != list[first].key) {
            first = i;
            context = false;
        }
        context = context || select_has_context(list[i].candidate);
        if (context && i - first >= LIMIT_CHAIN) {
            return too_many(list, count, i, source, e);
        }
    }
    return STATUS_OK;
}

enum status links_make(const struct selection *selection, bool lists_only,
                       unsigned folding, const struct alloc *alloc,
                       uint32_t count, uint32_t **out, uint32_t *source,
                       struct err *e)
{
    *out = NULL;
    if (!any_context(selection)) {
        return STATUS_OK;
    }
    uint32_t linked = 0;
    uint32_t *links = alloc_get(alloc, count * sizeof *links);
    struct keyed *list = alloc_get(alloc, count * sizeof *list);
    enum status s = list == NULL || links == NULL
                        ? err_nomem(e)
                        : key_entries(selection, lists_only, folding, alloc,
                                      list, &linked, e);
    if (s == STATUS_OK) {
        memset(links, 0xFF, count * sizeof *links);
        qsort(list, linked, sizeof *list, by_key);
        s = check_chains(list, linked, source, e);
    }
    if (s == STATUS_OK) {
        for (uint32_t i = 0; i + 1 < linked; i++) {
            if (list[i + 1].key == list[i].key) {
                links[list[i].entry] = list[i + 1].entry;
            }
        }
        *out = links;
        links = NULL;
    }
    alloc_free(alloc, list, count * sizeof *list);
    alloc_free(alloc, links, count * sizeof *links);
    return s;
}
