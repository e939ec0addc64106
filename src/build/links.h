/* Which entries share a key, for those whose context fails. */
#ifndef GAZ_BUILD_LINKS_H
#define GAZ_BUILD_LINKS_H

#include "build/select.h"

/* By entry: the one of its key to try next, or LEXICON_NONE. *out is NULL
 * when no entry has a context; else the caller frees count * 4 bytes. count
 * is the number of entries, folding that of the keys. *source is set to the
 * source that the place of an error is in. */
enum status links_make(const struct selection *selection, bool lists_only,
                       unsigned folding, const struct alloc *alloc,
                       uint32_t count, uint32_t **out, uint32_t *source,
                       struct err *e);

#endif
