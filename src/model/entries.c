#include "model/entries.h"

#include "model/lexicon.h"
#include "text/policy.h"

static enum status bad(struct err *e, const char *what, size_t i)
{
    return err_set(e, STATUS_CORRUPT,
                   "damaged lexicon: section ENTR, %s %zu does not fit", what,
                   i);
}

/* The columns, which fill the section's rest. */
static bool find_columns(struct slice section, struct entries *t)
{
    uint64_t at = ENTRIES_HEADER + (uint64_t)t->fact_count * ENTRIES_FACT;
    for (unsigned k = 0; k < ENTRIES_COLUMNS; k++) {
        unsigned bits = (unsigned char)section.data[8 + k];
        if (bits > ENTRIES_BITS_MAX || at > section.len ||
            column_size(t->count, bits) > section.len - at) {
            return false;
        }
        t->columns[k] =
            (struct column){(const uint8_t *)section.data + at, bits};
        at += column_size(t->count, bits);
    }
    return at == section.len;
}

static enum status check_fact(struct entries *t, uint32_t i,
                              const struct entries_limits *limits,
                              struct err *e)
{
    const char *r = t->facts + (size_t)i * ENTRIES_FACT;
    uint32_t first = bytes_load32(r + 8);
    uint32_t pairs = bytes_load16(r + 12);
    unsigned flags = (unsigned char)r[17];
    if ((pairs == 0 && (flags & LEXICON_VETO) == 0) || first > limits->pairs ||
        pairs > limits->pairs - first ||
        (pairs > 0 && bytes_load16(r + 14) >= limits->labels) ||
        (unsigned char)r[16] > POLICY_SMART ||
        (flags & ~(unsigned)LEXICON_FLAGS) != 0) {
        return bad(e, "fact", i);
    }
    t->any_flags |= flags;
    t->all_certain =
        t->all_certain && bytes_load16(r + 20) == ENTRIES_TRUST_ALL;
    return STATUS_OK;
}

/* Is every number of a column below a limit? *at is the first that is not. */
static bool all_below(const struct entries *t, enum entries_column k,
                      uint64_t limit, uint32_t *at)
{
    const struct column *c = &t->columns[k];
    if (limit >> c->bits != 0) {
        return true; /* what so few bits can say is */
    }
    for (uint32_t i = 0; i < t->count; i++) {
        if (column_get(c, i) >= limit) {
            *at = i;
            return false;
        }
    }
    return true;
}

/* Whether a record ends inside its section is seen where it is taken, as in
 * the index: to read all here would take longer than all the rest. */
static bool names_fit(const struct entries *t,
                      const struct entries_limits *limits, uint32_t *at)
{
    for (uint32_t i = 0; i < t->count; i++) {
        uint32_t name = column_get(&t->columns[ENTRIES_NAME], i);
        size_t where = name & 1 ? name / 2 : (size_t)(name / 2) * 4;
        if (where >= (name & 1 ? limits->strings : limits->records)) {
            *at = i;
            return false;
        }
    }
    return true;
}

enum status entries_open(struct slice section,
                         const struct entries_limits *limits,
                         struct entries *out, struct err *e)
{
    struct entries t = {.all_certain = true};
    uint32_t at = 0;
    if (section.len < ENTRIES_HEADER) {
        return bad(e, "byte", section.len);
    }
    t.count = bytes_load32(section.data);
    t.fact_count = bytes_load32(section.data + 4);
    t.facts = section.data + ENTRIES_HEADER;
    if (t.count > ENTRIES_MAX || bytes_load32(section.data + 12) != 0 ||
        !find_columns(section, &t)) {
        return bad(e, "byte", section.len);
    }
    for (uint32_t i = 0; i < t.fact_count; i++) {
        enum status s = check_fact(&t, i, limits, e);
        if (s != STATUS_OK) {
            return s;
        }
    }
    if (t.count > 0 && limits->sources == 0) {
        return bad(e, "the source of entry", 0);
    }
    if (!names_fit(&t, limits, &at)) {
        return bad(e, "the name of entry", at);
    }
    if (!all_below(&t, ENTRIES_FACTS, t.fact_count, &at)) {
        return bad(e, "the facts of entry", at);
    }
    if (!all_below(&t, ENTRIES_ID, limits->strings, &at)) {
        return bad(e, "the id of entry", at);
    }
    *out = t;
    return STATUS_OK;
}
