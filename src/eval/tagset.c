#include "eval/tagset.h"

#include "corpus/tags.h"

enum status tagset_init(struct tagset *t, const struct alloc *alloc, bool raw,
                        struct err *e)
{
    memset(t, 0, sizeof *t);
    t->alloc = alloc;
    t->raw = raw;
    t->tags = strmap_create(alloc);
    t->types = strmap_create(alloc);
    uint32_t id = 0;
    if (t->tags == NULL || t->types == NULL) {
        tagset_free(t);
        return err_nomem(e);
    }
    enum status s = tagset_id(t, slice_str("O"), &id, e);
    if (s != STATUS_OK) {
        tagset_free(t);
    }
    return s;
}

void tagset_free(struct tagset *t)
{
    strmap_free(t->tags);
    strmap_free(t->types);
    alloc_free(t->alloc, t->info, t->capacity * sizeof *t->info);
    t->tags = NULL;
    t->types = NULL;
    t->info = NULL;
    t->capacity = 0;
}

static struct slice strip_hyphens(struct slice s)
{
    while (s.len > 0 && s.data[0] == '-') {
        s = slice_of(s.data + 1, s.len - 1);
    }
    while (s.len > 0 && s.data[s.len - 1] == '-') {
        s.len--;
    }
    return s;
}

static bool fill_types(struct tagset *t, struct slice type,
                       struct tag_info *info)
{
    struct slice none = slice_str("");
    struct slice blank = slice_str("_");
    struct slice stripped = strip_hyphens(type);
    struct slice names[FAMILY_COUNT] = {
        [FAMILY_PLAIN] = type,
        [FAMILY_CONLLEVAL] = slice_is(type, "0") ? none : type,
        [FAMILY_SEQEVAL] = type.len > 0 ? type : blank,
        [FAMILY_STRICT] = stripped.len > 0 ? stripped : blank,
    };
    for (size_t i = 0; i < FAMILY_COUNT; i++) {
        if (!strmap_put(t->types, names[i], &info->type[i], NULL)) {
            return false;
        }
    }
    return true;
}

/* A tag that is met for the first time. */
static enum status learn(struct tagset *t, struct slice text, uint32_t *id,
                         struct err *e)
{
    struct tag tag;
    enum status s =
        t->raw ? tag_parse_raw(text, &tag, e) : tag_parse(text, &tag, e);
    if (s != STATUS_OK) {
        return s;
    }
    if (t->raw && tag.prefix != 'O') {
        tag.prefix = 'B';
    }
    struct tag_info info;
    info.prefix = (uint8_t)tag_prefix_index(tag.prefix);
    void *items = t->info;
    if (!fill_types(t, tag.type, &info) ||
        !alloc_grow(t->alloc, &items, &t->capacity,
                    (size_t)strmap_count(t->tags) + 1, sizeof *t->info)) {
        return err_nomem(e);
    }
    t->info = items;
    if (!strmap_put(t->tags, text, id, NULL)) {
        return err_nomem(e);
    }
    t->info[*id] = info;
    t->prefixes |= 1u << info.prefix;
    return STATUS_OK;
}

/* Corpora have a few dozen tags of a few bytes: their length, first, last
 * and middle byte tell nearly all of them apart. */
static size_t slot_of(struct slice s)
{
    size_t h = s.len;
    if (s.len > 0) {
        h += (size_t)(unsigned char)s.data[0] * 7;
        h += (size_t)(unsigned char)s.data[s.len - 1] * 31;
        h += (size_t)(unsigned char)s.data[s.len / 2] * 131;
    }
    return h % TAGSET_SLOTS;
}

enum status tagset_id(struct tagset *t, struct slice tag, uint32_t *id,
                      struct err *e)
{
    struct tagset_slot *slot = &t->slots[slot_of(tag)];
    if (slot->text.data != NULL && slice_eq(slot->text, tag)) {
        *id = slot->id;
        return STATUS_OK;
    }
    uint32_t found = 0;
    if (!strmap_find(t->tags, tag, &found)) {
        enum status s = learn(t, tag, &found, e);
        if (s != STATUS_OK) {
            return s;
        }
    }
    slot->text = strmap_key(t->tags, found);
    slot->id = found;
    *id = found;
    return STATUS_OK;
}
