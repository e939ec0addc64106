/* Keys of whole tokens and names, as bytes: for counting, sorting and
 * comparing while compiling. text/key.h says what the key of a word is; a
 * symbol is its own key. The text itself is never changed, so that no offset
 * ever moves. */
#ifndef GAZ_TEXT_FOLD_H
#define GAZ_TEXT_FOLD_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"
#include "text/key.h"

enum { FOLD_NONE = 0 };

/* Append the key of one token (word or symbol) to out; buf_ok tells of
 * memory. What has no key (invalid UTF-8, a word over LIMIT_WORD, nothing but
 * default-ignorables) is copied as it is. */
void fold_token(struct slice token, unsigned folding, struct buf *out);

/* Append the key of a whole name or text: the keys of its tokens, a space
 * before those that are spaced. Two names have the same key exactly when
 * they match the same texts. */
void fold_name(struct slice name, unsigned folding, struct buf *out);

#endif
