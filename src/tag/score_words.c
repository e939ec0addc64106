#include "tag/score_words.h"

#include "tag/score_word_make.h"

enum { WAYS = 4, SETS_LOG2 = 14, SETS = 1 << SETS_LOG2, CACHED = SETS * WAYS };

/* Four words: the exact hash of each, when it was last used (0: empty), and
 * its cell. One cache line. */
struct set {
    uint64_t tags[WAYS];
    uint32_t stamps[WAYS];
    uint32_t cells[WAYS];
};

_Static_assert(sizeof(struct set) == 64, "one cache line");

/* Words are cells of `size` bytes, each with what is rarely needed at its end:
 * the two edges, `live` for words that find no place in the cache, then the
 * cached ones, handed out one by one, so that those in use are close together.
 */
struct score_words {
    const struct alloc *alloc;
    struct score_word_source source;
    size_t ahead; /* bytes of a cell that are fetched before they are read */
    size_t live, used; /* used: of the live ones */
    uint32_t next;     /* cell that no word has had */
    char *block;
    size_t block_size;
    char *cells;     /* in block, aligned */
    uint64_t *exact; /* of the tokens at hand, live of them */
    uint32_t now;
    struct set sets[SETS];
};

enum { EDGES = 2, AHEAD_MAX = 10 * SCORE_CELL_ALIGN };

static struct score_word *cell(const struct score_words *w, size_t i)
{
    void *p = w->cells + i * w->source.size;
    return p;
}

enum status score_words_create(const struct alloc *alloc,
                               const struct score *score, const int16_t *dense,
                               size_t live, struct score_words **out,
                               struct err *e)
{
    struct score_words *w = alloc_get(alloc, sizeof *w);
    if (w == NULL) {
        return err_nomem(e);
    }
    memset(w, 0, sizeof *w);
    w->alloc = alloc;
    w->source.score = score;
    w->source.dense = dense;
    w->live = live;
    size_t size =
        SCORE_CELL_ALIGN + (size_t)WORD_ROWS * score->stride * sizeof(int16_t);
    size_t cells = EDGES + live + CACHED;
    w->source.more =
        (size + SCORE_CELL_ALIGN - 1) / SCORE_CELL_ALIGN * SCORE_CELL_ALIGN;
    w->source.size = w->source.more + sizeof(struct score_word_more);
    w->ahead = w->source.more + SCORE_CELL_ALIGN;
    w->ahead = w->ahead < AHEAD_MAX ? w->ahead : AHEAD_MAX;
    w->next = (uint32_t)(EDGES + live);
    w->block_size = cells * w->source.size + SCORE_CELL_ALIGN;
    w->block = alloc_get(alloc, w->block_size);
    w->exact = alloc_get(alloc, live * sizeof *w->exact);
    if (w->block == NULL || w->exact == NULL) {
        score_words_free(w);
        return err_nomem(e);
    }
    /* So that the rows, of 32 bytes or a multiple, never straddle a line. */
    size_t past = (uintptr_t)w->block % SCORE_CELL_ALIGN;
    w->cells = w->block + (SCORE_CELL_ALIGN - past);
    for (unsigned end = 0; end < 2; end++) {
        struct wordform edge;
        wordform_edge(end != 0, &edge);
        score_word_make(&w->source, &edge, cell(w, end));
    }
    *out = w;
    return STATUS_OK;
}

void score_words_free(struct score_words *w)
{
    if (w != NULL) {
        alloc_free(w->alloc, w->block, w->block_size);
        alloc_free(w->alloc, w->exact, w->live * sizeof *w->exact);
        alloc_free(w->alloc, w, sizeof *w);
    }
}

void score_words_begin(struct score_words *w)
{
    w->used = 0;
    w->now++;
    if (w->now == 0) { /* wrapped: all are long ago */
        for (size_t i = 0; i < SETS; i++) {
            memset(w->sets[i].stamps, 0, sizeof w->sets[i].stamps);
        }
        w->now = 1;
    }
}

/* A word has its place in one of two sets, which are neighbours. Put it where
 * the longest unused one of both is. */
static GAZ_NOINLINE const struct score_word *
put_word(struct score_words *w, struct slice token, size_t number)
{
    struct set *set = &w->sets[number];
    size_t way = 0;
    for (size_t i = 1; i < (size_t)2 * WAYS; i++) {
        struct set *other = &w->sets[number ^ i / WAYS];
        if (other->stamps[i % WAYS] < set->stamps[way]) {
            set = other;
            way = i % WAYS;
        }
    }
    struct wordform form;
    wordform_make(token, &form);
    size_t at = set->cells[way];
    if (set->stamps[way] == w->now) { /* all are in use */
        at = EDGES + w->used++;
    } else {
        if (at == 0) { /* an edge's: the way has none yet */
            at = w->next++;
            set->cells[way] = (uint32_t)at;
        }
        set->stamps[way] = w->now;
        set->tags[way] = form.exact;
    }
    struct score_word *made = cell(w, at);
    score_word_make(&w->source, &form, made);
    return made;
}

static const struct score_word *get_word(struct score_words *w,
                                         struct slice token, uint64_t exact)
{
    size_t number = (size_t)(exact >> (64 - SETS_LOG2));
    for (size_t s = 0; s < 2; s++) {
        struct set *set = &w->sets[number ^ s];
        for (size_t i = 0; i < WAYS; i++) {
            if (set->tags[i] == exact && set->stamps[i] != 0) {
                set->stamps[i] = w->now;
                const char *p = w->cells + set->cells[i] * w->source.size;
                for (size_t at = 0; at < w->ahead; at += SCORE_CELL_ALIGN) {
                    GAZ_PREFETCH(p + at);
                }
                return cell(w, set->cells[i]);
            }
        }
    }
    return put_word(w, token, number);
}

/* In two rounds, so that the sets are on their way when they are read. */
void score_words_get(struct score_words *w, const struct slice *tokens,
                     size_t count, const struct score_word **out)
{
    for (size_t i = 0; i < count; i++) {
        w->exact[i] = wordform_exact(tokens[i]);
        GAZ_PREFETCH(&w->sets[w->exact[i] >> (64 - SETS_LOG2)]);
    }
    for (size_t i = 0; i < count; i++) {
        out[i] = get_word(w, tokens[i], w->exact[i]);
    }
}

const struct score_word *score_words_edge(const struct score_words *w, bool end)
{
    return cell(w, end);
}
