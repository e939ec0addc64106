/* Names that the context of another one asks for: 'OpenThread' and 'nRF52840'
 * near 'Thread', whose need= has both. */
#include "tag/context_state.h"
#include "tag/spans.h"
#include "text/limits.h"

enum { KIN_BYTES = 64 }; /* no longer word is asked for */

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

uint64_t context_kin_hash(struct slice name)
{
    char key[KIN_BYTES];
    if (name.len > sizeof key) {
        return 0;
    }
    for (size_t i = 0; i < name.len; i++) {
        key[i] = small(name.data[i]);
    }
    return near_hash(slice_of(key, name.len));
}

static bool is_word(const struct cue *cue, struct slice name)
{
    size_t i = 0;
    while (i < name.len && i < cue->len &&
           small(name.data[i]) == cue->word[i]) {
        i++;
    }
    return cue->kind == CUE_WORD && i == name.len && i == cue->len;
}

static bool has(const struct cue_list *list, uint64_t hash, struct slice name)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct cue *cue = &list->items[i];
        if (cue->hash == hash && is_word(cue, name)) {
            return true;
        }
    }
    return false;
}

/* Is one of the words there? The name itself is none of them. */
static bool has_kin(const struct cue_list *need, struct slice text,
                    uint64_t self, const struct kin *near, size_t *found)
{
    for (size_t i = 0; i < near->count; i++) {
        uint64_t hash = near->hashes[i];
        if (hash != self && cues_may(need, hash) &&
            has(need, hash, spans_text(text, &near->spans[i]))) {
            *found = i;
            return true;
        }
    }
    return false;
}

bool context_kin(struct context *c, struct slice text, struct span *span,
                 const struct kin *near, size_t *found)
{
    struct slice bytes = spans_text(text, span);
    uint64_t self = context_kin_hash(bytes);
    struct lexicon_entry entry;
    uint32_t id = span->entry;
    size_t left = LIMIT_CHAIN;
    lexicon_entry(c->lexicon, id, &entry);
    do {
        const struct cue_context *k =
            entry.context && !entry.veto ? cues_get(&c->cues, id) : NULL;
        if (k == NULL) {
            return false;
        }
        const struct cue_list *need = &k->words[LEXICON_NEED];
        if (need->count > 0 && !entry.no_short && !entry.generic &&
            has_kin(need, text, self, near, found) &&
            context_allows(c, text, span, id)) {
            span->entry = id;
            span->label = entry.label;
            return true;
        }
    } while (context_next_entry(c, bytes, &left, &id, &entry));
    return false;
}
