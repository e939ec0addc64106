/* A corpus of any bytes: read, then built into a lexicon where it can be.
 * The first byte picks the columns and the step of reading. */
#include "fuzz.h"

#include <string.h>

#include "gaz.h"

struct feed {
    const char *data;
    size_t rest;
    size_t step;
};

static gaz_status feed_read(void *context, char *buffer, size_t size,
                            size_t *got, gaz_error *e)
{
    struct feed *f = context;
    size_t n = f->rest < f->step ? f->rest : f->step;
    (void)e;
    n = n < size ? n : size;
    memcpy(buffer, f->data, n);
    f->data += n;
    f->rest -= n;
    *got = n;
    return GAZ_OK;
}

static void read_all(struct feed *f, int column)
{
    gaz_reader *r = NULL;
    gaz_sentence s = {0};
    gaz_error e = {0};
    size_t line = 0;
    if (gaz_reader_open(feed_read, f, column, &r, &e) != GAZ_OK) {
        return;
    }
    do {
        if (gaz_reader_next(r, &s, &e) != GAZ_OK) {
            FUZZ_CHECK(e.message[0] != '\0');
            break;
        }
        for (size_t i = 0; i < s.count; i++) {
            FUZZ_CHECK(s.tokens[i].len > 0 &&
                       s.tokens[i].len <= s.lines[i].len);
        }
        FUZZ_CHECK(s.count == 0 || s.first_line > line);
        line = s.first_line;
    } while (s.count > 0);
    gaz_reader_close(r);
}

static void build(const char *data, size_t size, int choice)
{
    gaz_build_options o = {.token_column = choice & 1,
                           .tag_column = choice & 2 ? -1 : 0,
                           .scheme =
                               choice & 4 ? GAZ_SCHEME_IO : GAZ_SCHEME_AUTO};
    gaz_builder *b = NULL;
    gaz_error e = {0};
    const void *image = NULL;
    size_t len = 0;
    gaz_lexicon *l = NULL;
    if (gaz_builder_create(&o, &fuzz_allocator, &b, &e) != GAZ_OK) {
        return;
    }
    if (gaz_builder_add(b, GAZ_INPUT_CORPUS, "fuzz", data, size, &e) ==
            GAZ_OK &&
        gaz_builder_finish(b, &image, &len, &e) == GAZ_OK) {
        /* What we write, we read. */
        FUZZ_CHECK(gaz_lexicon_open(image, len, &fuzz_allocator, &l, &e) ==
                   GAZ_OK);
        gaz_lexicon_free(l);
    }
    gaz_builder_free(b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int choice = size > 0 ? data[0] : 0;
    const char *text = (const char *)data + (size > 0);
    size_t len = size - (size > 0);
    struct feed f = {text, len, 1 + (size_t)(choice >> 4)};
    read_all(&f, (choice & 7) - 3);
    build(text, len, choice);
    return 0;
}
