/* Going through the text token by token, with the chunk's words at hand. */
#include "tag/scan_state.h"

#include "text/class.h"
#include "text/hash.h"
#include "text/cut.h"

/* The token after w, by the general way. */
static GAZ_NOINLINE bool step_exact(struct scan *sc, struct walk *w,
                                    uint64_t *token)
{
    const struct words *words = sc->chunk->words;
    struct cut t;
    sc->stats.steps++;
    cut_next(sc->text, sc->len, sc->base + w->pos, sc->how, &sc->key, &t);
    if (t.kind == CUT_END || t.kind == CUT_BAD || t.gap == CUT_BREAK)
        return false;
    *token = token_hash_gap(&t);
    w->pos = t.end - sc->base;
    while (w->next < words->n && words_start(words, w->next) < w->pos)
        w->next++;
    return true;
}

/* Over ASCII white space; *newlines is how many lines it ends. */
static size_t skip_spaces(const uint8_t *text, size_t len, size_t at,
                          uint32_t *newlines)
{
    uint32_t lines = 0;
    for (; at < len && class_of_byte[text[at]] == BYTE_SPACE; at++)
        lines += text[at] == '\n' ||
                 (text[at] == '\r' && !(at + 1 < len && text[at + 1] == '\n'));
    *newlines = lines;
    return at;
}

bool walk_step(struct scan *sc, struct walk *w, uint64_t *token)
{
    const struct words *words = sc->chunk->words;
    const uint8_t *text = sc->text;
    size_t from = sc->base + w->pos;
    uint32_t newlines, k = w->next;
    size_t at = skip_spaces(text, sc->len, from, &newlines);
    if (newlines > 1 || at == sc->len)
        return false;
    bool glued = at == from;
    if (k < words->n && sc->base + words_start(words, k) == at &&
        GAZ_LIKELY(words->hash[k] != HASH_BAD)) {
        *token = hash_gap(words->hash[k], true, glued);
        w->pos = words->end[k];
        w->next = k + 1;
        return true;
    }
    if (class_of_byte[text[at]] == BYTE_SYMBOL) {
        *token = hash_gap(hash_symbol(text[at]), false, glued);
        w->pos = at + 1 - sc->base;
        return true;
    }
    return step_exact(sc, w, token);
}
