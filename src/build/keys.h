/* Names into keys that sort as the prefix tree needs it.

   The key of "AT&T Unix", folded:   at 0 G & 0 G t 0 S unix 0
   where G and S are the gap before the next token: names that share their
   first k tokens are neighbours in the order of these bytes. */
#ifndef GAZ_BUILD_KEYS_H
#define GAZ_BUILD_KEYS_H

#include "base/buf.h"
#include "base/status.h"
#include <string.h>

#include "build/index_build.h"

struct key {
    uint64_t prefix; /* the first 8 bytes, big-endian: sorting by these */
    size_t at;       /* of its bytes in keys.bytes; behind them the hashes of
                        its tokens with their gaps, a uint64_t each */
    uint32_t n;      /* bytes */
    uint32_t tokens;
    uint32_t entry; /* index of the caller's entry */
};

struct keys {
    struct buf bytes; /* of the keys, one after another */
    struct key *list;
    size_t count;
};

/* Makes the keys of all entries, in the caller's order.  On error *at is the
   entry's index. */
enum status keys_make(struct keys *ks, const struct alloc *al,
                      const struct index_entry *e, size_t n,
                      const struct index_options *opt, size_t *at);
void keys_free(struct keys *ks, const struct alloc *al);

/* Sorts by bytes, then by the caller's order. */
enum status keys_sort(struct keys *ks, const struct alloc *al);

/* How many first tokens two keys share. */
uint32_t keys_shared(const struct keys *ks, const struct key *a,
                     const struct key *b);

/* The name with one space for each gap; *out has room for e->len bytes. */
size_t keys_surface(const struct index_entry *e, uint8_t *out);

static inline const uint8_t *keys_bytes(const struct keys *ks,
                                        const struct key *k)
{
    return (const uint8_t *)ks->bytes.data + k->at;
}

static inline uint64_t keys_hash(const struct keys *ks, const struct key *k,
                                 uint32_t token)
{
    uint64_t h;
    memcpy(&h, keys_bytes(ks, k) + k->n + (size_t)token * 8, 8);
    return h;
}

#endif
