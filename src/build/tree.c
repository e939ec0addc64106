#include "build/tree.h"

#include <string.h>

#include "build/tree_filters.h"
#include "model/index.h"
#include "text/bound.h"
#include "text/hash.h"
#include "text/poly.h"
#include "text/cut.h"

/* One key with its place between its neighbours. */
struct group {
    const struct key *k; /* the first of `count` entries of this key */
    size_t count;
    uint32_t shared_before, shared_after; /* tokens */
};

struct builder {
    struct tree *t;
    const struct alloc *al;
    const struct keys *ks;
    const struct index_entry *e;
    unsigned how;
    /* deepest record on the current path with more than SHALLOW_MAX tokens
       and at most [i] tokens */
    uint32_t *above;
    uint8_t *surface;
    struct word_key *work;
    uint32_t *records; /* may be NULL */
};

static bool same_entry(const struct builder *b, const struct key *x,
                       const struct key *y)
{
    const struct index_entry *p = &b->e[x->entry], *q = &b->e[y->entry];
    return p->len == q->len && p->policy == q->policy &&
           p->plural == q->plural && p->veto == q->veto &&
           memcmp(p->name, q->name, p->len) == 0;
}

/* The hash by which a long exact name is told from the text in one step. */
static uint64_t exact_hash(const struct builder *b, const uint8_t *name,
                           size_t n)
{
    uint64_t first = 0, others = 0, depth = 0;
    for (size_t at = 0; at < n; depth++) {
        struct cut t;
        cut_next(name, n, at, 0, b->work, &t);
        if (depth == 0)
            first = t.hash;
        else
            others = poly_push(others, token_hash_gap(&t));
        at = t.end;
    }
    return poly_key(first, others, depth);
}

/* Appends the record of a name of n bytes at b->surface. */
static void add_record(struct builder *b, const struct index_entry *e,
                       uint32_t tokens, size_t n, bool deep, uint32_t up)
{
    struct buf *r = &b->t->records;
    uint8_t head[16 + RECORD_HEAD] = {0};
    struct record rec = {
        .entry = e->entry,
        .label = e->label,
        .length = (uint16_t)n,
        .flags =
            (uint8_t)((e->plural ? RECORD_PLURAL : 0) |
                      (deep ? RECORD_DEEP : 0) | (e->veto ? RECORD_VETO : 0) |
                      (bound_is_plain(b->surface, n) ? RECORD_PLAIN : 0)),
        .policy = e->policy};
    if (deep) {
        bytes_store32(head, up);
        bytes_store32(head + 4, tokens);
        bytes_store64(head + 8, exact_hash(b, b->surface, n));
    }
    bytes_store64(head + 16, index_record_head(&rec));
    buf_add(r, deep ? head : head + 16, deep ? 16 + RECORD_HEAD : RECORD_HEAD);
    buf_add(r, b->surface, n);
    buf_fill(r, '\0', (4 - r->len % 4) % 4);
}

/* Says of the record that ends the group so far that another follows. */
static void mark_more(struct builder *b, size_t record)
{
    uint8_t *p = (uint8_t *)b->t->records.data + record;
    bytes_store64(p, bytes_load64(p) | (uint64_t)RECORD_MORE << 30);
}

/* Appends a group's records; *out is the first one's offset / 4. */
static enum status add_records(struct builder *b, const struct group *g,
                               bool deep, uint32_t up, uint32_t *out)
{
    const struct buf *r = &b->t->records;
    size_t kept = 0, last = 0;
    for (size_t i = 0; i < g->count; i++) {
        const struct index_entry *e = &b->e[g->k[i].entry];
        size_t j = i;
        bool again = false;
        while (j > 0 && !again && i - j < LIMIT_CHAIN)
            again = same_entry(b, &g->k[--j], &g->k[i]);
        if (again) {
            if (b->records != NULL)
                b->records[g->k[i].entry] = b->records[g->k[j].entry];
            b->t->duplicates++;
            continue;
        }
        if (++kept > LIMIT_CHAIN)
            return STATUS_LIMIT;
        size_t n = keys_surface(e, b->surface);
        if (kept > 1)
            mark_more(b, last);
        last = r->len + (deep ? 16 : 0);
        add_record(b, e, g->k->tokens, n, deep, up);
        if (!buf_ok(r))
            return STATUS_NOMEM;
        if (kept == 1)
            *out = (uint32_t)(last / 4);
        if (b->records != NULL)
            b->records[g->k[i].entry] =
                n == e->len && memcmp(e->name, b->surface, n) == 0
                    ? (uint32_t)(last / 4)
                    : 0;
        if (r->len / 4 > UINT32_MAX >> 2)
            return STATUS_LIMIT;
    }
    return STATUS_OK;
}

static void add_node(struct buf *to, uint64_t prefix, uint32_t slot)
{
    struct tree_node node = {prefix, slot};
    buf_add(to, &node, sizeof node);
}

/* The nodes that are new with this key and have up to SHALLOW_MAX tokens.
 *deep: the key goes on below them. */
static enum status shallow_nodes(struct builder *b, const struct group *g,
                                 bool *deep)
{
    struct tree *t = b->t;
    uint32_t n = g->k->tokens, record = 0;
    uint64_t prefix = 0;
    /* up to here the filters say that longer names begin so */
    const uint32_t seen = tree_sure_begin(b->ks, g->k) ? 3 : 2;
    *deep = false;
    for (uint32_t d = 1; d <= n && d <= SHALLOW_MAX; d++) {
        uint64_t h = keys_hash(b->ks, g->k, d - 1);
        prefix = d == 1 ? h : hash_step(prefix, h);
        if (d <= g->shared_before || (d <= seen && d < n))
            continue;
        bool alone = g->shared_after < d;
        bool tail = alone && d < n && n - d <= TAIL_MAX;
        unsigned kind = tail ? SLOT_TAIL : 0;
        if (d == n || tail) {
            enum status s = add_records(b, g, false, 0, &record);
            if (s != STATUS_OK)
                return s;
        }
        if (d == n)
            kind |= SLOT_TERMINAL;
        if ((d == n && !alone && d > 2) || (d < n && !tail))
            kind |= SLOT_MORE;
        add_node(d == 1 ? &t->ones : &t->nodes, prefix,
                 (d == n || tail ? record << 2 : 0) | kind);
        t->tails += tail;
        if (tail)
            return STATUS_OK;
    }
    *deep = n > SHALLOW_MAX;
    return STATUS_OK;
}

static enum status deep_nodes(struct builder *b, const struct group *g)
{
    uint32_t n = g->k->tokens, record = 0;
    uint64_t first = keys_hash(b->ks, g->k, 0), others = 0;
    enum status s =
        add_records(b, g, true,
                    n - 1 > SHALLOW_MAX && g->shared_before > SHALLOW_MAX
                        ? b->above[g->shared_before]
                        : 0,
                    &record);
    if (s != STATUS_OK)
        return s;
    uint32_t from =
        g->shared_before > SHALLOW_MAX ? g->shared_before : SHALLOW_MAX;
    for (uint32_t d = 2; d <= n; d++) {
        others = poly_push(others, keys_hash(b->ks, g->k, d - 1));
        if (d <= from)
            continue;
        uint32_t up = d == n ? record : b->above[d - 1];
        b->above[d] = up;
        add_node(&b->t->deep, poly_key(first, others, d), up);
    }
    return STATUS_OK;
}

static bool tree_ok(const struct tree *t)
{
    return buf_ok(&t->ones) && buf_ok(&t->nodes) && buf_ok(&t->deep) &&
           buf_ok(&t->two) && buf_ok(&t->three) && buf_ok(&t->pair) &&
           buf_ok(&t->triple) && buf_ok(&t->quad) && buf_ok(&t->solo) &&
           buf_ok(&t->row);
}

static enum status add_group(struct builder *b, const struct group *g)
{
    bool deep;
    b->t->keys++;
    if (g->k->tokens > b->t->max_tokens)
        b->t->max_tokens = g->k->tokens;
    tree_add_filters(b->t, b->ks, g->k, g->shared_before);
    enum status s = shallow_nodes(b, g, &deep);
    if (s == STATUS_OK && deep)
        s = deep_nodes(b, g);
    return s == STATUS_OK && !tree_ok(b->t) ? STATUS_NOMEM : s;
}

static uint32_t longest(const struct keys *ks)
{
    uint32_t most = 0;
    for (size_t i = 0; i < ks->count; i++)
        if (ks->list[i].tokens > most)
            most = ks->list[i].tokens;
    return most;
}

/* The names of the keys that come soon, fetched early: where they lie, memory
   does not know. */
static void fetch_ahead(const struct builder *b, size_t i)
{
    enum { AHEAD = 12 };
    const struct keys *ks = b->ks;
    if (i + (size_t)2 * AHEAD < ks->count) {
        GAZ_PREFETCH(&b->e[ks->list[i + (size_t)2 * AHEAD].entry]);
        GAZ_PREFETCH(keys_bytes(ks, &ks->list[i + AHEAD]));
        GAZ_PREFETCH(b->e[ks->list[i + AHEAD].entry].name);
    }
}

/* The names of one token come first, so that their records lie together. */
static enum status add_ones(struct builder *b, size_t *at)
{
    const struct keys *ks = b->ks;
    struct group g = {ks->list, 0, 0, 0};
    for (size_t i = 0; i < ks->count; i += g.count) {
        g.k = &ks->list[i];
        g.count = 1;
        if (g.k->tokens > 1)
            continue;
        while (i + g.count < ks->count && g.k[g.count].tokens == 1 &&
               keys_shared(ks, g.k, &g.k[g.count]) == 1)
            g.count++;
        *at = g.k->entry;
        enum status s = add_group(b, &g);
        if (s != STATUS_OK)
            return s;
    }
    return STATUS_OK;
}

static enum status add_groups(struct builder *b, size_t *at)
{
    const struct keys *ks = b->ks;
    struct group g = {ks->list, 0, 0, 0};
    for (size_t i = 0; i < ks->count; i += g.count) {
        g.k = &ks->list[i];
        g.count = 1;
        *at = g.k->entry;
        fetch_ahead(b, i);
        g.shared_before = g.shared_after;
        g.shared_after = 0;
        while (i + g.count < ks->count) {
            const struct key *next = &g.k[g.count];
            g.shared_after = keys_shared(ks, g.k, next);
            if (next->n != g.k->n || g.shared_after != g.k->tokens)
                break;
            g.shared_after = 0;
            g.count++;
        }
        enum status s = g.k->tokens > 1 ? add_group(b, &g) : STATUS_OK;
        if (s != STATUS_OK)
            return s;
    }
    return STATUS_OK;
}

enum status tree_make(struct tree *t, const struct alloc *al,
                      const struct keys *ks, const struct index_entry *e,
                      const struct index_options *opt, size_t *at)
{
    memset(t, 0, sizeof *t);
    buf_init(&t->ones, al);
    buf_init(&t->nodes, al);
    buf_init(&t->deep, al);
    buf_init(&t->two, al);
    buf_init(&t->three, al);
    buf_init(&t->pair, al);
    buf_init(&t->triple, al);
    buf_init(&t->quad, al);
    buf_init(&t->solo, al);
    buf_init(&t->row, al);
    buf_init(&t->records, al);
    struct builder b = {
        .t = t, .al = al, .ks = ks, .e = e, .records = opt->records};
    b.how = (opt->fold ? FOLD_CASE : 0u) | (opt->plural ? FOLD_PLURAL : 0u);
    size_t depth = (size_t)longest(ks) + 1;
    if (depth < 16)
        depth = 16;
    b.above = alloc_get(al, depth * sizeof *b.above);
    b.surface = alloc_get(al, LIMIT_NAME + 1);
    b.work = alloc_get(al, sizeof *b.work);
    enum status s = STATUS_NOMEM;
    /* offset 0 means none: the records begin at 4 */
    if (b.above != NULL && b.surface != NULL && b.work != NULL) {
        memset(b.above, 0, depth * sizeof *b.above);
        buf_fill(&t->records, '\0', 4);
        s = add_ones(&b, at);
        if (s == STATUS_OK)
            s = add_groups(&b, at);
        buf_fill(&t->records, '\0', RECORD_PAD);
        if (s == STATUS_OK && !buf_ok(&t->records))
            s = STATUS_NOMEM;
    }
    alloc_free(al, b.above, depth * sizeof *b.above);
    alloc_free(al, b.surface, LIMIT_NAME + 1);
    alloc_free(al, b.work, sizeof *b.work);
    return s;
}

void tree_free(struct tree *t)
{
    buf_free(&t->ones);
    buf_free(&t->nodes);
    buf_free(&t->deep);
    buf_free(&t->two);
    buf_free(&t->three);
    buf_free(&t->pair);
    buf_free(&t->triple);
    buf_free(&t->quad);
    buf_free(&t->solo);
    buf_free(&t->row);
    buf_free(&t->records);
}
