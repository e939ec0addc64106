/* One sense a document: a name with a context that counts in one place of it
 * ('the Flux controller') means the same in others, before it and behind.
 *
 * A name that its own sentence leaves open counts when its very letters have
 * counted by their own context elsewhere, standing for themselves there as
 * well, as one entry more often than as another, and
 *
 *   enough speaks for it   they have counted twice, or two other names that
 *                          have no context stand within SENSE_NEAR bytes
 *   it stands for itself   no word with a capital beside it that is not a
 *                          name too ('Taylor Swift', 'Swift Boats'), no part
 *                          of another name ('OTP-1234'); and more often than
 *                          it counts it does not follow one
 *
 * Both are asked for where it is written as a word may be: in small letters,
 * in two, at the start of a sentence with no verb behind. In small letters it
 * must also have counted once for every SENSE_SHARE that are left open, as
 * 'make' mostly does not, and a hyphen makes another word of it ('ls-tree').
 * One letter never counts, nor what `not` forbids. Where an entry has no need=,
 * only words right beside it, it is an ordinary word ('a Buffer instance'):
 * both are asked for, and that it has counted as often as it is left open.
 *
 * A name of three letters or more that is written as one counts as well where
 * a name that its need= asks for stands within SENSE_NEAR bytes, in any
 * sentence, and two that have no context do: 'Thread' near 'OpenThread'.
 *
 * Of a name's counting once little follows (a person called Luigi beside 'a
 * pipeline'), unless the text around is a technical one: in novels and news
 * nothing is found so, in mails 96 of 100 that were read are right. That words
 * of need= which are no names stand in other sentences says less than that:
 * asked for in all of the document, half of what counts is wrong; in 400 bytes
 * around, two of them are found for one name in 200. */
#ifndef GAZ_TAG_SENSE_H
#define GAZ_TAG_SENSE_H

#include "tag/document.h"

enum { SENSE_NEAR = 1000, SENSE_SHARE = 2 };

struct sense;

/* NULL when memory is out. */
struct sense *sense_create(const struct alloc *alloc,
                           const struct lexicon *lexicon);
void sense_free(struct sense *s); /* NULL is fine */

/* A new document begins, of one text or of sentences. */
void sense_begin(struct sense *s, bool sentences);

/* Take in which mentions of a text count by their own context, and which names
 * are lost. False: memory is out. */
bool sense_learn(struct sense *s, const struct document_view *v);

/* Does this lost mention of the text count? Then *span is the mention. */
bool sense_counts(struct sense *s, const struct document_view *v, size_t lost,
                  struct span *span);

/* Did sense_counts not lack memory? */
bool sense_ok(const struct sense *s);

/* The text is done with; others of its document follow. */
void sense_pass(struct sense *s, const struct document_view *v);

#endif
