#include "text/join.h"

static bool one_of(struct slice token, const char *set)
{
    return token.len == 1 && token.data[0] != '\0' &&
           strchr(set, token.data[0]) != NULL;
}

/* 's, 're, n't and the like, also with U+2019. */
static bool is_contraction(struct slice t)
{
    if (t.len == 3 && memcmp(t.data, "n't", 3) == 0) {
        return true;
    }
    size_t mark = t.len > 1 && t.data[0] == '\''                        ? 1
                  : t.len > 3 && memcmp(t.data, "\xE2\x80\x99", 3) == 0 ? 3
                                                                        : 0;
    return mark > 0 && t.len - mark <= 2;
}

bool join_glued(struct slice before, struct slice after)
{
    return one_of(after, ",.;:!?)]}%/") || one_of(before, "([{/") ||
           is_contraction(after);
}

void join_token(const struct slice *before, struct slice token,
                struct buf *text)
{
    if (before != NULL && !join_glued(*before, token)) {
        buf_byte(text, ' ');
    }
    buf_slice(text, token);
}
