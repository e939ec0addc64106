#include "build/index_build.h"

#include <string.h>

#include "build/tables.h"
#include "build/tree.h"
#include "model/header.h"
#include "model/index.h"

enum {
    SALTS_MAX = 64,
    FILTER_BITS = 8,
    FILTER_SMALL = 11,  /* log2 of 64-bit words: 16 KB */
    FILTER_MIDDLE = 14, /* 128 KB */
    ROW_BITS = 16,      /* of which one is set */
    ROW_MOST = 16,      /* 512 KB */
    LOAD_PERCENT = 60
};

static uint64_t align64(uint64_t x)
{
    return (x + 63) & ~63ULL;
}

static void lay_out(struct index_header *h)
{
    uint64_t at = INDEX_HEADER;
    struct index_section *s[INDEX_SECTIONS];
    index_sections(h, s);
    uint64_t bytes[INDEX_SECTIONS] = {8ULL << h->first_log2,
                                      8ULL << h->pair_log2,
                                      8ULL << h->triple_log2,
                                      LEAD_BYTES,
                                      (h->slots.count + BUCKETS_MAX) * 64,
                                      (h->deep.count + BUCKETS_MAX) * 64,
                                      h->records.count,
                                      8ULL << h->quad_log2,
                                      8ULL << h->row_log2};
    for (size_t i = 0; i < INDEX_SECTIONS; i++) {
        s[i]->offset = at;
        at = align64(at + bytes[i]);
    }
    h->size = at;
}

static size_t nodes_in(const struct buf *b)
{
    return b->len / sizeof(struct tree_node);
}

/* Tries salts, then more buckets, until both tables are in order. */
static enum status fill_tables(const struct alloc *al, const struct tree *t,
                               struct index_header *h, uint8_t **image,
                               struct index_report *rep)
{
    const struct tree_node *ones =
        (const struct tree_node *)(const void *)t->ones.data;
    const struct tree_node *nodes =
        (const struct tree_node *)(const void *)t->nodes.data;
    const struct tree_node *deep =
        (const struct tree_node *)(const void *)t->deep.data;
    size_t room = 0; /* bytes of *image */
    for (unsigned i = 0; i < SALTS_MAX; i++) {
        h->salt = (i + 1) * 0x9e3779b97f4a7c15ULL;
        if (i % 4 == 3) {
            uint64_t longer = h->slots.count - h->solo_buckets;
            h->solo_buckets += h->solo_buckets / 16 + 1;
            h->slots.count = h->solo_buckets + longer + longer / 16 + 1;
            h->deep.count += h->deep.count / 16 + 1;
        }
        lay_out(h);
        uint8_t *p = alloc_resize(al, *image, room, (size_t)h->size);
        if (p == NULL)
            return STATUS_NOMEM;
        *image = p;
        room = (size_t)h->size;
        memset(p, 0, (size_t)h->size);
        rep->salts = i + 1;
        uint8_t *slots = p + h->slots.offset,
                *longer = slots + h->solo_buckets * 64ULL;
        if (tables_slots(slots, h->solo_buckets, h->salt, ones,
                         nodes_in(&t->ones)) &&
            tables_slots(longer, h->slots.count - h->solo_buckets, h->salt,
                         nodes, nodes_in(&t->nodes)) &&
            tables_deep(p + h->deep.offset, h->deep.count, deep,
                        nodes_in(&t->deep)))
            return STATUS_OK;
    }
    return STATUS_LIMIT;
}

/* A small filter may be sparse: in the first-level cache room costs nothing,
   in the second-level cache little.  Half of these sizes at 10,000 names do
   not make the filters' loop faster, and a tenth is lost to what they let
   through. */
static uint32_t filter_log2(size_t n, unsigned bits)
{
    uint32_t log2 = tables_filter_log2(n, bits);
    uint32_t twice = tables_filter_log2(n, 2 * bits);
    uint32_t sparse = tables_filter_log2(n, 4 * bits);
    if (sparse <= FILTER_SMALL)
        return sparse;
    if (twice <= FILTER_MIDDLE)
        return twice < FILTER_SMALL ? FILTER_SMALL : twice;
    return log2 < FILTER_MIDDLE ? FILTER_MIDDLE : log2;
}

/* What the rows pass in vain, the other filters stop: over a size that the
   second-level cache can hold beside them, they may be dense. */
static uint32_t row_log2(const struct tree *t)
{
    size_t solos = t->solo.len / sizeof(uint64_t);
    size_t pairs = t->row.len / (2 * sizeof(uint64_t));
    uint32_t log2 =
        tables_filter_log2(3 * (ROW_WORDS * solos + pairs), ROW_BITS);
    if (log2 < FILTER_SMALL)
        return FILTER_SMALL;
    return log2 > ROW_MOST ? ROW_MOST : log2;
}

static uint32_t buckets_for(size_t nodes, unsigned load)
{
    return (uint32_t)(nodes * 100ULL / ((uint64_t)load * BUCKET_SLOTS) + 1);
}

static enum status assemble(const struct alloc *al, const struct tree *t,
                            const struct index_options *opt, uint8_t **image,
                            size_t *size, struct index_report *rep)
{
    struct index_header h = {0};
    unsigned bits = opt->filter_bits ? opt->filter_bits : FILTER_BITS;
    unsigned load = opt->load_percent ? opt->load_percent : LOAD_PERCENT;
    h.version = INDEX_VERSION;
    h.flags = t->flags | (opt->fold ? INDEX_FOLD : 0u) |
              (opt->plural ? INDEX_PLURAL : 0u);
    h.names = (uint32_t)t->keys;
    h.nodes = (uint32_t)(nodes_in(&t->ones) + nodes_in(&t->nodes));
    h.deep_nodes = (uint32_t)nodes_in(&t->deep);
    h.max_tokens = t->max_tokens;
    h.first_log2 = filter_log2(t->solo.len / 8, bits);
    h.pair_log2 = filter_log2(t->pair.len / 8, bits);
    h.triple_log2 = filter_log2(t->triple.len / 8, bits);
    h.quad_log2 = filter_log2(t->quad.len / 8, bits);
    h.row_log2 = row_log2(t);
    h.solo_buckets = buckets_for(nodes_in(&t->ones), load);
    h.slots.count = h.solo_buckets + buckets_for(nodes_in(&t->nodes), load);
    h.deep.count = h.deep_nodes / 2 + 1;
    h.records.count = t->records.len;
    uint8_t *p = NULL;
    enum status s = fill_tables(al, t, &h, &p, rep);
    if (s != STATUS_OK) {
        alloc_free(al, p, (size_t)h.size);
        return s;
    }
    index_header_store(p, &h);
    tables_filter(p + h.first.offset, h.first_log2, buf_view(&t->solo));
    tables_filter(p + h.pair.offset, h.pair_log2, buf_view(&t->pair));
    tables_filter(p + h.triple.offset, h.triple_log2, buf_view(&t->triple));
    tables_names(p + h.pair.offset, h.pair_log2, buf_view(&t->two));
    tables_names(p + h.triple.offset, h.triple_log2, buf_view(&t->three));
    tables_filter(p + h.quad.offset, h.quad_log2, buf_view(&t->quad));
    tables_rows(p + h.row.offset, h.row_log2, t);
    memcpy(p + h.lead.offset, t->lead, LEAD_BYTES);
    memcpy(p + h.records.offset, t->records.data, t->records.len);
    rep->keys = t->keys;
    rep->nodes = h.nodes;
    rep->tails = t->tails;
    rep->deep_nodes = h.deep_nodes;
    rep->buckets = (size_t)h.slots.count;
    rep->records_size = t->records.len;
    rep->duplicates = t->duplicates;
    *image = p;
    *size = (size_t)h.size;
    return STATUS_OK;
}

enum status index_build(const struct alloc *al, const struct index_entry *e,
                        size_t n, const struct index_options *opt,
                        uint8_t **image, size_t *size,
                        struct index_report *report)
{
    struct keys ks = {0};
    struct tree t;
    memset(report, 0, sizeof *report);
    if (n > UINT32_MAX / 4 || (opt->plural && !opt->fold))
        return STATUS_LIMIT;
    memset(&t, 0, sizeof t);
    enum status s = keys_make(&ks, al, e, n, opt, &report->at);
    if (s == STATUS_OK)
        s = keys_sort(&ks, al);
    if (s == STATUS_OK)
        s = tree_make(&t, al, &ks, e, opt, &report->at);
    keys_free(&ks, al); /* room for what follows */
    if (s == STATUS_OK)
        s = assemble(al, &t, opt, image, size, report);
    tree_free(&t);
    return s;
}
