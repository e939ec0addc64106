/* Ambiguous names: which of the mentions found stay.
 *
 * An entry with a context counts when any of these holds:
 *   need  one of the words stands in the mention's sentence, outside of it;
 *         a word '@Label' stands for another mention with that label
 *   next  one of the words comes right after the mention
 *   prev  one of the words comes right before it
 * (an entry that has none of the three counts), and when no word of `not`
 * stands within 3 words of it, none of `notnext` right after it and none of
 * `notprev` right before it. Words are compared in lower case, with and
 * without a plural s. Where it fails, the next entry with the same key that
 * accepts the text is tried. What fails may still count by the row of names
 * that it stands in (tag/row.h), if `not` allows it and short=no does not stand
 * there.
 *
 * tag/near.h says what a sentence is. */
#ifndef GAZ_TAG_CONTEXT_H
#define GAZ_TAG_CONTEXT_H

#include "base/buf.h"
#include "base/span.h"
#include "model/lexicon.h"

struct context;

/* NULL when memory is out. */
struct context *context_create(const struct alloc *alloc,
                               const struct lexicon *lexicon);
void context_free(struct context *c); /* NULL is fine */

/* Drop the spans (byte offsets into text, in order) whose contexts fail:
 * *count is what is left, and those dropped stand behind it, in order too.
 * Only memory can fail. */
enum status context_filter(struct context *c, struct slice text,
                           struct span *spans, size_t *count, struct err *e);

/* The same after names were added to what the last call for this text has left,
 * from which some may be gone that no context is asked of: what its context
 * kept then is kept again. */
enum status context_filter_more(struct context *c, struct slice text,
                                struct span *spans, size_t *count,
                                struct err *e);

/* Has a document made clear that this text may be this entry's? */
typedef bool (*context_asks)(void *document, uint32_t entry, uint32_t label,
                             struct slice name);

/* For a span that context_filter has dropped: the first of its entries that
 * the document knows and that `not` allows becomes the span's. */
bool context_known(struct context *c, struct slice text, struct span *span,
                   context_asks known, void *document);

/* A mention whose own context holds. */
struct sure {
    size_t start;
    size_t end;
    uint32_t entry, label;
};

/* Those of the last text, in order: the context's, until its next call. */
const struct sure *context_sure(const struct context *c, size_t *count);

/* Does the entry ask for words of the sentence, not only for neighbours? */
bool context_needs(struct context *c, uint32_t entry);

/* Does nothing that `not` of the entry has forbid it at the span's place? */
bool context_allows(struct context *c, struct slice text,
                    const struct span *span, uint32_t entry);

/* The names that stand near a span: mentions of its text, in order, and the
 * hash that context_kin_hash gives for the letters of each. */
struct kin {
    const struct span *spans;
    const uint64_t *hashes;
    size_t count;
};

uint64_t context_kin_hash(struct slice name);

/* For a span that context_filter has dropped: the first of its entries becomes
 * the span's of whose need= a word is a name near, and that `not` allows.
 * *found says which name. */
bool context_kin(struct context *c, struct slice text, struct span *span,
                 const struct kin *near, size_t *found);

/* Did no call of context_known, context_kin or context_allows since
 * context_filter lack memory? */
bool context_ok(const struct context *c);

/* For people: append to out why the context of an entry holds for the text
 * of `at` or not. The spans are all mentions of the text, in order. */
enum status context_tell(struct context *c, struct slice text,
                         const struct span *at, uint32_t entry,
                         const struct span *spans, size_t count, bool *holds,
                         struct buf *out, struct err *e);

#endif
