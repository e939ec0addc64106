/* Version numbers of mentions (text/version.h). */
#ifndef GAZ_TAG_TAIL_H
#define GAZ_TAG_TAIL_H

#include "base/span.h"
#include "model/lexicon.h"

enum tail_mode {
    TAIL_APART,  /* the version is a field beside the span */
    TAIL_INSIDE, /* a version behind the name is in the span as well */
    TAIL_OFF
};

struct tail {
    const struct lexicon *lexicon;
    enum tail_mode mode;
    /* By label, a bit each: does it have versions? Is it Protocol? */
    uint8_t versioned[LEXICON_LABELS_MAX / 8];
    bool any;          /* has one */
    uint32_t protocol; /* LEXICON_NONE: no label of that name */
};

/* Do mentions of that label have versions? Those of Operating_System,
 * Application, Language, Library, Protocol. */
bool tail_takes(struct slice label);

void tail_init(struct tail *t, const struct lexicon *lexicon,
               enum tail_mode mode);

/* Find the versions of the spans, which are in order; offsets in bytes. For
 * texts of tokens, starts and ends are where these lie: a version begins and
 * ends where tokens do. They are NULL for running text. */
void tail_find(const struct tail *t, struct slice text, const size_t *starts,
               const size_t *ends, size_t token_count, struct span *spans,
               size_t count);

/* A span's version from bytes to tokens; the span itself is in tokens. */
void tail_to_tokens(struct span *span, const size_t *starts,
                    const size_t *ends);

/* Might a version stand at the white space at `at`? Then no cut there. */
bool tail_may_follow(const struct tail *t, struct slice text, size_t at);

#endif
