/* Names of more than SHALLOW_MAX tokens.

   Walking such a name token by token from each start would take, on a text
   of one word repeated and a name of 10,000 of it, 10,000 steps a word.
   Instead the tokens of the text around the cursor are kept once, with the
   polynomial hashes of all their prefixes, so that the hash of any stretch
   is had in one step, and the longest stretch that is a node is found by
   doubling and halving:

     tokens     i ................ i+8 .. +9 .. +10 .. +12 .. +16 .. +24
     is a node?                    yes    yes   yes    yes    no
                                                       then halving

   The node's record is the longest name along its path; `up` links lead to
   the shorter ones. */
#include "tag/emit.h"

#include "model/header.h"
#include "text/hash.h"
#include "text/poly.h"
#include "text/cut.h"

struct deep_token {
    size_t start, end;
    uint64_t first, exact_first;   /* hash, as a name's first token */
    uint64_t prefix, exact_prefix; /* of all tokens up to this one */
};

struct deep {
    struct deep_token *tokens;
    uint64_t *power; /* of POLY_R */
    size_t room, powers;
    size_t n;     /* tokens kept */
    size_t here;  /* the last one asked for */
    size_t end;   /* text position up to which tokens are kept */
    bool stopped; /* no name goes on over `end` */
    bool empty;
};

enum status deep_create(const struct alloc *al, const struct index *ix,
                        struct deep **out)
{
    size_t most = ix->max_tokens;
    struct deep *d = alloc_get(al, sizeof *d);
    if (d == NULL)
        return STATUS_NOMEM;
    d->room = 2 * most + 64;
    d->powers = most + 1;
    d->tokens = alloc_get(al, d->room * sizeof *d->tokens);
    d->power = alloc_get(al, d->powers * sizeof *d->power);
    if (d->tokens == NULL || d->power == NULL) {
        deep_free(al, d);
        return STATUS_NOMEM;
    }
    d->power[0] = 1;
    for (size_t i = 1; i <= most; i++)
        d->power[i] = poly_mul(d->power[i - 1], POLY_R);
    deep_reset(d);
    *out = d;
    return STATUS_OK;
}

void deep_free(const struct alloc *al, struct deep *d)
{
    if (d == NULL)
        return;
    alloc_free(al, d->tokens, d->room * sizeof *d->tokens);
    alloc_free(al, d->power, d->powers * sizeof *d->power);
    alloc_free(al, d, sizeof *d);
}

void deep_reset(struct deep *d)
{
    d->n = d->here = d->end = 0;
    d->stopped = false;
    d->empty = true;
}

/* Keeps one more token; false: there is none that a name could have. */
static bool add_token(struct scan *sc, struct deep *d)
{
    struct cut t;
    if (d->stopped)
        return false;
    sc->stats.steps++;
    cut_next(sc->text, sc->len, d->end, sc->how, &sc->key, &t);
    if (t.kind == CUT_END || t.kind == CUT_BAD ||
        (t.gap == CUT_BREAK && d->n > 0)) {
        d->stopped = true;
        return false;
    }
    if (d->n == d->room) { /* all before `here` is done with */
        memmove(d->tokens, d->tokens + d->here,
                (d->n - d->here) * sizeof *d->tokens);
        d->n -= d->here;
        d->here = 0;
    }
    struct deep_token *k = &d->tokens[d->n];
    uint64_t gap = token_hash_gap(&t) ^ t.hash;
    k->start = t.start;
    k->end = t.end;
    k->first = k->exact_first = t.hash;
    if (t.kind == CUT_WORD && sc->how != 0)
        k->exact_first = cut_word_hash(sc->text, t.start, t.end, 0, &sc->key);
    uint64_t before = d->n > 0 ? k[-1].prefix : 0;
    uint64_t exact_before = d->n > 0 ? k[-1].exact_prefix : 0;
    k->prefix = poly_push(before, k->first ^ gap);
    k->exact_prefix = poly_push(exact_before, k->exact_first ^ gap);
    d->end = t.end;
    d->n++;
    return true;
}

/* Makes the token at `start` the present one. */
static bool go_to(struct scan *sc, struct deep *d, size_t start)
{
    if (!d->empty && start >= d->tokens[0].start && start < d->end) {
        while (d->here > 0 && d->tokens[d->here].start > start)
            d->here--;
        while (d->here + 1 < d->n && d->tokens[d->here].start < start)
            d->here++;
        if (d->tokens[d->here].start == start)
            return true;
    }
    deep_reset(d);
    d->end = start;
    d->empty = false;
    if (add_token(sc, d))
        return true;
    deep_reset(d);
    return false;
}

/* Keeps `depth` tokens from the present one on. */
static bool reach(struct scan *sc, struct deep *d, size_t depth)
{
    while (d->n - d->here < depth)
        if (!add_token(sc, d))
            return false;
    return true;
}

static uint64_t stretch(const struct deep *d, size_t depth, bool exact)
{
    const struct deep_token *a = &d->tokens[d->here], *b = a + depth - 1;
    if (exact)
        return poly_key(
            a->exact_first,
            poly_part(b->exact_prefix, a->exact_prefix, d->power[depth - 1]),
            depth);
    return poly_key(
        a->first, poly_part(b->prefix, a->prefix, d->power[depth - 1]), depth);
}

/* Are the `depth` tokens here a node?  *record: of the longest name on its
   path, 0 if that has no more than SHALLOW_MAX tokens. */
static bool is_node(struct scan *sc, struct deep *d, size_t depth,
                    uint32_t *record)
{
    if (depth > sc->ix->max_tokens || !reach(sc, d, depth))
        return false;
    sc->stats.lookups++;
    uint64_t key = stretch(d, depth, false);
    uint64_t home = ((key >> 31 & UINT32_MAX) * sc->ix->deep_buckets) >> 32;
    const uint8_t *p = sc->ix->deep + home * 64;
    for (unsigned k = 0; k < BUCKETS_MAX * 4; k++, p += 16) {
        uint64_t slot = bytes_load64(p);
        if (slot == key) {
            *record = bytes_load32(p + 8);
            return true;
        }
        if (slot == 0)
            return false;
    }
    return false;
}

static uint32_t deepest(struct scan *sc, struct deep *d)
{
    uint32_t record = 0, r;
    size_t lo = SHALLOW_MAX, step = 1;
    while (is_node(sc, d, lo + step, &r)) {
        record = r;
        lo += step;
        step *= 2;
    }
    for (; step > 0; step /= 2) { /* lo is a node, lo + 2 * step is none */
        if (is_node(sc, d, lo + step, &r)) {
            record = r;
            lo += step;
        }
    }
    return record;
}

/* One record of the chain at `at`, `depth` tokens long. */
static bool try_chain(struct scan *sc, struct deep *d, uint32_t at,
                      size_t depth)
{
    size_t start = d->tokens[d->here].start;
    size_t end = d->tokens[d->here + depth - 1].end;
    uint64_t exact = sc->how != 0 ? stretch(d, depth, true) : 0;
    for (unsigned i = 0; i < LIMIT_CHAIN; i++) {
        struct record rec;
        if (!index_record(sc->ix, at, &rec) || at < 4 ||
            !(rec.flags & RECORD_DEEP))
            return false;
        const uint8_t *head = rec.surface - RECORD_HEAD - 16;
        bool may = sc->how == 0 || rec.policy != POLICY_EXACT ||
                   rec.flags & RECORD_PLURAL || bytes_load64(head + 8) == exact;
        sc->stats.steps++;
        if (may && emit_end_ok(sc, start, end, rec.flags & RECORD_PLAIN) &&
            emit_record(sc, at, start))
            return true;
        if (!(rec.flags & RECORD_MORE))
            return false;
        at = index_record_next(at, &rec);
    }
    return false;
}

bool deep_resolve(struct scan *sc, size_t start)
{
    struct deep *d = sc->deep;
    if (!go_to(sc, d, start))
        return false;
    uint32_t at = deepest(sc, d);
    for (unsigned tries = 0; at >= 4 && (tries < LIMIT_TRIES || sc->opt->every);
         tries++) {
        struct record rec;
        if (!index_record(sc->ix, at, &rec) || !(rec.flags & RECORD_DEEP))
            return false;
        const uint8_t *head = rec.surface - RECORD_HEAD - 16;
        uint32_t depth = bytes_load32(head + 4);
        if (depth <= SHALLOW_MAX || depth > d->n - d->here)
            return false;
        if (try_chain(sc, d, at, depth))
            return true;
        at = bytes_load32(head);
    }
    return false;
}
