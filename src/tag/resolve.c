/* Leftmost-longest: probes come in the order of the text; each takes the
   longest name at its start that is really there and that all rules allow,
   unless it starts in the match before. */
#include "tag/emit.h"

#include "model/lookup.h"
#include "tag/easy.h"
#include "text/class.h"
#include "text/hash.h"

/* As span.bare.  Two bytes on each side can be read. */
static GAZ_ALWAYS_INLINE bool is_bare(const struct scan *sc, size_t start,
                                      size_t end)
{
    return (sc->text[start - 1] != '(') & (sc->text[end + 1] != '(') &
           (sc->text[end - 1] < 0x80);
}

/* A start whose first token is known. */
struct begin {
    uint32_t start;
    uint64_t first;   /* the token's hash */
    struct walk then; /* behind it */
};

/* The deepest name of 2 to `most` tokens at a start, walked to from there;
 *depth is 0 if there is none.  *deep: longer names may follow. */
static uint32_t walk_to(struct scan *sc, const struct begin *b, uint32_t most,
                        uint32_t *depth, bool *deep)
{
    struct walk w = b->then;
    uint32_t found = 0, slot;
    uint64_t prefix = b->first, token;
    *depth = 0;
    *deep = false;
    for (uint32_t d = 2; d <= most && walk_next(sc, &w, &token); d++) {
        sc->stats.steps++;
        prefix = hash_step(prefix, token);
        if (index_find(sc->ix, prefix, &slot) &&
            (slot & SLOT_KIND) != SLOT_MORE) {
            found = slot;
            *depth = d;
        }
        /* up to three tokens there are nodes of names only, and others may
           have their tag */
        if (d > 3 && !(slot & SLOT_MORE))
            break;
        *deep = d == SHALLOW_MAX;
    }
    return found;
}

/* Tries the names of 2 to `depth` tokens, from the longest on. */
static bool resolve_down(struct scan *sc, const struct begin *b, uint32_t depth)
{
    bool deep;
    while (depth >= 2) {
        uint32_t slot = walk_to(sc, b, depth, &depth, &deep);
        if (depth == 0)
            return false;
        if (emit_record(sc, slot >> 2, sc->base + b->start))
            return true;
        depth--;
    }
    return false;
}

static bool may_start(struct scan *sc, size_t start)
{
    /* in place of symbols at the text's end is a word that starts behind it */
    return start >= sc->cursor && start < sc->stop &&
           (sc->opt->tokens ||
            bound_start_ok(sc->text, sc->len, start, &sc->bound));
}

/* Takes the name at a slot if it is there.  f->plain: it is plain, and *f says
   what it is. */
static bool take(struct scan *sc, uint32_t slot, size_t start, struct found *f)
{
    enum easy how = sc->easy ? easy_take(sc, slot >> 2, start, f) : EASY_UNSURE;
    if (how == EASY_UNSURE) {
        f->plain = false; /* not known */
        return may_start(sc, start) && emit_record(sc, slot >> 2, start);
    }
    sc->stats.verified++;
    if (how == EASY_EDGES)
        how = may_start(sc, start) && emit_end_ok(sc, start, f->end, f->plain)
                  ? EASY_TAKEN
                  : EASY_REFUSED;
    return how == EASY_TAKEN &&
           emit_span(sc, start, f, is_bare(sc, start, f->end));
}

/* Takes the name that word k is, as the memo says. */
static void take_known(struct scan *sc, uint32_t k, size_t start)
{
    const uint64_t known = sc->begins.fact[k].known;
    struct found f = {.end = start + (uint16_t)known,
                      .entry = (uint32_t)(known >> 32),
                      .label = (uint16_t)(known >> 16),
                      .plain = true};
    if (GAZ_UNLIKELY(start < 2 || sc->len - start < EASY_MAX + 3)) {
        take(sc, (uint32_t)sc->begins.fact[k].slot, start, &f);
        return;
    }
    sc->stats.verified++;
    if (bound_is_easy(sc->text + start, sc->text + f.end) ||
        (may_start(sc, start) && emit_end_ok(sc, start, f.end, true)))
        emit_span(sc, start, &f, is_bare(sc, start, f.end));
}

/* Has the memo know that word k is the name last taken. */
static void learn(struct scan *sc, uint32_t k, size_t start,
                  const struct found *f)
{
    const struct chunk *c = sc->chunk;
    uint32_t from = words_start(c->words, k), n = c->words->end[k] - from;
    if (n > MEMO_MAX || f->end - start != n || !f->plain)
        return;
    struct memo_word w = memo_word(c->text + from, n);
    struct memo_entry *m = memo_at(&sc->memo, w);
    m->lo = w.lo;
    m->hi = w.hi;
    m->fact.known = memo_known(f->entry, f->label, n);
    m->fact.slot = sc->begins.fact[k].slot;
}

/* The names of two tokens and more at word k. */
static bool resolve_pair(struct scan *sc, uint32_t k, size_t start)
{
    const struct words *w = sc->chunk->words;
    const struct begins *b = &sc->begins;
    if (b->deep[k] && may_start(sc, start) && deep_resolve(sc, start))
        return true;
    uint32_t slot = b->pair_slot[k], upper = b->upper_slot[k];
    struct found f;
    if (slot == 0)
        return false;
    if (take(sc, slot, start, &f))
        return true;
    if (upper == 0)
        return false;
    if (take(sc, upper, start, &f))
        return true;
    if (b->upper_depth[k] == 2)
        return false;
    struct begin at = {words_start(w, k), w->hash[k], {w->end[k], k + 1}};
    return may_start(sc, start) &&
           resolve_down(sc, &at, b->upper_depth[k] - 1u);
}

/* What begins with word k: names of more tokens, of one, or both. */
static inline void resolve_word(struct scan *sc, uint32_t k, bool pair,
                                bool solo)
{
    const struct begins *b = &sc->begins;
    size_t start = sc->base + words_start(sc->chunk->words, k);
    struct found f;
    if (start < sc->cursor || (pair && resolve_pair(sc, k, start)) || !solo)
        return;
    if (GAZ_LIKELY(b->fact[k].known != 0))
        take_known(sc, k, start);
    else if (take(sc, (uint32_t)b->fact[k].slot, start, &f) && f.plain)
        learn(sc, k, start, &f);
}

/* The words from *from to `stop`. */
static void resolve_words(struct scan *sc, uint32_t *from, uint32_t stop)
{
    const struct begins *b = &sc->begins;
    for (uint32_t k = *from; k < stop;) {
        uint32_t end = (k | 63) < stop ? (k | 63) + 1 : stop;
        uint64_t in = ~0ULL << k % 64 & ~0ULL >> (63 - (end - 1) % 64);
        uint64_t pair = b->pair[k / 64], solo = b->solo[k / 64];
        for (uint64_t bits = (pair | solo) & in; bits; bits &= bits - 1) {
            unsigned i = bits_ctz(bits);
            resolve_word(sc, (k & ~63u) + i, pair >> i & 1, solo >> i & 1);
        }
        k = end;
    }
    *from = stop;
}

/* Does a name of two tokens, or one that goes on as the text does, begin
   with this symbol?  Of symbols the filters know all that follows.  In rows
   of dashes, each of which leads, the third token tells. */
static bool symbol_goes(struct scan *sc, const struct begin *b)
{
    const struct index *ix = sc->ix;
    struct walk w = b->then;
    uint64_t token;
    if (!walk_next(sc, &w, &token))
        return false;
    uint64_t pair = hash_step(b->first, token);
    if (!index_bit(ix->pair, ix->pair_shift, pair))
        return false;
    if (index_name_bit(ix->pair, ix->pair_shift, pair))
        return true;
    return walk_next(sc, &w, &token) &&
           index_bit(ix->triple, ix->triple_shift, hash_step(pair, token));
}

/* The rare starts are looked up only here: symbols, the chunk's last word. */
static void resolve_late(struct scan *sc, const struct begin *b, bool symbol)
{
    const struct index *ix = sc->ix;
    size_t start = sc->base + b->start;
    uint32_t depth, slot;
    bool deep;
    if (!may_start(sc, start))
        return;
    if (!symbol || symbol_goes(sc, b)) {
        slot = walk_to(sc, b, SHALLOW_MAX, &depth, &deep);
        if (deep && sc->deep != NULL && deep_resolve(sc, start))
            return;
        if (depth > 0 && (emit_record(sc, slot >> 2, start) ||
                          resolve_down(sc, b, depth - 1)))
            return;
    }
    if (index_bit(ix->first, ix->first_shift, b->first) &&
        index_find_solo(ix, b->first, &slot))
        emit_record(sc, slot >> 2, start);
}

/* The chunk's last word: its next token was not known to the filters. */
static void resolve_last(struct scan *sc)
{
    const struct words *w = sc->chunk->words;
    if (w->hash[w->n - 1] == HASH_BAD)
        return; /* in no name, and it may stand behind the text's end */
    struct begin b = {
        words_start(w, w->n - 1), w->hash[w->n - 1], {w->end[w->n - 1], w->n}};
    resolve_late(sc, &b, false);
}

/* The symbol at `at`, if a name may begin with it; next: the first word
   behind it. */
static void resolve_lead(struct scan *sc, uint32_t at, uint32_t next)
{
    size_t where = sc->base + at, n;
    uint32_t cp;
    class_of_cp(sc->text + where, sc->len - where, &cp, &n);
    struct begin b = {at, hash_symbol(cp), {at + n, next}};
    resolve_late(sc, &b, true);
}

/* The first of the words, k or later, that begins at or behind `at`. */
static uint32_t first_word(const struct words *w, uint32_t k, uint32_t at)
{
    while (k + 8 < w->n && words_start(w, k + 8) < at)
        k += 8;
    while (k < w->n && words_start(w, k) < at)
        k++;
    return k;
}

/* The same for an ASCII symbol at `at`: no run is around it. */
static inline uint32_t word_behind(const struct chunk *c, uint32_t k,
                                   uint32_t at)
{
    const struct block *b = &c->blocks[at / 64];
    if (c->words != &c->runs)
        return first_word(c->words, k, at);
    k = b->runs + bits_count(b->starts & ((1ULL << at % 64) - 1));
    return k < c->runs.n ? k : c->runs.n;
}

/* The token behind the symbol at p, of which word k is the first one behind
   it: another symbol, or that word, glued or after one space.  *seen: it is one
   of these. */
static inline uint64_t glance(const struct words *w, const uint8_t *text,
                              uint32_t p, uint32_t k, uint64_t *seen)
{
    uint32_t start = words_start(w, k), next = text[p + 1];
    uint64_t is_symbol = 0 - (uint64_t)(class_of_byte[next] == BYTE_SYMBOL);
    uint64_t is_glued = 0 - (uint64_t)(start == p + 1);
    uint64_t is_spaced = 0 - (uint64_t)((start == p + 2) & (next == ' '));
    uint64_t in = 0 - (uint64_t)(k < w->n);
    *seen = is_symbol | ((is_glued | is_spaced) & in);
    uint64_t word = w->hash[k] ^ (HASH_GLUED & is_glued);
    return word ^ ((word ^ hash_symbol(next)) & is_symbol);
}

/* Of the n leads drops those that are no name and from which none goes on as
   what is seen of the next two tokens.  Without a branch. */
static uint32_t drop_leads(struct scan *sc, uint32_t n)
{
    struct chunk *c = sc->chunk;
    const struct index index = *sc->ix, *ix = &index;
    const uint8_t *text = sc->text + sc->base;
    uint32_t kept = 0, k = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t at = c->lead[i];
        k = word_behind(c, k, at);
        uint64_t seen, seen_third;
        uint64_t second = glance(c->words, text, at, k, &seen);
        uint64_t third = glance(c->words, text, at + 1, k, &seen_third);
        uint64_t one = hash_symbol(text[at]), two = hash_step(one, second);
        uint64_t three = hash_step(two, third);
        bool alone = index_bit(ix->first, ix->first_shift, one);
        bool pair = index_bit(ix->pair, ix->pair_shift, two);
        bool name = index_name_bit(ix->pair, ix->pair_shift, two);
        bool triple = index_bit(ix->triple, ix->triple_shift, three);
        /* of what is behind a word nothing is seen */
        bool open =
            (seen_third == 0) | (class_of_byte[text[at + 1]] != BYTE_SYMBOL);
        c->lead[kept] = (uint16_t)at;
        kept += alone | (seen == 0) | (pair & (name | open | triple));
    }
    return kept;
}

/* Is the ASCII symbol at `at` a name, or does one go on from it as the text
   does?  *word: a word before it. */
static bool lead_goes(struct scan *sc, uint32_t at, uint32_t *word)
{
    const struct index *ix = sc->ix;
    uint64_t first = hash_symbol(sc->text[sc->base + at]);
    *word = word_behind(sc->chunk, *word, at);
    struct begin b = {at, first, {at + 1, *word}};
    return index_bit(ix->first, ix->first_shift, first) || symbol_goes(sc, &b);
}

/* Of the ASCII symbols that begin names, those before `end` from which one may
   go on, or that are one. */
static void keep_leads(struct scan *sc, uint32_t end)
{
    struct chunk *c = sc->chunk;
    const struct index *ix = sc->ix;
    const uint8_t *text = sc->text + sc->base, *lead = ix->lead;
    size_t len = sc->len - sc->base;
    uint32_t likely = 0, kept = 0, word = 0, n = c->leads;
    c->leads = 0;
    if (!(ix->flags & INDEX_LEAD))
        return;
    /* in order; a damaged lexicon can have some behind the text */
    while (n > 0 && c->lead[n - 1] >= end)
        n--;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t at = c->lead[i];
        /* of what is behind the text any byte will do */
        uint32_t next = at + 1 < len ? text[at + 1] : '\n';
        c->lead[likely] = (uint16_t)at;
        likely += lead[text[at] % 128u * 32 + next / 8] >> next % 8 & 1u;
    }
    if (len >= CHUNK + CHUNK_PAD)
        likely = drop_leads(sc, likely);
    for (uint32_t i = 0; i < likely; i++) {
        uint32_t at = c->lead[i];
        c->lead[kept] = (uint16_t)at;
        kept += lead_goes(sc, at, &word);
    }
    c->leads = kept;
}

void resolve_chunk(struct scan *sc, size_t limit)
{
    const struct chunk *c = sc->chunk;
    const struct words *w = c->words;
    uint32_t from = 0, m = 0;
    bool last = w->n > 0;
    keep_leads(sc, (uint32_t)(limit - sc->base));
    for (uint32_t k = 0; k < c->leads || m < c->leads_high;) {
        uint32_t at = k < c->leads ? c->lead[k] : UINT32_MAX;
        bool high = m < c->leads_high && c->lead_high[m] < at;
        if (high)
            at = c->lead_high[m++];
        else
            k++;
        uint32_t next =
            high ? first_word(w, from, at) : word_behind(c, from, at);
        resolve_words(sc, &from, next);
        if (last && next == w->n) {
            resolve_last(sc);
            last = false;
        }
        resolve_lead(sc, at, next);
    }
    resolve_words(sc, &from, w->n);
    if (last)
        resolve_last(sc);
}
