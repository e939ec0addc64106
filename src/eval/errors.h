/* Every error of a scoring run, as TSV and as a page to look at. */
#ifndef GAZ_EVAL_ERRORS_H
#define GAZ_EVAL_ERRORS_H

#include "base/buf.h"
#include "eval/scorer.h"

/* The list: a header line, then a line an error. Columns: kind, sentence,
 * line (of the first token, in the gold file), gold type, found type, gold
 * surface, found surface, context. TAB and control characters in a token are
 * written as spaces. */
struct error_list {
    struct buf text;
};

void error_list_init(struct error_list *l, const struct alloc *alloc);
void error_list_free(struct error_list *l);

/* A scorer_pairs_fn, with the list as context. */
enum status error_list_add(void *list, const struct scorer *scorer,
                           const struct feed_sentence *s,
                           const struct align *pairs, struct err *e);

/* The page: the same as one HTML file without anything from outside, gold
 * and prediction side by side. Of more than PAGE_ROWS_MAX errors the first
 * are shown, and the page says so. */
enum { PAGE_ROWS_MAX = 5000 };

struct error_page {
    struct buf rows;
    uint64_t shown;
    uint64_t all;
};

void error_page_init(struct error_page *p, const struct alloc *alloc);
void error_page_free(struct error_page *p);

/* A scorer_pairs_fn, with the page as context. */
enum status error_page_add(void *page, const struct scorer *scorer,
                           const struct feed_sentence *s,
                           const struct align *pairs, struct err *e);

/* Append the whole page. title is shown as it is. */
void error_page_write(const struct error_page *p, const struct scorer *scorer,
                      struct slice title, struct buf *out);

#endif
