#include "tag/near.h"

#include "text/fold.h"
#include "text/key.h"
#include "text/limits.h"
#include "text/token.h"

enum { SIDE_BYTES = 1024 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

bool near_ends(unsigned char before, unsigned char after)
{
    if (before == '\n') {
        return after == '\n';
    }
    return (before == '.' || before == '!' || before == '?') &&
           is_blank((char)after);
}

static inline bool ends_sentence(struct slice text, size_t i)
{
    char c = text.data[i];
    bool may = c == '.' || c == '\n' || c == '!' || c == '?';
    return may && i + 1 < text.len &&
           near_ends((unsigned char)c, (unsigned char)text.data[i + 1]);
}

static size_t sentence_start(struct slice text, size_t at)
{
    size_t floor = at > SIDE_BYTES ? at - SIDE_BYTES : 0;
    size_t i = at;
    while (i > floor && !ends_sentence(text, i - 1)) {
        i--;
    }
    /* Never start inside a word or a UTF-8 sequence. */
    while (i > 0 && i < at && i == floor && !is_blank(text.data[i - 1])) {
        i++;
        floor++;
    }
    return i;
}

static size_t sentence_end(struct slice text, size_t at)
{
    size_t ceiling = text.len - at > SIDE_BYTES ? at + SIDE_BYTES : text.len;
    size_t i = at;
    while (i < ceiling && !ends_sentence(text, i)) {
        i++;
    }
    while (i == ceiling && i > at && i < text.len && !is_blank(text.data[i])) {
        i--;
        ceiling--;
    }
    return i;
}

/* Of at most 16 of its bytes; what is equal in it is compared. */
static uint64_t hash_of(const char *p, size_t n)
{
    uint64_t head = 0;
    uint64_t tail = 0;
    memcpy(&head, p, n < 8 ? n : 8);
    if (n > 8) {
        memcpy(&tail, p + n - 8, 8);
    }
    uint64_t h = (head ^ (tail >> 29 | tail << 35) ^ n) * 0x9e3779b97f4a7c15ULL;
    return h ^ h >> 32;
}

static void put_filter(struct near *n, uint64_t hash)
{
    n->filter[hash >> 6 & 7] |= 1ULL << (hash & 63);
}

/* A token of the kind CHAR_WORD. */
static void make_word(struct near *n, struct slice word, bool ascii,
                      struct near_word *to)
{
    struct buf *keys = &n->keys;
    size_t at = keys->len;
    if (ascii && buf_reserve(keys, word.len)) {
        for (size_t i = 0; i < word.len; i++) {
            char c = word.data[i];
            keys->data[at + i] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
        }
        keys->len += word.len;
    } else {
        fold_token(word, FOLD_CASE, keys);
    }
    size_t len = keys->len - at;
    *to = (struct near_word){.plain = (uint32_t)at,
                             .plain_len = (uint32_t)len,
                             .single = (uint32_t)at,
                             .single_len = (uint32_t)len};
    if (!buf_ok(keys)) {
        *to = (struct near_word){0};
        return;
    }
    to->plain_hash = hash_of(keys->data + at, len);
    to->single_hash = to->plain_hash;
    put_filter(n, to->plain_hash);
    if (len < 4 || len > KEY_BYTES_MAX || keys->data[at + len - 1] != 's') {
        return;
    }
    uint8_t single[KEY_BYTES_MAX];
    memcpy(single, keys->data + at, len);
    size_t single_len = key_plural(single, len);
    if (single_len == len) {
        return;
    }
    if (single_len + 1 != len) { /* ies: y */
        to->single = (uint32_t)keys->len;
        buf_add(keys, single, single_len);
    }
    to->single_len = (uint32_t)single_len;
    to->single_hash = hash_of((const char *)single, single_len);
    put_filter(n, to->single_hash);
}

static bool in_word(unsigned char c)
{
    unsigned char lower = c | 0x20;
    return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* The next word at or behind *pos, which is set behind it. Words of ASCII are
 * what in_word says; all others are token_next's. */
static bool next_word(struct slice text, size_t *pos, struct slice *word,
                      bool *ascii)
{
    size_t i = *pos;
    for (;;) {
        while (i < text.len && (unsigned char)text.data[i] < 0x80 &&
               !in_word((unsigned char)text.data[i])) {
            i++;
        }
        size_t end = i;
        while (end < text.len && in_word((unsigned char)text.data[end])) {
            end++;
        }
        *ascii = end > i && end - i <= LIMIT_WORD &&
                 (end == text.len || (unsigned char)text.data[end] < 0x80);
        if (*ascii) {
            *word = slice_of(text.data + i, end - i);
            *pos = end;
            return true;
        }
        struct token t;
        if (!token_next(text, i, &t)) {
            return false;
        }
        i = t.end;
        if (t.kind == TOKEN_WORD) {
            *word = slice_of(text.data + t.start, t.end - t.start);
            *pos = t.end;
            return true;
        }
    }
}

void near_look(struct near *n, struct slice text, size_t start, size_t end)
{
    struct slice ring[NEAR_SIDE];
    bool ascii[NEAR_SIDE];
    size_t seen = 0;
    buf_clear(&n->keys);
    memset(n->filter, 0, sizeof n->filter);
    n->from = sentence_start(text, start);
    n->to = sentence_end(text, end);
    size_t pos = n->from;
    struct slice front = slice_of(text.data, start);
    while (next_word(front, &pos, &ring[seen % NEAR_SIDE],
                     &ascii[seen % NEAR_SIDE])) {
        seen++;
    }
    n->before = seen < NEAR_SIDE ? seen : NEAR_SIDE;
    for (size_t i = 0; i < n->before; i++) {
        size_t from = (seen - n->before + i) % NEAR_SIDE;
        make_word(n, ring[from], ascii[from], &n->words[i]);
    }
    n->count = n->before;
    pos = end;
    struct slice back = slice_of(text.data, n->to);
    while (n->count < n->before + NEAR_SIDE &&
           next_word(back, &pos, &ring[0], &ascii[0])) {
        make_word(n, ring[0], ascii[0], &n->words[n->count++]);
    }
}

bool near_has(const struct near *n, struct slice word, size_t from, size_t to)
{
    uint64_t hash = hash_of(word.data, word.len);
    if ((n->filter[hash >> 6 & 7] >> (hash & 63) & 1) == 0 ||
        !buf_ok(&n->keys)) { /* context_filter will tell */
        return false;
    }
    for (size_t i = from; i < to; i++) {
        const struct near_word *w = &n->words[i];
        const char *keys = n->keys.data;
        if ((w->plain_hash == hash &&
             slice_eq(slice_of(keys + w->plain, w->plain_len), word)) ||
            (w->single_hash == hash &&
             slice_eq(slice_of(keys + w->single, w->single_len), word))) {
            return true;
        }
    }
    return false;
}
