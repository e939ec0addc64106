/* The scanner's rounds over a text.  Tried, and of no use: fetching the text
   of the next round, arrays that begin at cache lines, pages of 2 MB for the
   index, -O3 and -march=native.

   1. a chunk of CHUNK bytes, cut before a word that is not whole in it
   2. classify: runs of word bytes          (SIMD)
   3. words: hashes, filters -> candidates  (SIMD)
   4. probe, resolve: names                 */
#include "tag/scan.h"

#include "tag/scan_state.h"
#include "text/class.h"
#include "text/hash.h"
#include "text/cut.h"

enum status scan_create(const struct alloc *al, const struct index *ix,
                        enum simd_level level, struct scan **out)
{
    struct scan *sc = alloc_get(al, sizeof *sc);
    if (sc == NULL)
        return STATUS_NOMEM;
    /* of the large arrays nothing is read that was not written; pages that no
       text has needed are never touched */
    memset(sc, 0, offsetof(struct scan, begins));
    memset(&sc->stats, 0, sizeof sc->stats);
    sc->al = al;
    sc->ix = ix;
    sc->level = level_choose(level);
    sc->how = (ix->flags & INDEX_FOLD ? FOLD_CASE : 0u) |
              (ix->flags & INDEX_PLURAL ? FOLD_PLURAL : 0u);
    sc->room_spans = SPANS_FIRST;
    sc->spans = alloc_get(al, SPANS_FIRST * sizeof *sc->spans);
    sc->chunk = alloc_get(al, sizeof *sc->chunk);
    sc->memo = memo_create(al, ix->names);
    if (sc->spans == NULL || sc->chunk == NULL || sc->memo.entries == NULL ||
        (ix->deep_nodes > 0 && deep_create(al, ix, &sc->deep) != STATUS_OK)) {
        scan_free(sc);
        return STATUS_NOMEM;
    }
    struct chunk *c = sc->chunk;
    memset(c, 0, offsetof(struct chunk, runs));
    c->runs.n = c->cut.n = 0;
    c->ix = ix;
    c->fold = sc->how & FOLD_CASE;
    c->plural = sc->how & FOLD_PLURAL;
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
    memo_free(al, &sc->memo);
    alloc_free(al, sc, sizeof *sc);
}

/* A sign (class_sign_at) that goes over the chunk's end belongs to the next
   chunk: so many bytes of it are before that end. */
static uint32_t sign_over(struct chunk *c, const uint8_t *end)
{
    uint32_t over = 0;
    if (class_sign_at(end - 1) > 1)
        over = 1;
    else if (class_sign_at(end - 2) > 2)
        over = 2;
    c->signs -= over > 0 && class_sign_at(end - over) == 3;
    return over;
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
        memset(c->tail + left, 0, (size_t)2 * CHUNK_PAD);
        p = c->tail;
    }
    /* the text's last run ends in the zeros behind it */
    sc->level->classify(c, p, size / 64 + (left <= CHUNK), &ends);
    c->text = p;
    c->bytes = c->fold ? c->lower : p;
    *next = sc->base + size;
    struct words *w = &c->runs;
    if (ends == w->n) {
        if (left > CHUNK && (p[size] & 0xc0) == 0x80)
            *next -= sign_over(c, p + size);
        return;
    }
    uint32_t start = words_start(w, w->n - 1);
    w->end[w->n - 1] = (uint16_t)size;
    w->after[w->n - 1] = ' ';
    if (left > CHUNK && start > CHUNK / 2) {
        w->n--;
        *next = sc->base + start;
    }
}

/* Of the words where no name may begin, only three are looked at: what the
   filters have seen of these tells how names before them go on. */
static void filter_words(struct scan *sc)
{
    struct chunk *c = sc->chunk;
    struct words *w = c->words == &c->runs ? &c->runs : &c->cut;
    const uint32_t n = w->n;
    if (sc->stop < sc->len) {
        uint32_t k = 0;
        while (k < n && sc->base + words_start(w, k) < sc->stop)
            k++;
        w->n = n - k > 4 ? k + 4 : n;
    }
    sc->level->filter(c);
    w->n = n;
}

static void scan_chunk(struct scan *sc)
{
    size_t next;
    sc->slow_end = 0;
    make_runs(sc, &next);
    sc->level->hash(sc->chunk);
    slow_words(sc);
    filter_words(sc);
    sc->stats.words += sc->chunk->words->n;
    if (sc->base + sc->slow_end > next)
        next = sc->base + sc->slow_end;
    probe_chunk(sc);
    resolve_chunk(sc, next);
    sc->base = next;
}

enum status scan_text(struct scan *sc, const uint8_t *text, size_t len,
                      const struct scan_options *opt, const struct span **spans,
                      size_t *n)
{
    sc->text = text;
    sc->len = len;
    sc->base = sc->cursor = 0;
    sc->stop = opt->before > 0 && opt->before < len ? opt->before : len;
    sc->opt = opt;
    sc->bound.inside = opt->inside;
    sc->bound.join_hyphen = opt->join_hyphen;
    sc->easy =
        !opt->tokens && opt->accept == NULL && !opt->every && opt->before == 0;
    memset(&sc->cache, 0, sizeof sc->cache);
    sc->n_spans = 0;
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

void scan_swap(struct scan *sc, struct span **spans, size_t *room)
{
    struct span *given = sc->spans;
    size_t given_room = sc->room_spans;
    sc->spans = *spans;
    sc->room_spans = *room;
    *spans = given;
    *room = given_room;
}

const char *scan_level(const struct scan *sc)
{
    return sc->level->name;
}

const struct scan_stats *scan_stats(const struct scan *sc)
{
    return &sc->stats;
}
