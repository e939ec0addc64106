#include "gaz_internal.h"
#include "model/lexicon_rules.h"

size_t gaz_lexicon_rule_count(const gaz_lexicon *lexicon)
{
    return lexicon->stack != NULL ? lexicon->stack->rule_count
                                  : lexicon->core.rule_count;
}

gaz_status gaz_lexicon_rule(const gaz_lexicon *lexicon, size_t i, gaz_rule *out)
{
    const struct stack *s = lexicon->stack;
    struct lexicon_rule rule;
    uint32_t own = (uint32_t)i;
    if (i >= gaz_lexicon_rule_count(lexicon)) {
        return GAZ_OPTION;
    }
    uint32_t layer = s != NULL ? stack_rule_layer(s, &own) : 0;
    lexicon_rule(s != NULL ? s->layers[layer].lexicon : &lexicon->core, own,
                 &rule);
    *out = (gaz_rule){.pattern = rule.pattern.data,
                      .id = rule.id.data,
                      .words = rule.words.data,
                      .label = rule.label,
                      .source = rule.source,
                      .line = rule.line,
                      .priority = rule.priority,
                      .fold = rule.fold,
                      .inside_words = rule.inside_words};
    if (s != NULL) {
        out->label = stack_label(s, layer, rule.label);
        out->source += s->layers[layer].first_source;
    }
    return GAZ_OK;
}
