/* A dumb matcher that is obviously right: from every token on it builds the
 * key of every longer run of tokens and looks it up among all names. What
 * the engine finds is held against it on random lexicons and texts. */
#ifndef GAZ_TESTS_REFERENCE_H
#define GAZ_TESTS_REFERENCE_H

#include "base/alloc.h"
#include "model/lexicon.h"

struct reference;

struct reference_span {
    size_t start;
    size_t end;
    uint32_t entry;
    size_t seen; /* the end without what is not seen behind a word */
};

struct reference_options {
    bool every;  /* all matches, longest first at each start; else the
                    leftmost-longest */
    bool tokens; /* no boundary rules; starts and ends are given */
    bool inside;
    bool hyphen_join;
    /* For tokens: sorted offsets at which matches may begin and end. */
    const size_t *starts;
    const size_t *ends;
    size_t token_count;
};

struct reference *reference_create(const struct alloc *alloc,
                                   const struct lexicon *lexicon);
void reference_free(struct reference *r);

enum status reference_scan(struct reference *r, struct slice text,
                           const struct reference_options *options,
                           const struct reference_span **spans, size_t *count,
                           struct err *e);

#endif
