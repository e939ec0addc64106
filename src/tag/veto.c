#include "tag/veto.h"

#include "base/strmap.h"
#include "text/fold.h"

enum { FOLDING = FOLD_CASE | FOLD_PLURAL };

/* Entries by key; of those with the same key, one leads to the next. */
struct veto {
    const struct alloc *alloc;
    const struct lexicon *lexicon;
    struct strmap *keys;
    uint32_t *first; /* by key: place in items */
    struct veto_item {
        uint32_t entry;
        uint32_t next; /* place in items, or LEXICON_NONE */
    } * items;
    size_t first_capacity, count, capacity;
    struct buf key, a, b;
};

static enum status add(struct veto *v, uint32_t entry, struct err *e)
{
    struct lexicon_entry x;
    uint32_t id = 0;
    bool added = false;
    void *items = v->items;
    void *first = v->first;
    bool ok = alloc_grow(v->alloc, &items, &v->capacity, v->count + 1,
                         sizeof *v->items);
    v->items = items;
    ok = ok && alloc_grow(v->alloc, &first, &v->first_capacity,
                          (size_t)strmap_count(v->keys) + 1, sizeof *v->first);
    v->first = first;
    lexicon_entry(v->lexicon, entry, &x);
    buf_clear(&v->key);
    fold_name(x.surface, FOLDING, &v->key);
    if (!ok || !buf_ok(&v->key) ||
        !strmap_put(v->keys, buf_view(&v->key), &id, &added)) {
        return err_nomem(e);
    }
    v->items[v->count] =
        (struct veto_item){entry, added ? LEXICON_NONE : v->first[id]};
    v->first[id] = (uint32_t)v->count++;
    return STATUS_OK;
}

static bool is_veto(const struct lexicon *l, uint32_t i)
{
    return (lexicon_flags(l, i) & LEXICON_VETO) != 0;
}

enum status veto_create(const struct alloc *alloc,
                        const struct lexicon *lexicon, struct veto **out,
                        struct err *e)
{
    uint32_t i = 0;
    bool any = (lexicon->entries.any_flags & LEXICON_VETO) != 0;
    while (any && i < lexicon->entry_count && !is_veto(lexicon, i)) {
        i++;
    }
    *out = NULL;
    if (!any || i == lexicon->entry_count) {
        return STATUS_OK;
    }
    struct veto *v = alloc_get(alloc, sizeof *v);
    if (v == NULL) {
        return err_nomem(e);
    }
    memset(v, 0, sizeof *v);
    v->alloc = alloc;
    v->lexicon = lexicon;
    buf_init(&v->key, alloc);
    buf_init(&v->a, alloc);
    buf_init(&v->b, alloc);
    v->keys = strmap_create(alloc);
    enum status s = v->keys == NULL ? err_nomem(e) : STATUS_OK;
    for (; s == STATUS_OK && i < lexicon->entry_count; i++) {
        s = is_veto(lexicon, i) ? add(v, i, e) : STATUS_OK;
    }
    if (s != STATUS_OK) {
        veto_free(v);
        return s;
    }
    *out = v;
    return STATUS_OK;
}

void veto_free(struct veto *v)
{
    if (v != NULL) {
        strmap_free(v->keys);
        alloc_free(v->alloc, v->first, v->first_capacity * sizeof *v->first);
        alloc_free(v->alloc, v->items, v->capacity * sizeof *v->items);
        buf_free(&v->key);
        buf_free(&v->a);
        buf_free(&v->b);
        alloc_free(v->alloc, v, sizeof *v);
    }
}

bool veto_holds(struct veto *v, struct slice text)
{
    uint32_t id = 0;
    if (v == NULL) {
        return false;
    }
    buf_clear(&v->key);
    fold_name(text, FOLDING, &v->key);
    if (!buf_ok(&v->key) || !strmap_find(v->keys, buf_view(&v->key), &id)) {
        return false;
    }
    for (uint32_t i = v->first[id]; i != LEXICON_NONE; i = v->items[i].next) {
        struct lexicon_entry x;
        lexicon_entry(v->lexicon, v->items[i].entry, &x);
        if (policy_accepts(x.policy, x.plural, x.surface, text, &v->a, &v->b)) {
            return true;
        }
    }
    return false;
}

bool veto_ok(struct veto *v)
{
    if (v == NULL) {
        return true;
    }
    bool ok = buf_ok(&v->key) && buf_ok(&v->a) && buf_ok(&v->b);
    buf_reset(&v->key);
    buf_reset(&v->a);
    buf_reset(&v->b);
    return ok;
}
