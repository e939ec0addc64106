#include "tag/near.h"

#include "base/bytes.h"
#include "text/block.h"
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

/* The sentence's first byte: the text's, or behind the last end before `at`. */
static size_t sentence_start(struct slice text, size_t at)
{
    char room[BLOCK + BLOCK_SLACK];
    size_t floor = at > SIDE_BYTES ? at - SIDE_BYTES : 0;
    size_t i = at;
    while (i > floor) {
        size_t n = i - floor < BLOCK ? i - floor : BLOCK;
        uint64_t ends = block_ends(block_at(text, i - n, room));
        ends &= ~UINT64_C(0) >> (BLOCK - n);
        if (ends != 0) {
            return i - n + BLOCK - (unsigned)__builtin_clzll(ends);
        }
        i -= n;
    }
    /* Never start inside a word or a UTF-8 sequence. */
    while (i > 0 && i < at && !is_blank(text.data[i - 1])) {
        i++;
    }
    return i;
}

static size_t sentence_end(struct slice text, size_t at)
{
    char room[BLOCK + BLOCK_SLACK];
    size_t ceiling = text.len - at > SIDE_BYTES ? at + SIDE_BYTES : text.len;
    for (size_t i = at; i < ceiling; i += BLOCK) {
        uint64_t ends = block_ends(block_at(text, i, room));
        size_t n = ends != 0 ? (size_t)__builtin_ctzll(ends) : BLOCK;
        if (n < BLOCK && i + n < ceiling) {
            return i + n;
        }
    }
    while (ceiling > at && ceiling < text.len &&
           !is_blank(text.data[ceiling])) {
        ceiling--;
    }
    return ceiling;
}

/* Of n bytes: the first eight (zeros behind fewer), the last eight. */
static uint64_t hash_of_ends(uint64_t head, uint64_t tail, size_t n)
{
    uint64_t h = (head ^ (tail >> 29 | tail << 35) ^ n) * 0x9e3779b97f4a7c15ULL;
    return h ^ h >> 32;
}

/* Of at most 16 of its bytes; what is equal in it is compared. */
static uint64_t hash_of(const char *p, size_t n)
{
    uint64_t head = 0;
    uint64_t tail = 0;
    if (n >= 8) {
        head = bytes_load64(p);
    } else {
        memcpy(&head, p, n);
        head = bytes_le64(head);
    }
    if (n > 8) {
        tail = bytes_load64(p + n - 8);
    }
    return hash_of_ends(head, tail, n);
}

static void put_filter(struct near *n, uint64_t hash)
{
    n->filter[hash >> 6 & 7] |= 1ULL << (hash & 63);
}

/* The key at keys->data + at, the end of what is there. */
static void put_key(struct near *n, size_t at, struct near_word *to)
{
    struct buf *keys = &n->keys;
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

/* Small letters of 8 bytes of ASCII. */
static uint64_t lower8(uint64_t x)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t upper = (x + (0x80 - 'A') * ones) & ~(x + (0x7F - 'Z') * ones);
    return x | (upper & 0x80 * ones) >> 2;
}

/* A word of ASCII: keys has room for 8 bytes more than it has. */
static void put_ascii(struct near *n, struct slice word, struct near_word *to)
{
    char *key = n->keys.data + n->keys.len;
    size_t len = word.len;
    size_t i = 0;
    for (; i + 8 <= len; i += 8) {
        bytes_store64(key + i, lower8(bytes_load64(word.data + i)));
    }
    if (i < len && len >= 8) {
        bytes_store64(key + len - 8, lower8(bytes_load64(word.data + len - 8)));
    } else if (i < len) {
        uint64_t few = 0;
        memcpy(&few, word.data, len);
        bytes_store64(key, lower8(bytes_le64(few)));
    }
    size_t at = n->keys.len;
    n->keys.len += len;
    put_key(n, at, to);
}

/* A token of the kind CHAR_WORD. */
static void make_word(struct near *n, struct slice word, bool ascii,
                      struct near_word *to)
{
    size_t at = n->keys.len;
    if (ascii && buf_reserve(&n->keys, word.len + 8)) {
        put_ascii(n, word, to);
        return;
    }
    fold_token(word, FOLD_CASE, &n->keys);
    put_key(n, at, to);
}

/* Words of a text, one after the other. */
struct reader {
    struct slice text;
    size_t pos;
    size_t base;    /* the bits are of BLOCK bytes from here on */
    uint64_t words; /* ASCII letters, digits, '_' */
    uint64_t high;
};

static void load(struct reader *r, size_t at)
{
    char room[BLOCK + BLOCK_SLACK];
    const char *p = block_at(r->text, at, room);
    r->base = at;
    r->words = block_words(p);
    r->high = block_high(p);
}

static void reader_open(struct reader *r, struct slice text, size_t at)
{
    r->text = text;
    r->pos = at;
    load(r, at);
}

/* The first byte at r->pos or behind it that is of a word, or not, or the
 * text's end. With a word, bytes above ASCII count too. */
static size_t seek(struct reader *r, bool word)
{
    size_t i = r->pos;
    for (;;) {
        if (i >= r->text.len) {
            return r->text.len;
        }
        if (i - r->base >= BLOCK) {
            load(r, i);
        }
        unsigned skip = (unsigned)(i - r->base);
        uint64_t bits = word ? r->words | r->high : ~r->words;
        bits = bits >> skip << skip;
        if (bits != 0) {
            i = r->base + (unsigned)__builtin_ctzll(bits);
            return i < r->text.len ? i : r->text.len;
        }
        i = r->base + BLOCK;
    }
}

/* Words of ASCII are what the bits say; all others are token_next's. */
static bool next_word(struct reader *r, struct slice *word, bool *ascii)
{
    for (;;) {
        size_t start = r->pos = seek(r, true);
        size_t end = r->pos = seek(r, false);
        *ascii = end > start && end - start <= LIMIT_WORD &&
                 (end == r->text.len || (unsigned char)r->text.data[end] < 0x80);
        if (*ascii) {
            *word = slice_of(r->text.data + start, end - start);
            return true;
        }
        struct token t;
        if (!token_next(r->text, start, &t)) {
            return false;
        }
        r->pos = t.end;
        if (t.kind == TOKEN_WORD) {
            *word = slice_of(r->text.data + t.start, t.end - t.start);
            return true;
        }
    }
}

void near_look(struct near *n, struct slice text, size_t start, size_t end)
{
    struct slice ring[NEAR_SIDE];
    bool ascii[NEAR_SIDE];
    struct reader r;
    size_t seen = 0;
    size_t slot = 0;
    buf_clear(&n->keys);
    memset(n->filter, 0, sizeof n->filter);
    n->from = sentence_start(text, start);
    n->to = sentence_end(text, end);
    reader_open(&r, slice_of(text.data, start), n->from);
    while (next_word(&r, &ring[slot], &ascii[slot])) {
        seen++;
        slot = slot + 1 < NEAR_SIDE ? slot + 1 : 0;
    }
    n->before = seen < NEAR_SIDE ? seen : NEAR_SIDE;
    slot = seen < NEAR_SIDE ? 0 : slot; /* the first of those that are left */
    for (size_t i = 0; i < n->before; i++) {
        make_word(n, ring[slot], ascii[slot], &n->words[i]);
        slot = slot + 1 < NEAR_SIDE ? slot + 1 : 0;
    }
    n->count = n->before;
    reader_open(&r, slice_of(text.data, n->to), end);
    while (n->count < n->before + NEAR_SIDE &&
           next_word(&r, &ring[0], &ascii[0])) {
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
