/* Character references of HTML and Markdown: &amp; &nbsp; &#8211; &#x2019; */
#ifndef GAZ_DOC_ENTITY_H
#define GAZ_DOC_ENTITY_H

#include <stdbool.h>
#include <stddef.h>

struct entity_name {
    const char *name; /* without & and ; */
    const char *text; /* UTF-8 */
    bool bare;        /* good without a semicolon */
};
extern const struct entity_name entity_names[];
extern const size_t entity_name_count;

/* A reference decoded: size bytes of the source, '&' included, stand for
 * text. */
struct entity {
    size_t size;
    size_t len;
    char text[12];
};

/* The reference at text[0], which is '&', as browsers read it; false when it
 * is none and stands for itself. attribute: the stricter rule for values of
 * attributes ('&copy=1' is none). */
bool entity_read(const char *text, size_t len, bool attribute,
                 struct entity *out);

#endif
