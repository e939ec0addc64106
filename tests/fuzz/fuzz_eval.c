/* A corpus of any bytes as gold and prediction, scored and reported in every
 * way; as two files, the second behind a NUL byte; cross-validated. The first
 * byte chooses what. */
#include "fuzz.h"

#include "gaz.h"

struct feed {
    const char *data;
    size_t rest;
};

static gaz_status feed_read(void *context, char *buffer, size_t size,
                            size_t *got, gaz_error *e)
{
    struct feed *f = context;
    size_t n = f->rest < size ? f->rest : size;
    (void)e;
    if (n > 0) {
        memcpy(buffer, f->data, n);
        f->data += n;
    }
    f->rest -= n;
    *got = n;
    return GAZ_OK;
}

static gaz_eval_input input(struct feed *f, int tag_column)
{
    return (gaz_eval_input){
        .read = feed_read, .context = f, .tag_column = tag_column};
}

static void reports(gaz_eval *v)
{
    gaz_error e = {0};
    const char *text = NULL;
    size_t len = 0;
    double f1 = 0;
    for (int kind = GAZ_EVAL_PEOPLE; kind <= GAZ_EVAL_JSON; kind++) {
        if (gaz_eval_report(v, (gaz_eval_kind)kind, (kind & 1) != 0, 4, &text,
                            &len, &e) == GAZ_OK) {
            FUZZ_CHECK(strlen(text) == len);
        }
        if (gaz_eval_f1(v, (gaz_eval_kind)kind, &f1, &e) == GAZ_OK) {
            FUZZ_CHECK(f1 >= 0 && f1 <= 1);
        }
    }
    FUZZ_CHECK(gaz_eval_list(v, &text, &len, &e) == GAZ_OK);
    FUZZ_CHECK(gaz_eval_page(v, "<b>", &text, &len, &e) == GAZ_OK);
    /* The page is inert: all of its one script element is our own. */
    FUZZ_CHECK(strstr(text, "<b>") == NULL || strstr(text, "&lt;b&gt;"));
    (void)gaz_eval_card(v, NULL, 0, true, &text, &len, &e);
}

static void score(int choice, const char *gold, size_t gold_len,
                  const char *other, size_t other_len)
{
    struct feed feeds[3] = {
        {gold, gold_len}, {other, other_len}, {other, other_len}};
    gaz_eval_options o = {.kinds = 0x3F,
                          .tags = (gaz_eval_tags)(choice & 3),
                          .raw = (choice & 4) != 0,
                          .bootstrap = 5,
                          .list = true,
                          .page = true};
    gaz_eval *v = NULL;
    gaz_error e = {0};
    size_t which = 0;
    gaz_eval_input in[3];
    for (int i = 0; i < 3; i++) {
        in[i] = input(&feeds[i], 1);
    }
    in[1].tag_column = -1;
    FUZZ_CHECK(gaz_eval_create(&o, &fuzz_allocator, &v, &e) == GAZ_OK);
    if (choice & 8) {
        (void)gaz_eval_train(v, &in[2], &e);
    }
    if (other == NULL) {
        in[1].read = NULL;
    }
    if (gaz_eval_run(v, &in[0], &in[1], &which, &e) == GAZ_OK) {
        reports(v);
    } else {
        FUZZ_CHECK(e.message[0] != '\0' && which < 2);
    }
    gaz_eval_free(v);
}

static void compare(const char *gold, size_t gold_len, const char *other,
                    size_t other_len)
{
    struct feed feeds[3] = {
        {gold, gold_len}, {other, other_len}, {gold, gold_len}};
    gaz_eval_input in[3];
    gaz_compare *c = NULL;
    const char *text = NULL;
    size_t len = 0;
    size_t which = 0;
    for (int i = 0; i < 3; i++) {
        in[i] = input(&feeds[i], i == 1 ? -1 : 1);
    }
    FUZZ_CHECK(gaz_compare_create("a", "b", 5, 1, &fuzz_allocator, &c, NULL) ==
               GAZ_OK);
    if (gaz_compare_run(c, &in[0], &in[1], &in[2], &which, NULL) == GAZ_OK) {
        FUZZ_CHECK(gaz_compare_report(c, false, &text, &len, NULL) == GAZ_OK);
        FUZZ_CHECK(gaz_compare_report(c, true, &text, &len, NULL) == GAZ_OK);
        gaz_compare_list(c, &text, &len);
    }
    gaz_compare_free(c);
}

static void cross(const char *gold, size_t len)
{
    struct feed f = {gold, len};
    gaz_cross_options o = {.folds = 2};
    gaz_build_options build = {.tag_column = 1};
    gaz_tag_options tag = {0};
    gaz_eval_input in = input(&f, 1);
    gaz_cross *c = NULL;
    const char *text = NULL;
    size_t text_len = 0;
    if (gaz_cross_run(&o, &build, &tag, &in, &fuzz_allocator, &c, NULL) ==
        GAZ_OK) {
        FUZZ_CHECK(gaz_cross_report(c, false, &text, &text_len, NULL) ==
                   GAZ_OK);
        gaz_cross_free(c);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int choice = size > 0 ? data[0] : 0;
    size_t len = size - (size > 0);
    char *copy = fuzz_copy(data + (size > 0), len);
    if (copy == NULL) {
        return 0;
    }
    const char *nul = len > 0 ? memchr(copy, 0, len) : NULL;
    size_t gold = nul != NULL ? (size_t)(nul - copy) : len;
    const char *other = nul != NULL ? nul + 1 : NULL;
    size_t other_len = nul != NULL ? len - gold - 1 : 0;
    score(choice, copy, gold, other, other_len);
    if (choice & 16 && other != NULL) {
        compare(copy, gold, other, other_len);
    }
    if (choice & 32) {
        cross(copy, gold);
    }
    free(copy);
    return 0;
}
