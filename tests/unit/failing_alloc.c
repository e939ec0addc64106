#include "failing_alloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Before each block: its size, in the room of the largest alignment. */
enum { HEADER = 16 };

static void *resize(void *context, void *p, size_t old_size, size_t size)
{
    struct failing_alloc *state = context;
    unsigned char *block = p != NULL ? (unsigned char *)p - HEADER : NULL;
    size_t had = 0;
    if (block != NULL) {
        memcpy(&had, block, sizeof had);
        state->wrong_size |= had != old_size;
    }
    if (size == 0) {
        if (block != NULL) {
            state->blocks--;
            state->bytes -= had;
            free(block);
        }
        return NULL;
    }
    state->requests++;
    if ((state->fail_from != 0 && state->requests >= state->fail_from &&
         state->requests <= state->fail_to) ||
        size > SIZE_MAX - HEADER) {
        return NULL;
    }
    /* Always a move, so that a pointer kept across a growth is found out. */
    unsigned char *fresh = malloc(size + HEADER);
    if (fresh == NULL) {
        return NULL;
    }
    memcpy(fresh, &size, sizeof size);
    memset(fresh + HEADER, 0xA5, size);
    if (block != NULL) {
        memcpy(fresh + HEADER, p, had < size ? had : size);
        free(block);
        state->bytes -= had;
    } else {
        state->blocks++;
    }
    state->bytes += size;
    return fresh + HEADER;
}

gaz_allocator failing_allocator(struct failing_alloc *state)
{
    gaz_allocator a = {resize, state};
    return a;
}
