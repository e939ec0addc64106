/* What the readers of a store share (store.c, store_lists.c). */
#ifndef GAZ_BUILD_STORE_INTAKE_H
#define GAZ_BUILD_STORE_INTAKE_H

#include "build/store.h"

/* Room for one more item; the array's address is updated through items. */
enum status store_grow(struct store *s, void *items_pointer, size_t *capacity,
                       size_t count, size_t size, struct err *e);

/* The source of what comes from now on: its name, and its bytes' checksum. */
enum status store_add_source(struct store *s, struct slice name,
                             struct slice data, struct err *e);

/* The id of a label after renaming, STORE_LABEL_NONE when it is not wanted. */
enum { STORE_LABEL_NONE = -1 };
enum status store_find_label(struct store *s, struct slice label, int64_t *out,
                             struct err *e);

#endif
