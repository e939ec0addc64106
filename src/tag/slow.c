/* The words that the hash loops leave out: long ones, plurals in 'ies', and
   those of runs with non-ASCII bytes, whose tokens are found exactly. */
#include "tag/scan_state.h"
#include "text/class.h"
#include "text/hash.h"
#include "text/cut.h"

#define HIGH_BITS 0x8080808080808080ULL

/* The hash of n bytes of the chunk, with `change` in place of the last one.  It
   can be read for 16 bytes more than its size. */
static uint64_t hash_changed(const uint8_t *p, uint32_t n, uint8_t change)
{
    uint64_t h = HASH_SEED;
    uint32_t at = 0;
    for (; at + 16 < n; at += 16)
        h = hash_piece(h, bytes_load64(p + at), bytes_load64(p + at + 8));
    uint64_t lo = bytes_load64(p + at), hi = bytes_load64(p + at + 8);
    uint64_t other = change ^ p[n - 1];
    uint32_t left = n - at; /* 1 to 16 */
    if (left <= 8) {
        lo = (lo & ~0ULL >> (64 - 8 * left)) ^ other << 8 * (left - 1);
        hi = 0;
    } else {
        hi = (hi & ~0ULL >> (128 - 8 * left)) ^ other << 8 * (left - 9);
    }
    return hash_piece(h, lo, hi);
}

/* The hash of the key of n > 0 bytes of the chunk, a word of ASCII. */
static uint64_t ascii_hash(const struct chunk *c, uint32_t start, uint32_t n)
{
    const uint8_t *p = c->bytes + start;
    if (!c->plural || p[n - 1] != 's' || n <= 3 || !key_before_s[p[n - 2]])
        return hash_changed(p, n, p[n - 1]);
    if (n > 4 && p[n - 2] == 'e' && p[n - 3] == 'i')
        return hash_changed(p, n - 2, 'y');
    return hash_changed(p, n - 1, p[n - 2]);
}

/* The first byte of a run, from `at` on, that is not ASCII; stop: there is
   none. */
static uint32_t first_high(const struct chunk *c, uint32_t at, uint32_t stop)
{
    for (; at < stop; at += 8) {
        uint64_t high = bytes_load64(c->bytes + at) & HIGH_BITS;
        if (stop - at < 8)
            high &= (1ULL << 8 * (stop - at)) - 1;
        if (high != 0)
            return at + bits_ctz(high) / 8;
    }
    return stop;
}

/* Has a run, from its first byte that is not ASCII on, none but ASCII and the
   small letters of U+00E0 to U+00FF?  Keys have these as they are. */
static bool is_latin(const struct chunk *c, uint32_t at, uint32_t stop)
{
    if (c->plural && c->bytes[stop - 1] == 's')
        return false; /* code points are to be counted */
    while (at + 1 < stop) {
        uint8_t d = c->bytes[at + 1];
        if (c->bytes[at] != 0xc3 || d < 0xa0 || d == 0xb7 || d > 0xbf)
            return false;
        at = first_high(c, at + 2, stop);
    }
    return at == stop;
}

/* Hashes a run that is one word of Latin letters. */
static bool latin_hash(struct scan *sc, uint32_t run)
{
    struct words *w = &sc->chunk->runs;
    uint32_t start = words_start(w, run), n = w->end[run] - start;
    struct word_key *key = &sc->key;
    if (n > LIMIT_WORD ||
        !key_latin(sc->text + sc->base + start, n, sc->how, key))
        return false;
    w->hash[run] = hash_key(key->bytes, key->n);
    return true;
}

/* What lies between the last word and the place we are at. */
enum since { SINCE_NOTHING, SINCE_SPACE, SINCE_SYMBOL };

static void put(struct words *w, uint64_t hash, size_t start, size_t end,
                bool joined, uint8_t after)
{
    uint32_t n = w->n++;
    w->hash[n] = hash;
    w->start[n] = (uint16_t)(start | (joined ? WORD_JOINED : 0u));
    w->end[n] = (uint16_t)(end < 0x7fff ? end : 0x7fff);
    /* a word glued to another is told apart no further */
    w->after[n] =
        class_of_byte[after] == BYTE_WORD ? ' ' : hash_next_class(after);
}

/* Does a word of ASCII end in front of the code point at `at`? */
static bool ends_at(const uint8_t *text, size_t len, size_t at)
{
    uint32_t cp;
    size_t n;
    if (at >= len)
        return true;
    enum cp_class k = class_of_cp(text + at, len - at, &cp, &n);
    return k != CP_WORD && k != CP_MARK && k != CP_IGNORE;
}

/* The word of a run at `at`: its end; *hash. */
static size_t cut_word(struct scan *sc, size_t at, size_t stop, uint64_t *hash)
{
    const struct chunk *c = sc->chunk;
    const uint8_t *text = sc->text + sc->base;
    size_t len = sc->len - sc->base, end;
    if (text[at] < 0x80) {
        end = first_high(c, (uint32_t)at, (uint32_t)stop);
        if (end - at <= LIMIT_WORD && ends_at(text, len, end)) {
            *hash = ascii_hash(c, (uint32_t)at, (uint32_t)(end - at));
            return end;
        }
    }
    *hash = HASH_BAD;
    if (cut_token_end(text, len, at, &end) == CUT_WORD)
        *hash = cut_word_hash(text, at, end, sc->how, &sc->key);
    return end;
}

/* The signs that were found before byte `at` with the runs. */
static void take_signs(struct chunk *c, uint32_t *signs, size_t at)
{
    while (*signs < c->signs && c->sign[*signs] < at)
        c->lead_high[c->leads_high++] = c->sign[(*signs)++];
}

/* Appends a run's words to c->cut; what follows the last of them. */
static enum since cut_run(struct scan *sc, uint32_t run)
{
    struct chunk *c = sc->chunk;
    const uint8_t *text = sc->text + sc->base;
    size_t len = sc->len - sc->base;
    size_t at = words_start(&c->runs, run), stop = c->runs.end[run];
    enum since since = words_joined(&c->runs, run) ? SINCE_SPACE : SINCE_SYMBOL;
    while (at < stop) {
        uint32_t cp;
        size_t n, end;
        enum cp_class k = class_of_cp(text + at, len - at, &cp, &n);
        if (k == CP_SPACE) {
            at += n;
            if (since == SINCE_NOTHING)
                since = SINCE_SPACE;
            continue;
        }
        if (k == CP_SYMBOL || k == CP_IGNORE || k == CP_BAD) {
            if (k != CP_BAD && c->ix->flags & INDEX_HIGH_LEAD)
                c->lead_high[c->leads_high++] = (uint16_t)at;
            at += n;
            since = SINCE_SYMBOL;
            continue;
        }
        uint64_t h;
        end = cut_word(sc, at, stop, &h);
        put(&c->cut, h, at, end, since == SINCE_SPACE,
            end < len ? text[end] : ' ');
        since = SINCE_NOTHING;
        at = end;
    }
    sc->slow_end = at;
    return since;
}

/* The run in place of its one word, or of none but symbols: most runs with
   non-ASCII bytes are 'caf\xc3\xa9', or have a quotation mark at an end, or
   are a dash.  In place of symbols is a word that is in no name, put behind
   them, so that nobody takes it for what is there.  c->cut has the run's
   word, if any. */
static bool keep_run(struct chunk *c, uint32_t run, uint32_t before,
                     enum since since)
{
    struct words *w = &c->runs;
    uint32_t n = c->cut.n - before;
    if (n > 1 || (n == 0 && since != SINCE_SYMBOL))
        return false;
    w->hash[run] = HASH_BAD;
    w->start[run] = w->end[run];
    if (n == 1) {
        w->hash[run] = c->cut.hash[before];
        w->start[run] = c->cut.start[before];
        w->end[run] = c->cut.end[before];
        w->after[run] = c->cut.after[before];
    }
    return true;
}

/* Copies the runs [from, to) to the cut words. */
static void copy_runs(struct chunk *c, uint32_t from, uint32_t to)
{
    const struct words *r = &c->runs;
    struct words *w = &c->cut;
    size_t n = to - from;
    memcpy(w->start + w->n, r->start + from, n * sizeof r->start[0]);
    memcpy(w->end + w->n, r->end + from, n * sizeof r->end[0]);
    memcpy(w->after + w->n, r->after + from, n);
    memcpy(w->hash + w->n, r->hash + from, n * sizeof r->hash[0]);
    w->n += to - from;
}

void slow_words(struct scan *sc)
{
    struct chunk *c = sc->chunk;
    uint32_t done = 0; /* runs that are in the cut words */
    uint32_t signs = c->ix->flags & INDEX_HIGH_LEAD ? 0 : c->signs;
    c->words = &c->runs;
    c->cut.n = 0;
    c->leads_high = 0;
    for (uint32_t i = 0; i < c->odd; i++) {
        uint32_t run = c->odd_run[i], n = c->cut.n;
        uint32_t start = words_start(&c->runs, run), end = c->runs.end[run];
        uint32_t high = first_high(c, start, end);
        if (end - start <= LIMIT_WORD &&
            (high == end || is_latin(c, high, end))) {
            c->runs.hash[run] = ascii_hash(c, start, end - start);
            continue;
        }
        if (latin_hash(sc, run))
            continue;
        /* leave room for the runs before it */
        uint32_t before = n + (run - done);
        c->cut.n = before;
        take_signs(c, &signs, start);
        enum since since = cut_run(sc, run);
        /* the next run's flag was set as if this one were a word */
        if (since == SINCE_SYMBOL)
            c->runs.start[run + 1] &= 0x7fff;
        if (keep_run(c, run, before, since)) {
            c->cut.n = n;
            continue;
        }
        uint32_t cut = c->cut.n;
        c->words = &c->cut;
        c->cut.n = n;
        copy_runs(c, done, run);
        c->cut.n = cut;
        done = run + 1;
    }
    take_signs(c, &signs, SIZE_MAX);
    if (c->words == &c->cut)
        copy_runs(c, done, c->runs.n);
    /* behind the last: what is in no name */
    struct words *w = c->words == &c->cut ? &c->cut : &c->runs;
    w->start[w->n] = 0;
    w->hash[w->n] = HASH_BAD;
}
