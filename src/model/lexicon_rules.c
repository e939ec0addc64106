#include "model/lexicon_rules.h"

#include "base/bytes.h"

static enum status bad(struct err *e, const char *section, size_t record,
                       const char *what)
{
    return err_set(e, STATUS_CORRUPT,
                   "damaged lexicon: section %s, record %zu: %s", section,
                   record, what);
}

static bool good_string(const struct lexicon *l, const char *at)
{
    return bytes_load32(at) < l->strings.len;
}

static enum status check_rules(const struct lexicon *l, struct err *e)
{
    static const char zero[7];
    for (uint32_t i = 0; i < l->rule_count; i++) {
        const char *r = l->rules.data + (size_t)i * LEXICON_RULE_SIZE;
        if (!good_string(l, r) || !good_string(l, r + 4) ||
            !good_string(l, r + 8)) {
            return bad(e, "RULE", i, "a string outside the pool");
        }
        if (bytes_load32(r + 12) >= l->source_count) {
            return bad(e, "RULE", i, "a source that is none");
        }
        if (bytes_load16(r + 20) >= l->label_count) {
            return bad(e, "RULE", i, "a label that is none");
        }
        if (((unsigned char)r[24] & ~LEXICON_RULE_FLAGS) != 0 ||
            memcmp(r + 25, zero, sizeof zero) != 0) {
            return bad(e, "RULE", i, "an unknown flag");
        }
    }
    return STATUS_OK;
}

static enum status check_prefixes(const struct lexicon *l, struct err *e)
{
    for (uint32_t i = 0; i < l->prefix_count; i++) {
        const char *r = l->prefixes.data + (size_t)i * LEXICON_PREFIX_SIZE;
        if ((unsigned char)r[8] < 1 ||
            (unsigned char)r[8] > LEXICON_PREFIX_MAX) {
            return bad(e, "RPRE", i, "a length that is none");
        }
        if (((unsigned char)r[9] & ~LEXICON_PREFIX_FLAGS) != 0 ||
            bytes_load16(r + 10) != 0) {
            return bad(e, "RPRE", i, "an unknown flag");
        }
        if (bytes_load32(r + 12) >= l->rule_count) {
            return bad(e, "RPRE", i, "a rule that is none");
        }
        if (i > 0 &&
            memcmp(r - LEXICON_PREFIX_SIZE, r, LEXICON_PREFIX_MAX) > 0) {
            return bad(e, "RPRE", i, "out of order");
        }
    }
    return STATUS_OK;
}

enum status lexicon_rules_open(struct lexicon *l, struct err *e)
{
    l->rules = slice_of("", 0);
    l->prefixes = slice_of("", 0);
    l->cases = slice_of("", 0);
    (void)image_section(&l->image, IMAGE_RULES, &l->rules);
    (void)image_section(&l->image, IMAGE_PREFIXES, &l->prefixes);
    (void)image_section(&l->image, IMAGE_CASES, &l->cases);
    size_t rules = l->rules.len / LEXICON_RULE_SIZE;
    size_t prefixes = l->prefixes.len / LEXICON_PREFIX_SIZE;
    if (l->rules.len % LEXICON_RULE_SIZE != 0 || rules > LEXICON_RULES_MAX) {
        return bad(e, "RULE", rules, "a cut record, or too many");
    }
    if (l->prefixes.len % LEXICON_PREFIX_SIZE != 0 ||
        prefixes > UINT32_MAX - 1) {
        return bad(e, "RPRE", prefixes, "a cut record, or too many");
    }
    if (l->cases.len > 0 && l->cases.len != prefixes * LEXICON_CASES_SIZE) {
        return bad(e, "RCAS", l->cases.len / LEXICON_CASES_SIZE,
                   "as many records as in RPRE are wanted");
    }
    l->rule_count = (uint32_t)rules;
    l->prefix_count = (uint32_t)prefixes;
    enum status s = check_rules(l, e);
    return s == STATUS_OK ? check_prefixes(l, e) : s;
}

static struct slice string_at(const struct lexicon *l, const char *at)
{
    return slice_str(l->strings.data + bytes_load32(at));
}

void lexicon_rule(const struct lexicon *l, uint32_t i, struct lexicon_rule *out)
{
    const char *r = l->rules.data + (size_t)i * LEXICON_RULE_SIZE;
    out->pattern = string_at(l, r);
    out->id = string_at(l, r + 4);
    out->words = string_at(l, r + 8);
    out->source = bytes_load32(r + 12);
    out->line = bytes_load32(r + 16);
    out->label = bytes_load16(r + 20);
    out->priority = (int16_t)bytes_load16(r + 22);
    out->fold = (r[24] & LEXICON_RULE_FOLD) != 0;
    out->inside_words = (r[24] & LEXICON_RULE_INSIDE) != 0;
}

void lexicon_prefix(const struct lexicon *l, uint32_t i,
                    struct lexicon_prefix *out)
{
    const char *r = l->prefixes.data + (size_t)i * LEXICON_PREFIX_SIZE;
    out->bytes = r;
    out->length = (unsigned char)r[8];
    out->cases =
        l->cases.len > 0
            ? bytes_load16(l->cases.data + (size_t)i * LEXICON_CASES_SIZE)
            : UINT16_MAX;
    out->word = (r[9] & LEXICON_PREFIX_WORD) != 0;
    out->rule = bytes_load32(r + 12);
}
