/* How mentions are counted; for build/count.c and build/count_collect.c.
 *
 * 1. Every mention walks a trie over token keys and leaves its group at the
 *    node where it ends.
 * 2. Every sentence is walked from each token; each node with a group that is
 *    met there is an occurrence. Its spelling is noted, for those that are
 *    never annotated.
 * 3. The mentions, sorted by group, give labels, sources and spellings. */
#ifndef GAZ_BUILD_COUNT_STATE_H
#define GAZ_BUILD_COUNT_STATE_H

#include "build/count.h"

/* One mention, for sorting: all of a group together, then by spelling. */
struct event {
    uint32_t group;
    uint32_t surface;
    uint32_t label;
    uint32_t source;
};

struct form {
    uint32_t group;
    uint32_t occurrences;
    bool annotated;
};

struct counter {
    const struct store *store;
    struct counts *out;
    struct strmap *token_keys; /* of corpus tokens */
    uint32_t *key_of_word;     /* by id in store->words */
    struct strmap *edges;      /* (node, token key) -> node - 1 */
    uint32_t *node_group;      /* by node */
    size_t node_capacity;
    struct strmap *surfaces;
    struct form *forms; /* by surface */
    size_t form_capacity;
    struct event *events;
    struct buf text;
    struct buf key;
    uint32_t *cover; /* by token: 1 + mention of the sentence, or 0 */
    size_t cover_capacity;
};

/* Step 3, into c->out; the events are sorted over and over. */
enum status count_collect(struct counter *c, struct err *e);

#endif
