/* Weights of two or more words, which are looked up by hash. */
#include "tag/score_run_state.h"

static void ask(struct score_run *r, uint64_t *keys, uint32_t *count,
                uint64_t key)
{
    keys[(*count)++] = key;
    GAZ_PREFETCH(r->score->pairs +
                 (size_t)score_slot(key, r->score->pair_slots) * 8);
}

/* The pairs that a kept candidate has are asked for now and looked up when
 * the sentence has been gone through, by when they are in the cache. */
void score_ask_pairs(struct score_run *r, const struct score_look *k,
                     struct score_kept *c)
{
    uint64_t p = k->p->lower;
    uint64_t n = k->n->lower;
    uint64_t a = k->a->shape;
    uint64_t z = k->z->shape;
    c->left = (k->p->paired & PAIRED_BEFORE) != 0 ? k->left : NULL;
    c->right = (k->n->paired & PAIRED_AFTER) != 0 ? k->right : NULL;
    c->key_count = 0;
    if (c->left != NULL) {
        if (c->left->paired != r->now) {
            uint64_t p2 = r->words_at[k->start]->lower;
            c->left->paired = r->now;
            c->left->key_count = 0;
            ask(r, c->left->keys, &c->left->key_count,
                score_key(SCORE_BEFORE_TWO, p, p2, 0));
            ask(r, c->left->keys, &c->left->key_count,
                score_key(SCORE_BEFORE_A, p, k->a->fold, 0));
        }
        ask(r, c->keys, &c->key_count, score_key(SCORE_BEFORE_SHAPES, p, a, z));
    }
    if (c->right != NULL) {
        if (c->right->paired != r->now) {
            uint64_t n2 = r->words_at[k->end + 3]->lower;
            c->right->paired = r->now;
            c->right->key_count = 0;
            ask(r, c->right->keys, &c->right->key_count,
                score_key(SCORE_AFTER_TWO, n, n2, 0));
            ask(r, c->right->keys, &c->right->key_count,
                score_key(SCORE_LAST_AFTER, n, k->z->fold, 0));
        }
        ask(r, c->keys, &c->key_count, score_key(SCORE_AFTER_SHAPES, n, a, z));
    }
    if (c->left != NULL && c->right != NULL) {
        ask(r, c->keys, &c->key_count, score_key(SCORE_AROUND, p, n, 0));
    }
    if (!k->single) {
        const struct score_word_more *first = k->a->more;
        const struct score_word_more *last = k->z->more;
        uint64_t len = k->len < 5 ? k->len : 5;
        ask(r, c->keys, &c->key_count,
            score_key(SCORE_PATTERNS, first->pattern, last->pattern, len));
        ask(r, c->keys, &c->key_count,
            score_key(SCORE_NUMBER_WORDS, first->numbers, last->numbers, len));
    }
}

static int32_t look_up_keys(const struct score_run *r, const uint64_t *keys,
                            uint32_t count)
{
    int32_t sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += score_pair_unchecked(r->score, keys[i]);
    }
    return sum;
}

/* The pairs of a side, looked up once. */
static int32_t side_pairs(const struct score_run *r, struct score_side *side)
{
    if (side == NULL) {
        return 0;
    }
    if (side->key_count > 0) {
        side->pairs = look_up_keys(r, side->keys, side->key_count);
        side->key_count = 0;
    }
    return side->pairs;
}

void score_add_pairs(struct score_run *r)
{
    for (size_t i = 0; i < r->kept_count; i++) {
        struct score_kept *c = &r->kept[i];
        int32_t sum = look_up_keys(r, c->keys, c->key_count) +
                      side_pairs(r, c->left) + side_pairs(r, c->right);
        c->score += (double)sum / SCORE_UNITS;
    }
}
