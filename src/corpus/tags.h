/* Tags and spans: the ONE place where a sequence of token tags becomes
 * mentions and mentions become tags again.
 *
 * A tag is O, or PREFIX-TYPE, the type being all after the FIRST hyphen
 * ('B-X-Y' has the type 'X-Y'). Prefixes: B I (IOB1, IOB2, IO), E S (IOBES),
 * L U (BILOU). A prefix alone is a mention without a type.
 *
 * Corpora of bare types ('Operating_System', 'location-GPE') are read by
 * tag_parse_raw, on request only: taken for bare types by default, every
 * misspelt tag would silently become a type of its own. */
#ifndef GAZ_CORPUS_TAGS_H
#define GAZ_CORPUS_TAGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/alloc.h"
#include "base/slice.h"
#include "base/status.h"

struct tag {
    char prefix;       /* 'O', 'B', 'I', 'E', 'S', 'L' or 'U' */
    struct slice type; /* empty for O, and for an untyped B or I */
};

/* Take a tag apart. STATUS_SYNTAX with a message that says what is wrong
 * ('B-' has no type, 'X-Foo' no known prefix) and what would be right; the
 * place is left to the caller. out->type points into text. */
enum status tag_parse(struct slice text, struct tag *out, struct err *e);

/* The same, and only 'O' may be without a type: for who makes names of it. */
enum status tag_parse_typed(struct slice text, struct tag *out, struct err *e);

/* The same for a column of bare types: 'O' (no type), else all of the text is
 * the type of an I tag, so that neighbours of one type are one mention. */
enum status tag_parse_raw(struct slice text, struct tag *out, struct err *e);

/* Which tags open and close a mention is where the scorers of the field part:
 *
 * GAZ       E and L end one, S and U are one: what the corpora mean
 * CONLLEVAL knows B I E O alone: S, L and U neither start nor end anything
 *           unless the type changes, and E goes on into a B of its type
 * SEQEVAL   knows S too, and E always ends; L and U as for CONLLEVAL
 *
 * In all of them a change of type ends the one and starts the next. */
enum tag_rules { TAG_RULES_GAZ, TAG_RULES_CONLLEVAL, TAG_RULES_SEQEVAL };

enum { TAG_PREFIX_COUNT = 7 };

/* A prefix as a number 0 (O) .. TAG_PREFIX_COUNT - 1. */
unsigned tag_prefix_index(char prefix);

/* By tag_prefix_index of before and now, for two tags of the same type. */
bool tag_rule_starts(enum tag_rules rules, unsigned before, unsigned now);
bool tag_rule_ends(enum tag_rules rules, unsigned before, unsigned now);

/* Does a mention start at `now` (after `before`), and does one that holds
 * `before` end in front of `now`? By TAG_RULES_GAZ. Before the first and
 * after the last token of a sentence stands O. */
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
 * memory used again; start it as all zeros). Only memory can fail. */
enum status tag_decode(const struct tag *tags, size_t count,
                       struct tag_spans *out, const struct alloc *alloc,
                       struct err *e);

#endif
