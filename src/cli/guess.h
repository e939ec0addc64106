/* What was meant by a word that is mistyped. */
#ifndef GAZ_CLI_GUESS_H
#define GAZ_CLI_GUESS_H

#include <stddef.h>

struct guess {
    const char *typed; /* len bytes */
    size_t len;
    const char *best; /* NULL: nothing is near */
    size_t best_len;
    size_t distance;
};

/* A word that could be meant. */
void guess_offer(struct guess *g, const char *word, size_t len);

/* " (did you mean 'PREFIXWORD'?)", or "" where nothing is near. */
enum { GUESS_TOLD = 128 };
void guess_tell(const struct guess *g, const char *prefix, char *out,
                size_t size);

#endif
