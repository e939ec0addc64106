/* What embedded.S puts into the program. Sizes are in bytes, 0 where there is
 * nothing. */
#ifndef GAZ_CLI_EMBEDDED_H
#define GAZ_CLI_EMBEDDED_H

#include <stdint.h>

extern const char embedded_lexicon[];
extern const uint64_t embedded_lexicon_size;
extern const char embedded_words[];
extern const uint64_t embedded_words_size;

#endif
