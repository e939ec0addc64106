/* The source of a pattern, as it is written and as PCRE2 sees it. */
#ifndef GAZ_TEXT_PATTERN_SOURCE_H
#define GAZ_TEXT_PATTERN_SOURCE_H

#include "base/buf.h"
#include "text/pattern.h"

/* A {Label} of the source. PCRE2 sees
 *
 *     (?:(?C1)(?>(?s:.{1,200}?)(?C2)))
 *
 * in its place: callout 2k + 1 asks whether a mention of reference k begins
 * here, callout 2k + 2 whether one ends here. */
struct pattern_reference {
    uint32_t label;
    size_t source_at, source_len;
    size_t made_at, made_len; /* in what PCRE2 sees */
};

struct pattern_references {
    struct pattern_reference list[PATTERN_REFERENCES_MAX];
    size_t count;
};

/* Append to made what PCRE2 is to see of the source, whose references come
 * into refs (zeroed). */
enum status pattern_expand(struct slice source, const struct pattern_options *o,
                           struct pattern_references *refs, struct buf *made,
                           struct err *e);

/* The byte of the source that byte `at` of what PCRE2 saw comes from. */
size_t pattern_to_source(const struct pattern_references *refs, size_t at);

/* STATUS_SYNTAX at byte pos of the source. */
enum status pattern_bad_at(struct err *e, size_t pos, const char *message);

#endif
