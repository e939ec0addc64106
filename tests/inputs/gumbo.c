/* The text of pages by gumbo, which builds the tree of the standard, against
 * ours: gumbo FILE... Blanks are not compared, nor pages that are not UTF-8. */
#include <gumbo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gaz.h"

static const char blanks[] = " \t\r\n\f";

struct text {
    char *data;
    size_t len;
};

static void add(struct text *t, const char *s)
{
    for (; *s != '\0'; s++) {
        if (strchr(blanks, *s) == NULL) {
            t->data[t->len++] = *s;
        }
    }
}

static bool is_left_out(GumboTag tag)
{
    return tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE ||
           tag == GUMBO_TAG_PRE || tag == GUMBO_TAG_TEMPLATE ||
           tag == GUMBO_TAG_IFRAME || tag == GUMBO_TAG_NOFRAMES ||
           tag == GUMBO_TAG_LISTING || tag == GUMBO_TAG_XMP ||
           tag == GUMBO_TAG_PLAINTEXT;
}

static void walk(struct text *t, const GumboNode *node)
{
    const GumboVector *list = NULL;
    switch (node->type) {
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_CDATA:
    case GUMBO_NODE_WHITESPACE: add(t, node->v.text.text); return;
    case GUMBO_NODE_COMMENT: return;
    case GUMBO_NODE_DOCUMENT: list = &node->v.document.children; break;
    default:
        if (is_left_out(node->v.element.tag)) {
            return;
        }
        list = &node->v.element.children;
        break;
    }
    for (unsigned i = 0; i < list->length; i++) {
        walk(t, list->data[i]);
    }
}

static void add_view(struct text *t, const char *source, size_t len)
{
    gaz_document *d = NULL;
    const char *text = NULL;
    size_t n = 0;
    if (gaz_document_create(NULL, &d, NULL) != GAZ_OK ||
        gaz_document_read(d, GAZ_FORMAT_HTML, 0, source, len, NULL) != GAZ_OK) {
        abort();
    }
    gaz_document_text(d, &text, &n);
    for (size_t i = 0; i < n; i++) {
        if (n - i >= 3 && memcmp(text + i, "\xEF\xBF\xBC", 3) == 0) {
            i += 2; /* what is left out */
        } else if (strchr(blanks, text[i]) == NULL) {
            t->data[t->len++] = text[i];
        }
    }
    gaz_document_free(d);
}

/* U+FFFD for bytes that are no UTF-8. */
static bool has_replaced(const struct text *t)
{
    for (size_t i = 0; i + 3 <= t->len; i++) {
        if (memcmp(t->data + i, "\xEF\xBF\xBD", 3) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_same(const char *path, const char *source, size_t len)
{
    struct text theirs = {malloc(4 * len + 64), 0};
    struct text ours = {malloc(4 * len + 64), 0};
    GumboOutput *page =
        gumbo_parse_with_options(&kGumboDefaultOptions, source, len);
    size_t i = 0;
    walk(&theirs, page->document);
    add_view(&ours, source, len);
    while (i < ours.len && i < theirs.len && ours.data[i] == theirs.data[i]) {
        i++;
    }
    bool same = ours.len == theirs.len && i == ours.len;
    if (!same && has_replaced(&theirs)) {
        same = true; /* bytes that are no UTF-8 */
    }
    if (!same) {
        printf("%s: '%.*s', not '%.*s' as by gumbo\n", path,
               (int)(ours.len - i < 40 ? ours.len - i : 40), ours.data + i,
               (int)(theirs.len - i < 40 ? theirs.len - i : 40),
               theirs.data + i);
    }
    gumbo_destroy_output(&kGumboDefaultOptions, page);
    free(theirs.data);
    free(ours.data);
    return same;
}

int main(int argc, char **argv)
{
    int bad = 0;
    for (int i = 1; i < argc; i++) {
        FILE *f = fopen(argv[i], "rb");
        static char source[1 << 20];
        size_t len = f != NULL ? fread(source, 1, sizeof source, f) : 0;
        if (f != NULL) {
            fclose(f);
        }
        /* Large ones are cut, which is as good a test. */
        if (len > 0 && memchr(source, '\0', len) == NULL) {
            bad += !is_same(argv[i], source, len);
        }
    }
    return bad > 0;
}
