/* Making a part of SCOR that is searched by hash (model/score.h). */
#ifndef GAZ_BUILD_SCORE_TABLE_H
#define GAZ_BUILD_SCORE_TABLE_H

#include "base/buf.h"
#include "base/hashmap.h"
#include "base/status.h"
#include "base/strmap.h"

struct score_table_builder {
    const struct alloc *alloc;
    struct hashmap keys;
    uint32_t *record; /* by key */
    size_t record_capacity;
    struct strmap *records; /* equal ones are one */
};

enum status score_table_init(struct score_table_builder *t,
                             const struct alloc *alloc, struct err *e);
void score_table_free(struct score_table_builder *t);

/* Add a record; a key that is there keeps its first one. */
enum status score_table_add(struct score_table_builder *t, uint64_t key,
                            const void *record, size_t size, struct err *e);

/* Append the table to out; how many slots and records it has. */
enum status score_table_write(const struct score_table_builder *t,
                              struct buf *out, uint32_t *slots,
                              uint32_t *records, struct err *e);

/* The slots for so many keys: no more than half of them are full. */
uint32_t score_table_slots(size_t keys);

#endif
