#include "eval/mention.h"

#include "corpus/tags.h"

void mentions_free(struct mentions *m, const struct alloc *alloc)
{
    alloc_free(alloc, m->items, m->capacity * sizeof *m->items);
    *m = (struct mentions){NULL, 0, 0};
}

static bool push(struct mentions *out, size_t first, size_t end, uint32_t type,
                 const struct alloc *alloc)
{
    if (out->count == out->capacity) {
        void *items = out->items;
        if (!alloc_grow(alloc, &items, &out->capacity, out->count + 1,
                        sizeof *out->items)) {
            return false;
        }
        out->items = items;
    }
    out->items[out->count++] =
        (struct mention){(uint32_t)first, (uint32_t)end, type};
    return true;
}

struct chunk_rules {
    enum tag_rules rules;
    enum tagset_family family;
};

/* conlleval's walk: what starts and ends hangs on two neighbours only. */
static bool read_chunks(struct chunk_rules by, const struct tagset *t,
                        const uint32_t *tags, size_t count,
                        const struct alloc *alloc, struct mentions *out)
{
    const struct tag_info *outside = &t->info[TAGSET_OUTSIDE];
    const struct tag_info *before = outside;
    size_t first = 0;
    bool open = false;
    for (size_t i = 0; i <= count; i++) {
        const struct tag_info *now = i < count ? &t->info[tags[i]] : outside;
        if (before->prefix == 0 && now->prefix == 0) {
            continue;
        }
        bool change = before->type[by.family] != now->type[by.family];
        if (open &&
            (change || tag_rule_ends(by.rules, before->prefix, now->prefix))) {
            if (!push(out, first, i, before->type[by.family], alloc)) {
                return false;
            }
            open = false;
        }
        if (now->prefix != 0 &&
            (change ||
             tag_rule_starts(by.rules, before->prefix, now->prefix))) {
            first = i;
            open = true;
        }
        before = now;
    }
    return true;
}

enum {
    PREFIX_B = 1,
    PREFIX_I = 2,
    PREFIX_E = 3,
    PREFIX_S = 4,
    PREFIX_L = 5,
    PREFIX_U = 6
};

static bool ends_chunk(uint8_t prefix)
{
    return prefix == PREFIX_E || prefix == PREFIX_L;
}

/* seqeval's strict walk: from a B over the I of its type; with closed (IOBES,
 * BILOU) up to an E or L, without which it is no mention. */
static bool read_strict(bool closed, const struct tagset *t,
                        const uint32_t *tags, size_t count,
                        const struct alloc *alloc, struct mentions *out)
{
    size_t i = 0;
    while (i < count) {
        const struct tag_info *tag = &t->info[tags[i]];
        uint32_t type = tag->type[FAMILY_STRICT];
        size_t end = i + 1;
        bool whole = !closed;
        if (closed && (tag->prefix == PREFIX_S || tag->prefix == PREFIX_U)) {
            whole = true;
        } else if (tag->prefix == PREFIX_B) {
            while (end < count && !(closed && whole)) {
                const struct tag_info *next = &t->info[tags[end]];
                bool last = closed && ends_chunk(next->prefix);
                if ((next->prefix != PREFIX_I && !last) ||
                    next->type[FAMILY_STRICT] != type) {
                    break;
                }
                whole = whole || last;
                end++;
            }
        } else {
            i = end;
            continue;
        }
        if (whole && !push(out, i, end, type, alloc)) {
            return false;
        }
        i = end;
    }
    return true;
}

enum status mentions_read(enum reading reading, const struct tagset *tagset,
                          const uint32_t *tags, size_t count,
                          const struct alloc *alloc, struct mentions *out,
                          struct err *e)
{
    static const struct chunk_rules chunk_rules[] = {
        [READ_ALL] = {TAG_RULES_GAZ, FAMILY_PLAIN},
        [READ_CONLLEVAL] = {TAG_RULES_CONLLEVAL, FAMILY_CONLLEVAL},
        [READ_SEQEVAL] = {TAG_RULES_SEQEVAL, FAMILY_SEQEVAL},
    };
    out->count = 0;
    if (count > UINT32_MAX - 1) {
        return err_set(e, STATUS_LIMIT, "a sentence of more than 2^32 tokens");
    }
    bool ok = false;
    if (reading == READ_IOB2 || reading == READ_IOBES) {
        ok =
            read_strict(reading == READ_IOBES, tagset, tags, count, alloc, out);
    } else {
        ok = read_chunks(chunk_rules[reading], tagset, tags, count, alloc, out);
    }
    return ok ? STATUS_OK : err_nomem(e);
}
