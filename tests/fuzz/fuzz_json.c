/* Records of any bytes in an array or one after another: what is found does not
 * depend on the pieces that the bytes come in, and where jansson reads an array
 * or an object, they are the records that it has. */
#include "fuzz.h"

#include <jansson.h>

#include "cli/json_split.h"

enum { MAX = 1 << 20 };

/* All items, with at as places in the whole. */
struct found {
    struct json_item *list;
    size_t count;
};

static void keep(struct found *f, const struct json_items *items, size_t from)
{
    if (items->count == 0) {
        return;
    }
    f->list = realloc(f->list, (f->count + items->count) * sizeof *f->list);
    FUZZ_CHECK(f->list != NULL);
    for (size_t i = 0; i < items->count; i++) {
        f->list[f->count] = items->list[i];
        f->list[f->count++].at += from;
    }
}

/* The next piece has as many bytes as the last bits of seed say. */
static struct found find(const char *text, size_t len, uint64_t seed)
{
    struct found f = {NULL, 0};
    struct json_items items = {NULL, 0, 0};
    struct json_split s;
    size_t from = 0;
    size_t to = seed == 0 ? len : 0;
    bool end = false;
    json_split_begin(&s, MAX);
    while (!end) {
        size_t used = 0;
        end = to == len;
        char *piece = fuzz_copy((const uint8_t *)text + from, to - from);
        FUZZ_CHECK(piece != NULL);
        FUZZ_CHECK(json_split_next(&s, piece, to - from, end, &items, &used));
        FUZZ_CHECK(used <= to - from);
        keep(&f, &items, from);
        from += used;
        seed = seed * UINT64_C(6364136223846793005) + 1;
        size_t more = 1 + (size_t)(seed >> 40) % 100;
        to = len - to < more ? len : to + more;
        free(piece);
    }
    free(items.list);
    return f;
}

static void same(const struct found *a, const struct found *b)
{
    FUZZ_CHECK(a->count == b->count);
    for (size_t i = 0; i < a->count; i++) {
        const struct json_item *x = &a->list[i];
        const struct json_item *y = &b->list[i];
        FUZZ_CHECK(x->kind == y->kind && x->place == y->place &&
                   x->lines == y->lines && x->at == y->at && x->len == y->len &&
                   x->line == y->line && x->column == y->column &&
                   x->number == y->number);
    }
}

static void is_record(const struct found *f, size_t i, const char *text,
                      const json_t *value)
{
    FUZZ_CHECK(i < f->count);
    const struct json_item *item = &f->list[i];
    json_t *own = json_loadb(text + item->at, item->len,
                             JSON_ALLOW_NUL | JSON_DECODE_ANY, NULL);
    FUZZ_CHECK(item->kind == JSON_RECORD || !json_is_object(value));
    FUZZ_CHECK(item->kind == JSON_OTHER || json_is_object(value));
    FUZZ_CHECK(json_equal(own, value));
    json_decref(own);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_copy(data, size);
    FUZZ_CHECK(text != NULL);
    struct found all = find(text, size, 0);
    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct found other = find(text, size, seed);
        same(&all, &other);
        free(other.list);
    }
    json_t *root = json_loadb(text, size, JSON_ALLOW_NUL, NULL);
    /* jansson overlooks NUL bytes behind words, such as true. */
    if (size == 0 || memchr(data, 0, size) != NULL) {
        json_decref(root);
        root = NULL;
    }
    if (json_is_array(root)) {
        FUZZ_CHECK(all.count == json_array_size(root));
        for (size_t i = 0; i < all.count; i++) {
            is_record(&all, i, text, json_array_get(root, i));
        }
    } else if (json_is_object(root)) {
        FUZZ_CHECK(all.count == 1);
        is_record(&all, 0, text, root);
    }
    json_decref(root);
    free(all.list);
    free(text);
    return 0;
}
