/* Two taggers on the same gold. */
#include <string.h>

#include "eval/compare.h"
#include "gaz_eval_feed.h"
#include "gaz_internal.h"

enum { DEFAULT_ROUNDS = 1000 };

struct gaz_compare {
    struct alloc alloc;
    uint32_t rounds;
    uint64_t seed;
    struct buf names; /* both, one after the other */
    struct compare core;
    struct buf text;
};

gaz_status gaz_compare_create(const char *first, const char *second,
                              uint32_t rounds, uint64_t seed,
                              const gaz_allocator *allocator, gaz_compare **out,
                              gaz_error *e)
{
    struct err why = {0};
    struct alloc alloc = facade_alloc(allocator);
    struct gaz_compare *c = alloc_get(&alloc, sizeof *c);
    if (c == NULL) {
        return facade_error(e, GAZ_NOMEM, "out of memory");
    }
    memset(c, 0, sizeof *c);
    c->alloc = alloc;
    c->rounds = rounds > 0 ? rounds : DEFAULT_ROUNDS;
    c->seed = seed;
    buf_init(&c->names, &c->alloc);
    buf_init(&c->text, &c->alloc);
    buf_str(&c->names, first);
    buf_str(&c->names, second);
    enum status s = STATUS_OK;
    if (!buf_ok(&c->names)) {
        s = err_nomem(&why);
    } else {
        size_t len = strlen(first);
        s = compare_init(&c->core, slice_of(c->names.data, len),
                         slice_of(c->names.data + len, c->names.len - len),
                         false, &c->alloc, &why);
    }
    if (s != STATUS_OK) {
        buf_free(&c->names);
        alloc_free(&alloc, c, sizeof *c);
        return facade_status(s, &why, e);
    }
    *out = c;
    return GAZ_OK;
}

void gaz_compare_free(gaz_compare *compare)
{
    if (compare != NULL) {
        struct alloc alloc = compare->alloc;
        compare_free(&compare->core);
        buf_free(&compare->names);
        buf_free(&compare->text);
        alloc_free(&alloc, compare, sizeof *compare);
    }
}

gaz_status gaz_compare_run(gaz_compare *compare, const gaz_eval_input *gold,
                           const gaz_eval_input *first,
                           const gaz_eval_input *second, size_t *input,
                           gaz_error *e)
{
    struct err why = {0};
    const gaz_eval_input *predictions[] = {first, second};
    enum status s = facade_feed(gold, predictions, 2, compare_add,
                                &compare->core, &compare->alloc, input, &why);
    return facade_status(s, &why, e);
}

gaz_status gaz_compare_report(gaz_compare *compare, bool json,
                              const char **text, size_t *len, gaz_error *e)
{
    struct err why = {0};
    struct paired_result result;
    enum status s =
        paired_bootstrap(&compare->core.paired, compare->rounds, compare->seed,
                         &compare->alloc, &result, &why);
    buf_clear(&compare->text);
    if (s == STATUS_OK) {
        s = compare_report(&compare->core, &result, compare->rounds,
                           compare->seed, json, &compare->text, &why);
    }
    buf_byte(&compare->text, '\0');
    if (s == STATUS_OK && !buf_ok(&compare->text)) {
        s = err_nomem(&why);
    }
    if (s == STATUS_OK) {
        *text = compare->text.data;
        *len = compare->text.len - 1;
    }
    return facade_status(s, &why, e);
}

void gaz_compare_list(const gaz_compare *compare, const char **text,
                      size_t *len)
{
    *text = compare->core.list.data;
    *len = compare->core.list.len;
}
