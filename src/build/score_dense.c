#include "build/score_dense.h"

void score_values_init(struct score_values *v, const struct score_model *m)
{
    v->m = m;
    v->labels = m->corpus.labels;
    v->stride =
        (v->labels + SCORE_ROW_ALIGN - 1) / SCORE_ROW_ALIGN * SCORE_ROW_ALIGN;
}

int16_t score_quantise(double value)
{
    double x = value * SCORE_UNITS;
    x = x > 32767 ? 32767 : x < -32767 ? -32767 : x;
    return (int16_t)(x < 0 ? x - 0.5 : x + 0.5);
}

double score_value(const struct score_values *v, enum score_shared what,
                   uint64_t a, uint64_t b, uint64_t c)
{
    uint32_t id =
        hashmap_find(&v->m->set.shared_dict.ids, score_key(what, a, b, c));
    return id == HASHMAP_NONE ? 0 : (double)v->m->weights.shared[id];
}

void score_add_row(const struct score_values *v, enum score_row what,
                   uint64_t a, uint64_t b, double *row)
{
    uint32_t id =
        hashmap_find(&v->m->set.row_dict.ids, score_key(what, a, b, 0));
    for (uint32_t y = 0; id != HASHMAP_NONE && y < v->labels; y++) {
        row[y] += v->m->weights.rows[(size_t)id * v->labels + y];
    }
}

double score_share_value(const struct score_values *v, unsigned slot,
                         unsigned share)
{
    return v->m->weights.shares[slot * SCORE_SHARES + share];
}

static void put(struct buf *out, double value)
{
    uint8_t b[2];
    bytes_store16(b, (uint16_t)score_quantise(value));
    buf_add(out, b, sizeof b);
}

/* All weights of a feature of up to three small numbers. */
static void put_cube(const struct score_values *v, enum score_shared what,
                     unsigned as, unsigned bs, unsigned cs, struct buf *out)
{
    for (unsigned a = 0; a < as; a++) {
        for (unsigned b = 0; b < bs; b++) {
            for (unsigned c = 0; c < cs; c++) {
                put(out, score_value(v, what, a, b, c));
            }
        }
    }
}

static void put_row(const struct score_values *v, const double *row,
                    struct buf *out)
{
    for (uint32_t y = 0; y < v->stride; y++) {
        put(out, y < v->labels ? row[y] : 0);
    }
}

static void put_rows(const struct score_values *v, enum score_row what,
                     unsigned as, unsigned bs, struct buf *out)
{
    for (unsigned a = 0; a < as; a++) {
        for (unsigned b = 0; b < bs; b++) {
            double row[SCORE_LABELS_MAX] = {0};
            score_add_row(v, what, a, b, row);
            put_row(v, row, out);
        }
    }
}

static void put_shared(const struct score_values *v, struct buf *out)
{
    enum { B = SCORE_BINS };
    put_cube(v, SCORE_SHAPES, 32, 32, 2, out);
    put_cube(v, SCORE_BIN_SHAPE, B, 32, 1, out);
    put_cube(v, SCORE_START, 2, 32, 1, out);
    put_cube(v, SCORE_START_BIN, 2, 32, B, out);
    put_cube(v, SCORE_NO_LOWER, 2, 1, 1, out);
    put_cube(v, SCORE_SHAPE_BEFORE, 32, 32, 2, out);
    put_cube(v, SCORE_SHAPE_AFTER, 32, 32, 2, out);
    put_cube(v, SCORE_SHAPE_AROUND, 32, 32, B, out);
    put_cube(v, SCORE_OUTER, B, B, 1, out);
    put_cube(v, SCORE_WITHIN, B, 5, 2, out);
    put_cube(v, SCORE_HEAD_SHAPE, v->labels, 32, 8, out);
    put_cube(v, SCORE_HEAD_BIN, v->labels, B, 2, out);
    put_cube(v, SCORE_TAIL_SHAPE, v->labels, 32, 8, out);
    put_cube(v, SCORE_TAIL_BIN, v->labels, B, 2, out);
    put_cube(v, SCORE_ENDS, 11, 11, 2, out);
    put_cube(v, SCORE_AFTER_LAST, 11, 32, 2, out);
    put_cube(v, SCORE_BEFORE_FIRST, 11, 32, 2, out);
    put_cube(v, SCORE_LENGTH, 6, 2, 1, out);
    put_cube(v, SCORE_INNER_SHAPE, 32, 2, 1, out);
    for (unsigned f = 0; f < SCORE_FAMILIES; f++) {
        for (unsigned single = 0; single < 2; single++) {
            put(out,
                score_value(v, SCORE_ENTRY, f, SCORE_STATE_UNKNOWN, single));
        }
    }
    for (unsigned i = 0; i < 32; i++) {
        put(out, score_share_value(v, SCORE_TOPIC_SLOT, i));
    }
    put_cube(v, SCORE_HINT, 2, B, 2, out);
    put_cube(v, SCORE_HINT_SHAPES, 32, 32, 1, out);
    put_cube(v, SCORE_HINT_LABEL, v->labels + 1, 2, 1, out);
    put_cube(v, SCORE_HINT_SHAPE, v->labels + 1, 32, 2, out);
    put_cube(v, SCORE_HINT_OUTER, 2, B, 2, out);
    put_cube(v, SCORE_HINT_WITHIN, 2, B, 16, out);
}

void score_dense_write(const struct score_values *v, struct buf *out)
{
    put_shared(v, out);
    for (unsigned len = 0; len < 5; len++) {
        double row[SCORE_LABELS_MAX] = {0};
        score_add_row(v, SCORE_ROW_BIAS, 0, 0, row);
        score_add_row(v, SCORE_ROW_LENGTH, len, 0, row);
        put_row(v, row, out);
    }
    put_rows(v, SCORE_ROW_HEAD, v->labels, 1, out);
    put_rows(v, SCORE_ROW_TAIL, v->labels, 1, out);
    put_rows(v, SCORE_ROW_SHAPES, 32, 32, out);
    put_rows(v, SCORE_ROW_HINT, v->labels + 1, 2, out);
    put_rows(v, SCORE_ROW_HINT_SHAPE, v->labels + 1, 32, out);
    put_rows(v, SCORE_ROW_TOPIC, v->labels, SCORE_TOPICS, out);
}
