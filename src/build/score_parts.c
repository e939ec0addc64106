#include "build/score_parts.h"

/* Pairs that weigh less are left out: there are very many. */
enum { FAINT = SCORE_UNITS / 32 };

void score_part_begin(struct score_writer *w)
{
    buf_fill(w->out, '\0', (8 - w->out->len % 8) % 8);
}

void score_part_end(struct score_writer *w, unsigned part, size_t at,
                    uint32_t slots, uint32_t records)
{
    if (buf_ok(w->out)) {
        char *p = w->out->data + w->parts + (size_t)part * SCORE_PART_SIZE;
        bytes_store64(p, at);
        bytes_store32(p + 8, slots);
        bytes_store32(p + 12, records);
    }
}

/* The slot of a pair's weight, 0 when it has none worth one. */
static uint64_t pair_slot(const struct score_writer *w, size_t i)
{
    const struct score_dict *d = &w->m->set.shared_dict;
    uint32_t id = d->ids.ids[i];
    if (d->ids.keys[i] == 0 || id == HASHMAP_NONE ||
        d->what[id] < SCORE_FIRST_PAIR) {
        return 0;
    }
    int16_t weight = score_quantise(w->m->weights.shared[id]);
    return weight > -FAINT && weight < FAINT
               ? 0
               : (d->ids.keys[i] & ~0xFFFFULL) | (uint16_t)weight;
}

/* For n in use: two of three at most. Of 2, where one was full, none was left
 * to end a search. */
static uint32_t packed_slots(size_t n)
{
    return score_table_slots((n * 3 + 3) / 4);
}

/* Put a slot into a packed table of so many. */
static void put_packed(uint8_t *to, uint32_t slots, uint64_t slot)
{
    uint32_t k = score_slot(slot, slots);
    while (bytes_load64(to + (size_t)k * 8) != 0) {
        k = (k + 1) & (slots - 1);
    }
    bytes_store64(to + (size_t)k * 8, slot);
}

/* Room for n zeroed u64 in the part that begins here, or NULL. */
static uint8_t *packed_room(struct score_writer *w, uint32_t n)
{
    score_part_begin(w);
    if (!buf_reserve(w->out, (size_t)n * 8)) {
        return NULL;
    }
    uint8_t *to = (uint8_t *)w->out->data + w->out->len;
    memset(to, 0, (size_t)n * 8);
    w->out->len += (size_t)n * 8;
    return to;
}

enum status score_put_pairs(struct score_writer *w, struct err *e)
{
    const struct hashmap *ids = &w->m->set.shared_dict.ids;
    size_t n = 0;
    for (size_t i = 0; i < ids->slots; i++) {
        n += pair_slot(w, i) != 0;
    }
    uint32_t slots = packed_slots(n);
    uint8_t *to = packed_room(w, slots);
    if (to == NULL) {
        return err_nomem(e);
    }
    for (size_t i = 0; i < ids->slots; i++) {
        uint64_t slot = pair_slot(w, i);
        if (slot != 0) {
            put_packed(to, slots, slot);
        }
    }
    size_t at = w->out->len - (size_t)slots * 8;
    score_part_end(w, SCORE_PART_PAIRS, at, 0, slots);
    return STATUS_OK;
}

/* Set the bits of a hash whose bits are well mixed. */
static void add_bits(uint8_t *filter, uint32_t words, uint64_t mixed)
{
    uint8_t *p = filter + (size_t)score_front_word(mixed, words) * 8;
    bytes_store64(p, bytes_load64(p) | score_front_bits(mixed));
}

static void add_front(uint8_t *filter, uint32_t words, uint64_t hash)
{
    add_bits(filter, words, score_mix(hash));
}

/* The numbers key of a mention of several tokens. */
static void add_longer(struct score_writer *w, const struct store_sentence *t,
                       const struct store_mention *m, uint8_t *filter,
                       uint32_t words)
{
    uint64_t hash = score_span_start(SCORE_NUMBERS);
    for (uint32_t i = 0; i < m->count; i++) {
        hash = score_span_step(
            hash,
            score_corpus_word(&w->m->corpus, t, m->first + i)->form.numbers);
    }
    if (m->count > 1) {
        add_bits(filter, words, hash);
    }
}

/* The fronts of a mention's joined key, byte by byte. */
static void add_fronts(struct score_writer *w, const struct store_sentence *t,
                       const struct store_mention *m, uint8_t *filter,
                       uint32_t words)
{
    uint64_t hash = WORDFORM_POLY_START;
    add_front(filter, words, hash);
    for (uint32_t i = 0; i < m->count; i++) {
        uint8_t bytes[WORDFORM_MAX];
        size_t n = wordform_joined(
            store_word(w->m->corpus.store, t, m->first + i), bytes);
        for (size_t k = 0; k < n; k++) {
            hash = hash * WORDFORM_POLY_STEP + bytes[k] + 1;
            add_front(filter, words, hash);
        }
    }
}

enum status score_put_filter(struct score_writer *w, unsigned part,
                             struct err *e)
{
    const struct store *store = w->m->corpus.store;
    bool fronts = part == SCORE_PART_FRONTS;
    /* About 6 fronts a key that no other key has, 10 bits for each. */
    uint32_t words = score_table_slots(w->m->corpus.keys[SCORE_JOINED].count) /
                     (fronts ? 2 : 8);
    words = words > 0 ? words : 1;
    uint8_t *filter = packed_room(w, words);
    if (filter == NULL) {
        return err_nomem(e);
    }
    size_t at = w->out->len - (size_t)words * 8;
    for (size_t i = 0; i < store->sentence_count; i++) {
        const struct store_sentence *t = &store->sentences[i];
        for (uint32_t k = 0; k < t->mention_count; k++) {
            const struct store_mention *m =
                &store->mentions[t->first_mention + k];
            if (m->count <= SCORE_SPAN_MAX) {
                (fronts ? add_fronts : add_longer)(w, t, m, filter, words);
            }
        }
    }
    score_part_end(w, part, at, 0, words);
    return STATUS_OK;
}

enum status score_put_hints(struct score_writer *w, struct err *e)
{
    const struct score_hints *h = &w->m->corpus.hints;
    size_t n = (size_t)h->keys.count + h->words.count;
    uint32_t slots = packed_slots(n);
    uint8_t *to = packed_room(w, slots);
    if (to == NULL) {
        return err_nomem(e);
    }
    for (size_t i = 0; i < h->keys.slots; i++) {
        if (h->keys.keys[i] != 0) {
            put_packed(to, slots,
                       (h->keys.keys[i] & ~0xFFFFULL) |
                           (1 + h->label[h->keys.ids[i]]));
        }
    }
    for (size_t i = 0; i < h->words.slots; i++) {
        if (h->words.keys[i] != 0) {
            put_packed(to, slots,
                       (score_hint_word(h->words.keys[i]) & ~0xFFFFULL) |
                           h->lengths[h->words.ids[i]]);
        }
    }
    score_part_end(w, SCORE_PART_HINTS, w->out->len - (size_t)slots * 8, 0,
                   slots);
    uint32_t words = slots / 8 > 0 ? slots / 8 : 1;
    to = packed_room(w, words);
    if (to == NULL) {
        return err_nomem(e);
    }
    for (size_t i = 0; i < h->keys.slots; i++) {
        if (h->keys.keys[i] != 0) {
            add_bits(to, words, score_mix(h->keys.keys[i]));
        }
    }
    score_part_end(w, SCORE_PART_HINTED, w->out->len - (size_t)words * 8, 0,
                   words);
    return STATUS_OK;
}
