/* The rules of a lexicon as they lie in an image (FORMAT.md).
 *
 * RULE: 32 bytes each, in the order of the inputs.
 *
 *      0 u32 pattern (offset into STRS)    16 u32 its line there, from 1
 *      4 u32 id (STRS; "" for none)        20 u16 label
 *      8 u32 trigger words (STRS, a|b)     22 i16 priority
 *     12 u32 source (record of SRCS)       24 u8 flags LEXICON_RULE_*
 *                                          25 7 x u8 zero
 *
 * RPRE: 16 bytes for each way a match of a rule can begin, sorted by bytes,
 * then rule. A text's bytes, each | 0x20, are compared with them.
 *
 *      0 8 x u8 bytes, each | 0x20, zero behind the length
 *      8 u8 length, 1 .. 8                 10 u16 zero
 *      9 u8 flags LEXICON_PREFIX_*         12 u32 rule
 *
 * RCAS: u16 for each record of RPRE: bit i, byte i may be without 0x20; bit
 * 8 + i, it may have it. Where the section is absent, either.
 *
 * A rule that begins with {Label} has no prefix: it is tried at mentions. */
#ifndef GAZ_MODEL_LEXICON_RULES_H
#define GAZ_MODEL_LEXICON_RULES_H

#include "model/lexicon.h"

enum {
    LEXICON_RULE_FOLD = 1,   /* letters match in any case */
    LEXICON_RULE_INSIDE = 2, /* also inside words (words=no) */
    LEXICON_RULE_FLAGS = 3,
    LEXICON_PREFIX_WORD = 1, /* a trigger word's: the match may begin some
                                words before it, and ends behind its start */
    LEXICON_PREFIX_FLAGS = 1,
    LEXICON_RULE_SIZE = 32,
    LEXICON_PREFIX_SIZE = 16,
    LEXICON_CASES_SIZE = 2,
    LEXICON_PREFIX_MAX = 8,
    LEXICON_RULES_MAX = 65535
};

struct lexicon_rule {
    struct slice pattern;
    struct slice id;
    struct slice words;
    uint32_t source;
    uint32_t line;
    uint32_t label;
    int priority;
    bool fold;
    bool inside_words;
};

struct lexicon_prefix {
    const char *bytes; /* 8, zero behind length */
    uint32_t length;
    uint16_t cases; /* as in RCAS */
    uint32_t rule;
    bool word; /* LEXICON_PREFIX_WORD */
};

/* For lexicon_open: find and check the two sections. */
enum status lexicon_rules_open(struct lexicon *l, struct err *e);

/* i below rule_count, prefix_count. */
void lexicon_rule(const struct lexicon *l, uint32_t i,
                  struct lexicon_rule *out);
void lexicon_prefix(const struct lexicon *l, uint32_t i,
                    struct lexicon_prefix *out);

#endif
