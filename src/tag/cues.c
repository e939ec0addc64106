#include "tag/cues.h"

#include <string.h>

#include "tag/near.h"

void cues_init(struct cues *c, const struct alloc *alloc,
               const struct lexicon *lexicon)
{
    memset(c, 0, sizeof *c);
    c->alloc = alloc;
    c->lexicon = lexicon;
    arena_init(&c->arena, alloc);
    hashmap_init(&c->entries, alloc);
    hashmap_init(&c->lists, alloc);
}

void cues_free(struct cues *c)
{
    arena_free(&c->arena);
    hashmap_free(&c->entries);
    hashmap_free(&c->lists);
    alloc_free(c->alloc, c->contexts,
               c->context_capacity * sizeof *c->contexts);
    alloc_free(c->alloc, c->list, c->list_capacity * sizeof *c->list);
}

/* Forget all of them. */
static void drop(struct cues *c)
{
    arena_free(&c->arena);
    arena_init(&c->arena, c->alloc);
    hashmap_clear(&c->entries);
    hashmap_clear(&c->lists);
    c->bytes = 0;
}

static void *get(struct cues *c, size_t size)
{
    c->bytes += size;
    return arena_get(&c->arena, size);
}

/* The word of a list parted by '|' that begins at `at`. */
static struct slice word_at(struct slice list, size_t at)
{
    const char *word = list.data + at;
    const char *bar = memchr(word, '|', list.len - at);
    return slice_of(word, bar != NULL ? (size_t)(bar - word) : list.len - at);
}

static struct cue cue_of(struct slice word, size_t which)
{
    struct cue cue = {.kind = CUE_WORD};
    char sign = word.len > 1 ? word.data[0] : 0;
    if (which == LEXICON_NEED && sign == '@') {
        cue.kind = CUE_LABEL;
    }
    if (which == LEXICON_NOT && (sign == '<' || sign == '>')) {
        cue.kind = sign == '<' ? CUE_BEFORE : CUE_BEHIND;
        word = slice_of(word.data + 1, word.len - 1);
    }
    cue.word = word.data;
    cue.len = (uint32_t)word.len;
    cue.hash = near_hash(word);
    return cue;
}

static bool make_list(struct cues *c, struct slice list, size_t which,
                      struct cue_list *out)
{
    size_t n = 0;
    for (size_t at = 0; at < list.len; at += word_at(list, at).len + 1) {
        n++;
    }
    bool filtered = n > 0 && which == LEXICON_NEED;
    struct cue *items = n > 0 ? get(c, n * sizeof *items) : NULL;
    uint64_t *filter = filtered ? get(c, CUE_FILTER / 8) : NULL;
    *out = (struct cue_list){items, n, filter};
    if ((n > 0 && items == NULL) || (filtered && filter == NULL)) {
        return false;
    }
    if (filtered) {
        memset(filter, 0, CUE_FILTER / 8);
    }
    for (size_t at = 0; at < list.len; items++) {
        struct slice word = word_at(list, at);
        *items = cue_of(word, which);
        if (filtered) {
            filter[items->hash >> 6 & (CUE_FILTER / 64 - 1)] |=
                1ULL << (items->hash & 63);
        }
        at += word.len + 1;
    }
    return true;
}

/* Many entries have the same lists. */
static bool get_list(struct cues *c, struct slice list, size_t which,
                     struct cue_list *out)
{
    uint64_t key = (uint64_t)(list.data - c->lexicon->strings.data) *
                       LEXICON_CONTEXT_WORDS +
                   which + 1;
    uint32_t id = hashmap_find(&c->lists, key);
    if (id != HASHMAP_NONE) {
        *out = c->list[id];
        return true;
    }
    void *lists = c->list;
    bool ok = alloc_grow(c->alloc, &lists, &c->list_capacity,
                         (size_t)c->lists.count + 1, sizeof *c->list);
    c->list = lists;
    if (!ok || !make_list(c, list, which, out) ||
        !hashmap_put(&c->lists, key, &id)) {
        return false;
    }
    c->list[id] = *out;
    return true;
}

static const struct cue_context *make(struct cues *c, uint32_t entry,
                                      const struct lexicon_context *from)
{
    struct cue_context *k = get(c, sizeof *k);
    void *contexts = c->contexts;
    uint32_t id = 0;
    bool ok = k != NULL &&
              alloc_grow(c->alloc, &contexts, &c->context_capacity,
                         (size_t)c->entries.count + 1, sizeof *c->contexts);
    c->contexts = contexts;
    for (size_t i = 0; ok && i < LEXICON_CONTEXT_WORDS; i++) {
        ok = get_list(c, from->words[i], i, &k->words[i]);
    }
    if (!ok || !hashmap_put(&c->entries, (uint64_t)entry + 1, &id)) {
        return NULL;
    }
    k->other = from->other;
    c->contexts[id] = k;
    return k;
}

const struct cue_context *cues_get(struct cues *c, uint32_t entry)
{
    uint32_t id = hashmap_find(&c->entries, (uint64_t)entry + 1);
    if (id != HASHMAP_NONE) {
        return c->contexts[id];
    }
    struct lexicon_context from;
    if (!lexicon_context(c->lexicon, entry, &from)) {
        return NULL;
    }
    if (c->bytes > CUES_BYTES) {
        drop(c);
    }
    const struct cue_context *k = make(c, entry, &from);
    c->failed = c->failed || k == NULL;
    return k;
}
