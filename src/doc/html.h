/* HTML into a view, by the tokenizer of the WHATWG standard. No tree is
 * built: where text stands, and in which zone, needs none, and so nothing
 * grows with the nesting of tags. The state lives on between calls, for
 * Markdown has HTML in pieces. */
#ifndef GAZ_DOC_HTML_H
#define GAZ_DOC_HTML_H

#include "doc/element.h"
#include "doc/view.h"

struct html {
    struct view *view;
    const char *data;
    size_t base; /* byte of the source that data[0] is */
    size_t len;
    size_t pos;
    bool xml;                  /* <x/> closes itself, CDATA is text */
    const struct element *raw; /* open, so that only its end tag is markup */
    size_t code, pre, hidden, foreign; /* open elements of these kinds */
};

void html_init(struct html *h, struct view *view);

/* The next len bytes: those of the source from base on, or a copy of them
 * that has other blanks. */
void html_scan(struct html *h, const char *data, size_t len, size_t base);

/* The zone that text is in now. */
enum zone html_zone(const struct html *h);

#endif
