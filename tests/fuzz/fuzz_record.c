/* A record of any bytes: what is read of it is what jansson reads, what
 * jansson takes is taken, and what is written of it can be read again and is
 * then written the same. */
#include "fuzz.h"

#include <jansson.h>

#include "gaz.h"

static const gaz_record_fields fields = {
    .text = "t", .id = "i.j", .replaced = {"s", "u"}};

/* The record with a new field s. */
static char *join(const gaz_record *r, size_t *len)
{
    const gaz_token *parts = NULL;
    size_t count = 0;
    bool bare = false;
    unsigned had = 0;
    FUZZ_CHECK(gaz_record_parts(r, &parts, &count, &bare, &had));
    size_t size = 16;
    for (size_t i = 0; i < count; i++) {
        size += parts[i].len;
    }
    char *out = malloc(size);
    size_t n = 0;
    FUZZ_CHECK(out != NULL);
    for (size_t i = 0; i < count; i++) {
        if (i + 1 == count) {
            n += (size_t)snprintf(out + n, size - n, "%s\"s\":[]",
                                  bare ? "" : ",");
        }
        memcpy(out + n, parts[i].data, parts[i].len);
        n += parts[i].len;
    }
    *len = n;
    return out;
}

static void again(const gaz_record *first, const char *text, size_t len)
{
    gaz_record *r = NULL;
    size_t n = 0;
    size_t m = 0;
    char *once = join(first, &n);
    FUZZ_CHECK(gaz_record_create(NULL, &r, NULL) == GAZ_OK);
    FUZZ_CHECK(gaz_record_read(r, &fields, once, n, 1, NULL) == GAZ_OK);
    gaz_token t = gaz_record_text(r);
    FUZZ_CHECK(t.len == len && memcmp(t.data, text, len) == 0);
    char *twice = join(r, &m);
    FUZZ_CHECK(n == m && memcmp(once, twice, n) == 0);
    gaz_record_free(r);
    free(once);
    free(twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *line = fuzz_copy(data, size);
    gaz_record *r = NULL;
    gaz_error e = {0};
    FUZZ_CHECK(line != NULL);
    FUZZ_CHECK(gaz_record_create(NULL, &r, NULL) == GAZ_OK);
    gaz_status s = gaz_record_read(r, &fields, line, size, 1, &e);
    gaz_token t = gaz_record_text(r);
    json_t *root =
        json_loadb(line, size, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, NULL);
    const json_t *text = json_object_get(root, "t");
    /* jansson overlooks NUL bytes behind words, such as true. */
    bool nul = size > 0 && memchr(data, 0, size) != NULL;
    if (!nul && json_is_object(root) && json_is_string(text) &&
        s != GAZ_LIMIT) {
        FUZZ_CHECK(s == GAZ_OK);
        FUZZ_CHECK(json_string_length(text) == t.len &&
                   memcmp(json_string_value(text), t.data, t.len) == 0);
    }
    json_decref(root);
    if (s == GAZ_OK) {
        again(r, t.data, t.len);
    } else {
        FUZZ_CHECK(e.message[0] != '\0' && e.line == 1 && e.column > 0 &&
                   e.column <= size + 1);
    }
    gaz_record_free(r);
    free(line);
    return 0;
}
