#include "model/score.h"

void score_dense_layout(uint32_t labels, uint32_t stride,
                        struct score_dense *out)
{
    uint32_t at = 0;
    const struct {
        uint32_t *to;
        uint32_t weights;
    } tables[] = {
        {&out->shapes, 32 * 32 * 2},
        {&out->bin_shape, SCORE_BINS * 32},
        {&out->start, 2 * 32},
        {&out->start_bin, 2 * 32 * SCORE_BINS},
        {&out->no_lower, 2},
        {&out->shape_before, 32 * 32 * 2},
        {&out->shape_after, 32 * 32 * 2},
        {&out->shape_around, 32 * 32 * SCORE_BINS},
        {&out->outer, SCORE_BINS * SCORE_BINS},
        {&out->within, SCORE_BINS * 5 * 2},
        {&out->head_shape, labels * 32 * 8},
        {&out->head_bin, labels * SCORE_BINS * 2},
        {&out->tail_shape, labels * 32 * 8},
        {&out->tail_bin, labels * SCORE_BINS * 2},
        {&out->ends, 11 * 11 * 2},
        {&out->after_last, 11 * 32 * 2},
        {&out->before_first, 11 * 32 * 2},
        {&out->length, 6 * 2},
        {&out->inner_shape, 32 * 2},
        {&out->unknown, SCORE_FAMILIES * 2},
        {&out->topic, 32},
        {&out->hint, 2 * SCORE_BINS * 2},
        {&out->hint_shapes, 32 * 32},
        {&out->hint_label, (labels + 1) * 2},
        {&out->hint_shape, (labels + 1) * 32 * 2},
        {&out->hint_outer, 2 * SCORE_BINS * 2},
        {&out->hint_within, 2 * SCORE_BINS * 16},
        {&out->row_length, 5 * stride},
        {&out->row_head, labels * stride},
        {&out->row_tail, labels * stride},
        {&out->row_shapes, 32 * 32 * stride},
        {&out->row_hint, (labels + 1) * 2 * stride},
        {&out->row_hint_shape, (labels + 1) * 32 * stride},
        {&out->row_topic, labels * SCORE_TOPICS * stride},
    };
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        *tables[i].to = at;
        at += tables[i].weights;
    }
    out->total = at;
}

uint32_t score_record_size(enum score_part part, uint32_t stride)
{
    uint32_t row = stride * 2;
    switch (part) {
    case SCORE_PART_LABELS: return 2;
    case SCORE_PART_DENSE: return 2;
    case SCORE_PART_FRONTS:
    case SCORE_PART_LONGER:
    case SCORE_PART_PAIRS:
    case SCORE_PART_HINTS:
    case SCORE_PART_HINTED: return 8;
    case SCORE_PART_LOWER: return LOWER_HEAD + LOWER_ROWS * row;
    case SCORE_PART_UNKNOWN:
    case SCORE_PART_FOLD: return FOLD_HEAD + FOLD_ROWS * row;
    case SCORE_PART_PREFIX:
    case SCORE_PART_SUFFIX3:
    case SCORE_PART_PATTERN: return AFFIX_HEAD + AFFIX_ROWS * row;
    case SCORE_PART_SUFFIX4: return AFFIX_HEAD;
    case SCORE_PART_FIRSTS: return FIRSTS_HEAD;
    default: return ENTRY_HEAD + row;
    }
}

static enum status bad(struct err *e, unsigned part, const char *what)
{
    return err_set(e, STATUS_CORRUPT,
                   "damaged lexicon: section SCOR, part %u: %s", part, what);
}

static bool is_power(uint32_t n)
{
    return n > 0 && (n & (n - 1)) == 0;
}

/* Take a run of count x size bytes off the section, from *at. */
static bool take(struct slice section, uint64_t *at, uint64_t count,
                 uint64_t size, const uint8_t **out)
{
    if (*at % 8 != 0 || *at > section.len ||
        count > (section.len - *at) / size) {
        return false;
    }
    *out = (const uint8_t *)section.data + *at;
    *at += count * size;
    *at = (*at + 7) & ~(uint64_t)7;
    return true;
}

/* A search must end: some slot is empty. Every record must be there. */
static bool good_slots(const struct score_table *t)
{
    bool empty = false;
    for (uint32_t i = 0; i < t->slots; i++) {
        if (bytes_load64(t->keys + (size_t)i * 8) == 0) {
            empty = true;
        } else if (bytes_load32(t->ids + (size_t)i * 4) >= t->count) {
            return false;
        }
    }
    return empty;
}

static bool good_folds(const uint8_t *records, uint32_t count, uint32_t size)
{
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t *r = records + (size_t)i * size;
        if (r[FOLD_BIN_FIRST] >= 11 || r[FOLD_BIN_LAST] >= 11) {
            return false;
        }
    }
    return true;
}

static bool good_entries(const struct score *s, const struct score_table *t,
                         uint32_t entries)
{
    for (uint32_t i = 0; i < t->count; i++) {
        const uint8_t *r = t->records + (size_t)i * t->size;
        uint32_t id = bytes_load32(r + ENTRY_ID);
        if (r[ENTRY_BIN] >= SCORE_BINS || r[ENTRY_LABEL] >= s->labels ||
            (id >= entries && id != UINT32_MAX)) {
            return false;
        }
    }
    return true;
}

static enum status open_table(struct score *s, struct slice section,
                              unsigned part, uint64_t at, uint32_t entries,
                              struct err *e)
{
    struct score_table *t = &s->tables[part];
    t->size = score_record_size((enum score_part)part, s->stride);
    if (!is_power(t->slots) || !take(section, &at, t->slots, 8, &t->keys) ||
        !take(section, &at, t->slots, 4, &t->ids) ||
        !take(section, &at, t->count, t->size, &t->records)) {
        return bad(e, part, "outside the section");
    }
    if (!good_slots(t)) {
        return bad(e, part, "a slot that leads nowhere");
    }
    if (part == SCORE_PART_FOLD && !good_folds(t->records, t->count, t->size)) {
        return bad(e, part, "a bin that is none");
    }
    if (part >= SCORE_PART_ENTRIES && !good_entries(s, t, entries)) {
        return bad(e, part, "a bin, label or entry that is none");
    }
    return STATUS_OK;
}

/* A search must end. */
static bool has_empty(const uint8_t *packed, uint32_t slots)
{
    for (uint32_t i = 0; i < slots; i++) {
        if (bytes_load64(packed + (size_t)i * 8) == 0) {
            return true;
        }
    }
    return false;
}

/* The parts without keys. */
static enum status open_plain(struct score *s, struct slice section,
                              unsigned part, uint64_t at, uint32_t count,
                              uint32_t labels, struct err *e)
{
    const uint8_t **to[] = {&s->label_map, &s->dense, &s->unknown, &s->fronts,
                            &s->longer,    &s->pairs, &s->hints,   &s->hinted};
    uint32_t size = score_record_size((enum score_part)part, s->stride);
    if (!take(section, &at, count, size, to[part])) {
        return bad(e, part, "outside the section");
    }
    bool ok = true;
    switch (part) {
    case SCORE_PART_LABELS:
        ok = count == s->labels;
        for (uint32_t i = 0; ok && i < count; i++) {
            ok = bytes_load16(s->label_map + (size_t)i * 2) < labels;
        }
        break;
    case SCORE_PART_DENSE: ok = count == s->at.total; break;
    case SCORE_PART_UNKNOWN:
        ok = count == 1 && good_folds(s->unknown, 1, size);
        break;
    case SCORE_PART_FRONTS:
        ok = is_power(count);
        s->front_words = count;
        break;
    case SCORE_PART_LONGER:
        ok = is_power(count);
        s->longer_words = count;
        break;
    case SCORE_PART_PAIRS:
        ok = is_power(count) && has_empty(s->pairs, count);
        s->pair_slots = count;
        break;
    case SCORE_PART_HINTS:
        ok = is_power(count) && has_empty(s->hints, count);
        s->hint_slots = count;
        for (uint32_t i = 0; ok && i < count && !s->has_hints; i++) {
            s->has_hints = bytes_load64(s->hints + (size_t)i * 8) != 0;
        }
        break;
    default:
        ok = is_power(count);
        s->hinted_words = count;
        break;
    }
    return ok ? STATUS_OK : bad(e, part, "contents that make no sense");
}

static enum status open_header(struct slice section, struct score *s,
                               struct err *e)
{
    const uint8_t *p = (const uint8_t *)section.data;
    if (section.len < SCORE_HEADER_SIZE + SCORE_PARTS * SCORE_PART_SIZE) {
        return err_set(e, STATUS_CORRUPT,
                       "damaged lexicon: section SCOR is cut");
    }
    if (bytes_load32(p) != SCORE_VERSION) {
        return err_set(e, STATUS_VERSION,
                       "scored tables of version %u; this build reads %d",
                       (unsigned)bytes_load32(p), SCORE_VERSION);
    }
    s->labels = bytes_load32(p + 4);
    s->stride = bytes_load32(p + 8);
    s->threshold = bytes_load32(p + 16) / 1e6;
    s->cut = (int32_t)bytes_load32(p + 20);
    for (size_t i = 0; i < SCORE_KNOTS; i++) {
        s->calibration[i] = bytes_load16(p + 24 + i * 2) / 65535.0;
    }
    if (s->labels == 0 || s->labels > SCORE_LABELS_MAX ||
        s->stride != (s->labels + SCORE_ROW_ALIGN - 1) / SCORE_ROW_ALIGN *
                         SCORE_ROW_ALIGN ||
        bytes_load32(p + 12) != SCORE_UNITS) {
        return err_set(e, STATUS_CORRUPT,
                       "damaged lexicon: section SCOR has a bad header");
    }
    score_dense_layout(s->labels, s->stride, &s->at);
    return STATUS_OK;
}

enum status score_open(struct slice section, uint32_t labels, uint32_t entries,
                       struct score *out, struct err *e)
{
    struct score s;
    memset(&s, 0, sizeof s);
    enum status st = open_header(section, &s, e);
    for (unsigned part = 0; st == STATUS_OK && part < SCORE_PARTS; part++) {
        const uint8_t *p = (const uint8_t *)section.data + SCORE_HEADER_SIZE +
                           (size_t)part * SCORE_PART_SIZE;
        uint64_t at = bytes_load64(p);
        s.tables[part].slots = bytes_load32(p + 8);
        s.tables[part].count = bytes_load32(p + 12);
        st = part < SCORE_PART_LOWER
                 ? open_plain(&s, section, part, at, s.tables[part].count,
                              labels, e)
                 : open_table(&s, section, part, at, entries, e);
    }
    if (st == STATUS_OK) {
        *out = s;
    }
    return st;
}
