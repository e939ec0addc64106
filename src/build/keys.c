#include "build/keys.h"

#include <string.h>

#include "model/index.h"
#include "text/class.h"
#include "text/hash.h"
#include "text/cut.h"

enum { KEY_GLUED = 1, KEY_SPACED = 2 };

/* Names come in an order that memory does not know: fetched early. */
enum { AHEAD = 12 };

struct maker {
    struct keys *ks;
    const struct alloc *al;
    struct word_key *work;
    struct buf hashes; /* of the key being made */
    unsigned how;
};

static bool has_control(const uint8_t *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((p[i] < 0x20 && class_of_byte[p[i]] != BYTE_SPACE) || p[i] == 0x7f)
            return true;
    return false;
}

/* Adds one token's bytes and hash to the key being made. */
static void add_token(struct maker *m, const uint8_t *name, const struct cut *t,
                      bool first)
{
    struct buf *bytes = &m->ks->bytes;
    uint64_t hash = first ? t->hash : token_hash_gap(t);
    if (!first)
        buf_byte(bytes, t->gap == CUT_GLUED ? KEY_GLUED : KEY_SPACED);
    if (t->kind == CUT_WORD)
        buf_add(bytes, m->work->bytes, m->work->n);
    else
        buf_add(bytes, name + t->start, t->end - t->start);
    buf_byte(bytes, '\0');
    buf_add(&m->hashes, &hash, sizeof hash);
}

static enum status make_one(struct maker *m, const struct index_entry *e,
                            struct key *k)
{
    if (e->len > LIMIT_NAME)
        return STATUS_LIMIT;
    if (has_control(e->name, e->len))
        return STATUS_SYNTAX;
    k->at = m->ks->bytes.len;
    k->tokens = 0;
    buf_clear(&m->hashes);
    size_t at = 0;
    for (;;) {
        struct cut t;
        cut_next(e->name, e->len, at, m->how, m->work, &t);
        if (t.kind == CUT_END)
            break;
        if (t.kind == CUT_BAD)
            return t.end - t.start > LIMIT_WORD ? STATUS_LIMIT : STATUS_SYNTAX;
        add_token(m, e->name, &t, k->tokens == 0);
        k->tokens++;
        at = t.end;
    }
    if (k->tokens == 0)
        return STATUS_SYNTAX;
    if (e->policy == POLICY_SMART && k->tokens > LIMIT_SMART_TOKENS)
        return STATUS_LIMIT;
    k->n = (uint32_t)(m->ks->bytes.len - k->at);
    buf_slice(&m->ks->bytes, buf_view(&m->hashes));
    return buf_ok(&m->ks->bytes) && buf_ok(&m->hashes) ? STATUS_OK
                                                       : STATUS_NOMEM;
}

static uint64_t prefix_of(const uint8_t *p, size_t n)
{
    uint64_t x = 0;
    for (size_t i = 0; i < 8; i++)
        x = x << 8 | (i < n ? p[i] : 0);
    return x;
}

enum status keys_make(struct keys *ks, const struct alloc *al,
                      const struct index_entry *e, size_t n,
                      const struct index_options *opt, size_t *at)
{
    struct maker m = {.ks = ks, .al = al};
    if (opt->fold)
        m.how |= FOLD_CASE;
    if (opt->plural)
        m.how |= FOLD_PLURAL;
    buf_init(&ks->bytes, al);
    buf_init(&m.hashes, al);
    ks->count = n;
    ks->list = alloc_get(al, n * sizeof *ks->list);
    m.work = alloc_get(al, sizeof *m.work);
    enum status status = STATUS_NOMEM;
    *at = 0;
    if (ks->list == NULL || m.work == NULL)
        goto done;
    for (size_t i = 0; i < n; i++) {
        *at = i;
        if (i + AHEAD < n)
            GAZ_PREFETCH(e[i + AHEAD].name);
        ks->list[i].entry = (uint32_t)i;
        status = make_one(&m, &e[i], &ks->list[i]);
        if (status != STATUS_OK)
            goto done;
    }
    for (size_t i = 0; i < n; i++)
        ks->list[i].prefix =
            prefix_of(keys_bytes(ks, &ks->list[i]), ks->list[i].n);
    status = STATUS_OK;
done:
    buf_free(&m.hashes);
    alloc_free(al, m.work, sizeof *m.work);
    return status;
}

void keys_free(struct keys *ks, const struct alloc *al)
{
    buf_free(&ks->bytes);
    alloc_free(al, ks->list, ks->count * sizeof *ks->list);
    ks->list = NULL;
}

static int compare(const struct keys *ks, const struct key *a,
                   const struct key *b)
{
    if (a->prefix != b->prefix)
        return a->prefix < b->prefix ? -1 : 1;
    size_t n = a->n < b->n ? a->n : b->n;
    int c = memcmp(keys_bytes(ks, a), keys_bytes(ks, b), n);
    if (c != 0)
        return c;
    if (a->n != b->n)
        return a->n < b->n ? -1 : 1;
    return 0; /* the sort is stable: the caller's order */
}

/* Bottom-up merge sort: stable, and its room comes from the allocator
   (qsort is neither). */
enum status keys_sort(struct keys *ks, const struct alloc *al)
{
    size_t n = ks->count;
    struct key *other = alloc_get(al, n * sizeof *other);
    if (other == NULL)
        return STATUS_NOMEM;
    struct key *from = ks->list, *to = other;
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t lo = 0; lo < n; lo += 2 * width) {
            size_t mid = lo + width < n ? lo + width : n;
            size_t hi = mid + width < n ? mid + width : n;
            size_t i = lo, j = mid, k = lo;
            while (i < mid && j < hi)
                to[k++] =
                    compare(ks, &from[j], &from[i]) < 0 ? from[j++] : from[i++];
            memcpy(to + k, from + i, (mid - i) * sizeof *to);
            k += mid - i;
            memcpy(to + k, from + j, (hi - j) * sizeof *to);
        }
        struct key *t = from;
        from = to;
        to = t;
    }
    ks->list = from;
    alloc_free(al, to, n * sizeof *to);
    return STATUS_OK;
}

uint32_t keys_shared(const struct keys *ks, const struct key *a,
                     const struct key *b)
{
    const uint8_t *p = keys_bytes(ks, a), *q = keys_bytes(ks, b);
    size_t n = a->n < b->n ? a->n : b->n;
    uint32_t shared = 0;
    for (size_t i = 0; i < n && p[i] == q[i]; i++)
        shared += p[i] == 0;
    return shared;
}

size_t keys_surface(const struct index_entry *e, uint8_t *out)
{
    size_t n = 0, at = 0;
    while (at < e->len) {
        enum cut_gap gap;
        size_t end = cut_gap_end(e->name, e->len, at, &gap);
        if (end == e->len)
            break;
        if (end != at && n != 0)
            out[n++] = ' ';
        at = end;
        cut_token_end(e->name, e->len, at, &end);
        memcpy(out + n, e->name + at, end - at);
        n += end - at;
        at = end;
    }
    return n;
}
