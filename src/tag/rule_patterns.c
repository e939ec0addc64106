#include "tag/rule_patterns.h"

#include "model/lexicon_rules.h"

/* What is compiled of a rule. */
struct made {
    struct pattern *pattern;
    bool first_known;
    uint8_t first[32];
};

struct rule_patterns {
    const struct alloc *alloc;
    const struct lexicon *lexicon;
    struct made *made; /* by rule */
};

struct rule_patterns *rule_patterns_create(const struct alloc *alloc,
                                           const struct lexicon *lexicon)
{
    struct rule_patterns *p = alloc_get(alloc, sizeof *p);
    if (p == NULL) {
        return NULL;
    }
    size_t size = lexicon->rule_count * sizeof *p->made;
    *p = (struct rule_patterns){alloc, lexicon, alloc_get(alloc, size)};
    if (p->made == NULL) {
        alloc_free(alloc, p, sizeof *p);
        return NULL;
    }
    memset(p->made, 0, size);
    return p;
}

void rule_patterns_free(struct rule_patterns *p)
{
    if (p != NULL) {
        uint32_t n = p->lexicon->rule_count;
        for (uint32_t i = 0; i < n; i++) {
            pattern_free(p->made[i].pattern);
        }
        alloc_free(p->alloc, p->made, n * sizeof *p->made);
        alloc_free(p->alloc, p, sizeof *p);
    }
}

static bool find_label(void *context, struct slice name, uint32_t *id)
{
    const struct lexicon *l = context;
    for (uint32_t i = 0; i < l->label_count; i++) {
        if (slice_eq(lexicon_label(l, i), name)) {
            *id = i;
            return true;
        }
    }
    return false;
}

static struct pattern_options options_of(const struct lexicon *l,
                                         const struct lexicon_rule *rule)
{
    union {
        const struct lexicon *in;
        void *out;
    } context = {l};
    return (struct pattern_options){.fold = rule->fold,
                                    .words = !rule->inside_words,
                                    .label = find_label,
                                    .context = context.out};
}

static enum status compile(const struct rule_patterns *p, uint32_t rule,
                           bool probe, struct pattern **out, struct err *e)
{
    struct lexicon_rule from;
    struct err why = {0};
    lexicon_rule(p->lexicon, rule, &from);
    struct pattern_options options = options_of(p->lexicon, &from);
    options.probe = probe;
    enum status s = pattern_create(p->alloc, from.pattern, &options, out, &why);
    return s == STATUS_OK      ? STATUS_OK
           : s == STATUS_NOMEM ? err_nomem(e)
                               : err_set(e, STATUS_CORRUPT,
                                         "damaged lexicon: section RULE, "
                                         "record %u: %s",
                                         (unsigned)rule, why.message);
}

enum status rule_patterns_get(struct rule_patterns *p, uint32_t rule,
                              const struct pattern **out, struct err *e)
{
    struct made *m = &p->made[rule];
    enum status s = m->pattern != NULL
                        ? STATUS_OK
                        : compile(p, rule, false, &m->pattern, e);
    *out = m->pattern;
    return s;
}

enum status rule_patterns_first(struct rule_patterns *p, uint32_t rule,
                                const uint8_t **out, struct err *e)
{
    struct made *m = &p->made[rule];
    *out = m->first;
    if (m->first_known) {
        return STATUS_OK;
    }
    struct pattern *probe = NULL;
    enum status s = compile(p, rule, true, &probe, e);
    for (unsigned c = 0; s == STATUS_OK && c < 256; c++) {
        if (pattern_first_byte(probe, (unsigned char)c)) {
            m->first[c / 8] |= (uint8_t)(1u << c % 8);
        }
    }
    m->first_known = s == STATUS_OK;
    pattern_free(probe);
    return s;
}

uint32_t rule_patterns_leading(const struct lexicon *lexicon, uint32_t rule)
{
    struct lexicon_rule from;
    uint32_t label = LEXICON_NONE;
    lexicon_rule(lexicon, rule, &from);
    if (from.words.len == 0) { /* else it is tried at these alone */
        struct pattern_options options = options_of(lexicon, &from);
        (void)pattern_leads_with(from.pattern, &options, &label);
    }
    return label;
}
