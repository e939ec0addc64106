/* The tokens of a document for outputs in tokens: those of its sentences
 * (gaz_sentence_next), cut further where a mention begins or ends, so that
 * tokens hold every mention. */
#ifndef GAZ_CLI_TOKENS_H
#define GAZ_CLI_TOKENS_H

#include "cli/mentions.h"

struct token {
    size_t start, end; /* bytes of the document */
    bool opens;        /* the first of a sentence */
};

struct tokens {
    struct token *list;
    size_t count, capacity;
    size_t *cuts; /* scratch: where mentions begin and end, in order */
    size_t cut_capacity;
};

/* Fill t anew; a sentence does not end inside a mention. False when memory is
 * out. */
bool tokens_of_text(struct tokens *t, const char *text, size_t len,
                    const struct mention *list, size_t count);

/* Add one token. */
bool tokens_add(struct tokens *t, size_t start, size_t end, bool opens);

/* The first token that ends behind byte `at`; count when none does. */
size_t tokens_at(const struct tokens *t, size_t at);
void tokens_free(struct tokens *t); /* zeroed is fine */

#endif
