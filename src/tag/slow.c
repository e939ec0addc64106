/* The words that are off the fast path: long ones, and those of runs with
   non-ASCII bytes, whose tokens and keys are found exactly. */
#include "tag/scan_state.h"
#include "text/class.h"
#include "text/hash.h"
#include "text/cut.h"

uint64_t slow_long(const uint8_t *p, uint32_t n, bool plural)
{
    uint8_t key[LIMIT_WORD + 16];
    uint8_t all = 0;
    for (uint32_t i = 0; i < n; i++)
        all |= p[i];
    if (all >= 0x80)
        return 0;
    if (!plural)
        return hash_key(p, n);
    memcpy(key, p, n);
    return hash_key(key, key_plural(key, n));
}

/* What lies between the last word and the place we are at. */
enum since { SINCE_NOTHING, SINCE_SPACE, SINCE_SYMBOL };

static void put(struct chunk *c, uint64_t hash, size_t start, size_t end,
                bool joined)
{
    c->hash[c->words] = hash;
    c->where[c->words] = (uint64_t)start | (uint64_t)joined << 31 |
                         (uint64_t)end << 32;
    c->words++;
}

void slow_run(struct chunk *c, uint32_t run)
{
    struct scan *sc = c->scan;
    const uint8_t *text = sc->text + sc->base;
    size_t len = sc->len - sc->base;
    size_t at = c->starts[run] & 0x7fffu, stop = c->ends[run];
    enum since since = c->starts[run] & RUN_JOINED ? SINCE_SPACE
                                                   : SINCE_SYMBOL;
    while (at < stop) {
        uint32_t cp;
        size_t n;
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
        size_t end;
        uint64_t h = HASH_BAD;
        if (cut_token_end(text, len, at, &end) == CUT_WORD)
            h = cut_word_hash(text, at, end, sc->how, &sc->key);
        put(c, h, at, end, since == SINCE_SPACE);
        since = SINCE_NOTHING;
        at = end;
    }
    /* the next run's flag was set as if this one were a word */
    if (since == SINCE_SYMBOL && run + 1 < c->runs)
        c->starts[run + 1] &= 0x7fff;
    sc->slow_end = at;
}
