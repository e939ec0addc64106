#include "build/tree_filters.h"

#include <string.h>

#include "model/index.h"
#include "text/class.h"
#include "text/hash.h"

static void lead_add(struct tree *t, unsigned c, unsigned next)
{
    t->lead[c * 32 + next / 8] |= (uint8_t)(1u << next % 8);
}

/* A key that begins with a symbol: which bytes may follow it in a text. */
static void note_lead(struct tree *t, const uint8_t *p, const struct key *k)
{
    uint32_t cp;
    size_t n;
    if (class_of_cp(p, k->n, &cp, &n) != CP_SYMBOL &&
        class_of_cp(p, k->n, &cp, &n) != CP_IGNORE)
        return;
    if (cp >= 0x80) {
        t->flags |= INDEX_HIGH_LEAD;
        return;
    }
    t->flags |= INDEX_LEAD;
    for (unsigned c = 0; c < 256; c++) {
        bool may;
        if (k->tokens == 1)
            may = true;
        else if (c >= 0x80)
            may = true;
        else if (p[2] == 2) /* spaced */
            may = class_of_byte[c] == BYTE_SPACE;
        else if (p[3] >= 0x80)
            may = class_of_byte[c] == BYTE_WORD;
        else if (class_of_byte[p[3]] == BYTE_WORD)
            may = (c | 0x20) == (p[3] | 0x20u);
        else
            may = c == p[3];
        if (may)
            lead_add(t, cp, c);
    }
}

/* Two tokens of a key, as the filters see them. */
struct glance {
    bool from_symbol; /* the first of the two */
    bool symbol, spaced, ascii;
};

/* The tokens at *p (a key's bytes) and after it; *p goes on by one token. */
static struct glance glance_at(const uint8_t **p)
{
    struct glance g;
    uint32_t cp;
    size_t n = strlen((const char *)*p), k;
    enum cp_class c = class_of_cp(*p, n, &cp, &k);
    g.from_symbol = c == CP_SYMBOL || c == CP_IGNORE;
    *p += n + 1;
    g.spaced = **p == 2;
    ++*p;
    c = class_of_cp(*p, strlen((const char *)*p), &cp, &k);
    g.symbol = c == CP_SYMBOL || c == CP_IGNORE;
    g.ascii = cp < 0x80;
    return g;
}

/* What the scanner takes a token for, at most two things: its hash where it
   knows it, else what the byte before it stands for (hash_next_class). */
static unsigned glance_hashes(struct glance g, uint64_t token, bool known,
                              uint64_t out[2])
{
    out[0] = token;
    if (known || (g.symbol && !g.spaced && g.ascii))
        return 1;
    out[0] = HASH_HIGH;
    out[1] = HASH_OTHER;
    return g.symbol && !g.spaced ? 1 : 2;
}

static void add_hash(struct buf *to, uint64_t hash)
{
    buf_add(to, &hash, sizeof hash);
}

/* Adds to a filter what the scanner computes of a prefix and a token. */
static void add_glance(struct buf *to, struct glance g, uint64_t prefix,
                       uint64_t token, bool known)
{
    uint64_t seen[2];
    unsigned n = glance_hashes(g, token, known, seen);
    for (unsigned i = 0; i < n; i++)
        add_hash(to, hash_step(prefix, seen[i]));
}

/* The same to the rows, where the two are apart. */
static void add_row(struct buf *to, struct glance g, uint64_t first,
                    uint64_t token, bool known)
{
    uint64_t seen[2];
    unsigned n = glance_hashes(g, token, known, seen);
    for (unsigned i = 0; i < n; i++) {
        add_hash(to, first);
        add_hash(to, seen[i]);
    }
}

/* Is the second of the two known to the scanner as it is?  Behind a word a
   spaced word is, behind a symbol a glued one. */
static bool glance_known(struct glance g)
{
    return !g.symbol && g.spaced != g.from_symbol;
}

/* And where it ends, so that the scanner looks one token further? */
static bool glance_sure(struct glance g)
{
    return glance_known(g) ||
           (g.from_symbol && g.symbol && !g.spaced && g.ascii);
}

bool tree_sure_begin(const struct keys *ks, const struct key *k)
{
    const uint8_t *p = keys_bytes(ks, k);
    if (k->tokens < 3)
        return false;
    struct glance g = glance_at(&p);
    if (g.from_symbol ||
        !(glance_known(g) || (g.symbol && !g.spaced && g.ascii)))
        return false;
    return glance_sure(glance_at(&p));
}

void tree_add_filters(struct tree *t, const struct keys *ks,
                      const struct key *k, uint32_t shared)
{
    const uint8_t *p = keys_bytes(ks, k);
    uint64_t prefix = keys_hash(ks, k, 0);
    note_lead(t, p, k);
    if (k->tokens == 1) {
        add_hash(&t->solo, prefix);
        return;
    }
    struct glance g = glance_at(&p);
    uint64_t token = keys_hash(ks, k, 1);
    const bool lead = g.from_symbol, known = lead || glance_known(g);
    if (shared < 2)
        add_glance(&t->pair, g, prefix, token, known);
    if (shared < 2 && !lead)
        add_row(&t->row, g, prefix, token, known);
    prefix = hash_step(prefix, token);
    if (k->tokens == 2) {
        add_hash(&t->two, prefix);
        return;
    }
    g = glance_at(&p);
    token = keys_hash(ks, k, 2);
    if (shared < 3)
        add_glance(&t->triple, g, prefix, token, lead || glance_known(g));
    prefix = hash_step(prefix, token);
    if (!tree_sure_begin(ks, k) || (k->tokens > 3 && shared >= 4))
        return;
    if (k->tokens == 3) {
        add_hash(&t->three, prefix);
        return;
    }
    g = glance_at(&p);
    token = keys_hash(ks, k, 3);
    add_glance(&t->quad, g, prefix, token, glance_known(g));
}
