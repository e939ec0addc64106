/* Fine tokens one at a time, for all that is not the scanner's fast path:
 *
 *     "AT&T Unix 2.6"   ->   AT & T  Unix  2 . 6
 *                            |  |  |__ glued: nothing stands between
 *                            |__ spaced: a run of white space stands before
 *
 * text/cut.h has the rules and the scanner's own form. */
#ifndef GAZ_TEXT_TOKEN_H
#define GAZ_TEXT_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"
#include "text/cut.h"

enum token_kind { TOKEN_WORD, TOKEN_SYMBOL, TOKEN_INVALID };

enum token_gap {
    GAP_GLUED,  /* nothing between this token and the one before */
    GAP_SPACED, /* white space with at most one newline (CRLF is one) */
    GAP_BREAK   /* the text's start, or white space with more newlines */
};

struct token {
    size_t start; /* bytes */
    size_t end;
    enum token_kind kind; /* TOKEN_INVALID: part of no match */
    enum token_gap gap;   /* before it */
};

/* The first token that starts at or after pos, which must be the start of the
 * text or the end of a token. False at the end of the text. */
bool token_next(struct slice text, size_t pos, struct token *out);

#endif
