#include "lex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/keysort.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/bytes.h"
#include "base/slice.h"
#include "base/status.h"
#include "base/strmap.h"
#include "failing_alloc.h"

/* The same fields under the core's type. */
static struct alloc core_alloc(struct failing_alloc *state)
{
    gaz_allocator a = failing_allocator(state);
    return (struct alloc){a.resize, a.context};
}

static void test_errors(void **state)
{
    (void)state;
    struct err e;
    assert_int_equal(err_set(&e, STATUS_IO, "no %s", "disk"), STATUS_IO);
    assert_int_equal(e.code, STATUS_IO);
    assert_int_equal(e.line, 0);
    assert_int_equal(e.column, 0);
    assert_string_equal(e.message, "no disk");
    assert_int_equal(err_at(&e, STATUS_SYNTAX, 3, 7, "bad"), STATUS_SYNTAX);
    assert_int_equal(e.line, 3);
    assert_int_equal(e.column, 7);
    assert_int_equal(err_nomem(&e), STATUS_NOMEM);
    assert_string_equal(e.message, "out of memory");
    assert_int_equal(err_set(NULL, STATUS_LIMIT, "x"), STATUS_LIMIT);
}

/* A message that is too long ends at the last whole code point. */
static void test_long_message(void **state)
{
    (void)state;
    static const char *const units[] = {"x", "\xC3\xA9", "\xE2\x82\xAC",
                                        "\xF0\x9F\x90\xA7"};
    for (size_t u = 0; u < 4; u++) {
        for (size_t shift = 0; shift < 4; shift++) {
            char text[1024] = "";
            memset(text, 'a', shift);
            size_t n = strlen(units[u]);
            size_t at = shift;
            for (; at + n < sizeof text - 1; at += n) {
                memcpy(text + at, units[u], n);
            }
            text[at] = '\0';
            struct err e;
            (void)err_set(&e, STATUS_IO, "%s", text);
            size_t len = strlen(e.message);
            assert_true(len < ERR_MESSAGE_SIZE);
            assert_true(len + 4 >= ERR_MESSAGE_SIZE);
            assert_int_equal((len - shift) % n, 0);
        }
    }
}

static void test_sizes(void **state)
{
    (void)state;
    size_t out = 5;
    uint32_t id = 5;
    assert_true(size_mul(SIZE_MAX / 2, 2, &out));
    assert_int_equal(out, SIZE_MAX - 1);
    out = 5;
    assert_false(size_mul(SIZE_MAX / 2 + 1, 2, &out));
    assert_true(size_mul(SIZE_MAX, 0, &out));
    assert_int_equal(out, 0);
    assert_true(size_add(SIZE_MAX - 1, 1, &out));
    assert_false(size_add(SIZE_MAX, 1, &out));
    assert_true(size_to_u32(UINT32_MAX, &id));
    assert_int_equal(id, UINT32_MAX);
#if SIZE_MAX > UINT32_MAX
    assert_false(size_to_u32((size_t)UINT32_MAX + 1, &id));
#endif
}

static void test_grow(void **state)
{
    (void)state;
    struct failing_alloc counter = {0};
    struct alloc a = core_alloc(&counter);
    void *items = NULL;
    size_t capacity = 0;
    assert_true(alloc_grow(&a, &items, &capacity, 0, 4));
    assert_null(items);
    assert_true(alloc_grow(&a, &items, &capacity, 1, 4));
    assert_int_equal(capacity, 8);
    assert_true(alloc_grow(&a, &items, &capacity, 9, 4));
    assert_int_equal(capacity, 16);
    void *before = items;
    assert_false(alloc_grow(&a, &items, &capacity, SIZE_MAX / 2, 4));
    assert_false(alloc_grow(&a, &items, &capacity, SIZE_MAX, 1));
    counter.fail_from = counter.requests + 1;
    counter.fail_to = SIZE_MAX;
    assert_false(alloc_grow(&a, &items, &capacity, 17, 4));
    assert_ptr_equal(items, before);
    assert_int_equal(capacity, 16);
    alloc_free(&a, items, capacity * 4);
    alloc_free(&a, NULL, 100);
    assert_int_equal(counter.blocks, 0);
    assert_false(counter.wrong_size);
}

static void test_buf(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, &alloc_default);
    buf_add(&b, "xyz", 0);
    assert_int_equal(b.len, 0);
    buf_str(&b, "ab");
    buf_byte(&b, 'c');
    buf_fill(&b, '-', 3);
    buf_slice(&b, slice_of("d\0e", 3));
    buf_u64(&b, 0);
    buf_u64(&b, UINT64_MAX);
    assert_true(slice_eq(buf_view(&b),
                         slice_of("abc---d\0e018446744073709551615", 30)));
    buf_clear(&b);
    char name[600];
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    buf_format(&b, "%s=%d", name, 42); /* past its small buffer */
    assert_int_equal(b.len, 602);
    assert_memory_equal(b.data + 598, "n=42", 4);
    for (int i = 0; i < 5000; i++) {
        buf_byte(&b, (char)i);
    }
    assert_int_equal(b.len, 5602);
    assert_true(buf_ok(&b));
    buf_free(&b);
    assert_int_equal(b.capacity, 0);
    buf_free(&b);
}

static void test_buf_failure_sticks(void **state)
{
    (void)state;
    struct failing_alloc counter = {.fail_from = 2, .fail_to = 2};
    struct alloc a = core_alloc(&counter);
    struct buf b;
    buf_init(&b, &a);
    buf_str(&b, "kept");
    buf_fill(&b, 'x', 1000);
    assert_false(buf_ok(&b));
    buf_str(&b, "y"); /* there would be room */
    assert_true(slice_is(buf_view(&b), "kept"));
    assert_false(buf_reserve(&b, 1));
    buf_free(&b);
    assert_int_equal(counter.blocks, 0);
    struct buf huge;
    buf_init(&huge, &a);
    buf_str(&huge, "1");
    assert_false(buf_reserve(&huge, SIZE_MAX));
    buf_free(&huge);
}

static void test_arena(void **state)
{
    (void)state;
    struct failing_alloc counter = {0};
    struct alloc a = core_alloc(&counter);
    struct arena arena;
    arena_init(&arena, &a);
    unsigned char *pieces[300];
    for (size_t i = 0; i < 300; i++) {
        size_t size = i % 7 == 0 ? 100000 : i;
        pieces[i] = arena_get(&arena, size);
        assert_non_null(pieces[i]);
        assert_int_equal((uintptr_t)pieces[i] % 8, 0);
        memset(pieces[i], (int)(i & 255), size);
    }
    for (size_t i = 1; i < 300; i++) {
        size_t size = i % 7 == 0 ? 100000 : i;
        assert_int_equal(pieces[i][0], i & 255);
        assert_int_equal(pieces[i][size - 1], i & 255);
    }
    struct slice copy = arena_copy(&arena, slice_of("a\0b", 3));
    assert_memory_equal(copy.data, "a\0b", 4);
    assert_non_null(arena_copy(&arena, slice_of(NULL, 0)).data);
    assert_null(arena_get(&arena, SIZE_MAX));
    assert_null(arena_get(&arena, SIZE_MAX - 7));
    counter.fail_from = counter.requests + 1;
    counter.fail_to = SIZE_MAX;
    assert_null(arena_get(&arena, 1 << 20));
    assert_null(arena_copy(&arena, slice_of(NULL, SIZE_MAX - 1)).data);
    arena_free(&arena);
    arena_free(&arena);
    assert_int_equal(counter.blocks, 0);
    assert_false(counter.wrong_size);
}

static void test_strmap(void **state)
{
    (void)state;
    struct strmap *m = strmap_create(&alloc_default);
    uint32_t id = 9;
    bool added = true;
    assert_false(strmap_find(m, slice_str("a"), &id));
    assert_int_equal(id, 9);
    assert_true(strmap_put(m, slice_of(NULL, 0), &id, &added));
    assert_int_equal(id, 0);
    assert_true(added);
    assert_true(strmap_put(m, slice_of("a\0b", 3), &id, NULL));
    assert_int_equal(id, 1);
    assert_true(strmap_put(m, slice_of("a", 1), &id, NULL));
    assert_int_equal(id, 2);
    assert_true(strmap_put(m, slice_of("", 0), &id, &added));
    assert_int_equal(id, 0);
    assert_false(added);
    for (unsigned i = 0; i < 20000; i++) {
        char key[16];
        int n = snprintf(key, sizeof key, "k%u", i);
        assert_true(strmap_put(m, slice_of(key, (size_t)n), &id, &added));
        assert_int_equal(id, i + 3);
        assert_true(added);
    }
    assert_int_equal(strmap_count(m), 20003);
    assert_true(strmap_find(m, slice_str("k777"), &id));
    assert_int_equal(id, 780);
    assert_true(slice_is(strmap_key(m, 780), "k777"));
    assert_string_equal(strmap_key(m, 780).data, "k777");
    strmap_free(m);
    strmap_free(NULL);
}

/* Whatever request fails, what is in the map stays findable. */
static void test_strmap_without_memory(void **state)
{
    (void)state;
    for (size_t n = 1; n < 40; n++) {
        struct failing_alloc counter = {.fail_from = n, .fail_to = n};
        struct alloc a = core_alloc(&counter);
        struct strmap *m = strmap_create(&a);
        uint32_t put = 0;
        for (unsigned i = 0; m != NULL && i < 2000; i++) {
            uint32_t id = 0;
            char key[16];
            int len = snprintf(key, sizeof key, "%u", i);
            if (!strmap_put(m, slice_of(key, (size_t)len), &id, NULL)) {
                assert_int_equal(strmap_count(m), put);
                assert_true(
                    strmap_put(m, slice_of(key, (size_t)len), &id, NULL));
            }
            assert_int_equal(id, put);
            put++;
        }
        for (uint32_t i = 0; i < put; i++) {
            uint32_t id = 0;
            assert_true(strmap_find(m, strmap_key(m, i), &id));
            assert_int_equal(id, i);
        }
        strmap_free(m);
        assert_int_equal(counter.blocks, 0);
        assert_false(counter.wrong_size);
    }
}

static void test_digest(void **state)
{
    (void)state;
    static const unsigned char of_abc[4] = {0xba, 0x78, 0x16, 0xbf};
    static const unsigned char of_none[4] = {0xe3, 0xb0, 0xc4, 0x42};
    uint8_t sum[DIGEST_SHA256_SIZE];
    digest_sha256("abc", 3, sum);
    assert_memory_equal(sum, of_abc, 4);
    digest_sha256("", 0, sum);
    assert_memory_equal(sum, of_none, 4);
    assert_true(digest_xxh64("", 0, 0) == UINT64_C(0x2d06800538d394c2));
    assert_true(digest_xxh64("abc", 3, 0) != digest_xxh64("abd", 3, 0));
}

static void test_endian(void **state)
{
    (void)state;
    unsigned char b[9] = {0xFF, 0x01, 0x02, 0x03, 0x84, 0x05, 0x06, 0x07, 0x88};
    assert_int_equal(bytes_load16(b + 1), 0x0201);
    assert_true(bytes_load32(b + 1) == UINT32_C(0x84030201));
    assert_true(bytes_load64(b + 1) == UINT64_C(0x8807060584030201));
    unsigned char c[9] = {0};
    bytes_store64(c + 1, UINT64_C(0x8807060584030201));
    assert_memory_equal(b + 1, c + 1, 8);
    bytes_store32(c + 1, UINT32_C(0x84030201));
    assert_memory_equal(b + 1, c + 1, 4);
    bytes_store16(c + 1, 0x0201);
    assert_memory_equal(b + 1, c + 1, 2);
    assert_int_equal(c[0], 0);
}

static void test_slice(void **state)
{
    (void)state;
    assert_true(slice_eq(slice_of(NULL, 0), slice_str("")));
    assert_false(slice_eq(slice_str("a"), slice_str("ab")));
    assert_true(slice_is(slice_of("abc", 2), "ab"));
    assert_int_equal(slice_cmp(slice_str("a"), slice_str("ab")), -1);
    assert_true(slice_cmp(slice_str("b"), slice_str("ab")) > 0);
    assert_true(slice_cmp(slice_str("\xFF"), slice_str("a")) > 0);
    assert_int_equal(slice_cmp(slice_of(NULL, 0), slice_str("")), 0);
    assert_true(slice_is(slice_trim(slice_str(" \t a b\r ")), "a b"));
    assert_int_equal(slice_trim(slice_str(" \t\r")).len, 0);
}

enum { SORTED = 3000 };

static int by_words(const void *context, uint32_t a, uint32_t b)
{
    const struct slice *words = context;
    return slice_cmp(words[a], words[b]);
}

/* In the order of slice_cmp, equal ones as they were. */
static void test_keysort(void **state)
{
    (void)state;
    static char bytes[SORTED][24];
    static struct slice words[SORTED];
    static struct keysort_key keys[SORTED];
    uint32_t seed = 5;
    for (uint32_t i = 0; i < SORTED; i++) {
        size_t n = 0;
        for (; n < 20; n++) {
            seed = seed * 1664525u + 1013904223u;
            if (seed >> 28 == 0) {
                break;
            }
            bytes[i][n] = n < 15 && seed >> 30 != 0 ? 'a' : (char)(seed >> 20);
        }
        words[i] = slice_of(bytes[i], n);
        keys[i] = keysort_key(words[i], i);
    }
    assert_true(keysort(&alloc_default, keys, SORTED, by_words, words));
    for (uint32_t i = 1; i < SORTED; i++) {
        uint32_t a = keys[i - 1].item;
        uint32_t b = keys[i].item;
        int c = slice_cmp(words[a], words[b]);
        assert_true(c < 0 || (c == 0 && a < b));
    }
    assert_true(keysort(&alloc_default, keys, 0, by_words, words));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_long_message),
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_grow),
        cmocka_unit_test(test_buf),
        cmocka_unit_test(test_buf_failure_sticks),
        cmocka_unit_test(test_arena),
        cmocka_unit_test(test_strmap),
        cmocka_unit_test(test_strmap_without_memory),
        cmocka_unit_test(test_digest),
        cmocka_unit_test(test_endian),
        cmocka_unit_test(test_slice),
        cmocka_unit_test(test_keysort),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
