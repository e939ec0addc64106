/* Tags as small numbers: every different tag string is taken apart once, and
 * a sentence is then an array of ids. */
#ifndef GAZ_EVAL_TAGSET_H
#define GAZ_EVAL_TAGSET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/slice.h"
#include "base/status.h"
#include "base/strmap.h"

/* The scorers disagree on what the type of a tag is:
 *
 *              B-X-Y   B-0   B     B-X-
 * PLAIN        X-Y     0     ''    X-     all after the first hyphen
 * CONLLEVAL    X-Y     ''    ''    X-     to Perl, '0' is as good as nothing
 * SEQEVAL      X-Y     0     _     X-
 * STRICT       X-Y     0     _     X      hyphens stripped at both ends */
enum tagset_family {
    FAMILY_PLAIN,
    FAMILY_CONLLEVAL,
    FAMILY_SEQEVAL,
    FAMILY_STRICT,
    FAMILY_COUNT
};

struct tag_info {
    uint32_t type[FAMILY_COUNT]; /* ids of tagset's types */
    uint8_t prefix;              /* tag_prefix_index; 0 is O */
};

enum { TAGSET_SLOTS = 256, TAGSET_OUTSIDE = 0 };

struct tagset_slot {
    struct slice text;
    uint32_t id;
};

struct tagset {
    const struct alloc *alloc;
    struct strmap *tags;
    struct strmap *types;
    struct tag_info *info; /* by tag id; id TAGSET_OUTSIDE is 'O' */
    size_t capacity;
    unsigned prefixes; /* those seen, as bits 1 << tag_prefix_index */
    bool raw;          /* tags are bare types, each token a mention */
    struct tagset_slot slots[TAGSET_SLOTS]; /* the tags met last, by hash */
};

/* With raw, all but 'O' is read as 'B-' and the tag (conlleval -r). */
enum status tagset_init(struct tagset *t, const struct alloc *alloc, bool raw,
                        struct err *e);
void tagset_free(struct tagset *t);

/* The id of a tag. STATUS_SYNTAX (without a place) when it is none. */
enum status tagset_id(struct tagset *t, struct slice tag, uint32_t *id,
                      struct err *e);

static inline struct slice tagset_type_name(const struct tagset *t,
                                            uint32_t type)
{
    return strmap_key(t->types, type);
}

#endif
