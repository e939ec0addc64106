/* The prefix tree's nodes and the records, from sorted keys. */
#ifndef GAZ_BUILD_TREE_H
#define GAZ_BUILD_TREE_H

#include "build/keys.h"

struct tree_node {
    uint64_t prefix; /* shallow: sequence hash; deep: poly_key */
    uint32_t slot;   /* shallow: record / 4 << 2 | kind; deep: record / 4 */
};

struct tree {
    struct buf ones;  /* struct tree_node, of one token */
    struct buf nodes; /* the same, of 2 to SHALLOW_MAX tokens */
    struct buf deep;  /* struct tree_node, of more tokens */
    struct buf pair;  /* uint64_t: the hashes in the filters */
    struct buf triple;
    struct buf quad;
    struct buf solo;    /* uint64_t: names of one token */
    struct buf two;     /* of two */
    struct buf three;   /* of three, if the scanner knows all of them */
    struct buf row;     /* two uint64_t: a token, what follows it */
    struct buf records; /* the section of the image */
    uint8_t lead[128 * 32];
    unsigned flags; /* INDEX_*LEAD */
    uint32_t max_tokens;
    size_t keys, tails, duplicates;
};

/* ks is sorted.  On error *at is the index of the entry. */
enum status tree_make(struct tree *t, const struct alloc *al,
                      const struct keys *ks, const struct index_entry *e,
                      const struct index_options *opt, size_t *at);
void tree_free(struct tree *t);

#endif
