/* What writer.c and writer_entries.c share. */
#ifndef GAZ_BUILD_WRITER_STATE_H
#define GAZ_BUILD_WRITER_STATE_H

#include "base/bytes.h"
#include "build/entry_table.h"
#include "build/strings.h"
#include "build/writer.h"

struct writer {
    const struct alloc *alloc;
    const struct store *store;
    const struct selection *selection;
    const struct writer_scored *scored; /* may be NULL */
    unsigned folding;
    struct strings strings;
    struct entry_table table;
    uint32_t *label_to_file; /* by label of the store */
    struct buf labels, entries, sources, contexts, meta, rules, prefixes, cases,
        score;
    struct buf key;    /* scratch */
    uint32_t *others;  /* build/links.h */
    uint32_t *records; /* by entry: where the index has its name, or 0 */
    uint32_t *origins; /* by source: the number of its line 0 */
    uint8_t *index_image;
    size_t index_size;
    uint32_t *error_source; /* writer_image's */
    uint32_t entry_count;
    uint32_t tokens_max;
    unsigned char goes_on[16]; /* by ASCII symbol, a bit each */
};

static inline void put32(struct buf *b, uint32_t v)
{
    char bytes[4];
    bytes_store32(bytes, v);
    buf_add(b, bytes, sizeof bytes);
}

static inline void put64(struct buf *b, uint64_t v)
{
    char bytes[8];
    bytes_store64(bytes, v);
    buf_add(b, bytes, sizeof bytes);
}

/* The entries of all kept candidates, into w->table and w->contexts; their
 * names into w->strings, and what META tells of them. */
enum status writer_entries(struct writer *w, struct err *e);

#endif
