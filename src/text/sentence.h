/* Running text as sentences of tokens, cut as annotated corpora are.
 *
 *     He said "CP/M-86 isn't (yet) free."
 *     He | said | " | CP/M-86 | is | n't | ( | yet | ) | free | . | "
 *
 * Between white space, opening brackets and quotes are taken off the front,
 * closing ones and , ; : . ! ? off the back, then 's, n't and the like; what
 * is left stays one token, whatever symbols are in it. A full stop stays with
 * an abbreviation (e.g. U.S. Inc.).
 *
 * A sentence ends after . ! or ? (and closing marks behind them) and white
 * space, unless a small letter goes on, and at an empty line. */
#ifndef GAZ_TEXT_SENTENCE_H
#define GAZ_TEXT_SENTENCE_H

#include <stdbool.h>

#include "base/slice.h"

/* The tokens of the sentence that begins at or after *pos, which moves
 * behind it; a sentence of more than max tokens is cut there. False at the
 * end of the text. max is at least SENTENCE_WORD_MAX. */
bool sentence_next(struct slice text, size_t *pos, struct slice *tokens,
                   size_t max, size_t *count);

enum { SENTENCE_WORD_MAX = 32 };

/* Does a sentence end in front of the white space at text[at], at > 0? Never
 * said where the text ends too soon to tell. */
bool sentence_ends(struct slice text, size_t at);

#endif
