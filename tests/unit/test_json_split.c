/* Where records of JSON begin and end: what is found in given bytes, and that
 * it is what a plain loop finds, whatever pieces the bytes come in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/json_split.h"

enum { ROOM = 1 << 16, NO_LIMIT = 1 << 20 };

struct shown {
    char text[ROOM];
    size_t len;
};

/* "KIND LINE:COLUMN #NUMBER text;": with a '+' in front of the text of what
 * goes over lines. from is the file's byte that data begins with. */
static void show(struct shown *to, const struct json_item *item,
                 const char *data)
{
    static const char *const kinds[] = {
        [JSON_RECORD] = "record", [JSON_NO_COMMA] = "no-comma",
        [JSON_OTHER] = "other",   [JSON_STRAY] = "stray",
        [JSON_OPEN] = "open",     [JSON_LONG] = "long",
        [JSON_NO_END] = "no-end"};
    int n = snprintf(to->text + to->len, ROOM - to->len,
                     "%s%s %zu:%zu #%zu %s%.*s;", to->len > 0 ? " " : "",
                     kinds[item->kind], item->line, item->column, item->number,
                     item->lines ? "+" : "", (int)item->len, data + item->at);
    to->len += (size_t)n;
    assert_true(to->len < ROOM);
}

/* The items of a text whose next piece is as long as next says; 0: all. */
static void split(struct shown *to, const char *text, size_t len, size_t max,
                  size_t (*next)(void))
{
    struct json_split s;
    struct json_items items = {NULL, 0, 0};
    size_t from = 0;
    size_t to_read = 0;
    bool end = false;
    to->len = 0;
    to->text[0] = '\0';
    json_split_begin(&s, max);
    while (!end) {
        size_t used = 0;
        size_t more = next != NULL ? next() : len + 1;
        end = len - to_read < more;
        to_read += end ? len - to_read : more;
        /* Memory of its own, so that reading past it is seen. */
        char *piece = malloc(to_read - from + 1);
        assert_non_null(piece);
        memcpy(piece, text + from, to_read - from);
        assert_true(
            json_split_next(&s, piece, to_read - from, end, &items, &used));
        for (size_t i = 0; i < items.count; i++) {
            show(to, &items.list[i], piece);
        }
        assert_true(used <= to_read - from);
        assert_true(used > 0 || items.count == 0 || end);
        assert_true(to_read - from - used <= max);
        from += used;
        free(piece);
    }
    assert_true(from == len || s.open != JSON_NOTHING || len == 0);
    free(items.list);
}

static void test_items(void **state)
{
    static const struct {
        const char *text, *items;
    } cases[] = {
        {"", ""},
        {" \n\r\t ", ""},
        {"[]", ""},
        {"\xEF\xBB\xBF[\n]\n", ""},
        {"{}", "record 1:1 #1 {};"},
        {"\xEF\xBB\xBF{}", "record 1:1 #1 {};"},
        {"[{},{}]", "record 1:2 #1 {}; record 1:5 #2 {};"},
        {"{}{}\n {}", "record 1:1 #1 {}; record 1:3 #2 {}; record 2:2 #3 {};"},
        {"[{}]\n[{}]{}",
         "record 1:2 #1 {}; record 2:2 #2 {}; record 2:5 #3 {};"},
        {"[\n {\n}\n, {\"a\":[{}]}]",
         "record 2:2 #1 +{\n}; record 4:3 #2 {\"a\":[{}]};"},
        {"[{\"}]\\\"}\":\"\\\\\"}]", "record 1:2 #1 {\"}]\\\"}\":\"\\\\\"};"},
        {"[{} {}]", "record 1:2 #1 {}; no-comma 1:5 #2 {};"},
        {"[{},]", "record 1:2 #1 {}; stray 1:5 #1 ];"},
        {"[,{}]", "stray 1:2 #0 ,; record 1:3 #1 {};"},
        {"[{},,{}]", "record 1:2 #1 {}; stray 1:5 #1 ,; record 1:6 #2 {};"},
        {"{},{}", "record 1:1 #1 {}; stray 1:3 #1 ,; record 1:4 #2 {};"},
        {"[{}]]", "record 1:2 #1 {}; stray 1:5 #1 ];"},
        {"{}}", "record 1:1 #1 {}; stray 1:3 #1 };"},
        {"[5, \"a,]\" ,null\n,{}]",
         "other 1:2 #0 5; other 1:5 #0 \"a,]\"; other 1:12 #0 null; "
         "record 2:2 #1 {};"},
        {"[[{\"a\":1}],{}]", "other 1:2 #0 [{\"a\":1}]; record 1:12 #1 {};"},
        {"it's \"so\n{}", "other 1:1 #0 it's \"so; record 2:1 #1 {};"},
        {"\"a\\\"[\" b [{}]", "other 1:1 #0 \"a\\\"[\" b; record 1:11 #1 {};"},
        {"[{} x \n]", "record 1:2 #1 {}; other 1:5 #1 x;"},
        {"[{}] x", "record 1:2 #1 {}; other 1:6 #1 x;"},
        {"[{}\n", "record 1:2 #1 {}; no-end 2:1 #1 ;"},
        {"[", "no-end 1:2 #0 ;"},
        {"[{},", "record 1:2 #1 {}; no-end 1:5 #1 ;"},
        {"[{},5", "record 1:2 #1 {}; other 1:5 #1 5; no-end 1:6 #1 ;"},
        {"[{},\n{\"a\n", "record 1:2 #1 {}; open 2:1 #2 +{\"a\n;"},
        {"{", "open 1:1 #1 {;"},
        {"\xEF\xBB", "other 1:1 #0 \xEF\xBB;"},
        {"[{\"a\":[}, {}]", "record 1:2 #1 {\"a\":[}, {}]; no-end 1:14 #1 ;"},
    };
    struct shown got;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        split(&got, cases[i].text, strlen(cases[i].text), NO_LIMIT, NULL);
        if (strcmp(got.text, cases[i].items) != 0) {
            fail_msg("%s:\n%s\nnot\n%s", cases[i].text, got.text,
                     cases[i].items);
        }
    }
}

/* What is too long is told with its begin, and what follows it is found. */
static void test_limit(void **state)
{
    struct shown got;
    static const char text[] = "[{\"a\":\"123\"},{\"a\":\"1234\"},{\"a\":1},"
                               "[1,2,3,4,5,6,7],{}]";
    (void)state;
    split(&got, text, strlen(text), 11, NULL);
    assert_string_equal(got.text,
                        "record 1:2 #1 {\"a\":\"123\"}; "
                        "long 1:14 #2 +{\"a\":\"1234\"; "
                        "record 1:27 #3 {\"a\":1}; "
                        "other 1:35 #3 +[1,2,3,4,5,; record 1:51 #4 {};");
    split(&got, "[{\"a\":\"123456789", 16, 11, NULL);
    assert_string_equal(got.text, "long 1:2 #1 +{\"a\":\"12345; "
                                  "no-end 1:17 #1 ;");
}

/* ---- against a plain loop ---- */

static uint64_t seed;

static size_t below(size_t n)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (size_t)(seed >> 33) % n;
}

static size_t few(void)
{
    return 1 + below(9);
}

static size_t some(void)
{
    return 1 + below(200);
}

struct plain {
    const char *text;
    size_t len, max, at;
    size_t number;
    struct shown *to;
};

static void tell(struct plain *p, enum json_kind kind, size_t from, size_t to)
{
    struct json_item item = {.kind = kind,
                             .at = from,
                             .len = to - from,
                             .line = 1,
                             .number = p->number};
    size_t begin = 0;
    for (size_t i = 0; i < from; i++) {
        if (p->text[i] == '\n') {
            item.line++;
            begin = i + 1;
        }
    }
    item.column = from - begin + 1;
    item.lines = memchr(p->text + from, '\n', to - from) != NULL;
    if (item.len > p->max) {
        item.len = p->max;
        item.lines = true;
        item.kind = kind == JSON_OTHER ? kind : JSON_LONG;
    }
    show(p->to, &item, p->text);
}

/* Behind the bracket that ends what begins here; 0: none does. */
static size_t nest_end(const struct plain *p)
{
    size_t depth = 0;
    bool inside = false;
    bool escaped = false;
    for (size_t i = p->at; i < p->len; i++) {
        char c = p->text[i];
        if (c == '"' && !escaped) {
            inside = !inside;
        } else if (!inside && (c == '{' || c == '[')) {
            depth++;
        } else if (!inside && (c == '}' || c == ']') && --depth == 0) {
            return i + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    return 0;
}

static size_t loose_end(const struct plain *p)
{
    bool inside = false;
    bool escaped = false;
    size_t i = p->at;
    for (; i < p->len && p->text[i] != '\n'; i++) {
        char c = p->text[i];
        if (!inside &&
            (c == ',' || c == '[' || c == ']' || c == '{' || c == '}')) {
            break;
        }
        inside = inside != (c == '"' && !escaped);
        escaped = c == '\\' && !escaped;
    }
    return i;
}

/* True where the file ends in it. */
static bool value(struct plain *p, enum json_kind kind, bool nest)
{
    size_t end = nest ? nest_end(p) : loose_end(p);
    size_t last = end;
    bool cut = end == 0;
    p->number += kind != JSON_OTHER;
    while (!nest && end - p->at <= p->max &&
           strchr(" \t\r", p->text[last - 1]) != NULL) {
        last--;
    }
    if (cut) {
        bool told = p->len - p->at > p->max;
        tell(p, kind == JSON_OTHER ? kind : JSON_OPEN, p->at, p->len);
        p->at = p->len;
        return !told;
    }
    tell(p, kind, p->at, last);
    p->at = end;
    return false;
}

/* One byte between values. True: no more is to be told. */
static bool between(struct plain *p, char *place)
{
    char c = p->text[p->at];
    if (c == '{' || c == '[') {
        if (c == '[' && *place == 'o') {
            *place = '[';
            p->at++;
            return false;
        }
        enum json_kind kind = c == '['        ? JSON_OTHER
                              : *place == 'v' ? JSON_NO_COMMA
                                              : JSON_RECORD;
        *place = *place == 'o' ? 'o' : 'v';
        return value(p, kind, true);
    }
    bool good = (c == ',' && *place == 'v') ||
                (c == ']' && (*place == 'v' || *place == '['));
    if (c == ',' || c == ']' || c == '}') {
        if (!good) {
            tell(p, JSON_STRAY, p->at, p->at + 1);
        }
        *place = c == ']' ? 'o' : good ? ',' : *place;
        p->at++;
        return false;
    }
    *place = *place == 'o' ? 'o' : 'v';
    return value(p, JSON_OTHER, false);
}

static void plainly(struct shown *to, const char *text, size_t len, size_t max)
{
    struct plain p = {.text = text, .len = len, .max = max, .to = to};
    char place = 'o'; /* or '[', ',', 'v' behind a value in an array */
    bool done = false;
    to->len = 0;
    to->text[0] = '\0';
    while (p.at < len && !done) {
        if (strchr(" \t\r\n", text[p.at]) != NULL) {
            p.at++;
        } else {
            done = between(&p, &place);
        }
    }
    if (!done && place != 'o') {
        tell(&p, JSON_NO_END, p.at, p.at);
    }
}

/* Bytes that matter, mostly in an order that makes sense. */
static size_t random_text(char *to, size_t room)
{
    static const char long_one[] =
        "{\"long enough to go over several blocks of bytes\":\"\\n\\t\\\\ "
        "{[\\\"[{, and so on, and so on, and so on, until it ends\"}";
    static const char *const parts[] = {
        long_one,
        "{\"a\":\"b\"}",
        "{\"t\": [1, {\"x\\\\\": \"]}\"}]}",
        ",",
        ",\n",
        ", ",
        "{",
        "}",
        "[",
        "]",
        "\"",
        "\\",
        "\\\"",
        "\n",
        " ",
        "x",
        "5",
        "\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\",
        "\r\n"};
    enum { PARTS = sizeof parts / sizeof parts[0] };
    size_t len = 0;
    size_t wild = below(4) == 0 ? PARTS : 5;
    if (below(2) == 0) {
        to[len++] = '[';
    }
    for (size_t n = below(30); n > 0; n--) {
        const char *part = parts[below(20) == 0 ? below(PARTS) : below(wild)];
        size_t k = strlen(part);
        if (len + k > room) {
            break;
        }
        memcpy(to + len, part, k);
        len += k;
    }
    return len;
}

static void test_random(void **state)
{
    static char text[4096];
    static struct shown want, got;
    static size_t (*const pieces[])(void) = {NULL, few, some};
    (void)state;
    for (uint64_t round = 1; round <= 20000; round++) {
        seed = round;
        size_t len = random_text(text, sizeof text);
        size_t max = below(2) == 0 ? NO_LIMIT : 1 + below(100);
        plainly(&want, text, len, max);
        for (size_t i = 0; i < 3; i++) {
            split(&got, text, len, max, pieces[i]);
            if (strcmp(want.text, got.text) != 0) {
                fail_msg("round %d, pieces %zu, max %zu: %.*s\n%s\nnot\n%s",
                         (int)round, i, max, (int)len, text, got.text,
                         want.text);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_items),
                                       cmocka_unit_test(test_limit),
                                       cmocka_unit_test(test_random)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
