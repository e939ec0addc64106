/* gaz eval --compare and --cv. */
#include "cli/eval.h"

static int compare_files(const struct eval_args *a, gaz_compare *compare,
                         struct eval_file files[3])
{
    gaz_error e = {0};
    size_t input = 0;
    const char *text = NULL;
    size_t len = 0;
    /* files: A, B, GOLD; inputs: 0 gold, 1 A, 2 B */
    if (gaz_compare_run(compare, &files[2].input, &files[0].input,
                        &files[1].input, &input, &e) != GAZ_OK) {
        return cli_error(files[input == 0 ? 2 : input - 1].path, &e);
    }
    if (gaz_compare_report(compare, a->kind == GAZ_EVAL_JSON, &text, &len,
                           &e) != GAZ_OK) {
        return cli_error(NULL, &e);
    }
    int s = whole_write("-", text, len);
    if (s == EXIT_OK && a->list != NULL) {
        gaz_compare_list(compare, &text, &len);
        s = whole_write(a->list, text, len);
    }
    return s;
}

int eval_compare(const struct eval_args *a)
{
    struct eval_file files[3] = {{0}, {0}, {0}};
    gaz_compare *compare = NULL;
    gaz_error e = {0};
    int s = eval_tagger_open(a, a->files[0], &files[0]);
    if (s == EXIT_OK) {
        s = eval_tagger_open(a, a->files[1], &files[1]);
    }
    if (s == EXIT_OK) {
        s = eval_file_open(a->files[2], eval_column(a, 0, 0),
                           eval_column(a, 1, 1), &files[2]);
    }
    if (s == EXIT_OK &&
        gaz_compare_create(a->files[0], a->files[1], a->options.bootstrap,
                           a->options.seed, NULL, &compare, &e) != GAZ_OK) {
        s = cli_error(NULL, &e);
    }
    if (s == EXIT_OK) {
        s = compare_files(a, compare, files);
    }
    gaz_compare_free(compare);
    for (int i = 0; i < 3; i++) {
        s = eval_file_close(&files[i], s);
    }
    return s;
}

int eval_cross(const struct eval_args *a)
{
    gaz_cross_options options = {a->folds, a->options.seed, a->by_document};
    struct eval_file corpus = {0};
    gaz_cross *cross = NULL;
    gaz_error e = {0};
    const char *text = NULL;
    size_t len = 0;
    int s = eval_file_open(a->files[0], eval_column(a, 0, 0),
                           eval_column(a, 1, 1), &corpus);
    if (s == EXIT_OK &&
        gaz_cross_run(&options, &a->build, &a->tag, &corpus.input, NULL, &cross,
                      &e) != GAZ_OK) {
        s = cli_error(a->files[0], &e);
    }
    if (s == EXIT_OK && gaz_cross_report(cross, a->kind == GAZ_EVAL_JSON, &text,
                                         &len, &e) != GAZ_OK) {
        s = cli_error(NULL, &e);
    }
    if (s == EXIT_OK) {
        s = whole_write("-", text, len);
    }
    if (s == EXIT_OK) {
        s = eval_check_f1(a, gaz_cross_f1(cross));
    }
    gaz_cross_free(cross);
    return eval_file_close(&corpus, s);
}
