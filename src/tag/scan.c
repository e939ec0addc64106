/* The scanner's rounds over a text:

   1. a chunk of CHUNK bytes, cut before a word that is not whole in it
   2. classify: runs of word bytes          (SIMD)
   3. words: hashes, filters -> candidates  (SIMD)
   4. probe, resolve: names                 */
#include "tag/scan.h"

#include "tag/scan_state.h"
#include "text/class.h"
#include "text/hash.h"
#include "text/cut.h"

enum { SPANS_FIRST = 1024 };

enum status scan_create(const struct alloc *al, const struct index *ix,
                            enum simd_level level, struct scan **out)
{
    struct scan *sc = alloc_get(al, sizeof *sc);
    if (sc == NULL)
        return STATUS_NOMEM;
    memset(sc, 0, sizeof *sc);
    sc->al = al;
    sc->ix = ix;
    sc->level = level_choose(level);
    sc->how = (ix->flags & INDEX_FOLD ? FOLD_CASE : 0u) |
              (ix->flags & INDEX_PLURAL ? FOLD_PLURAL : 0u);
    sc->room_spans = SPANS_FIRST;
    sc->spans = alloc_get(al, SPANS_FIRST * sizeof *sc->spans);
    sc->chunk = alloc_get(al, sizeof *sc->chunk);
    if (sc->spans == NULL || sc->chunk == NULL ||
        (ix->deep_nodes > 0 && deep_create(al, ix, &sc->deep) != STATUS_OK)) {
        scan_free(sc);
        return STATUS_NOMEM;
    }
    struct chunk *c = sc->chunk;
    memset(c, 0, sizeof *c);
    c->ix = ix;
    c->scan = sc;
    c->fold = sc->how & FOLD_CASE;
    c->plural = sc->how & FOLD_PLURAL;
    for (unsigned i = 0; i < 256; i++)
        c->after[i] = class_of_byte[i] == BYTE_SYMBOL
                          ? hash_symbol(i) ^ HASH_GLUED
                      : i >= 0x80 ? HASH_HIGH
                                  : HASH_OTHER;
    *out = sc;
    return STATUS_OK;
}

void scan_free(struct scan *sc)
{
    if (sc == NULL)
        return;
    const struct alloc *al = sc->al;
    deep_free(al, sc->deep);
    alloc_free(al, sc->spans, sc->room_spans * sizeof *sc->spans);
    alloc_free(al, sc->chunk, sizeof *sc->chunk);
    alloc_free(al, sc, sizeof *sc);
}

/* 1. and 2.: the runs of the chunk at base; *next is where the next chunk
   begins, if no run is longer than this one. */
static void make_runs(struct scan *sc, size_t *next)
{
    struct chunk *c = sc->chunk;
    size_t left = sc->len - sc->base;
    const uint8_t *p = sc->text + sc->base;
    uint32_t size = left < CHUNK ? (uint32_t)left : CHUNK, ends;
    if (left < CHUNK + CHUNK_PAD) { /* no byte behind the text is read */
        memcpy(c->tail, p, left);
        memset(c->tail + left, 0, sizeof c->tail - left);
        p = c->tail;
    }
    sc->level->classify(c, p, (size + 63) / 64, &ends);
    c->bytes = c->fold ? c->lower : p;
    *next = sc->base + size;
    if (ends == c->runs)
        return;
    uint32_t start = c->starts[c->runs - 1] & 0x7fffu;
    c->ends[c->runs - 1] = (uint16_t)size;
    if (left > CHUNK && start > CHUNK / 2) {
        c->runs--;
        *next = sc->base + start;
    }
}

/* The last word's next token is not in the chunk: the filters once more. */
static void last_word(struct scan *sc)
{
    struct chunk *c = sc->chunk;
    const struct index *ix = sc->ix;
    if (c->words == 0)
        return;
    uint32_t k = c->words - 1;
    struct candidate *cand = &c->cand[c->candidates];
    struct walk w = {where_end(c->where[k]), c->words};
    uint64_t token;
    cand->word = k;
    cand->pass = index_bit(ix->first, ix->first_shift, c->hash[k]);
    /* the filter's hash tells less than the token's: no filter here */
    if (walk_step(sc, &w, &token))
        cand->pass |= PASS_PAIR;
    c->candidates += cand->pass != 0;
}

/* Candidates of words and of symbols, in the order of the text. */
static void probe_all(struct scan *sc, size_t limit)
{
    const struct chunk *c = sc->chunk;
    uint32_t i = 0, j = 0, k = 0;
    uint32_t leads = c->leads, high = c->leads_high;
    while (leads > 0 && sc->base + c->lead[leads - 1] >= limit)
        leads--;
    while (j < leads || k < high) {
        uint32_t at = j < leads ? c->lead[j] : UINT32_MAX;
        if (k < high && c->lead_high[k] < at)
            at = c->lead_high[k++];
        else
            j++;
        for (; i < c->candidates &&
               where_start(c->where[c->cand[i].word]) < at; i++)
            probe_word(sc, &c->cand[i]);
        probe_lead(sc, at);
    }
    for (; i < c->candidates; i++)
        probe_word(sc, &c->cand[i]);
    probe_flush(sc);
}

static void scan_chunk(struct scan *sc)
{
    size_t next;
    sc->slow_end = 0;
    make_runs(sc, &next);
    sc->level->words(sc->chunk);
    sc->stats.words += sc->chunk->words;
    last_word(sc);
    if (sc->base + sc->slow_end > next)
        next = sc->base + sc->slow_end;
    probe_all(sc, next);
    sc->base = next;
}

enum status scan_text(struct scan *sc, const uint8_t *text, size_t len,
                          const struct scan_options *opt,
                          const struct span **spans, size_t *n)
{
    sc->text = text;
    sc->len = len;
    sc->base = sc->cursor = 0;
    sc->opt = opt;
    sc->bound.inside = opt->inside;
    sc->bound.join_hyphen = opt->join_hyphen;
    memset(&sc->cache, 0, sizeof sc->cache);
    sc->n_spans = 0;
    sc->n_probes = 0;
    sc->status = STATUS_OK;
    if (sc->deep != NULL)
        deep_reset(sc->deep);
    while (sc->base < len && sc->status == STATUS_OK)
        scan_chunk(sc);
    if (sc->status != STATUS_OK)
        return sc->status;
    *spans = sc->spans;
    *n = sc->n_spans;
    return STATUS_OK;
}

const char *scan_level(const struct scan *sc)
{
    return sc->level->name;
}

const struct scan_stats *scan_stats(const struct scan *sc)
{
    return &sc->stats;
}
