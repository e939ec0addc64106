/* Looking up what the filters have passed, many at a time so that the cache
   misses overlap:

   1. each one's place in the slots is computed and fetched
   2. the slots are read, and the records of what is found are fetched; a
      pair whose node goes on takes one token more, and from 1. again

   Of the pairs that are in a lexicon most are the begin of longer names, so
   before 1. their third token decides:

     spaced word, or glued ASCII symbol    (else: in doubt)
     then one of   it is a name            short names' filter
                   it goes on so           triples' filter */
#include "tag/scan_state.h"

#include "model/lookup.h"
#include "text/hash.h"

static void fetch_record(const struct scan *sc, uint32_t slot)
{
    size_t offset = (size_t)(slot >> 2) * 4;
    GAZ_PREFETCH(sc->ix->records +
                 (offset < sc->ix->records_size ? offset : 0));
}

/* Does a name of two tokens, or one that goes on as the text does, begin
   with the pair at word k, which is not the last?  In doubt, yes.  Every
   load is done, whether needed or not, so that there is no branch. */
static inline uint32_t pair_goes(const struct chunk *c, const struct index *ix,
                                 uint32_t k, uint64_t pair)
{
    const struct words *w = c->words;
    uint32_t end = w->end[k], start1 = w->start[k + 1];
    uint64_t hash1 = w->hash[k + 1], hash2 = w->hash[k + 2];
    uint64_t after1 = hash_symbol(w->after[k + 1]);
    uint64_t behind = hash_symbol(hash_next_class(c->bytes[end + 1]));
    uint32_t after = w->after[k];
    uint64_t is_joined = 0 - (uint64_t)(start1 >> 15);
    uint64_t is_joined2 = 0 - (uint64_t)(w->start[k + 2] >> 15);
    uint64_t is_glued = 0 - (uint64_t)((start1 & 0x7fff) == end + 1);
    /* behind a word: a spaced word, or what its next byte says */
    uint64_t by_word = after1 ^ ((after1 ^ hash2) & is_joined2);
    /* behind a symbol: a glued word, or what its next byte says */
    uint64_t by_symbol = behind ^ ((behind ^ hash1 ^ HASH_GLUED) & is_glued);
    uint64_t token = by_symbol ^ ((by_symbol ^ by_word) & is_joined);
    uint64_t triple = hash_step(pair, token);
    uint64_t doubt = is_joined ? (uint64_t)(k + 2 == w->n)
                               : (uint64_t)((after == ' ') | (after == 0x80));
    return (uint32_t)doubt |
           (uint32_t)index_bit(ix->first, ix->first_shift, pair) |
           (uint32_t)index_bit(ix->triple, ix->triple_shift, triple);
}

/* Keeps the pairs that go on. */
static void keep_pairs(struct chunk *c)
{
    const struct index index = *c->ix;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < c->pairs; i++) {
        uint32_t k = c->pair[i];
        uint64_t pair = c->pair_hash[i];
        c->pair[kept] = (uint16_t)k;
        c->pair_hash[kept] = pair;
        kept += pair_goes(c, &index, k, pair);
    }
    c->pairs = kept;
}

static void set_place(struct scan *sc, struct probe *p)
{
    p->place = index_place(p->prefix, sc->ix->salt, sc->ix->buckets);
    index_prefetch(sc->ix, p->place);
}

/* 1.; a word, one space and a word have their hash from the filter, other
   pairs' second tokens are looked at now. */
static void place_pairs(struct scan *sc)
{
    const struct chunk *c = sc->chunk;
    const struct words *w = c->words;
    struct probe *p = sc->probes;
    for (uint32_t i = 0; i < c->pairs; i++) {
        uint32_t k = c->pair[i];
        p->start = words_start(w, k);
        p->word = k;
        p->prefix = c->pair_hash[i];
        p->depth = 2;
        p->found_depth = 0;
        p->deep = false;
        p->at.pos = w->end[k];
        p->at.next = k + 1;
        if (w->start[k + 1] == ((p->at.pos + 1) | WORD_JOINED)) {
            p->at.pos = w->end[k + 1];
            p->at.next = k + 2;
        } else {
            uint64_t token;
            if (!walk_step(sc, &p->at, &token))
                continue;
            p->prefix = hash_step(w->hash[k], token);
        }
        set_place(sc, p);
        p++;
    }
    sc->n_probes = (uint32_t)(p - sc->probes);
}

static void place_solos(struct scan *sc)
{
    const struct chunk *c = sc->chunk;
    const uint64_t salt = sc->ix->salt, buckets = sc->ix->buckets;
    for (uint32_t i = 0; i < c->solos; i++) {
        uint32_t k = c->solo[i];
        struct solo *s = &sc->solos[i];
        s->place = index_place(c->words->hash[k], salt, buckets);
        s->start = words_start(c->words, k);
        index_prefetch(sc->ix, s->place);
    }
}

/* 2. for names of one token.  Most are there: the filter has said so. */
static void find_solos(struct scan *sc)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < sc->chunk->solos; i++) {
        const struct solo *s = &sc->solos[i];
        uint32_t slot, start = s->start;
        bool found = index_find_at(sc->ix, s->place, &slot);
        fetch_record(sc, slot);
        sc->solos[kept].start = start;
        sc->solos[kept].slot = slot;
        kept += found;
    }
    sc->n_solos = kept;
}

/* 2. for the present depth; true: the node goes on. */
static bool look_up(struct scan *sc, struct probe *p)
{
    uint32_t slot;
    sc->stats.lookups++;
    if (!index_find_at(sc->ix, p->place, &slot))
        return false;
    if ((slot & SLOT_KIND) != SLOT_MORE) {
        p->slot = slot;
        p->found_depth = p->depth;
        fetch_record(sc, slot);
    }
    return slot & SLOT_MORE;
}

/* One token more; false: the text has none that a name could have. */
static bool go_on(struct scan *sc, struct probe *p)
{
    uint64_t token;
    if (p->depth == SHALLOW_MAX) {
        p->deep = sc->deep != NULL;
        return false;
    }
    if (!walk_step(sc, &p->at, &token))
        return false;
    p->prefix = hash_step(p->prefix, token);
    p->depth++;
    set_place(sc, p);
    return true;
}

static void find_pairs(struct scan *sc)
{
    uint16_t *list = sc->list;
    uint32_t more = 0;
    for (uint32_t i = 0; i < sc->n_probes; i++) {
        struct probe *p = &sc->probes[i];
        if (look_up(sc, p) && go_on(sc, p))
            list[more++] = (uint16_t)i;
    }
    while (more > 0) {
        uint32_t kept = 0;
        for (uint32_t i = 0; i < more; i++) {
            struct probe *p = &sc->probes[list[i]];
            if (look_up(sc, p) && go_on(sc, p))
                list[kept++] = list[i];
        }
        more = kept;
    }
}

void probe_chunk(struct scan *sc)
{
    keep_pairs(sc->chunk);
    sc->stats.candidates += sc->chunk->solos + sc->chunk->pairs;
    place_solos(sc);
    place_pairs(sc);
    find_solos(sc);
    find_pairs(sc);
}
