#include "corpus/tags.h"

#include <stdint.h>

/* Prefixes in the order of tag_prefix_index, as bits of a set. */
enum {
    SET_O = 1,
    SET_B = 2,
    SET_I = 4,
    SET_E = 8,
    SET_S = 16,
    SET_L = 32,
    SET_U = 64,
    SET_ALL = 127
};

struct rule {
    /* By the prefix now: the prefixes before it after which, the type being
     * the same, a mention starts. */
    uint8_t starts_after[TAG_PREFIX_COUNT];
    /* By the prefix before: the prefixes in front of which it ends. */
    uint8_t ends_before[TAG_PREFIX_COUNT];
};

/* Columns: O B I E S L U. An O before or now is of no type, so that every
 * prefix but O starts after an O of another type: only untyped tags see the
 * entries of O, but conlleval's have to be right for these too. */
static const struct rule rules_of[] = {
    [TAG_RULES_GAZ] = {{0, SET_ALL, SET_O | SET_E | SET_S | SET_L | SET_U,
                        SET_O | SET_E | SET_S | SET_L | SET_U, SET_ALL,
                        SET_O | SET_E | SET_S | SET_L | SET_U, SET_ALL},
                       {0, SET_O | SET_B | SET_S | SET_U,
                        SET_O | SET_B | SET_S | SET_U, SET_ALL, SET_ALL,
                        SET_ALL, SET_ALL}},
    [TAG_RULES_CONLLEVAL] = {{0, SET_O | SET_B | SET_I, SET_O | SET_E,
                              SET_O | SET_E, 0, 0, 0},
                             {0, SET_O | SET_B, SET_O | SET_B,
                              SET_O | SET_I | SET_E, 0, 0, 0}},
    [TAG_RULES_SEQEVAL] = {{0, SET_ALL, SET_O | SET_E | SET_S,
                            SET_O | SET_E | SET_S, SET_ALL, 0, 0},
                           {0, SET_O | SET_B | SET_S, SET_O | SET_B | SET_S,
                            SET_ALL, SET_ALL, 0, 0}},
};

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static bool type_is_bad(struct slice type)
{
    return type.len > 0 &&
           (blank(type.data[0]) || blank(type.data[type.len - 1]));
}

/* Labels are NUL-terminated in a lexicon: a longer one would be cut. */
static bool has_nul(struct slice type)
{
    return type.len > 0 && memchr(type.data, '\0', type.len) != NULL;
}

/* For messages: long or binary fields are cut short. */
static int shown(struct slice s)
{
    return s.len < 40 ? (int)s.len : 40;
}

enum status tag_parse(struct slice text, struct tag *out, struct err *e)
{
    static const char want[] =
        "O, or one of B I E S L U, a hyphen and a type (B-City)";
    if (text.len == 0) {
        return err_set(e, STATUS_SYNTAX, "the tag is empty; want %s", want);
    }
    char prefix = text.data[0];
    bool known = prefix == 'O' || tag_prefix_index(prefix) > 0;
    if (!known || (text.len > 1 && text.data[1] != '-')) {
        bool has_hyphen = memchr(text.data, '-', text.len) != NULL;
        (void)err_set(e, STATUS_SYNTAX, "tag '%.*s' has %s prefix; want %s%s",
                      shown(text), text.data, has_hyphen ? "an unknown" : "no",
                      want, has_hyphen ? "" : ", or ask for bare types");
        return err_because(e, STATUS_SYNTAX,
                           has_hyphen ? REASON_NONE : REASON_BARE_TAG);
    }
    if (text.len == 1) {
        *out = (struct tag){prefix, slice_of(text.data + 1, 0)};
        return STATUS_OK;
    }
    struct slice type = slice_of(text.data + 2, text.len - 2);
    if (prefix == 'O') {
        return err_set(e, STATUS_SYNTAX,
                       "tag '%.*s': O stands alone, without a type",
                       shown(text), text.data);
    }
    if (type.len == 0) {
        return err_set(e, STATUS_SYNTAX,
                       "tag '%c-' has no type after the hyphen; want %s",
                       prefix, want);
    }
    if (type_is_bad(type)) {
        return err_set(e, STATUS_SYNTAX,
                       "the type of tag '%.*s' begins or ends with a blank",
                       shown(text), text.data);
    }
    if (has_nul(type)) {
        return err_set(e, STATUS_SYNTAX, "the tag holds a NUL byte");
    }
    *out = (struct tag){prefix, type};
    return STATUS_OK;
}

enum status tag_parse_typed(struct slice text, struct tag *out, struct err *e)
{
    struct tag tag = {0};
    enum status s = tag_parse(text, &tag, e);
    if (s == STATUS_OK && tag.prefix != 'O' && tag.type.len == 0) {
        return err_set(e, STATUS_SYNTAX,
                       "the tag '%.*s' has no type; 'B-TYPE' is wanted",
                       shown(text), text.data);
    }
    if (s == STATUS_OK) {
        *out = tag;
    }
    return s;
}

enum status tag_parse_raw(struct slice text, struct tag *out, struct err *e)
{
    if (text.len == 0) {
        return err_set(e, STATUS_SYNTAX, "the tag is empty; want O or a type");
    }
    if (type_is_bad(text)) {
        return err_set(e, STATUS_SYNTAX,
                       "type '%.*s' begins or ends with a blank", shown(text),
                       text.data);
    }
    if (has_nul(text)) {
        return err_set(e, STATUS_SYNTAX, "the tag holds a NUL byte");
    }
    bool outside = slice_is(text, "O");
    out->prefix = outside ? 'O' : 'I';
    out->type = outside ? slice_of(text.data, 0) : text;
    return STATUS_OK;
}

unsigned tag_prefix_index(char prefix)
{
    switch (prefix) {
    case 'B': return 1;
    case 'I': return 2;
    case 'E': return 3;
    case 'S': return 4;
    case 'L': return 5;
    case 'U': return 6;
    default: return 0;
    }
}

bool tag_rule_starts(enum tag_rules rules, unsigned before, unsigned now)
{
    return (rules_of[rules].starts_after[now] >> before & 1u) != 0;
}

bool tag_rule_ends(enum tag_rules rules, unsigned before, unsigned now)
{
    return (rules_of[rules].ends_before[before] >> now & 1u) != 0;
}

bool tag_starts(struct tag before, struct tag now)
{
    return (now.prefix != 'O' && !slice_eq(before.type, now.type)) ||
           tag_rule_starts(TAG_RULES_GAZ, tag_prefix_index(before.prefix),
                           tag_prefix_index(now.prefix));
}

bool tag_ends(struct tag before, struct tag now)
{
    return (before.prefix != 'O' && !slice_eq(before.type, now.type)) ||
           tag_rule_ends(TAG_RULES_GAZ, tag_prefix_index(before.prefix),
                         tag_prefix_index(now.prefix));
}

void tag_spans_free(struct tag_spans *s, const struct alloc *alloc)
{
    alloc_free(alloc, s->items, s->capacity * sizeof *s->items);
    *s = (struct tag_spans){NULL, 0, 0};
}

static bool push(struct tag_spans *out, struct tag_span span,
                 const struct alloc *alloc)
{
    void *items = out->items;
    if (!alloc_grow(alloc, &items, &out->capacity, out->count + 1,
                    sizeof *out->items)) {
        return false;
    }
    out->items = items;
    out->items[out->count++] = span;
    return true;
}

enum status tag_decode(const struct tag *tags, size_t count,
                       struct tag_spans *out, const struct alloc *alloc,
                       struct err *e)
{
    const struct tag outside = {'O', {"", 0}};
    struct tag before = outside;
    struct tag_span open = {0, 0, {"", 0}};
    out->count = 0;
    for (size_t i = 0; i <= count; i++) {
        struct tag now = i < count ? tags[i] : outside;
        if (before.prefix != 'O' && tag_ends(before, now)) {
            open.count = i - open.first;
            if (!push(out, open, alloc)) {
                return err_nomem(e);
            }
        }
        if (tag_starts(before, now)) {
            open.first = i;
            open.type = now.type;
        }
        before = now;
    }
    return STATUS_OK;
}
