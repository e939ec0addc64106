/* A map from byte strings to dense ids 0, 1, 2, ... in order of first sight.
 * The sole user of uthash. Keys are copied and stay where they are until the
 * map is freed. */
#ifndef GAZ_BASE_STRMAP_H
#define GAZ_BASE_STRMAP_H

#include <stdint.h>

#include "base/alloc.h"
#include "base/slice.h"

struct strmap;

/* NULL when memory is out. */
struct strmap *strmap_create(const struct alloc *alloc);
void strmap_free(struct strmap *m); /* NULL is fine */

uint32_t strmap_count(const struct strmap *m);

/* The id of key, which is added when new (then *added is true; added may be
 * NULL). False when memory or ids are out: the map is as it was. */
bool strmap_put(struct strmap *m, struct slice key, uint32_t *id, bool *added);

/* True and *id set when key is there. */
bool strmap_find(const struct strmap *m, struct slice key, uint32_t *id);

/* The key of an id below strmap_count; ends in NUL as a convenience. */
struct slice strmap_key(const struct strmap *m, uint32_t id);

#endif
