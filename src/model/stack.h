/* Several lexicons seen as one: labels in one table, entries and sources
 * numbered through, the lowest first.
 *
 *     layer 2   mine.tsv       entries 1003, 1004        sources 9
 *     layer 1   team.gaz       entries 1000 .. 1002      sources 7, 8
 *     layer 0   default.gaz    entries 0 .. 999          sources 0 .. 6
 *
 * The layers are borrowed; nothing of them is copied but label names'
 * addresses, so that a stack is made in the time it takes to read the layers
 * above the lowest. Immutable, shared by threads. */
#ifndef GAZ_MODEL_STACK_H
#define GAZ_MODEL_STACK_H

#include "base/alloc.h"
#include "base/buf.h"
#include "base/strmap.h"
#include "model/lexicon.h"

enum { STACK_LAYERS_MAX = 64 };

struct stack_layer {
    const struct lexicon *lexicon;
    uint32_t first_entry;
    uint32_t first_source;
    uint32_t first_rule;
    uint32_t first_label; /* in labels_of */
};

struct stack_veto {
    uint32_t layer;
    uint32_t entry; /* of the layer */
    uint32_t next;  /* in vetoes, or LEXICON_NONE */
};

struct stack {
    const struct alloc *alloc;
    struct stack_layer layers[STACK_LAYERS_MAX];
    uint32_t layer_count;
    uint32_t entry_count;
    uint32_t source_count;
    uint32_t rule_count;
    struct slice *labels; /* of all layers, sorted, each once */
    uint32_t label_count;
    uint32_t hides;      /* the label LEXICON_HIDES, or LEXICON_NONE */
    uint32_t *labels_of; /* a layer's label to the stack's */
    uint32_t label_total;
    struct strmap *veto_keys; /* first veto of a key: ids are places in */
    uint32_t *veto_first;
    size_t veto_first_capacity;
    struct stack_veto *vetoes;
    size_t veto_count, veto_capacity;
};

/* count layers, 1 .. STACK_LAYERS_MAX, the lowest first. STATUS_LIMIT when
 * there are too many layers, labels or entries. */
enum status stack_create(const struct alloc *alloc,
                         const struct lexicon *const *layers, size_t count,
                         struct stack **out, struct err *e);
void stack_free(struct stack *s); /* NULL is fine */

/* Take an entry (source, rule) of the stack to its layer; *entry becomes the
 * layer's number. */
uint32_t stack_entry_layer(const struct stack *s, uint32_t *entry);
uint32_t stack_source_layer(const struct stack *s, uint32_t *source);
uint32_t stack_rule_layer(const struct stack *s, uint32_t *rule);

static inline uint32_t stack_label(const struct stack *s, uint32_t layer,
                                   uint32_t label)
{
    return s->labels_of[s->layers[layer].first_label + label];
}

/* Does a list above the layer say that this text is no mention ('-' for a
 * label)? Spellings that a corpus vetoes speak of their own lexicon only.
 * key, a and b are scratch; buf_ok tells of memory. */
bool stack_vetoed(const struct stack *s, uint32_t layer, struct slice text,
                  struct buf *key, struct buf *a, struct buf *b);

#endif
