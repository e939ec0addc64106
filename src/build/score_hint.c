#include "build/score_hint.h"

#include "model/score_key.h"
#include "text/sentence.h"

/* Sentences are cut before the last SENTENCE_WORD_MAX. */
enum { TOKENS_MAX = SCORE_SPAN_MAX + 1 + SENTENCE_WORD_MAX };

static bool note_label(struct score_hints *h, uint64_t key, uint32_t label)
{
    uint32_t before = h->keys.count;
    uint32_t id = 0;
    void *labels = h->label;
    bool ok = alloc_grow(h->alloc, &labels, &h->label_capacity,
                         (size_t)before + 1, sizeof *h->label);
    h->label = labels;
    ok = ok && hashmap_put(&h->keys, key, &id);
    if (ok && id == before) {
        h->label[id] = label;
    }
    return ok;
}

static bool note_length(struct score_hints *h, uint64_t fold, size_t tokens)
{
    uint32_t before = h->words.count;
    uint32_t id = 0;
    void *lengths = h->lengths;
    bool ok = alloc_grow(h->alloc, &lengths, &h->length_capacity,
                         (size_t)before + 1, sizeof *h->lengths);
    h->lengths = lengths;
    ok = ok && hashmap_put(&h->words, fold, &id);
    if (ok) {
        h->lengths[id] =
            (uint8_t)((id < before ? h->lengths[id] : 0) | 1u << (tokens - 1));
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
