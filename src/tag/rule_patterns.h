/* The patterns of a lexicon's rules, each compiled when it is first tried:
 * a short text tries few, and to compile those of the default lexicon takes 10
 * milliseconds. What is compiled is a thread's own. */
#ifndef GAZ_TAG_RULE_PATTERNS_H
#define GAZ_TAG_RULE_PATTERNS_H

#include "base/alloc.h"
#include "model/lexicon.h"
#include "text/pattern.h"

struct rule_patterns;

/* NULL when memory is out. The lexicon must live longer. */
struct rule_patterns *rule_patterns_create(const struct alloc *alloc,
                                           const struct lexicon *lexicon);
void rule_patterns_free(struct rule_patterns *p); /* NULL is fine */

/* The pattern of a rule. STATUS_CORRUPT where it is none (gaz compile has
 * tried them all), STATUS_NOMEM; either may be asked for again. */
enum status rule_patterns_get(struct rule_patterns *p, uint32_t rule,
                              const struct pattern **out, struct err *e);

/* Can a match of the rule begin with byte c? Bit c % 8 of out[c / 8]. Most
 * words before a trigger word are told apart by that. */
enum status rule_patterns_first(struct rule_patterns *p, uint32_t rule,
                                const uint8_t **out, struct err *e);

/* The label whose mentions the rule begins with, or LEXICON_NONE. */
uint32_t rule_patterns_leading(const struct lexicon *lexicon, uint32_t rule);

#endif
