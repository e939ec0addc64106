#include "text/token.h"

bool token_next(struct slice text, size_t pos, struct token *out)
{
    const uint8_t *bytes = (const uint8_t *)text.data;
    enum cut_gap gap = CUT_GLUED;
    size_t start = cut_gap_end(bytes, text.len, pos, &gap);
    if (start >= text.len) {
        return false;
    }
    enum cut_kind kind = cut_token_end(bytes, text.len, start, &out->end);
    out->start = start;
    out->kind = kind == CUT_WORD     ? TOKEN_WORD
                : kind == CUT_SYMBOL ? TOKEN_SYMBOL
                                     : TOKEN_INVALID;
    out->gap = pos == 0 || gap == CUT_BREAK ? GAP_BREAK
               : gap == CUT_SPACED          ? GAP_SPACED
                                            : GAP_GLUED;
    return true;
}
