#include "build/score_count.h"

#include "base/real.h"

/* p = (n + .03) / (N + .3), the edges chosen by hand. */
unsigned score_bin(uint32_t n, uint32_t N)
{
    static const double edges[] = {.01, .03, .07, .15, .25,
                                   .4,  .55, .7,  .85, .95};
    double p = (n + .03) / (N + .3);
    unsigned b = 0;
    while (b < 10 && p >= edges[b]) {
        b++;
    }
    return b;
}

static unsigned size_bin(uint32_t N)
{
    return N < 4 ? N : N <= 6 ? 4 : N <= 15 ? 5 : N <= 50 ? 6 : 7;
}

/* 0 .. 87 bin x size; 88 unknown; 90 .. 97 never a mention. */
unsigned score_state(uint32_t n, uint32_t N)
{
    if (n == 0) {
        return N > 0 ? SCORE_STATE_UNKNOWN + 2 + size_bin(N)
                     : SCORE_STATE_UNKNOWN;
    }
    return score_bin(n, N) * 8 + size_bin(N);
}

unsigned score_share(uint32_t label, uint32_t count)
{
    static const double edges[] = {.001, .1, .2, .35, .5, .65, .8, .95};
    if (count == 0) {
        return 0;
    }
    double p = (double)label / count;
    unsigned b = 0;
    while (b < 8 && p >= edges[b]) {
        b++;
    }
    unsigned q = count < 3 ? count - 1 : count <= 5 ? 2 : count <= 15 ? 3 : 4;
    return 1 + b * 5 + q;
}

static uint32_t *zeros(struct score_counts *c, size_t n, size_t m, bool *ok)
{
    size_t total = 0;
    size_t bytes = 0;
    uint32_t *p = NULL;
    if (*ok && size_mul(n, m, &total) && size_mul(total, 4, &bytes)) {
        p = arena_get(&c->arena, bytes);
    }
    if (p == NULL) {
        *ok = false;
    } else {
        memset(p, 0, bytes);
    }
    return p;
}

enum status score_counts_init(struct score_counts *c,
                              const struct score_corpus *corpus, struct err *e)
{
    memset(c, 0, sizeof *c);
    arena_init(&c->arena, corpus->store->alloc);
    c->corpus = corpus;
    bool ok = true;
    size_t labels = corpus->labels;
    for (unsigned f = 0; f < SCORE_FAMILIES; f++) {
        size_t n = corpus->keys[f].count;
        c->family[f].n = zeros(c, n, 1, &ok);
        c->family[f].N = zeros(c, n, 1, &ok);
        c->family[f].labels = zeros(c, n, labels, &ok);
    }
    size_t words = corpus->folds.count;
    c->words = zeros(c, words, 1, &ok);
    c->inner = zeros(c, words, 1, &ok);
    for (unsigned p = 0; p < SCORE_PLACES; p++) {
        c->place[p] = zeros(c, words, 1, &ok);
        c->place_labels[p] = zeros(c, words, labels, &ok);
    }
    c->topic = zeros(c, words, labels, &ok);
    c->label_total = zeros(c, labels, 1, &ok);
    return ok ? STATUS_OK : err_nomem(e);
}

void score_counts_free(struct score_counts *c)
{
    if (c->corpus != NULL) {
        alloc_free(c->corpus->store->alloc, c->cover,
                   c->cover_capacity * sizeof *c->cover);
        arena_free(&c->arena);
        memset(c, 0, sizeof *c);
    }
}

static enum status cover_sentence(struct score_counts *c,
                                  const struct store_sentence *s, struct err *e)
{
    const struct store *store = c->corpus->store;
    void *cover = c->cover;
    if (!alloc_grow(store->alloc, &cover, &c->cover_capacity, s->token_count,
                    sizeof *c->cover)) {
        return err_nomem(e);
    }
    c->cover = cover;
    memset(c->cover, 0, s->token_count * sizeof *c->cover);
    for (uint32_t i = 0; i < s->mention_count; i++) {
        const struct store_mention *m = &store->mentions[s->first_mention + i];
        for (uint32_t k = 0; k < m->count; k++) {
            c->cover[m->first + k] = i + 1;
        }
    }
    return STATUS_OK;
}

static void count_hit(struct score_counts *c, const struct store_sentence *s,
                      const struct score_hit *h, uint32_t sign)
{
    struct score_family_counts *f = &c->family[h->family];
    uint32_t cover = c->cover[h->first];
    const struct store_mention *m =
        &c->corpus->store->mentions[s->first_mention + cover - (cover > 0)];
    bool covered = cover > 0 && m->first + m->count >= h->first + h->count;
    bool mention = cover > 0 && m->first == h->first && m->count == h->count;
    if (covered && !mention) {
        return;
    }
    f->N[h->key] += sign;
    if (mention) {
        f->n[h->key] += sign;
        f->labels[(size_t)h->key * c->corpus->labels + m->label] += sign;
    }
}

static void count_place(struct score_counts *c, enum score_place place,
                        const struct score_word *w, uint32_t label,
                        uint32_t sign)
{
    if (w->fold != HASHMAP_NONE) {
        c->place[place][w->fold] += sign;
        c->place_labels[place][(size_t)w->fold * c->corpus->labels + label] +=
            sign;
    }
}

static void count_mention(struct score_counts *c,
                          const struct store_sentence *s,
                          const struct store_mention *m, uint32_t sign)
{
    const struct score_corpus *k = c->corpus;
    int64_t first = m->first;
    int64_t last = first + m->count - 1;
    if (m->count > 1) {
        count_place(c, SCORE_PLACE_FIRST, score_corpus_word(k, s, first),
                    m->label, sign);
        count_place(c, SCORE_PLACE_LAST, score_corpus_word(k, s, last),
                    m->label, sign);
    }
    for (int64_t i = first + 1; i < last; i++) {
        c->inner[score_corpus_word(k, s, i)->fold] += sign;
    }
    count_place(c, SCORE_PLACE_BEFORE, score_corpus_word(k, s, first - 1),
                m->label, sign);
    count_place(c, SCORE_PLACE_AFTER, score_corpus_word(k, s, last + 1),
                m->label, sign);
}

/* Mentions of a label in a sentence, as far as they count for topics. */
static uint32_t capped(const struct store *store,
                       const struct store_sentence *s, uint32_t label)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->mention_count && n < SCORE_TOPIC_CAP; i++) {
        n += store->mentions[s->first_mention + i].label == label;
    }
    return n;
}

static void count_topic(struct score_counts *c, const struct store_sentence *s,
                        uint32_t sign)
{
    const struct score_corpus *k = c->corpus;
    for (uint32_t y = 0; y < k->labels; y++) {
        uint32_t mentions = capped(k->store, s, y) * sign;
        for (uint32_t i = 0; mentions != 0 && i < s->token_count; i++) {
            size_t fold = score_corpus_word(k, s, i)->fold;
            c->topic[fold * k->labels + y] += mentions;
        }
    }
    for (uint32_t i = 0; i < s->mention_count; i++) {
        c->label_total[k->store->mentions[s->first_mention + i].label] += sign;
    }
}

enum status score_counts_add(struct score_counts *c, size_t sentence, bool back,
                             struct err *e)
{
    const struct score_corpus *k = c->corpus;
    const struct store_sentence *s = &k->store->sentences[sentence];
    uint32_t sign = back ? UINT32_MAX : 1;
    enum status st = cover_sentence(c, s, e);
    if (st != STATUS_OK) {
        return st;
    }
    for (size_t i = k->first_hit[sentence]; i < k->first_hit[sentence + 1];
         i++) {
        if (k->hits[i].family != SCORE_HINTS) {
            count_hit(c, s, &k->hits[i], sign);
        }
    }
    for (uint32_t i = 0; i < s->mention_count; i++) {
        count_mention(c, s, &k->store->mentions[s->first_mention + i], sign);
    }
    for (uint32_t i = 0; i < s->token_count; i++) {
        c->words[score_corpus_word(k, s, i)->fold] += sign;
    }
    count_topic(c, s, sign);
    return STATUS_OK;
}

bool score_word_topic(const struct score_counts *c, uint32_t fold, double *out)
{
    uint32_t labels = c->corpus->labels;
    const uint32_t *row = c->topic + (size_t)fold * labels;
    double sum = 0;
    double total = 0;
    for (uint32_t y = 0; y < labels; y++) {
        sum += row[y];
        total += c->label_total[y];
    }
    if (sum <= 0) {
        return false;
    }
    for (uint32_t y = 0; y < labels; y++) {
        double prior = (c->label_total[y] + 1.0) / (total + labels);
        out[y] = real_log((row[y] + 8 * prior) / ((sum + 8) * prior));
    }
    return true;
}

enum status score_topic(struct score_counts *c, size_t sentence, bool counted,
                        double *out, struct err *e)
{
    const struct score_corpus *k = c->corpus;
    const struct store_sentence *s = &k->store->sentences[sentence];
    double *word = alloc_get(k->store->alloc, k->labels * sizeof *word);
    if (word == NULL) {
        return err_nomem(e);
    }
    memset(out, 0, k->labels * sizeof *out);
    count_topic(c, s, counted ? UINT32_MAX : 0);
    for (uint32_t i = 0; i < s->token_count; i++) {
        if (score_word_topic(c, score_corpus_word(k, s, i)->fold, word)) {
            for (uint32_t y = 0; y < k->labels; y++) {
                out[y] += word[y];
            }
        }
    }
    count_topic(c, s, counted ? 1 : 0);
    alloc_free(k->store->alloc, word, k->labels * sizeof *word);
    return STATUS_OK;
}
