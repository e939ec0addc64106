/* Looking up what the filters have passed, many at a time so that the cache
   misses overlap:

   1. each one's place in the slots is computed and fetched
   2. the slots are read, and the records of what is found are fetched; a
      pair whose node goes on takes one token more, and from 1. again

   Of the pairs that are in a lexicon most are the begin of longer names, so
   before 1. their third token decides:

     spaced word, or glued ASCII symbol    (else: in doubt)
     then one of   it is a name            short names' filter
                   it goes on so           triples' filter

   The order in which a chunk's candidates are looked up does not matter: what
   is found goes to arrays by word. */
#include "tag/scan_state.h"

#include "model/lookup.h"
#include "text/hash.h"

static void fetch_record(const struct scan *sc, uint32_t slot)
{
    size_t offset = (size_t)(slot >> 2) * 4;
    GAZ_PREFETCH(sc->ix->records +
                 (offset < sc->ix->records_size ? offset : 0));
}

/* Keeps the words from which, with the symbol behind them, a name of two
   tokens begins, or one that goes on as the text does (these with PAIR_GOES);
   and those in doubt.  Every load is done, whether needed or not: without a
   branch the cache misses overlap. */
static void keep_glued(struct chunk *c)
{
    const struct index index = *c->ix, *ix = &index;
    const struct words *w = c->words;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < c->glued; i++) {
        uint32_t k = c->glue[i], end = w->end[k], after = w->after[k];
        uint64_t pair = hash_step(w->hash[k], hash_symbol(after));
        uint64_t behind = hash_symbol(hash_next_class(c->bytes[end + 1]));
        uint64_t is_glued = 0 - (uint64_t)(words_start(w, k + 1) == end + 1);
        uint64_t token =
            behind ^ ((behind ^ w->hash[k + 1] ^ HASH_GLUED) & is_glued);
        uint64_t triple = hash_step(pair, token);
        uint32_t goes =
            (uint32_t)(after == ' ') | (uint32_t)(after == 0x80) |
            (uint32_t)index_bit(ix->triple, ix->triple_shift, triple);
        c->glue[kept] = (uint16_t)(k | goes * PAIR_GOES);
        kept += goes | (uint32_t)index_bit(ix->first, ix->first_shift, pair);
    }
    c->glued = kept;
}

static void place_pair(struct scan *sc, uint32_t i, uint64_t prefix)
{
    sc->places[i] = index_place(prefix, sc->ix->salt, sc->ix->buckets);
    index_prefetch(sc->ix, sc->places[i]);
}

/* 1.; of two words the filter has made the hash, of others the second token
   is looked at now. */
static void place_pairs(struct scan *sc)
{
    struct chunk *c = sc->chunk;
    const struct words *w = c->words;
    for (uint32_t i = 0; i < c->pairs; i++)
        place_pair(sc, i, c->pair_hash[i]);
    uint32_t n = c->pairs;
    for (uint32_t i = 0; i < c->glued; i++) {
        uint32_t k = c->glue[i] & 0x7fffu;
        struct walk at = {w->end[k], k + 1};
        uint64_t token;
        if (!walk_next(sc, &at, &token))
            continue;
        c->pair[n] = c->glue[i];
        c->pair_hash[n] = hash_step(w->hash[k], token);
        place_pair(sc, n, c->pair_hash[n]);
        n++;
    }
    c->pairs = n;
}

static void place_solos(struct scan *sc)
{
    const struct chunk *c = sc->chunk;
    const uint64_t salt = sc->ix->salt, buckets = sc->ix->buckets;
    struct place *places = sc->places + c->pairs;
    for (uint32_t i = 0; i < c->solos; i++) {
        places[i] = index_place(c->words->hash[c->solo[i]], salt, buckets);
        index_prefetch(sc->ix, places[i]);
    }
}

/* 2. for names of one token.  Most are there: the filter has said so. */
static void find_solos(struct scan *sc)
{
    const struct chunk *c = sc->chunk;
    const struct place *places = sc->places + c->pairs;
    struct begins *b = &sc->begins;
    for (uint32_t i = 0; i < c->solos; i++) {
        uint32_t k = c->solo[i];
        uint32_t slot = index_slot_at(sc->ix, places[i]);
        fetch_record(sc, slot);
        b->solo_slot[k] = slot;
        b->solo[k / 64] |= (uint64_t)(slot != 0) << k % 64;
    }
}

/* The node of the probe's depth; true: it goes on. */
static bool look_up(struct scan *sc, const struct probe *p)
{
    struct begins *b = &sc->begins;
    uint32_t slot = index_slot_at(sc->ix, p->place), k = p->word;
    sc->stats.lookups++;
    if (slot != 0 && (slot & SLOT_KIND) != SLOT_MORE) {
        b->upper_slot[k] = b->pair_slot[k];
        b->upper_depth[k] = b->depth[k];
        b->pair_slot[k] = slot;
        b->depth[k] = p->depth;
        b->pair[k / 64] |= 1ULL << k % 64;
        fetch_record(sc, slot);
    }
    return slot & SLOT_MORE;
}

/* One token more; false: the text has none that a name could have. */
static bool go_on(struct scan *sc, struct probe *p)
{
    uint64_t token;
    if (p->depth == SHALLOW_MAX) {
        struct begins *b = &sc->begins;
        uint32_t k = p->word;
        b->deep[k] = sc->deep != NULL;
        b->pair[k / 64] |= (uint64_t)b->deep[k] << k % 64;
        return false;
    }
    if (!walk_next(sc, &p->at, &token))
        return false;
    p->prefix = hash_step(p->prefix, token);
    p->depth++;
    p->place = index_place(p->prefix, sc->ix->salt, sc->ix->buckets);
    index_prefetch(sc->ix, p->place);
    return true;
}

/* A probe behind the second token of the pair at word k; false: an empty
   line is before it. */
static bool begin_probe(struct scan *sc, struct probe *p, uint32_t k,
                        uint64_t prefix)
{
    const struct words *w = sc->chunk->words;
    uint64_t token;
    p->prefix = prefix;
    p->word = (uint16_t)k;
    p->depth = 2;
    p->at.pos = w->end[k];
    p->at.next = k + 1;
    if (w->start[k + 1] == ((p->at.pos + 1) | WORD_JOINED)) {
        p->at.pos = w->end[k + 1];
        p->at.next = k + 2;
        return true;
    }
    return walk_next(sc, &p->at, &token);
}

/* 2. for the pairs, then 1. and 2. for those that go on. */
static void find_pairs(struct scan *sc)
{
    const struct chunk *c = sc->chunk;
    struct begins *b = &sc->begins;
    struct probe *probes = sc->probes;
    uint32_t more = 0;
    for (uint32_t i = 0; i < c->pairs; i++) {
        uint32_t k = c->pair[i] & 0x7fffu, goes = c->pair[i] & PAIR_GOES;
        uint32_t slot = index_slot_at(sc->ix, sc->places[i]);
        bool name = slot != 0 && (slot & SLOT_KIND) != SLOT_MORE;
        fetch_record(sc, slot);
        b->pair_slot[k] = name ? slot : 0;
        b->upper_slot[k] = 0;
        b->depth[k] = 2;
        b->deep[k] = false;
        b->pair[k / 64] |= (uint64_t)name << k % 64;
        if (slot & SLOT_MORE && goes) {
            more += begin_probe(sc, &probes[more], k, c->pair_hash[i]) &&
                    go_on(sc, &probes[more]);
        }
    }
    while (more > 0) {
        uint32_t kept = 0;
        for (uint32_t i = 0; i < more; i++) {
            struct probe p = probes[i];
            if (look_up(sc, &p) && go_on(sc, &p))
                probes[kept++] = p;
        }
        more = kept;
    }
}

void probe_chunk(struct scan *sc)
{
    struct begins *b = &sc->begins;
    size_t bits = sc->chunk->words->n / 64 + 1;
    memset(b->pair, 0, bits * sizeof *b->pair);
    memset(b->solo, 0, bits * sizeof *b->solo);
    sc->level->keep(sc->chunk);
    keep_glued(sc->chunk);
    place_pairs(sc);
    place_solos(sc);
    sc->stats.candidates += sc->chunk->solos + sc->chunk->pairs;
    sc->stats.lookups += sc->chunk->solos + sc->chunk->pairs;
    find_solos(sc);
    find_pairs(sc);
}
