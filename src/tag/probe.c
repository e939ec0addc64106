/* Looking candidates up, many at a time so that their cache misses overlap:

   1. each candidate's places in the slots are computed and fetched
   2. the slots are read; the records of what is found are fetched; a
      candidate whose node goes on is put on a list
   3. the list's candidates take one token more, and from 1. again
   4. the candidates are resolved in the order of the text */
#include "tag/scan_state.h"

#include "model/lookup.h"
#include "text/class.h"
#include "text/hash.h"
#include "text/cut.h"

/* The token after w, with its gap in the hash; false: no name goes on. */
static GAZ_NOINLINE bool step_exact(struct scan *sc, struct walk *w,
                                    uint64_t *token)
{
    const struct chunk *c = sc->chunk;
    struct cut t;
    sc->stats.steps++;
    cut_next(sc->text, sc->len, sc->base + w->pos, sc->how, &sc->key, &t);
    if (t.kind == CUT_END || t.kind == CUT_BAD || t.gap == CUT_BREAK)
        return false;
    *token = t.gap == CUT_GLUED ? t.hash ^ HASH_GLUED : t.hash;
    w->pos = t.end - sc->base;
    while (w->next < c->words && where_start(c->where[w->next]) < w->pos)
        w->next++;
    return true;
}

bool walk_step(struct scan *sc, struct walk *w, uint64_t *token)
{
    const struct chunk *c = sc->chunk;
    uint32_t k = w->next;
    if (k < c->words && k > 0 && where_joined(c->where[k]) &&
        where_end(c->where[k - 1]) == w->pos) {
        if (where_start(c->where[k]) != w->pos + 1) {
            enum cut_gap gap;
            cut_gap_end(sc->text, sc->len, sc->base + w->pos, &gap);
            if (gap != CUT_SPACED)
                return false;
        }
        *token = c->hash[k];
        w->pos = where_end(c->where[k]);
        w->next = k + 1;
        return *token != HASH_BAD;
    }
    size_t at = sc->base + w->pos;
    if (at < sc->len && class_of_byte[sc->text[at]] == BYTE_SYMBOL) {
        *token = hash_symbol(sc->text[at]) ^ HASH_GLUED;
        w->pos++;
        return true;
    }
    return step_exact(sc, w, token);
}

static void set_place(struct scan *sc, struct probe *p)
{
    p->place = index_place(p->prefix, sc->ix->salt, sc->ix->buckets);
    index_prefetch(sc->ix, p->place);
}

/* 1. of the first two tokens. */
static void begin(struct scan *sc, struct probe *p, uint64_t first,
                  uint64_t pair, bool pair_known)
{
    p->pair_depth = 0;
    p->deep = false;
    if (p->pass & PASS_FIRST) {
        p->first_place = index_place(first, sc->ix->salt, sc->ix->buckets);
        index_prefetch(sc->ix, p->first_place);
    }
    if (p->pass & PASS_PAIR) {
        uint64_t token;
        if (pair_known) {
            p->prefix = pair;
        } else if (walk_step(sc, &p->at, &token)) {
            p->prefix = hash_step(first, token);
        } else {
            p->pass &= PASS_FIRST;
            return;
        }
        p->depth = 2;
        set_place(sc, p);
    }
}

static struct probe *next_probe(struct scan *sc)
{
    if (sc->n_probes == PROBES)
        probe_flush(sc);
    return &sc->probes[sc->n_probes++];
}

void probe_word(struct scan *sc, const struct candidate *cand)
{
    const struct chunk *c = sc->chunk;
    uint64_t where = c->where[cand->word];
    if (sc->base + where_start(where) < sc->cursor)
        return;
    struct probe *p = next_probe(sc);
    p->start = where_start(where);
    p->pass = cand->pass;
    p->at.pos = where_end(where);
    p->at.next = cand->word + 1;
    bool plain = false;
    if (p->at.next < c->words) {
        /* one space and a word: the filter's hash is exact */
        uint64_t next = c->where[p->at.next];
        plain = where_joined(next) && where_start(next) == p->at.pos + 1;
        if (plain) {
            p->at.pos = where_end(next);
            p->at.next++;
        }
    }
    begin(sc, p, c->hash[cand->word], cand->pair, plain);
}

static bool in_filters(const struct index *ix, uint64_t first, uint64_t pair,
                       bool has_pair, uint32_t *pass)
{
    *pass = index_bit(ix->first, ix->first_shift, first) ? PASS_FIRST : 0;
    if (has_pair && index_bit(ix->pair, ix->pair_shift, pair))
        *pass |= PASS_PAIR;
    return *pass != 0;
}

uint32_t walk_word_at(const struct chunk *c, uint32_t pos)
{
    uint32_t lo = 0, hi = c->words;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (where_start(c->where[mid]) < pos)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* A candidate that begins with the symbol at `at`. */
void probe_lead(struct scan *sc, uint32_t at)
{
    const struct chunk *c = sc->chunk;
    const uint8_t *text = sc->text + sc->base;
    size_t len = sc->len - sc->base, n;
    uint32_t cp, pass;
    class_of_cp(text + at, len - at, &cp, &n);
    if (cp < 0x80) {
        uint8_t next = at + 1 < len ? text[at + 1] : '\n';
        if (!(sc->ix->lead[cp * 32 + next / 8] >> next % 8 & 1))
            return;
    }
    struct walk w = {at + n, walk_word_at(c, at)};
    uint64_t first = hash_symbol(cp), token = 0;
    bool has_pair = walk_step(sc, &w, &token);
    uint64_t pair = hash_step(first, token);
    if (!in_filters(sc->ix, first, pair, has_pair, &pass))
        return;
    struct probe *p = next_probe(sc);
    p->start = at;
    p->pass = pass;
    p->at = w;
    begin(sc, p, first, pair, true);
}

static void fetch_record(const struct scan *sc, uint32_t slot)
{
    size_t offset = (size_t)(slot >> 2) * 4;
    if (offset < sc->ix->records_size)
        GAZ_PREFETCH(sc->ix->records + offset);
}

/* 2. for the present depth; true: the node goes on. */
static bool look_up(struct scan *sc, struct probe *p)
{
    uint32_t slot;
    sc->stats.lookups++;
    if (!index_find_at(sc->ix, p->place, &slot))
        return false;
    if ((slot & SLOT_KIND) != SLOT_MORE) {
        p->pair_slot = slot;
        p->pair_depth = p->depth;
        fetch_record(sc, slot);
    }
    return slot & SLOT_MORE;
}

/* 3.; false: the text has no further token for a name. */
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

void probe_flush(struct scan *sc)
{
    uint32_t n = sc->n_probes, more = 0;
    uint8_t list[PROBES];
    sc->stats.candidates += n;
    for (uint32_t i = 0; i < n; i++) {
        struct probe *p = &sc->probes[i];
        if (p->pass & PASS_PAIR && look_up(sc, p) && go_on(sc, p))
            list[more++] = (uint8_t)i;
        if (p->pass & PASS_FIRST) {
            sc->stats.lookups++;
            if (index_find_at(sc->ix, p->first_place, &p->first_slot))
                fetch_record(sc, p->first_slot);
            else
                p->pass &= PASS_PAIR;
        }
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
    for (uint32_t i = 0; i < n; i++)
        resolve_probe(sc, &sc->probes[i]);
    sc->n_probes = 0;
}
