/* Fine tokens: the words and symbols that names and texts are compared by.
 *
 *     "AT&T Unix 2.6"   ->   AT & T  Unix  2 . 6
 *                            |  |  |__ glued: nothing stands between
 *                            |__ spaced: a run of white space stands before
 *
 * - A word is a maximal run of letters, digits, marks and '_'; a code point
 *   of a script without spaces is a word by itself.
 * - A symbol is any other code point, with the marks that follow it.
 * - A byte of invalid UTF-8 is a token that equals nothing. */
#ifndef GAZ_TEXT_TOKEN_H
#define GAZ_TEXT_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

enum token_kind { TOKEN_WORD, TOKEN_SYMBOL, TOKEN_INVALID };

enum token_gap {
    GAP_GLUED,  /* nothing between this token and the one before */
    GAP_SPACED, /* white space with at most one newline (CRLF is one) */
    GAP_BREAK   /* the text's start, or white space with more newlines */
};

struct token {
    size_t start; /* bytes */
    size_t end;
    enum token_kind kind;
    enum token_gap gap; /* before it */
    bool ascii;         /* all its bytes are below 0x80 */
};

/* The first token that starts at or after pos, which must be the start of the
 * text or the end of a token. False at the end of the text. */
bool token_next(struct slice text, size_t pos, struct token *out);

#endif
