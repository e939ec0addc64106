/* Hash tables and filters of the image, from the tree's nodes. */
#ifndef GAZ_BUILD_TABLES_H
#define GAZ_BUILD_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "build/tree.h"

/* The log2 of a filter's 64-bit words for n hashes at bits each, or more. */
uint32_t tables_filter_log2(size_t n, unsigned bits);

/* Sets the bits of hashes (8 bytes each) in a filter. */
void tables_filter(uint8_t *filter, uint32_t log2, struct slice hashes);
/* The bits that say that they are names. */
void tables_names(uint8_t *filter, uint32_t log2, struct slice hashes);

/* Sets the bits of the rows. */
void tables_rows(uint8_t *rows, uint32_t log2, const struct tree *t);

/* Fills the slots, (buckets + BUCKETS_MAX) * 64 bytes of zeros, with n nodes.
   false: a lookup would meet the wrong node, or has too far to go; the slots
   are then in no good state. */
bool tables_slots(uint8_t *slots, uint64_t buckets, uint64_t salt,
                  const struct tree_node *nodes, size_t n);

/* The same for the deep nodes' table. */
bool tables_deep(uint8_t *slots, uint64_t buckets,
                 const struct tree_node *nodes, size_t n);

#endif
