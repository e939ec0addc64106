#include "build/score_hint.h"

#include "model/score_key.h"
#include "text/sentence.h"

/* Sentences are cut before the last SENTENCE_WORD_MAX. */
enum { TOKENS_MAX = SCORE_SPAN_MAX + 1 + SENTENCE_WORD_MAX };

/* The key's id, and in *items, of `size` bytes each, room for it, zeros when
 * the key is new. */
static bool put(const struct alloc *alloc, struct hashmap *map, uint64_t key,
                void **items, size_t *capacity, size_t size, uint32_t *id)
{
    uint32_t before = map->count;
    if (!alloc_grow(alloc, items, capacity, (size_t)before + 1, size) ||
        !hashmap_put(map, key, id)) {
        return false;
    }
    if (*id == before) {
        memset((char *)*items + before * size, 0, size);
    }
    return true;
}

/* The first label of a key stays. */
static bool note_label(struct score_hints *h, uint64_t key, uint32_t label)
{
    uint32_t before = h->keys.count;
    uint32_t id = 0;
    void *labels = h->label;
    bool ok = put(h->alloc, &h->keys, key, &labels, &h->label_capacity,
                  sizeof *h->label, &id);
    h->label = labels;
    if (ok && id == before) {
        h->label[id] = label;
    }
    return ok;
}

static bool note_length(struct score_hints *h, uint64_t fold, size_t tokens)
{
    uint32_t id = 0;
    void *lengths = h->lengths;
    bool ok = put(h->alloc, &h->words, fold, &lengths, &h->length_capacity,
                  sizeof *h->lengths, &id);
    h->lengths = lengths;
    if (ok) {
        h->lengths[id] = (uint8_t)(h->lengths[id] | 1u << (tokens - 1));
    }
    return ok;
}

static bool add(struct score_hints *h, struct slice name, uint32_t label)
{
    struct slice tokens[TOKENS_MAX];
    size_t pos = 0;
    size_t n = 0;
    uint64_t key = score_span_start(SCORE_FOLDED);
    bool ok = true;
    if (!sentence_next(name, &pos, tokens, TOKENS_MAX, &n) || pos < name.len ||
        n > SCORE_SPAN_MAX) {
        return true;
    }
    for (size_t i = 0; i < n; i++) {
        struct wordform w;
        wordform_make(tokens[i], &w);
        key = score_span_step(key, w.fold);
        ok = ok && (n == 1 || note_length(h, w.fold, i == 0 ? n : 1));
    }
    return ok && note_label(h, key, label);
}

/* The store's label of a hint, or `labels` for one that corpora have not. */
static uint32_t label_of(const struct store *store, struct slice label,
                         uint32_t labels)
{
    bool kept = false;
    uint32_t id = 0;
    struct slice name = store_rename_label(store, label, &kept);
    return kept && strmap_find(store->labels, name, &id) ? id : labels;
}

enum status score_hints_init(struct score_hints *h, const struct store *store,
                             uint32_t labels, struct err *e)
{
    memset(h, 0, sizeof *h);
    h->alloc = store->alloc;
    hashmap_init(&h->keys, store->alloc);
    hashmap_init(&h->words, store->alloc);
    for (size_t i = 0; i < store->hint_count; i++) {
        const struct store_hint *hint = &store->hints[i];
        if (!add(h, hint->name, label_of(store, hint->label, labels))) {
            return err_nomem(e);
        }
    }
    return STATUS_OK;
}

void score_hints_free(struct score_hints *h)
{
    if (h->alloc != NULL) {
        alloc_free(h->alloc, h->label, h->label_capacity * sizeof *h->label);
        alloc_free(h->alloc, h->lengths, h->length_capacity);
        hashmap_free(&h->keys);
        hashmap_free(&h->words);
        memset(h, 0, sizeof *h);
    }
}
