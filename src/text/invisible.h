/* Characters that take no room where text is shown: controls, soft hyphens,
 * joiners, marks of direction. */
#ifndef GAZ_TEXT_INVISIBLE_H
#define GAZ_TEXT_INVISIBLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

bool invisible_char(uint32_t cp);

/* The end of text[start .. end) without those of such characters that a word
 * goes on with: what is seen of it does not. */
size_t invisible_trim(struct slice text, size_t start, size_t end);

#endif
