#include "lex.h"

#include <string.h>

#include "tag/near.h"
#include "text/fold.h"
#include "text/key.h"
#include "text/token.h"

/* The words near a mention against a plain reading of what near.h says, over
 * texts made at random: sentences, long lines without an end, words above
 * ASCII, words glued to the mention. One reader goes through all mentions of
 * a text, mostly forwards, as the tagger does. */
enum { TEXT_MAX = 16384, SIDE = 1024, TEXTS = 200, MENTIONS = 60 };

static const char *const pieces[] = {"Kafka",
                                     "cluster",
                                     "clusters",
                                     "status",
                                     "libraries",
                                     "a",
                                     "is",
                                     "Java",
                                     "na\xC3\xAFve",
                                     "caf\xC3\xA9s",
                                     "\xC3\xA9",
                                     "e\xCC\x81",
                                     "go_fast",
                                     "x86",
                                     "2024",
                                     "\xE6\x97\xA5\xE6\x9C\xAC",
                                     "internationalizations",
                                     "Dies",
                                     "C++",
                                     "\xFF",
                                     "sixteen_bytes_on",
                                     "\xE2\x80\x8B"};
static const char *const gaps[] = {" ",        " ",
                                   " ",        " ",
                                   " ",        " ",
                                   ". ",       "\n",
                                   ", ",       "-",
                                   "/",        "? ",
                                   "",         "\n\n",
                                   "!\t",      "\xE2\x80\x9C",
                                   "\xC2\xA0", "\xE2\x80\x93",
                                   ".\r\n",    "("};
#define COUNT(list) (sizeof(list) / sizeof(list)[0])

static uint32_t seed = 1;

static size_t below(size_t n)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

struct sample {
    char bytes[TEXT_MAX];
    size_t len;
    size_t starts[TEXT_MAX], ends[TEXT_MAX]; /* of pieces */
    size_t count;
};

static void put(struct sample *s, const char *bytes)
{
    memcpy(s->bytes + s->len, bytes, strlen(bytes));
    s->len += strlen(bytes);
}

static void make_sample(struct sample *s)
{
    size_t size = below(TEXT_MAX - 100) + 1;
    size_t plain = below(3); /* with few ends of sentences, or none */
    s->len = 0;
    s->count = 0;
    while (s->len < size) {
        size_t word = below(plain == 0 ? 8 : COUNT(pieces));
        s->starts[s->count] = s->len;
        put(s, pieces[word]);
        s->ends[s->count++] = s->len;
        put(s, gaps[below(plain == 2 ? COUNT(gaps) : 6 + below(2))]);
    }
}

static bool blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static bool ends(const struct sample *s, size_t i)
{
    return i + 1 < s->len && near_ends((unsigned char)s->bytes[i],
                                       (unsigned char)s->bytes[i + 1]);
}

static size_t sentence_from(const struct sample *s, size_t at)
{
    size_t floor = at > SIDE ? at - SIDE : 0;
    size_t i = at;
    while (i > floor && !ends(s, i - 1)) {
        i--;
    }
    bool cut = i == floor;
    while (cut && i > 0 && i < at && !blank(s->bytes[i - 1])) {
        i++;
    }
    return i;
}

static size_t sentence_to(const struct sample *s, size_t at)
{
    size_t ceiling = s->len - at > SIDE ? at + SIDE : s->len;
    size_t i = at;
    while (i < ceiling && !ends(s, i)) {
        i++;
    }
    bool cut = i == ceiling;
    while (cut && i > at && i < s->len && !blank(s->bytes[i])) {
        i--;
    }
    return i;
}

/* The words of bytes from .. to - 1: the first NEAR_SIDE, or the last. */
static size_t words_of(const struct sample *s, size_t from, size_t to,
                       bool last, struct slice list[NEAR_SIDE])
{
    struct token t;
    size_t n = 0;
    for (size_t pos = from; token_next(slice_of(s->bytes, to), pos, &t);
         pos = t.end) {
        if (t.kind != TOKEN_WORD || (n == NEAR_SIDE && !last)) {
            continue;
        }
        if (n == NEAR_SIDE) {
            memmove(list, list + 1, (NEAR_SIDE - 1) * sizeof *list);
            n--;
        }
        list[n++] = slice_of(s->bytes + t.start, t.end - t.start);
    }
    return n;
}

static bool has(struct near *near, struct slice word, size_t i)
{
    return near_has(near, word, near_hash(word), i, i + 1);
}

static void check_word(struct near *near, size_t i, struct slice word)
{
    struct buf key;
    uint8_t single[KEY_BYTES_MAX];
    buf_init(&key, &alloc_default);
    fold_token(word, FOLD_CASE, &key);
    assert_true(key.len <= sizeof single);
    assert_true(has(near, buf_view(&key), i));
    memcpy(single, key.data, key.len);
    key.len = key.len > 3 ? key_plural(single, key.len) : key.len;
    memcpy(key.data, single, key.len);
    assert_true(has(near, buf_view(&key), i));
    buf_byte(&key, 'q');
    assert_false(has(near, buf_view(&key), i));
    buf_free(&key);
}

static void check_mention(struct near *near, const struct sample *s,
                          size_t start, size_t end)
{
    struct slice before[NEAR_SIDE];
    struct slice behind[NEAR_SIDE];
    near_look(near, slice_of(s->bytes, s->len), start, end);
    assert_int_equal(near->from, sentence_from(s, start));
    assert_int_equal(near->to, sentence_to(s, end));
    size_t n = words_of(s, near->from, start, true, before);
    size_t m = words_of(s, end, near->to, false, behind);
    assert_int_equal(near->before, n);
    assert_int_equal(near->count, n + m);
    for (size_t i = 0; i < n; i++) {
        check_word(near, i, before[i]);
    }
    for (size_t i = 0; i < m; i++) {
        check_word(near, n + i, behind[i]);
    }
}

static void test_words(void **state)
{
    static struct near near;
    static struct sample s;
    (void)state;
    buf_init(&near.keys, &alloc_default);
    for (int i = 0; i < TEXTS; i++) {
        make_sample(&s);
        near_reset(&near);
        size_t piece = 0;
        for (int k = 0; k < MENTIONS; k++) {
            piece = below(8) == 0 ? below(s.count) : piece + below(20);
            piece %= s.count;
            size_t last = piece + below(3);
            last = last < s.count ? last : piece;
            check_mention(&near, &s, s.starts[piece], s.ends[last]);
        }
    }
    buf_free(&near.keys);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
