/* Numbers byte strings 0, 1, 2, ... in order of first sight. */
#ifndef GAZ_CLI_NUMBERING_H
#define GAZ_CLI_NUMBERING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct numbered {
    char *bytes; /* with a NUL behind them */
    size_t len;
    uint64_t hash;
};

struct numbering {
    struct numbered *list;
    size_t count, capacity;
    uint32_t *slots; /* number + 1, 0 for none; a power of two of them */
    size_t slot_count;
};

/* The number of a string; *added (may be NULL) says if it is new. False when
 * memory is out: then nothing has changed. */
bool numbering_put(struct numbering *n, const char *bytes, size_t len,
                   uint32_t *number, bool *added);
void numbering_free(struct numbering *n); /* zeroed is fine */

#endif
