/* Markdown (CommonMark and GitHub's tables, strikethrough, task lists, bare
 * links) into a view, by md4c. The sole user of md4c. */
#ifndef GAZ_DOC_MARKDOWN_H
#define GAZ_DOC_MARKDOWN_H

#include "doc/view.h"

/* Where the target or the title of a link stands. */
struct markdown_range {
    uint32_t from, to;
    enum zone zone;
};

/* Scratch memory. */
struct markdown {
    struct buf run;  /* of HTML, where it is not in one piece */
    struct buf href; /* of the link at hand */
    struct markdown_range *ranges;
    size_t range_count;
    size_t range_capacity;
};

void markdown_init(struct markdown *m, const struct alloc *alloc);
void markdown_free(struct markdown *m, const struct alloc *alloc);

/* Add bytes from .. source_len - 1 of the view's source to it. md4c itself
 * allocates with malloc. STATUS_CANCEL for tables most cells of which are
 * missing in the source: a small text can so make billions of them. It is then
 * to be read without tables. */
enum status markdown_scan(struct markdown *m, struct view *v, size_t from,
                          bool tables, struct err *e);

#endif
