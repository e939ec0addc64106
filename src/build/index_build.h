/* Building an index image (model/index.h) from names. */
#ifndef GAZ_BUILD_INDEX_BUILD_H
#define GAZ_BUILD_INDEX_BUILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/status.h"

struct index_entry {
    const uint8_t *name; /* UTF-8; white space at the ends is left out */
    uint32_t len;        /* bytes, at most LIMIT_NAME */
    uint32_t entry;      /* payload, given back with a match */
    uint16_t label;      /* payload */
    uint8_t policy;      /* enum policy_case */
    uint8_t plural;      /* 1: plurals of its words match too */
    uint8_t veto;        /* 1: what matches is no mention */
};

struct index_options {
    bool fold;   /* keys without case: needed when any entry is not exact */
    bool plural; /* keys without plurals: when any entry wants them; needs
                    fold */
    unsigned filter_bits;  /* a name, at least; 0: the default */
    unsigned load_percent; /* of the slots; 0: the default */
    uint32_t *records;     /* where to put, by entry, the offset / 4 of the
                              record that has its name as it is, 0 when none
                              has; may be NULL */
};

struct index_report {
    size_t at;         /* on error: the entry's index */
    size_t duplicates; /* entries left out: same name, policy and plural */
    size_t keys, nodes, tails, deep_nodes, buckets, records_size, salts;
};

/* Builds the image: *image is to be freed through al.  The same entries in
   the same order give the same bytes.  Entries of one key are tried in the
   order given. */
enum status index_build(const struct alloc *al, const struct index_entry *e,
                        size_t n, const struct index_options *opt,
                        uint8_t **image, size_t *size,
                        struct index_report *report);

#endif
