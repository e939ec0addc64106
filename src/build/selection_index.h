/* The index (model/index.h) of the names of a selection. */
#ifndef GAZ_BUILD_SELECTION_INDEX_H
#define GAZ_BUILD_SELECTION_INDEX_H

#include "build/select.h"

struct selection_index {
    const struct selection *selection;
    bool lists_only;        /* names of corpora are left to a score */
    unsigned folding;       /* of the keys, text/key.h */
    const uint32_t *labels; /* a label's number in the file, by the store's */
    uint32_t *source;       /* set to the one that an error's place is in */
};

/* Is a candidate matched through the index? */
static inline bool selection_index_has(const struct candidate *c,
                                       bool lists_only)
{
    return select_is_entry(c) && (!lists_only || c->from_list);
}

/* Build the index's image, *size bytes at *image, from alloc; the caller frees
 * it. count is the number of entries of the selection; records gets, by entry,
 * the offset / 4 of the record that has its name as it is, and stays where
 * none has. STATUS_LIMIT names the name that is past a limit. */
enum status selection_index_build(const struct selection_index *s,
                                  const struct alloc *alloc, uint32_t count,
                                  uint32_t *records, uint8_t **image,
                                  size_t *size, struct err *e);

#endif
