#include "eval/seen.h"

#include "base/digest.h"
#include "base/strmap.h"
#include "eval/mention.h"
#include "eval/tagset.h"

const char *const seen_names[CLASS_COUNT] = {"seen", "ambiguous", "unseen"};

double seen_ceiling(const struct seen *s, bool majority)
{
    uint64_t known = majority ? s->majority : s->typed;
    double recall = s->gold > 0 ? (double)known / (double)s->gold : 0.0;
    return recall > 0 ? f1_of(1.0, recall) : 0.0;
}

void surface_fold_ascii(struct slice token, struct buf *out)
{
    for (size_t i = 0; i < token.len; i++) {
        char c = token.data[i];
        buf_byte(out, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
}

struct surface {
    uint32_t types; /* different ones it was seen with */
    uint32_t best;  /* the pair of its most frequent type; of equals, the one
                       that sorts first */
};

struct train {
    const struct alloc *alloc;
    seen_fold_fn fold;
    struct tagset tagset;
    struct strmap *names;     /* folded surfaces */
    struct surface *surfaces; /* by id of names */
    size_t surface_capacity;
    struct strmap *pairs; /* surface id (4 bytes), type */
    uint32_t *counts;     /* mentions, by id of pairs */
    size_t count_capacity;
    struct strmap *sentences; /* 64-bit hashes of their tokens */
    uint32_t *tags;
    size_t tag_capacity;
    struct mentions mentions;
    struct buf key;
};

struct train *train_create(const struct alloc *alloc, seen_fold_fn fold)
{
    struct train *t = alloc_get(alloc, sizeof *t);
    if (t == NULL) {
        return NULL;
    }
    memset(t, 0, sizeof *t);
    t->alloc = alloc;
    t->fold = fold != NULL ? fold : surface_fold_ascii;
    buf_init(&t->key, alloc);
    t->names = strmap_create(alloc);
    t->pairs = strmap_create(alloc);
    t->sentences = strmap_create(alloc);
    if (tagset_init(&t->tagset, alloc, false, NULL) != STATUS_OK ||
        t->names == NULL || t->pairs == NULL || t->sentences == NULL) {
        train_free(t);
        return NULL;
    }
    return t;
}

void train_free(struct train *t)
{
    if (t == NULL) {
        return;
    }
    tagset_free(&t->tagset);
    strmap_free(t->names);
    strmap_free(t->pairs);
    strmap_free(t->sentences);
    alloc_free(t->alloc, t->surfaces,
               t->surface_capacity * sizeof *t->surfaces);
    alloc_free(t->alloc, t->counts, t->count_capacity * sizeof *t->counts);
    alloc_free(t->alloc, t->tags, t->tag_capacity * sizeof *t->tags);
    mentions_free(&t->mentions, t->alloc);
    buf_free(&t->key);
    alloc_free(t->alloc, t, sizeof *t);
}

/* The folded surface, in t->key. */
static struct slice surface_of(struct train *t, const struct slice *tokens,
                               size_t count)
{
    buf_clear(&t->key);
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            buf_byte(&t->key, ' ');
        }
        t->fold(tokens[i], &t->key);
    }
    return buf_view(&t->key);
}

/* The key of a surface and a type, in t->key. */
static struct slice pair_of(struct train *t, uint32_t surface,
                            struct slice type)
{
    buf_clear(&t->key);
    buf_add(&t->key, &surface, sizeof surface);
    buf_slice(&t->key, type);
    return buf_view(&t->key);
}

static bool grow_u32(uint32_t **items, size_t *capacity, size_t need,
                     const struct alloc *alloc)
{
    void *p = *items;
    bool ok = alloc_grow(alloc, &p, capacity, need, sizeof **items);
    *items = p;
    return ok;
}

/* Is pair a better majority than best, of the same surface? */
static bool beats(const struct train *t, uint32_t pair, uint32_t best)
{
    return t->counts[pair] > t->counts[best] ||
           (t->counts[pair] == t->counts[best] &&
            slice_cmp(strmap_key(t->pairs, pair), strmap_key(t->pairs, best)) <
                0);
}

static bool add_mention(struct train *t, const struct slice *tokens,
                        size_t count, struct slice type)
{
    uint32_t name = 0;
    uint32_t pair = 0;
    bool fresh = false;
    struct slice key = surface_of(t, tokens, count);
    if (!buf_ok(&t->key) || !strmap_put(t->names, key, &name, &fresh)) {
        return false;
    }
    void *surfaces = t->surfaces;
    if (!alloc_grow(t->alloc, &surfaces, &t->surface_capacity, (size_t)name + 1,
                    sizeof *t->surfaces)) {
        return false;
    }
    t->surfaces = surfaces;
    if (fresh) {
        t->surfaces[name] = (struct surface){0, 0};
    }
    key = pair_of(t, name, type);
    if (!buf_ok(&t->key) || !strmap_put(t->pairs, key, &pair, &fresh) ||
        !grow_u32(&t->counts, &t->count_capacity, (size_t)pair + 1, t->alloc)) {
        return false;
    }
    if (fresh) {
        t->counts[pair] = 0;
        t->surfaces[name].types++;
    }
    t->counts[pair]++;
    struct surface *surface = &t->surfaces[name];
    if (surface->types == 1 || beats(t, pair, surface->best)) {
        surface->best = pair;
    }
    return true;
}

static uint64_t hash_sentence(struct train *t, const struct slice *tokens,
                              size_t count)
{
    buf_clear(&t->key);
    for (size_t i = 0; i < count; i++) {
        buf_slice(&t->key, tokens[i]);
        buf_byte(&t->key, '\n'); /* in no token */
    }
    return digest_xxh64(t->key.data, t->key.len, 0);
}

enum status train_add(void *train, const struct feed_sentence *s, struct err *e)
{
    struct train *t = train;
    uint32_t ignored = 0;
    uint64_t hash = hash_sentence(t, s->tokens, s->count);
    if (!buf_ok(&t->key) ||
        !strmap_put(t->sentences, slice_of((const char *)&hash, sizeof hash),
                    &ignored, NULL) ||
        !grow_u32(&t->tags, &t->tag_capacity, s->count, t->alloc)) {
        return err_nomem(e);
    }
    for (size_t i = 0; i < s->count; i++) {
        enum status bad = tagset_id(&t->tagset, s->gold[i], &t->tags[i], e);
        if (bad != STATUS_OK) {
            return feed_bad_tag(s, i, e, bad);
        }
    }
    enum status status = mentions_read(READ_ALL, &t->tagset, t->tags, s->count,
                                       t->alloc, &t->mentions, e);
    for (size_t i = 0; status == STATUS_OK && i < t->mentions.count; i++) {
        struct mention m = t->mentions.items[i];
        if (!add_mention(t, s->tokens + m.first, m.end - m.first,
                         tagset_type_name(&t->tagset, m.type))) {
            status = err_nomem(e);
        }
    }
    return status;
}

unsigned train_seen(void *train, const struct slice *tokens, size_t count,
                    struct slice type)
{
    struct train *t = train;
    uint32_t name = 0;
    uint32_t pair = 0;
    struct slice key = surface_of(t, tokens, count);
    if (!buf_ok(&t->key) || !strmap_find(t->names, key, &name)) {
        return 0;
    }
    unsigned bits = SEEN_KNOWN;
    if (t->surfaces[name].types > 1) {
        bits |= SEEN_AMBIGUOUS;
    }
    key = pair_of(t, name, type);
    if (buf_ok(&t->key) && strmap_find(t->pairs, key, &pair)) {
        bits |= SEEN_TYPED;
        if (t->surfaces[name].best == pair) {
            bits |= SEEN_MAJORITY;
        }
    }
    return bits;
}

bool train_has_sentence(struct train *t, const struct slice *tokens,
                        size_t count)
{
    uint32_t ignored = 0;
    uint64_t hash = hash_sentence(t, tokens, count);
    return buf_ok(&t->key) &&
           strmap_find(t->sentences, slice_of((const char *)&hash, sizeof hash),
                       &ignored);
}

bool train_failed(const struct train *t)
{
    return !buf_ok(&t->key);
}
