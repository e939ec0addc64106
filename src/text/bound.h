/* The rules at the ends of a match, in running text. */
#ifndef GAZ_TEXT_BOUND_H
#define GAZ_TEXT_BOUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bound_options {
    bool inside;      /* find inside paths, URLs, addresses, dotted names */
    bool join_hyphen; /* '-' with a word on its other side is no boundary */
};

/* Classes of a match's neighbours. */
enum {
    BOUND_ODD_BEFORE = 1, /* may forbid a start after it */
    BOUND_ODD_AFTER = 2,  /* may forbid an end before it */
    BOUND_WHITE = 4,      /* ASCII white space */
    BOUND_OPENING = 8,    /* brackets and quotes that a chunk may begin with */
    BOUND_CLOSING = 16,   /* what is left off at a chunk's end */
    BOUND_LOCAL = 32,     /* in the first part of an e-mail address */
    BOUND_OPAQUE = 64     /* some opaque chunks have it, and all but www. do */
};

extern const uint8_t bound_class[256];

/* The common case: white space on both sides, or after one bracket or quote
   before and one closing sign behind, allows any match that is plain and
   does not begin with a dot.  Without a branch, which could not be foretold.
   Two bytes on each side can be read. */
static inline bool bound_is_easy(const uint8_t *start, const uint8_t *end)
{
    unsigned before = bound_class[start[-1]], behind = bound_class[end[0]];
    before = bound_class[start[-1 - (int)(before / BOUND_OPENING & 1)]];
    behind = bound_class[end[behind / BOUND_CLOSING & 1]];
    return before & behind & BOUND_WHITE;
}

/* The last chunk looked at, so that each byte of a text is looked at once
   however many matches there are in its chunk. */
struct bound_cache {
    size_t from, to;               /* the chunk; from == to: none */
    size_t opaque_from, opaque_to; /* the opaque part of it, may be empty */
};

bool bound_start_ok(const uint8_t *text, size_t len, size_t start,
                    const struct bound_options *opt);
/* start is that of the match; it is used for the class of the last byte. */
bool bound_end_ok(const uint8_t *text, size_t len, size_t end,
                  const struct bound_options *opt);

/* Is the match in a path, a URL or an e-mail address, and more than it is
   around it?  plain: the match itself holds none of / \ @ and no "www". */
bool bound_is_opaque(const uint8_t *text, size_t len, size_t start, size_t end,
                     bool plain, struct bound_cache *cache);

/* Could the name be a part of an opaque chunk by its own bytes? */
bool bound_is_plain(const uint8_t *name, size_t n);

#endif
