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
