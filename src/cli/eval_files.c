/* gaz eval: opening what it reads, printing, and the limit it is held to. */
#include <string.h>
#include <time.h>

#include "cli/eval.h"

int eval_column(const struct eval_args *a, size_t which, int otherwise)
{
    return which < a->column_count ? a->columns[which] : otherwise;
}

int eval_file_open(const char *path, int token_column, int tag_column,
                   struct eval_file *out)
{
    struct err why = {0};
    memset(out, 0, sizeof *out);
    if (file_open(path, &out->in, &why) != STATUS_OK) {
        return cli_os_error(path, &why);
    }
    out->path = path;
    out->open = true;
    out->input = (gaz_eval_input){.read = cli_read,
                                  .context = &out->in,
                                  .token_column = token_column,
                                  .tag_column = tag_column};
    return EXIT_OK;
}

static double now(void)
{
    struct timespec t = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static gaz_status timed_tag(void *context, const gaz_token *tokens,
                            size_t count, gaz_token *tags, gaz_error *e)
{
    struct eval_file *f = context;
    double start = now();
    gaz_status s = gaz_predictor_tag(f->predictor, tokens, count, tags, e);
    f->seconds += now() - start;
    return s;
}

/* out->lexicon is open. */
static int make_predictor(const gaz_tag_options *options, struct eval_file *out)
{
    gaz_error e = {0};
    if (gaz_predictor_create(out->lexicon.lexicon, options, &out->predictor,
                             &e) != GAZ_OK) {
        int s = cli_error(out->path, &e);
        cli_lexicon_close(&out->lexicon);
        return s;
    }
    out->input = (gaz_eval_input){.predict = timed_tag, .context = out};
    return EXIT_OK;
}

int eval_lexicon_open(const struct eval_args *a, struct eval_file *out)
{
    memset(out, 0, sizeof *out);
    int s = cli_lexicon_open_given(a->args, &out->lexicon);
    out->path = out->lexicon.name;
    return s == EXIT_OK ? make_predictor(&a->tag, out) : s;
}

int eval_tagger_open(const struct eval_args *a, const char *path,
                     struct eval_file *out)
{
    size_t len = strlen(path);
    if (path[0] == '+' || (len > 4 && strcmp(path + len - 4, ".gaz") == 0)) {
        memset(out, 0, sizeof *out);
        out->path = path;
        int s = cli_lexicon_open(path, &out->lexicon);
        return s == EXIT_OK ? make_predictor(&a->tag, out) : s;
    }
    return eval_file_open(path, eval_column(a, 0, 0), eval_column(a, 2, -1),
                          out);
}

int eval_file_close(struct eval_file *f, int s)
{
    if (f->open) {
        file_close(&f->in);
    }
    gaz_predictor_free(f->predictor);
    if (f->lexicon.lexicon != NULL) {
        s = cli_lexicon_end(&f->lexicon, s);
    }
    memset(f, 0, sizeof *f);
    return s;
}

int eval_check_f1(const struct eval_args *a, double f1)
{
    if (a->min_f1 < 0 || f1 >= a->min_f1) {
        return EXIT_OK;
    }
    cli_note("F1 %.4f is below --min-f1 %.4f", f1, a->min_f1);
    return EXIT_BELOW;
}
