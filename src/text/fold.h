/* Keys: the form under which tokens are compared.
 *
 * The key of a token is its NFC form without default-ignorable code points
 * (but for a token of nothing else, such as a byte order mark);
 * with FOLD_CASE its full Unicode case folding ('ß' is 'ss', 'ﬁ' is 'fi');
 * with FOLD_PLURAL an English plural s is taken off: of a word of more than 3
 * code points that ends in s, but not in ss, us or is, 'ies' becomes 'y' when
 * there are more than 4, else the s goes. The text itself is never changed,
 * so that no offset ever moves. */
#ifndef GAZ_TEXT_FOLD_H
#define GAZ_TEXT_FOLD_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

enum { FOLD_NONE = 0, FOLD_CASE = 1, FOLD_PLURAL = 2 };

/* Append the key of one token (word or symbol) to out; buf_ok tells of
 * memory. A byte of invalid UTF-8 is copied as it is. */
void fold_token(struct slice token, unsigned folding, struct buf *out);

/* Append the key of a whole name or text: the keys of its tokens, a space
 * before those that are spaced. Two names have the same key exactly when
 * they match the same texts. */
void fold_name(struct slice name, unsigned folding, struct buf *out);

#endif
