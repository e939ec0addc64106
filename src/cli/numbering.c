#include "cli/numbering.h"

#include <stdlib.h>
#include <string.h>

static uint64_t hash_of(const char *bytes, size_t len)
{
    uint64_t h = 0xCBF29CE484222325u; /* FNV-1a */
    for (size_t i = 0; i < len; i++) {
        h = (h ^ (unsigned char)bytes[i]) * 0x100000001B3u;
    }
    return h ^ h >> 32;
}

static bool grow_slots(struct numbering *n)
{
    size_t want = n->slot_count > 0 ? n->slot_count * 2 : 256;
    uint32_t *slots = calloc(want, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    for (size_t i = 0; i < n->count; i++) {
        size_t at = (size_t)n->list[i].hash & (want - 1);
        while (slots[at] != 0) {
            at = (at + 1) & (want - 1);
        }
        slots[at] = (uint32_t)i + 1;
    }
    free(n->slots);
    n->slots = slots;
    n->slot_count = want;
    return true;
}

static bool grow_list(struct numbering *n)
{
    size_t want = n->capacity > 0 ? n->capacity * 2 : 128;
    void *p = realloc(n->list, want * sizeof *n->list);
    if (p == NULL) {
        return false;
    }
    n->list = p;
    n->capacity = want;
    return true;
}

bool numbering_put(struct numbering *n, const char *bytes, size_t len,
                   uint32_t *number, bool *added)
{
    uint64_t hash = hash_of(bytes, len);
    if ((n->count >= n->slot_count / 2 && !grow_slots(n)) ||
        (n->count == n->capacity && !grow_list(n)) ||
        n->count >= UINT32_MAX - 1) {
        return false;
    }
    size_t at = (size_t)hash & (n->slot_count - 1);
    for (; n->slots[at] != 0; at = (at + 1) & (n->slot_count - 1)) {
        const struct numbered *old = &n->list[n->slots[at] - 1];
        if (old->hash == hash && old->len == len &&
            memcmp(old->bytes, bytes, len) == 0) {
            *number = n->slots[at] - 1;
            if (added != NULL) {
                *added = false;
            }
            return true;
        }
    }
    char *copy = malloc(len + 1);
    if (copy == NULL) {
        return false;
    }
    memcpy(copy, bytes, len);
    copy[len] = '\0';
    *number = (uint32_t)n->count;
    n->list[n->count++] = (struct numbered){copy, len, hash};
    n->slots[at] = *number + 1;
    if (added != NULL) {
        *added = true;
    }
    return true;
}

void numbering_free(struct numbering *n)
{
    for (size_t i = 0; i < n->count; i++) {
        free(n->list[i].bytes);
    }
    free(n->list);
    free(n->slots);
    memset(n, 0, sizeof *n);
}
