#include "eval/nerval.h"

const char *const nerval_names[NERVAL_COUNT] = {"strict", "exact", "partial",
                                                "ent_type"};

enum { MIN_OVERLAP_PERCENT = 1 };

/* Enough of the gold mention is covered, by the original's arithmetic. */
static bool overlaps(struct mention found, struct mention gold)
{
    uint32_t shared = mention_overlap(found, gold);
    double share = (double)shared / (double)(gold.end - gold.first);
    return shared > 0 && share * 100.0 >= MIN_OVERLAP_PERCENT;
}

/* What each scheme makes of a prediction and the gold mention it uses up. */
static void judge(struct nerval *n, struct mention found, struct mention gold)
{
    bool place = mention_same_place(found, gold);
    bool type = found.type == gold.type;
    bool good[NERVAL_COUNT] = {
        [NERVAL_STRICT] = place && type,
        [NERVAL_EXACT] = place,
        [NERVAL_PARTIAL] = place,
        [NERVAL_ENT_TYPE] = type,
    };
    for (int s = 0; s < NERVAL_COUNT; s++) {
        struct nerval_counts *c = &n->by[s];
        if (good[s]) {
            c->correct++;
        } else if (s == NERVAL_PARTIAL) {
            c->partial++;
        } else {
            c->incorrect++;
        }
    }
}

/* The original looks, scheme by scheme, for an exact match and then for the
 * first overlap. Mentions of one side share no token, so that an exact match
 * is the only overlap there is: the pairs are the same in all schemes, and
 * the first overlap is always the one. (Its ent_type has since begun to
 * prefer, among several overlaps, those of the right type: not done here.) */
void nerval_add(struct nerval *n, const struct mentions *gold,
                const struct mentions *found)
{
    size_t next = 0; /* the first gold mention not used and not passed */
    uint64_t pairs = 0;
    for (size_t i = 0; i < found->count; i++) {
        struct mention f = found->items[i];
        while (next < gold->count && gold->items[next].end <= f.first) {
            next++;
        }
        size_t k = next;
        while (k < gold->count && gold->items[k].first < f.end &&
               !overlaps(f, gold->items[k])) {
            k++;
        }
        if (k < gold->count && gold->items[k].first < f.end) {
            judge(n, f, gold->items[k]);
            pairs++;
            next = k + 1;
        } else {
            for (int s = 0; s < NERVAL_COUNT; s++) {
                n->by[s].spurious++;
            }
        }
    }
    for (int s = 0; s < NERVAL_COUNT; s++) {
        n->by[s].missed += gold->count - pairs;
    }
}

uint64_t nerval_possible(struct nerval_counts c)
{
    return c.correct + c.incorrect + c.partial + c.missed;
}

uint64_t nerval_actual(struct nerval_counts c)
{
    return c.correct + c.incorrect + c.partial + c.spurious;
}

struct prf nerval_prf(enum nerval_scheme scheme, struct nerval_counts c)
{
    bool half = scheme == NERVAL_PARTIAL || scheme == NERVAL_ENT_TYPE;
    double credit = (double)c.correct + (half ? 0.5 * (double)c.partial : 0);
    uint64_t actual = nerval_actual(c);
    uint64_t possible = nerval_possible(c);
    struct prf s = {0, 0, 0};
    if (actual > 0) {
        s.precision = credit / (double)actual;
    }
    if (possible > 0) {
        s.recall = credit / (double)possible;
    }
    s.f1 = f1_of(s.precision, s.recall);
    return s;
}
