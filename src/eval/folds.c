#include "eval/folds.h"

#include "corpus/columns.h"
#include "corpus/tags.h"
#include "eval/rng.h"

void folds_init(struct folds *f, const struct folds_options *options,
                const struct alloc *alloc)
{
    memset(f, 0, sizeof *f);
    f->options = *options;
    f->alloc = alloc;
    buf_init(&f->text, alloc);
}

void folds_free(struct folds *f)
{
    buf_free(&f->text);
    alloc_free(f->alloc, f->sentences, f->capacity * sizeof *f->sentences);
    alloc_free(f->alloc, f->fold_of, f->units * sizeof *f->fold_of);
    memset(f, 0, sizeof *f);
}

enum status folds_add(void *folds, const struct feed_sentence *s, struct err *e)
{
    struct folds *f = folds;
    void *sentences = f->sentences;
    if (!alloc_grow(f->alloc, &sentences, &f->capacity, f->count + 1,
                    sizeof *f->sentences)) {
        return err_nomem(e);
    }
    f->sentences = sentences;
    if (!f->options.by_document || f->units == 0 ||
        columns_mark(s->tokens[0])) {
        f->units++;
    }
    f->sentences[f->count++] =
        (struct folds_sentence){f->text.len, f->units - 1};
    for (size_t i = 0; i < s->count; i++) {
        struct tag tag; /* here lines are still those of the file */
        enum status status = tag_parse_typed(s->gold[i], &tag, e);
        if (status != STATUS_OK) {
            return feed_bad_tag(s, i, e, status);
        }
        buf_slice(&f->text, s->tokens[i]);
        buf_byte(&f->text, '\t');
        buf_slice(&f->text, s->gold[i]);
        buf_byte(&f->text, '\n');
    }
    buf_byte(&f->text, '\n');
    return buf_ok(&f->text) ? STATUS_OK : err_nomem(e);
}

enum status folds_deal(struct folds *f, struct err *e)
{
    const char *what = f->options.by_document ? "documents" : "sentences";
    uint32_t n = 0;
    if (f->units < f->options.folds || !size_to_u32(f->units, &n)) {
        return err_set(e, STATUS_OPTION,
                       "%zu folds of %zu %s; want at least one of them in "
                       "each fold%s",
                       f->options.folds, f->units, what,
                       f->options.by_document
                           ? " (a document begins at a token '-DOCSTART-')"
                           : "");
    }
    uint32_t *order = alloc_get(f->alloc, f->units * sizeof *order);
    uint32_t *fold_of = alloc_get(f->alloc, f->units * sizeof *fold_of);
    if (order == NULL || fold_of == NULL) {
        alloc_free(f->alloc, order, f->units * sizeof *order);
        alloc_free(f->alloc, fold_of, f->units * sizeof *fold_of);
        return err_nomem(e);
    }
    struct rng rng = {f->options.seed};
    for (uint32_t i = 0; i < n; i++) {
        order[i] = i;
    }
    for (uint32_t i = n; i > 1; i--) {
        uint32_t k = rng_below(&rng, i);
        uint32_t swap = order[i - 1];
        order[i - 1] = order[k];
        order[k] = swap;
    }
    for (uint32_t i = 0; i < n; i++) {
        fold_of[order[i]] = (uint32_t)(i % f->options.folds);
    }
    alloc_free(f->alloc, order, f->units * sizeof *order);
    alloc_free(f->alloc, f->fold_of, f->units * sizeof *f->fold_of);
    f->fold_of = fold_of;
    return STATUS_OK;
}

void folds_text(const struct folds *f, size_t fold, bool inside,
                struct buf *out)
{
    for (size_t i = 0; i < f->count; i++) {
        bool here = f->fold_of[f->sentences[i].unit] == fold;
        if (here == inside) {
            size_t from = f->sentences[i].from;
            size_t to =
                i + 1 < f->count ? f->sentences[i + 1].from : f->text.len;
            buf_add(out, f->text.data + from, to - from);
        }
    }
}
