/* Names that the context of another one asks for: 'OpenThread' and 'nRF52840'
 * near 'Thread', whose need= has both. */
#include "tag/context_state.h"
#include "tag/spans.h"

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

/* What context_known asks of each entry. */
struct asked {
    struct context *context;
    struct slice text;
    uint64_t self; /* context_kin_hash of the name */
    const struct kin *near;
    size_t *found;
};

static bool asks_for(void *at, uint32_t id, uint32_t label, struct slice name)
{
    enum { FLAGS = LEXICON_NO_SHORT | LEXICON_GENERIC };
    struct asked *a = at;
    const struct cue_context *k = cues_get(&a->context->cues, id);
    (void)label;
    (void)name;
    return k != NULL && k->words[LEXICON_NEED].count > 0 &&
           (lexicon_flags(a->context->lexicon, id) & FLAGS) == 0 &&
           has_kin(&k->words[LEXICON_NEED], a->text, a->self, a->near,
                   a->found);
}

bool context_kin(struct context *c, struct slice text, struct span *span,
                 const struct kin *near, size_t *found)
{
    struct asked asked = {.context = c,
                          .text = text,
                          .self = context_kin_hash(spans_text(text, span)),
                          .near = near,
                          .found = found};
    return context_known(c, text, span, asks_for, &asked);
}
