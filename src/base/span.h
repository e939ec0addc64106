/* A mention found in a text. */
#ifndef GAZ_BASE_SPAN_H
#define GAZ_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct span {
    size_t start; /* bytes, or tokens where the text is tokens */
    size_t end;   /* one past the last */
    uint32_t label;
    uint32_t entry;       /* SPAN_NO_ENTRY: a name that is in no list */
    float score;          /* probability, 0 to 1 */
    bool bare;            /* surely no bracket opens or closes beside it, and
                             its last byte is ASCII */
    size_t version_start; /* of a version number with it; 0, 0: none */
    size_t version_end;
};

#define SPAN_NO_ENTRY UINT32_MAX

#endif
