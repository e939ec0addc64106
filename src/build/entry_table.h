/* Writes the entries of a lexicon (ENTR, ELAB; model/entries.h). */
#ifndef GAZ_BUILD_ENTRY_TABLE_H
#define GAZ_BUILD_ENTRY_TABLE_H

#include "base/buf.h"
#include "base/strmap.h"
#include "model/entries.h"

/* What entries may have in common. */
struct entry_fact {
    uint32_t annotated, occurrences;
    uint16_t label;
    uint16_t trust; /* in 65535ths */
    int16_t priority;
    uint8_t policy;
    uint8_t flags; /* LEXICON_* */
};

struct entry_row {
    uint32_t values[ENTRIES_COLUMNS];
};

struct entry_table {
    const struct alloc *alloc;
    struct strmap *known; /* facts with their pairs */
    struct buf facts;
    struct buf pairs;  /* ELAB */
    struct buf key;    /* of the fact at hand, its pairs behind it */
    struct buf before; /* the one before, which is fact `last` */
    uint32_t last;
    struct entry_row *rows;
    uint32_t count, capacity;
};

/* Room for that many entries. */
enum status entry_table_init(struct entry_table *t, const struct alloc *alloc,
                             uint32_t capacity, struct err *e);
void entry_table_free(struct entry_table *t); /* zeroed is fine */

/* Begin a fact; the pairs of it follow, then what it is of. */
void entry_table_fact(struct entry_table *t, const struct entry_fact *fact);
void entry_table_pair(struct entry_table *t, uint32_t label, uint32_t count);
enum status entry_table_add(struct entry_table *t, uint32_t name, uint32_t id,
                            uint32_t origin, struct err *e);

/* Append the section ENTR to out. */
enum status entry_table_write(const struct entry_table *t, struct buf *out,
                              struct err *e);

#endif
