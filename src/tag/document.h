/* What a document says of its names, for the text behind it.
 *
 *   Apache Kafka ... Kafka       the short form of a name that was found: the
 *                                same id, or its last words and its label
 *   Foo Bar Protocol (FBP) ...   a short form that the text gives to a name
 *   FBP                          (tag/shorts.h), a name that it introduces,
 *                                or a coined one that a rule has told by the
 *                                words beside it ('the QX731 sensor')
 *
 * The first is for names that the lexicon has with a context which does
 * not hold; they want a capital, and at the start of a sentence a word behind
 * them that makes them its subject ('Kafka stores ...', not 'Access to ...').
 * What `not` forbids stays forbidden. That a name's own context held once
 * ('the Kafka broker') says nothing: names of people came in that way. */
#ifndef GAZ_TAG_DOCUMENT_H
#define GAZ_TAG_DOCUMENT_H

#include "base/alloc.h"
#include "base/span.h"
#include "model/lexicon.h"
#include "tag/context.h"
#include "tag/level.h"

enum { DOCUMENT_SHORTS_MAX = 256 }; /* written beside names, in a document */

struct document;

/* NULL when memory is out. */
struct document *document_create(const struct alloc *alloc,
                                 const struct lexicon *lexicon,
                                 enum simd_level simd);
void document_free(struct document *d); /* NULL is fine */

/* A new document begins. With sentences, what document_find is given until
 * the next call are its sentences; without, each text is a document. */
void document_begin(struct document *d, bool sentences);

/* What has been decided for a text, and how to decide the rest. */
struct document_view {
    struct slice text;
    const struct span *spans; /* the mentions, in order */
    size_t count;
    struct span *lost; /* found, but no mentions; will be put in order */
    size_t lost_count;
    struct context *context;
    /* May a mention lie at bytes start .. end - 1? */
    bool (*place)(void *at, struct slice text, size_t start, size_t end);
    void *at;
};

/* The mentions that the document adds, in order, overlapping none of those
 * there; *out is d's, good until its next use. */
enum status document_find(struct document *d, const struct document_view *v,
                          const struct span **out, size_t *count,
                          struct err *e);

#endif
