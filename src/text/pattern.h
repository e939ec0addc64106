/* Patterns of rules: the sole user of PCRE2.
 *
 * A pattern is Perl's syntax in UTF mode and sees any bytes: what is invalid
 * UTF-8 matches nothing. {Label} stands for a mention of that label which the
 * lexicon has found. The group named m is the mention, else the whole match
 * is. Patterns are tried at given places of a text, never searched for, and
 * see a bounded window of it, so that a try is bounded too: by limits on
 * steps, depth and memory. A pattern is immutable and shared by threads; the
 * scratch is a thread's own. */
#ifndef GAZ_TEXT_PATTERN_H
#define GAZ_TEXT_PATTERN_H

#include "base/alloc.h"
#include "base/slice.h"
#include "base/status.h"

enum {
    PATTERN_SOURCE_MAX = 4096, /* bytes of a pattern */
    PATTERN_REFERENCES_MAX = 60,
    PATTERN_WINDOW = 256, /* bytes that a try sees from its place on */
    PATTERN_MATCH_LIMIT = 20000,
    PATTERN_DEPTH_LIMIT = 1000,
    PATTERN_HEAP_LIMIT = 1024 /* KiB */
};

struct pattern;
struct pattern_scratch;

struct pattern_options {
    bool fold;  /* letters match in any case */
    bool words; /* a match that ends with a word's character ends a word */
    bool probe; /* for pattern_start and pattern_first_byte, and for finding
                   errors; not for pattern_try */
    /* The id of a label, for {Label}; false: there is none of that name. */
    bool (*label)(void *context, struct slice name, uint32_t *id);
    void *context;
};

/* Compile a source. STATUS_SYNTAX with e->pos, the byte of the source where
 * it goes wrong, and a message. */
enum status pattern_create(const struct alloc *alloc, struct slice source,
                           const struct pattern_options *options,
                           struct pattern **out, struct err *e);
void pattern_free(struct pattern *p); /* NULL is fine */

/* Does a source begin with {Label}, groups aside? Then *label is set. */
bool pattern_leads_with(struct slice source, const struct pattern_options *o,
                        uint32_t *label);

/* Can a match begin with these bytes (a few; none of them above 0x7F but the
 * first)? */
enum pattern_start {
    PATTERN_START_NO,
    PATTERN_START_MORE,
    PATTERN_START_ALL,
    PATTERN_START_NOMEM
};
enum pattern_start pattern_start(const struct pattern *p,
                                 struct pattern_scratch *scratch,
                                 struct slice bytes);

/* Can a match begin with this byte? Sure when it says no. */
bool pattern_first_byte(const struct pattern *p, unsigned char byte);

/* NULL when memory is out. */
struct pattern_scratch *pattern_scratch_create(const struct alloc *alloc);
void pattern_scratch_free(struct pattern_scratch *s); /* NULL is fine */

/* Does a mention of a label begin (or end) at byte `at` of the window? */
typedef bool (*pattern_mention)(void *context, uint32_t label, size_t at,
                                bool end);

enum pattern_result {
    PATTERN_NONE,
    PATTERN_FOUND,
    PATTERN_LIMIT, /* gave up: too many steps */
    PATTERN_NOMEM
};

/* Try at window.data[at], where window is the text around. *start and *end
 * are the mention's (bytes of the window), *whole the end of all that
 * matched. mention may be NULL where the pattern has no references. */
enum pattern_result pattern_try(const struct pattern *p,
                                struct pattern_scratch *s, struct slice window,
                                size_t at, pattern_mention mention,
                                void *context, size_t *start, size_t *end,
                                size_t *whole);

#endif
