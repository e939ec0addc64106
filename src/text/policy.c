#include "text/policy.h"

#include <utf8proc.h>

#include "text/fold.h"
#include "text/utf8.h"

static void fold(struct slice s, unsigned how, struct buf *out)
{
    buf_clear(out);
    fold_name(s, how, out);
}

static bool same_key(struct slice x, struct slice y, unsigned how,
                     struct buf *a, struct buf *b)
{
    fold(x, how, a);
    fold(y, how, b);
    return slice_eq(buf_view(a), buf_view(b));
}

static bool is_capital(uint32_t c)
{
    if (c < 0x80) {
        return c >= 'A' && c <= 'Z';
    }
    return c != UTF8_INVALID &&
           utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_LU;
}

/* Letter by letter over the NFC forms, as far as both go: they are known to
 * fold to the same key. */
static bool capitals_kept(struct slice name, struct slice text, struct buf *a,
                          struct buf *b)
{
    fold(name, FOLD_NONE, a);
    fold(text, FOLD_NONE, b);
    size_t i = 0;
    size_t j = 0;
    while (i < a->len && j < b->len) {
        size_t m = 0;
        size_t n = 0;
        uint32_t x = utf8_next(a->data, a->len, i, &m);
        uint32_t y = utf8_next(b->data, b->len, j, &n);
        if (is_capital(x) && !is_capital(y)) {
            return false;
        }
        i += m;
        j += n;
    }
    return true;
}

bool policy_accepts(enum policy_case policy, bool plural, struct slice name,
                    struct slice text, struct buf *a, struct buf *b)
{
    unsigned how = plural ? FOLD_PLURAL : FOLD_NONE;
    switch (policy) {
    case POLICY_EXACT: return same_key(name, text, how, a, b);
    case POLICY_FOLD: return same_key(name, text, how | FOLD_CASE, a, b);
    case POLICY_SMART:
        return same_key(name, text, how | FOLD_CASE, a, b) &&
               capitals_kept(name, text, a, b);
    }
    return false;
}
