#include "tag/near.h"

#include "base/bytes.h"
#include "text/block.h"
#include "text/class.h"
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

/* *true_end: not only as far as is looked. */
static size_t sentence_end(struct slice text, size_t at, bool *true_end)
{
    *true_end = true;
    char room[BLOCK + BLOCK_SLACK];
    size_t ceiling = text.len - at > SIDE_BYTES ? at + SIDE_BYTES : text.len;
    for (size_t i = at; i < ceiling; i += BLOCK) {
        uint64_t ends = block_ends(block_at(text, i, room));
        size_t n = ends != 0 ? (size_t)__builtin_ctzll(ends) : BLOCK;
        if (n < BLOCK && i + n < ceiling) {
            return i + n;
        }
    }
    *true_end = ceiling == text.len;
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

/* Fewer than 8 bytes, as if zeros stood behind them; without a copy of a
 * length that differs from word to word. */
static uint64_t load_few(const char *p, size_t n)
{
    if (n >= 4) {
        return bytes_load32(p) | (uint64_t)bytes_load32(p + n - 4)
                                     << 8 * (n - 4);
    }
    if (n == 0) {
        return 0;
    }
    return (unsigned char)p[0] |
           (uint64_t)(unsigned char)p[n / 2] << 8 * (n / 2) |
           (uint64_t)(unsigned char)p[n - 1] << 8 * (n - 1);
}

/* Of at most 16 of its bytes; what is equal in it is compared. */
static uint64_t hash_of(const char *p, size_t n)
{
    uint64_t head = n >= 8 ? bytes_load64(p) : load_few(p, n);
    uint64_t tail = 0;
    if (n > 8) {
        tail = bytes_load64(p + n - 8);
    }
    return hash_of_ends(head, tail, n);
}

/* Hash the key in n->keys, of which the singular is made there. */
static void hash_keys(struct near *n, struct near_word *to)
{
    struct buf *keys = &n->keys;
    size_t len = buf_ok(keys) ? keys->len : 0;
    to->plain = len > 0 ? hash_of(keys->data, len) : 0;
    to->single = to->plain;
    if (len < 4 || len > KEY_BYTES_MAX || keys->data[len - 1] != 's') {
        return;
    }
    keys->len = key_plural((uint8_t *)keys->data, len);
    to->single = hash_of(keys->data, keys->len);
}

/* Small letters of 8 bytes of ASCII. */
static uint64_t lower8(uint64_t x)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t upper = (x + (0x80 - 'A') * ones) & ~(x + (0x7F - 'Z') * ones);
    return x | (upper & 0x80 * ones) >> 2;
}

/* The key of a word of ASCII: keys has room for 8 bytes more. */
static void put_ascii(struct buf *keys, struct slice word)
{
    char *key = keys->data;
    size_t len = word.len;
    for (size_t i = 0; i + 8 <= len; i += 8) {
        bytes_store64(key + i, lower8(bytes_load64(word.data + i)));
    }
    if (len >= 8) {
        bytes_store64(key + len - 8, lower8(bytes_load64(word.data + len - 8)));
    } else {
        bytes_store64(key, lower8(load_few(word.data, len)));
    }
    keys->len = len;
}

/* Put the key of a token of the kind CHAR_WORD into n->keys. */
static void put_key(struct near *n, struct slice word, bool ascii)
{
    buf_clear(&n->keys);
    if (ascii && buf_reserve(&n->keys, word.len + 8)) {
        put_ascii(&n->keys, word);
    } else {
        fold_token(word, FOLD_CASE, &n->keys);
    }
}

/* What hash_keys makes of a word of up to 16 bytes of ASCII that is its own
 * singular. 16 bytes can be read there. */
static uint64_t hash_ascii(struct slice word)
{
    const char *p = word.data;
    size_t n = word.len;
    uint64_t head = bytes_load64(p);
    if (n < 8) {
        head &= (UINT64_C(1) << 8 * n) - 1;
    }
    uint64_t tail = n > 8 ? lower8(bytes_load64(p + n - 8)) : 0;
    return hash_of_ends(lower8(head), tail, n);
}

static void load(struct near_reader *r, size_t at)
{
    char room[BLOCK + BLOCK_SLACK];
    const char *p = block_at(r->text, at, room);
    r->base = at;
    r->words = block_words(p);
    r->high = block_high(p);
}

/* The first byte at r->pos or behind it that is of a word, or not, or the
 * end. With a word, bytes above ASCII count too. */
static size_t seek(struct near_reader *r, bool word)
{
    size_t i = r->pos;
    for (;;) {
        if (i >= r->stop) {
            return r->stop;
        }
        if (i - r->base >= BLOCK) {
            load(r, i);
        }
        unsigned skip = (unsigned)(i - r->base);
        uint64_t bits = word ? r->words | r->high : ~r->words;
        bits = bits >> skip << skip;
        if (bits != 0) {
            i = r->base + (unsigned)__builtin_ctzll(bits);
            return i < r->stop ? i : r->stop;
        }
        i = r->base + BLOCK;
    }
}

/* A word that begins and ends in the block at hand, if that is ASCII and there
 * is one before the reader's end. */
static inline bool next_in_block(struct near_reader *r, struct slice *word)
{
    size_t skip = r->pos - r->base;
    if (skip >= BLOCK || r->high != 0) {
        return false;
    }
    uint64_t words = r->words >> skip << skip;
    unsigned start = words != 0 ? bits_ctz(words) : 0;
    uint64_t behind = ~r->words >> start << start;
    if (words == 0 || behind == 0) {
        return false;
    }
    unsigned end = bits_ctz(behind);
    if (r->base + end > r->stop) {
        return false;
    }
    *word = slice_of(r->text.data + r->base + start, end - start);
    r->pos = r->base + end;
    return true;
}

/* Words of ASCII are what the bits say; all others are token_next's. */
static bool next_word(struct near_reader *r, struct slice *word, bool *ascii)
{
    *ascii = true;
    if (next_in_block(r, word)) {
        return true;
    }
    for (;;) {
        size_t start = r->pos = seek(r, true);
        size_t end = r->pos = seek(r, false);
        *ascii = end > start && end - start <= LIMIT_WORD &&
                 (end == r->stop || (unsigned char)r->text.data[end] < 0x80);
        if (*ascii) {
            *word = slice_of(r->text.data + start, end - start);
            return true;
        }
        struct token t;
        if (!token_next(slice_of(r->text.data, r->stop), start, &t)) {
            r->pos = r->stop;
            return false;
        }
        r->pos = t.end;
        if (t.kind == TOKEN_WORD) {
            *word = slice_of(r->text.data + t.start, t.end - t.start);
            return true;
        }
    }
}

void near_reset(struct near *n)
{
    buf_reset(&n->keys);
    n->word_count = 0;
    n->read_from = SIZE_MAX;
    n->looked = false;
    n->filter_to = 0;
}

/* Read words anew, from a byte on. */
static void restart(struct near *n, struct slice text, size_t at)
{
    n->word_count = 0;
    n->filter_to = 0;
    n->read_from = at;
    n->reader.text = text;
    n->reader.pos = at;
    load(&n->reader, at);
}

/* The first of the words that begins at `at` or later. */
static size_t first_word(const struct near *n, size_t at)
{
    size_t low = 0;
    size_t count = n->word_count;
    if (count == 0 || n->words[0].start >= at) {
        return 0;
    }
    if (n->words[count - 1].start < at) {
        return count;
    }
    while (count > 0) {
        size_t half = count / 2;
        if (n->words[low + half].start < at) {
            low += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return low;
}

/* Forget the words before a byte. */
static void forget(struct near *n, size_t at)
{
    size_t gone = first_word(n, at);
    n->word_count -= gone;
    n->filter_to = 0;
    n->read_from = at;
    memmove(n->words, n->words + gone, n->word_count * sizeof *n->words);
}

/* Read on to byte `to`, or NEAR_SIDE words behind `end`, and keep those from
 * n->from on. False: there are too many. */
static bool read_words(struct near *n, size_t end, size_t to)
{
    struct near_reader *r = &n->reader;
    const struct slice text = r->text;
    struct slice word;
    bool ascii = false;
    r->stop = to;
    while (r->pos < to && (n->word_count < NEAR_SIDE ||
                           n->words[n->word_count - NEAR_SIDE].start < end)) {
        if (n->word_count == NEAR_WORDS_MAX) {
            forget(n, n->from);
        }
        if (n->word_count == NEAR_WORDS_MAX) {
            return false;
        }
        if (!next_word(r, &word, &ascii)) {
            return true;
        }
        struct near_word *w = &n->words[n->word_count++];
        w->start = (size_t)(word.data - r->text.data);
        w->len = (uint32_t)word.len;
        w->ascii = ascii;
        if (!ascii || word.len > 16 || text.len - w->start < 16 ||
            (word.data[word.len - 1] | 0x20) == 's') {
            put_key(n, word, ascii);
            hash_keys(n, w);
        } else {
            w->plain = w->single = hash_ascii(word);
        }
    }
    return true;
}

/* Is byte i no part of a word, and ASCII? Or the text's end. */
static bool is_gap(struct slice text, size_t i)
{
    return i >= text.len ||
           ((unsigned char)text.data[i] < 0x80 &&
            class_of_byte[(unsigned char)text.data[i]] != BYTE_WORD);
}

/* Where a text is cut before `from`, at `start`, `end` and `to`, are the words
 * the same as without? Then those that are there can be used again. */
static bool cuts_well(const struct near *n, size_t start, size_t end)
{
    struct slice t = n->reader.text;
    return (n->from == 0 || is_gap(t, n->from - 1)) &&
           (start == 0 || is_gap(t, start - 1)) && is_gap(t, end) &&
           is_gap(t, n->to);
}

static void put_filter(struct near *n, const struct near_word *w)
{
    n->filter[w->plain >> 6 & 7] |= 1ULL << (w->plain & 63);
    n->filter[w->single >> 6 & 7] |= 1ULL << (w->single & 63);
}

/* Of the words [from, middle) the last, of [behind, to) the first. */
static void choose(struct near *n, size_t from, size_t middle, size_t behind,
                   size_t to)
{
    from = middle - from > NEAR_SIDE ? middle - NEAR_SIDE : from;
    to = to - behind > NEAR_SIDE ? behind + NEAR_SIDE : to;
    n->first = from;
    n->before = middle - from;
    n->behind = behind;
    n->count = n->before + (to - behind);
    if (from >= n->filter_from && to <= n->filter_to) {
        return;
    }
    n->filter_from = from;
    n->filter_to = to;
    memset(n->filter, 0, sizeof n->filter);
    for (size_t i = from; i < to; i++) {
        put_filter(n, &n->words[i]);
    }
}

/* With the text cut at both ends of the mention. */
static void look_apart(struct near *n, struct slice text, size_t start,
                       size_t end)
{
    restart(n, text, n->from);
    (void)read_words(n, start, start);
    size_t middle = n->word_count;
    n->reader.pos = end;
    load(&n->reader, end);
    (void)read_words(n, end, n->to);
    choose(n, 0, middle, middle, n->word_count);
    n->read_from = SIZE_MAX;
}

/* Is the sentence around bytes start .. end - 1 that of the look before? Its
 * end must be a true one, and no sentence end in the mention there. */
static bool same_sentence(struct near *n, size_t start, size_t end)
{
    char room[BLOCK + BLOCK_SLACK];
    if (!n->looked || start < n->look_end || end > n->to ||
        start - n->from >= SIDE_BYTES || n->to - end >= SIDE_BYTES) {
        return false;
    }
    size_t length = n->look_end - n->look_start;
    uint64_t ends = block_ends(block_at(n->reader.text, n->look_start, room));
    n->looked = length < BLOCK && (ends & ((UINT64_C(1) << length) - 1)) == 0;
    return n->looked;
}

static void find_sentence(struct near *n, struct slice text, size_t start,
                          size_t end)
{
    if (!same_sentence(n, start, end)) {
        n->from = sentence_start(text, start);
        n->to = sentence_end(text, end, &n->looked);
        n->look_start = start;
        n->look_end = end;
    }
}

void near_look(struct near *n, struct slice text, size_t start, size_t end)
{
    find_sentence(n, text, start, end);
    n->reader.text = text;
    if (!cuts_well(n, start, end)) {
        look_apart(n, text, start, end);
        return;
    }
    if (n->from < n->read_from || n->from > n->reader.pos) {
        restart(n, text, n->from);
    }
    if (!read_words(n, end, n->to)) {
        look_apart(n, text, start, end);
        return;
    }
    choose(n, first_word(n, n->from), first_word(n, start), first_word(n, end),
           first_word(n, n->to));
}

/* Is this the key of the word, or its singular? */
static bool is_word(struct near *n, const struct near_word *w, bool single,
                    struct slice word)
{
    struct near_word same;
    put_key(n, slice_of(n->reader.text.data + w->start, w->len), w->ascii);
    if (single) {
        hash_keys(n, &same);
    }
    return buf_ok(&n->keys) && slice_eq(buf_view(&n->keys), word);
}

uint64_t near_hash(struct slice word)
{
    return hash_of(word.data, word.len);
}

bool near_has(struct near *n, struct slice word, uint64_t hash, size_t from,
              size_t to)
{
    if (!near_may(n, hash) ||
        !buf_ok(&n->keys)) { /* context_filter will tell */
        return false;
    }
    for (size_t i = from; i < to; i++) {
        const struct near_word *w =
            i < n->before ? &n->words[n->first + i]
                          : &n->words[n->behind + (i - n->before)];
        if ((w->plain == hash && is_word(n, w, false, word)) ||
            (w->single == hash && is_word(n, w, true, word))) {
            return true;
        }
    }
    return false;
}
