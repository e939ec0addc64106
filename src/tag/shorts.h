/* Short forms that a text gives to its names, and names that it introduces:
 *
 *   Foo Bar Protocol (FBP) ...   what stands beside the name, either way round
 *   FBP
 *   Acme 9000X Pro ...           the model that the name ends in, where the
 *   the 9000X Pro                lexicon knows such families: it has rules
 *   Foo is a text editor ...     what is said to be a program, a library, a
 *   in Foo                       device (text/introduce.h); the same holds
 *   the QX731 sensor ...         a coined word that a rule has told by those
 *   a QX731                      beside it
 *
 * be they in the lexicon or not. Names of corpora define nothing: their counts
 * tell how often they are meant. */
#ifndef GAZ_TAG_SHORTS_H
#define GAZ_TAG_SHORTS_H

#include "tag/document.h"

struct shorts;

/* NULL when memory is out. */
struct shorts *shorts_create(const struct alloc *alloc,
                             const struct lexicon *lexicon,
                             enum simd_level simd);
void shorts_free(struct shorts *d); /* NULL is fine */

/* A new document begins. */
void shorts_begin(struct shorts *d);

/* Note what the names of the text define; what earlier texts of the document
 * did holds in all of it. */
enum status shorts_learn(struct shorts *d, const struct document_view *v,
                         struct err *e);

/* Is any known? */
bool shorts_any(const struct shorts *d);

/* The first short form at byte `from` or behind it; false: there is none. */
bool shorts_next(struct shorts *d, const struct document_view *v, size_t from,
                 struct span *out);

#endif
