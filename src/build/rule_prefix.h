/* How the matches of a rule can begin: the cheap test that keeps patterns off
 * the fast path. Found by asking the pattern itself about longer and longer
 * beginnings, so that it is right for any pattern. */
#ifndef GAZ_BUILD_RULE_PREFIX_H
#define GAZ_BUILD_RULE_PREFIX_H

#include "base/buf.h"
#include "text/pattern.h"

enum { RULE_PREFIX_MAX = 8 };

/* A beginning: each byte | 0x20, so that those that differ in case are one,
 * and which cases there are. */
struct rule_prefix {
    unsigned char bytes[RULE_PREFIX_MAX]; /* zero behind len */
    uint16_t cases; /* bit i: byte i may lack 0x20; bit 8 + i: have it */
    size_t len;
};

struct rule_prefixes {
    struct rule_prefix *items; /* sorted, different, owned */
    size_t count, capacity;
};

/* Append the beginnings of a pattern (made with probe) of this source. No
 * match begins in another way. */
enum status rule_prefix_find(const struct alloc *alloc,
                             const struct pattern *pattern, struct slice source,
                             struct rule_prefixes *out, struct err *e);

/* Append that of a trigger word. */
enum status rule_prefix_word(const struct alloc *alloc, struct slice word,
                             struct rule_prefixes *out, struct err *e);

void rule_prefixes_free(struct rule_prefixes *p, const struct alloc *alloc);

#endif
