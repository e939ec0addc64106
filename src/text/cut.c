#include "text/cut.h"

#include "text/class.h"
#include "text/hash.h"

size_t cut_gap_end(const uint8_t *text, size_t len, size_t at,
                   enum cut_gap *gap)
{
    size_t from = at;
    size_t newlines = 0;
    while (at < len) {
        uint8_t c = text[at];
        if (class_of_byte[c] == BYTE_SPACE) {
            newlines += c == '\n' ||
                        (c == '\r' && !(at + 1 < len && text[at + 1] == '\n'));
            at++;
            continue;
        }
        if (c < 0x80)
            break;
        uint32_t cp;
        size_t n;
        if (class_of_cp(text + at, len - at, &cp, &n) != CP_SPACE)
            break;
        at += n;
    }
    *gap = at == from ? CUT_GLUED : newlines > 1 ? CUT_BREAK : CUT_SPACED;
    return at;
}

/* Where the word ends whose first code point ended at `at`. */
static size_t word_rest(const uint8_t *text, size_t len, size_t at, bool alone)
{
    while (at < len) {
        uint8_t c = text[at];
        if (c < 0x80) {
            if (alone || class_of_byte[c] != BYTE_WORD)
                break;
            at++;
            continue;
        }
        uint32_t cp;
        size_t n;
        enum cp_class k = class_of_cp(text + at, len - at, &cp, &n);
        if (k != CP_MARK && k != CP_IGNORE && (alone || k != CP_WORD))
            break;
        at += n;
    }
    return at;
}

enum cut_kind cut_token_end(const uint8_t *text, size_t len, size_t at,
                            size_t *end)
{
    uint32_t cp;
    size_t n;
    switch (class_of_cp(text + at, len - at, &cp, &n)) {
    case CP_WORD:
    case CP_MARK: *end = word_rest(text, len, at + n, false); break;
    case CP_ALONE: *end = word_rest(text, len, at + n, true); break;
    case CP_BAD: *end = at + 1; return CUT_BAD;
    default: *end = at + n; return CUT_SYMBOL;
    }
    return *end - at > LIMIT_WORD ? CUT_BAD : CUT_WORD;
}

uint64_t cut_word_hash(const uint8_t *text, size_t start, size_t end,
                       unsigned how, struct word_key *key)
{
    if (!key_word(text + start, end - start, how, key))
        return HASH_BAD;
    return hash_key(key->bytes, key->n);
}

void cut_next(const uint8_t *text, size_t len, size_t at, unsigned how,
              struct word_key *key, struct cut *tok)
{
    enum cut_gap gap;
    at = cut_gap_end(text, len, at, &gap);
    tok->gap = (uint8_t)gap;
    tok->start = tok->end = at;
    tok->hash = HASH_BAD;
    if (at >= len) {
        tok->kind = CUT_END;
        return;
    }
    enum cut_kind kind = cut_token_end(text, len, at, &tok->end);
    if (kind == CUT_WORD) {
        tok->hash = cut_word_hash(text, at, tok->end, how, key);
        if (tok->hash == HASH_BAD)
            kind = CUT_BAD;
    } else if (kind == CUT_SYMBOL) {
        uint32_t cp;
        size_t n;
        class_of_cp(text + at, len - at, &cp, &n);
        tok->hash = hash_symbol(cp);
    }
    tok->kind = (uint8_t)kind;
}
