/* Looking up what the filters have passed, many at a time so that the cache
   misses overlap:

   1. each one's place in the slots is computed and fetched
   2. the slots are read, and the records of what is found are fetched; where
      a node goes on one token more is taken, and from 1. again

   Of the pairs that are in a lexicon most are the begin of longer names, so
   before 1. the filters decide of each for itself

     is it a name of two tokens         pairs' filter, as a name
     is it one of three                 triples' filter, if these are known
     do longer names go on so           triples' filter; fours' filter, too

   and only of those that go on the next token is looked for in the slots.

   Of names of one token, those that memo.h has are not looked up at all.

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

/* Nothing is known of word k yet. */
static void begin_word(struct begins *b, uint32_t k)
{
    b->pair_slot[k] = b->upper_slot[k] = 0;
    b->depth[k] = 0;
    b->deep[k] = false;
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
    index_prefetch(sc->ix->slots, p->place);
    return true;
}

/* What goes on from the list, as probes; how many. */
static uint32_t begin_goes(struct scan *sc)
{
    const struct chunk *c = sc->chunk;
    const struct words *w = c->words;
    for (uint32_t i = 0; i < c->goes; i++) {
        uint32_t k = c->go[i] & LIST_WORD;
        uint32_t third = c->go[i] / LIST_THIRD, glued = c->go[i] / LIST_GLUED;
        uint32_t last = k + 1 + third;
        sc->probes[i] =
            (struct probe){.prefix = c->go_hash[i],
                           .at = {w->end[last], last + 1},
                           .word = (uint16_t)k,
                           .depth = (uint8_t)(2 + (third | (glued & 1)))};
    }
    return c->goes;
}

/* The words from which, with the symbol behind them and something else than
   a word behind that, a name begins: lists those that may be a name of two
   tokens and, in place of `near`, which is done with, those from which a name
   goes on.  Those whose symbol is not known are in doubt; the list is made of
   these.  Every load is done, whether needed or not: without a branch the cache
   misses overlap. */
static uint32_t sift_others(struct scan *sc)
{
    struct chunk *c = sc->chunk;
    const struct index index = *c->ix, *ix = &index;
    const struct words *w = c->words;
    uint32_t doubts = 0, twos = c->twos, kept = 0;
    for (uint32_t i = 0; i < c->others; i++) {
        uint32_t k = c->other[i], after = w->after[k];
        uint32_t known = (uint32_t)(after != ' ') & (uint32_t)(after != 0x80);
        uint32_t third = hash_next_class(c->bytes[w->end[k] + 1]);
        uint64_t two = hash_step(w->hash[k], hash_symbol(after));
        uint64_t three = hash_step(two, hash_symbol(third));
        c->other[doubts] = (uint16_t)k;
        doubts += known ^ 1;
        c->two[twos] = c->near[kept] = (uint16_t)k;
        c->two_hash[twos] = c->near_hash[kept] = two;
        twos += (uint32_t)index_name_bit(ix->pair, ix->pair_shift, two) & known;
        kept +=
            (uint32_t)index_bit(ix->triple, ix->triple_shift, three) & known;
    }
    c->others = doubts;
    c->twos = twos;
    return kept;
}

/* Of the n in `near` lists those that may be a name of three tokens, and makes
   probes, from `probes` on, of those that go on. */
static uint32_t keep_others(struct scan *sc, uint32_t n, uint32_t probes)
{
    struct chunk *c = sc->chunk;
    const struct index index = *c->ix, *ix = &index;
    const struct words *w = c->words;
    uint32_t threes = c->threes;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t k = c->near[i], end = w->end[k];
        const uint8_t *p = c->bytes + end;
        /* a symbol is known to be the third token; then the next byte or,
           glued to it, the next word tells of the fourth */
        uint32_t sure = class_of_byte[p[1]] == BYTE_SYMBOL;
        uint64_t is_word = 0 - (uint64_t)(words_start(w, k + 1) == end + 2);
        uint64_t far = hash_symbol(hash_next_class(p[2]));
        far ^= (far ^ w->hash[k + 1] ^ HASH_GLUED) & is_word;
        uint64_t two = c->near_hash[i];
        uint64_t three = hash_step(two, hash_symbol(hash_next_class(p[1])));
        uint64_t four = hash_step(three, far);
        c->three[threes] = (uint16_t)k;
        c->three_hash[threes] = three;
        threes +=
            (uint32_t)index_name_bit(ix->triple, ix->triple_shift, three) &
            sure;
        sc->probes[probes] = (struct probe){.prefix = sure ? three : two,
                                            .at = {end + 1u + sure, k + 1},
                                            .word = (uint16_t)k,
                                            .depth = (uint8_t)(2 + sure)};
        probes +=
            (uint32_t)index_bit(ix->quad, ix->quad_shift, four) | (sure ^ 1);
    }
    c->threes = threes;
    return probes;
}

/* Those in doubt: the second token is looked at now.  The number of probes. */
static uint32_t begin_doubts(struct scan *sc, uint32_t n)
{
    struct chunk *c = sc->chunk;
    const struct words *w = c->words;
    for (uint32_t i = 0; i < c->others; i++) {
        uint32_t k = c->other[i];
        struct walk at = {w->end[k], k + 1};
        uint64_t token;
        if (!walk_next(sc, &at, &token))
            continue;
        uint64_t prefix = hash_step(w->hash[k], token);
        c->two[c->twos] = (uint16_t)k;
        c->two_hash[c->twos++] = prefix;
        sc->probes[n++] = (struct probe){
            .prefix = prefix, .at = at, .word = (uint16_t)k, .depth = 2};
    }
    return n;
}

/* 1. for n probes; how many of them go on. */
static uint32_t place_probes(struct scan *sc, uint32_t n)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++) {
        struct probe p = sc->probes[i];
        begin_word(&sc->begins, p.word);
        if (go_on(sc, &p))
            sc->probes[kept++] = p;
    }
    return kept;
}

/* 1. for names of two or three tokens. */
static void place_names(struct scan *sc, struct place *places,
                        const uint16_t *word, const uint64_t *hash, uint32_t n)
{
    const uint64_t salt = sc->ix->salt, buckets = sc->ix->buckets;
    for (uint32_t i = 0; i < n; i++) {
        begin_word(&sc->begins, word[i]);
        places[i] = index_place(hash[i], salt, buckets);
        index_prefetch(sc->ix->slots, places[i]);
    }
}

/* Of the names of one token those that the memo does not have. */
static void recall_solos(struct scan *sc)
{
    struct chunk *c = sc->chunk;
    struct begins *b = &sc->begins;
    const struct memo memo = sc->memo;
    const struct words *words = c->words;
    const uint8_t *text = c->text;
    const uint32_t n = c->solos;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t k = c->solo[i], start = words_start(words, k);
        struct memo_word w = memo_word(text + start, words->end[k] - start);
        const struct memo_entry *m = memo_at(&memo, w);
        uint64_t same = ((w.lo ^ m->lo) | (w.hi ^ m->hi)) == 0;
        b->fact[k] = m->fact;
        b->solo[k / 64] |= same << k % 64;
        c->solo[kept] = (uint16_t)k;
        kept += (uint32_t)same ^ 1;
    }
    c->solos = kept;
}

static void place_solos(struct scan *sc, struct place *places)
{
    const struct chunk *c = sc->chunk;
    const uint64_t salt = sc->ix->salt, buckets = sc->ix->solo_buckets;
    for (uint32_t i = 0; i < c->solos; i++) {
        places[i] = index_place(c->words->hash[c->solo[i]], salt, buckets);
        index_prefetch(sc->ix->solos, places[i]);
    }
}

/* 2. for names of one token.  Most are there: the filter has said so. */
static void find_solos(struct scan *sc, const struct place *places)
{
    const struct chunk *c = sc->chunk;
    struct begins *b = &sc->begins;
    for (uint32_t i = 0; i < c->solos; i++) {
        uint32_t k = c->solo[i];
        uint32_t slot = index_slot_at(sc->ix->solos, places[i]);
        fetch_record(sc, slot);
        b->fact[k] = (struct memo_fact){0, slot};
        b->solo[k / 64] |= (uint64_t)(slot != 0) << k % 64;
    }
}

/* Notes what is at a slot, found at a depth under the last one found. */
static inline void note(struct scan *sc, uint32_t k, uint32_t slot,
                        unsigned depth)
{
    struct begins *b = &sc->begins;
    bool name = slot != 0 && (slot & SLOT_KIND) != SLOT_MORE;
    uint32_t last = b->pair_slot[k];
    uint8_t last_depth = b->depth[k];
    b->upper_slot[k] = name ? last : b->upper_slot[k];
    b->upper_depth[k] = name ? last_depth : b->upper_depth[k];
    b->pair_slot[k] = name ? slot : last;
    b->depth[k] = name ? (uint8_t)depth : last_depth;
    b->pair[k / 64] |= (uint64_t)name << k % 64;
    fetch_record(sc, slot);
}

/* 2. for names of two or three tokens. */
static void find_names(struct scan *sc, const struct place *places,
                       const uint16_t *word, uint32_t n, unsigned depth)
{
    for (uint32_t i = 0; i < n; i++)
        note(sc, word[i], index_slot_at(sc->ix->slots, places[i]), depth);
}

/* 2., and 1. again, for the names that go on. */
static void find_longer(struct scan *sc, uint32_t more)
{
    struct probe *probes = sc->probes;
    const uint32_t n = sc->chunk->words->n;
    while (more > 0) {
        uint32_t kept = 0;
        sc->stats.lookups += more;
        for (uint32_t i = 0; i < more; i++) {
            struct probe p = probes[i];
            uint32_t slot = index_slot_at(sc->ix->slots, p.place);
            note(sc, p.word, slot, p.depth);
            /* at three tokens, of which the filters did not know the last,
               there may be no node though names go on */
            bool goes = slot & SLOT_MORE || (p.depth == 3 && p.word + 2u >= n);
            if (goes && go_on(sc, &p))
                probes[kept++] = p;
        }
        more = kept;
    }
}

void probe_chunk(struct scan *sc)
{
    struct begins *b = &sc->begins;
    struct chunk *c = sc->chunk;
    size_t bits = c->words->n / 64 + 1;
    memset(b->pair, 0, bits * sizeof *b->pair);
    memset(b->solo, 0, bits * sizeof *b->solo);
    sc->level->keep(c);
    uint32_t others = sift_others(sc);
    uint32_t probes = begin_doubts(sc, keep_others(sc, others, begin_goes(sc)));
    probes = place_probes(sc, probes);
    if (sc->easy)
        recall_solos(sc);
    struct place *twos = sc->places, *threes = twos + c->twos,
                 *solos = threes + c->threes;
    place_names(sc, twos, c->two, c->two_hash, c->twos);
    place_names(sc, threes, c->three, c->three_hash, c->threes);
    place_solos(sc, solos);
    uint32_t named = c->solos + c->twos + c->threes;
    sc->stats.candidates += named + probes;
    sc->stats.lookups += named;
    find_solos(sc, solos);
    find_names(sc, twos, c->two, c->twos, 2);
    find_names(sc, threes, c->three, c->threes, 3);
    find_longer(sc, probes);
}
