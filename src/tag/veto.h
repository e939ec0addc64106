/* Names that lists say are none ('-' for a label), for mentions that the
 * index has not found. */
#ifndef GAZ_TAG_VETO_H
#define GAZ_TAG_VETO_H

#include "model/lexicon.h"

struct veto;

/* *out is NULL where the lexicon has none. */
enum status veto_create(const struct alloc *alloc,
                        const struct lexicon *lexicon, struct veto **out,
                        struct err *e);
void veto_free(struct veto *v); /* NULL is fine */

/* Is the text of a mention vetoed? v may be NULL. */
bool veto_holds(struct veto *v, struct slice text);

/* Did no call of veto_holds lack memory? v may be NULL. */
bool veto_ok(struct veto *v);

#endif
