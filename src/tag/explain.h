/* Why each name of a lexicon that stands in a text is a mention or not. */
#ifndef GAZ_TAG_EXPLAIN_H
#define GAZ_TAG_EXPLAIN_H

#include "base/buf.h"
#include "tag/places.h"
#include "tag/tagger.h"

/* Of places->text: append a paragraph for each entry whose key stands in the
 * text (in the index's fine tokens), and for a scored lexicon one for each
 * candidate. Slow: all entries are gone through. */
enum status explain_text(const struct alloc *alloc,
                         const struct lexicon *lexicon, struct tagger *tagger,
                         const struct tagger_options *options,
                         struct places *places, struct buf *out, struct err *e);

#endif
