/* Does a piece of text match a name under a case policy? The slow and exact
 * answer, for places where a match is already at hand. */
#ifndef GAZ_TEXT_POLICY_H
#define GAZ_TEXT_POLICY_H

#include "base/buf.h"

enum policy_case {
    POLICY_EXACT, /* as the surface, up to NFC */
    POLICY_FOLD,  /* any case */
    POLICY_SMART  /* a capital of the surface must be one in the text */
};

/* a and b are scratch, owned by the caller; buf_ok tells of memory. With
 * plural a plural s of any word makes no difference. */
bool policy_accepts(enum policy_case policy, bool plural, struct slice name,
                    struct slice text, struct buf *a, struct buf *b);

#endif
