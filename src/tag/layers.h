/* Tagging with one lexicon or with a stack of them.
 *
 * Each layer is scanned by a tagger of its own, as if it were alone (its
 * contexts see the mentions of their own layer only). Of the mentions of all
 * layers stay:
 *
 *   1. those that no list above vetoes (model/stack.h);
 *   2. of two that overlap, the one of higher priority, where the lowest
 *      layer's all count as 0;
 *   3. then the one that begins further left; then the longer; then the one
 *      of the upper layer;
 *   4. less those that only hide (tag/hidden.h). */
#ifndef GAZ_TAG_LAYERS_H
#define GAZ_TAG_LAYERS_H

#include "model/stack.h"
#include "tag/tagger.h"

struct layers;

/* stack NULL: one lexicon alone. Both are borrowed. */
enum status layers_create(const struct alloc *alloc,
                          const struct lexicon *lexicon,
                          const struct stack *stack,
                          const struct tagger_options *options,
                          struct layers **out, struct err *e);
void layers_free(struct layers *l); /* NULL is fine */

/* As the functions of tag/tagger.h; labels and entries are the stack's. */
void layers_begin(struct layers *l);
enum status layers_text(struct layers *l, struct slice text,
                        const struct span **spans, size_t *count,
                        struct err *e);
enum status layers_tokens(struct layers *l, const struct slice *tokens,
                          size_t token_count, const struct span **spans,
                          size_t *count, struct err *e);
enum status layers_join(struct layers *l, const struct slice *tokens,
                        size_t token_count, struct slice *text,
                        const size_t **starts, const size_t **ends,
                        struct err *e);
/* Of all layers; the rule is the stack's. */
void layers_rule_stats(const struct layers *l, struct rules_stats *out);
size_t layers_cut(const struct layers *l, struct slice text);

#endif
