/* A document in a format: its view, and the way back from it. */
#ifndef GAZ_DOC_MARKUP_H
#define GAZ_DOC_MARKUP_H

#include "doc/markdown.h"

enum doc_format { DOC_TEXT, DOC_MARKDOWN, DOC_HTML };

struct markup {
    struct view view;
    struct markdown markdown;
};

void markup_init(struct markup *d, const struct alloc *alloc);
void markup_free(struct markup *d);

/* Make the view of len bytes at data, which must stay while it is used.
 * STATUS_LIMIT for more than VIEW_SOURCE_MAX bytes. */
enum status markup_read(struct markup *d, enum doc_format format,
                        unsigned zones, const char *data, size_t len,
                        struct err *e);

/* The format that the extension of a file name says, or else what the text
 * begins with. name may be NULL. */
enum doc_format markup_guess(const char *name, const char *data, size_t len);

#endif
