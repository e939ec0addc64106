/* Tags and spans: the ONE place where a sequence of token tags becomes
 * mentions and mentions become tags again.
 *
 * A tag is O, or PREFIX-TYPE, the type being all after the FIRST hyphen
 * ('B-X-Y' has the type 'X-Y'). Prefixes: B I (IOB1, IOB2, IO), E S (IOBES),
 * L U (BILOU). */
#ifndef GAZ_CORPUS_TAGS_H
#define GAZ_CORPUS_TAGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/alloc.h"
#include "base/slice.h"
#include "base/status.h"

struct tag {
    char prefix; /* 'O', 'B', 'I', 'E', 'S', 'L' or 'U' */
    struct slice type; /* empty for O, and for an untyped B or I */
};

/* Take a tag apart. STATUS_SYNTAX with a message that says what is wrong
 * ('B-' has no type, 'X-Foo' no known prefix) and what would be right. */
enum status tag_parse(struct slice text, struct tag *out, struct err *e);

/* Does a mention start at `now` (after `before`), and does one that holds
 * `before` end in front of `now`? The rules of conlleval, with S and U always
 * starting and ending, E and L always ending. Before the first and after the
 * last token of a sentence stands O. */
bool tag_starts(struct tag before, struct tag now);
bool tag_ends(struct tag before, struct tag now);

/* A mention: tokens first .. first + count - 1 of its sentence. */
struct tag_span {
    size_t first;
    size_t count; /* tokens, at least 1 */
    struct slice type;
};

struct tag_spans {
    struct tag_span *items;
    size_t count;
    size_t capacity;
};

void tag_spans_free(struct tag_spans *s, const struct alloc *alloc);

/* The mentions of a sentence's tags, in order (*out is overwritten, its
 * memory used again). Only memory can fail. */
enum status tag_decode(const struct tag *tags, size_t count,
                       struct tag_spans *out, const struct alloc *alloc,
                       struct err *e);

#endif
