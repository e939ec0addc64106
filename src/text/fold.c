#include "text/fold.h"

#include "text/token.h"

void fold_token(struct slice token, unsigned folding, struct buf *out)
{
    struct word_key key;
    const uint8_t *bytes = (const uint8_t *)token.data;
    size_t end = 0;
    if (token.len > 0 && cut_token_end(bytes, token.len, 0, &end) == CUT_WORD &&
        end == token.len && key_word(bytes, token.len, folding, &key)) {
        buf_add(out, key.bytes, key.n);
    } else {
        buf_slice(out, token);
    }
}

void fold_name(struct slice name, unsigned folding, struct buf *out)
{
    struct token token;
    size_t pos = 0;
    bool first = true;
    while (token_next(name, pos, &token)) {
        if (!first && token.gap != GAP_GLUED) {
            buf_byte(out, ' ');
        }
        fold_token(slice_of(name.data + token.start, token.end - token.start),
                   folding, out);
        first = false;
        pos = token.end;
    }
}
