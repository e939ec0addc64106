/* Writes the sections of rules (model/lexicon_rules.h). */
#ifndef GAZ_BUILD_RULE_SECTION_H
#define GAZ_BUILD_RULE_SECTION_H

#include "base/buf.h"
#include "build/rule_prefix.h"
#include "corpus/rule_lines.h"

/* A rule with what it refers to in the image. */
struct rule_record {
    const struct rule_line *line;
    uint32_t source;
    struct slice source_name; /* for errors */
    uint32_t label;           /* in the image, as all below */
    uint32_t pattern_at, id_at, words_at;
};

struct rule_way {
    struct rule_prefix prefix;
    uint32_t rule;
    bool word;
};

struct rule_section {
    const struct alloc *alloc;
    struct buf rules;
    uint32_t count;
    struct rule_way *ways;
    size_t way_count, way_capacity;
};

void rule_section_init(struct rule_section *r, const struct alloc *alloc);
void rule_section_free(struct rule_section *r);

/* label finds the labels of the image by name, for {Label}: one that is not
 * there is STATUS_SYNTAX. */
enum status
rule_section_add(struct rule_section *r, const struct rule_record *record,
                 bool (*label)(void *context, struct slice name, uint32_t *id),
                 void *context, struct err *e);

/* Append the bytes of RULE, RPRE and RCAS. */
enum status rule_section_write(struct rule_section *r, struct buf *rules,
                               struct buf *prefixes, struct buf *cases,
                               struct err *e);

#endif
