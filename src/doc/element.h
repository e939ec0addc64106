/* What the elements of HTML mean for text. */
#ifndef GAZ_DOC_ELEMENT_H
#define GAZ_DOC_ELEMENT_H

#include <stddef.h>

enum element_kind {
    ELEMENT_INLINE = 0, /* all that are not in the table */
    ELEMENT_BLOCK,      /* parts the text, at its start and at its end */
    ELEMENT_HOLE,       /* stands for something that is no text */
    ELEMENT_LINE,       /* br */
    ELEMENT_CODE,       /* inline code */
    ELEMENT_PRE,        /* a block of code */
    ELEMENT_HIDDEN,     /* its text is not shown */
    ELEMENT_RAW,        /* holds no markup, and its text is not shown */
    ELEMENT_RAW_CODE,   /* holds no markup: a block of code */
    ELEMENT_RAW_TEXT,   /* holds no markup but character references: a block */
    ELEMENT_SCRIPT,     /* script: raw, with rules of its own */
    ELEMENT_REST,       /* plaintext: all behind it is raw code */
    ELEMENT_FOREIGN     /* svg, math: no HTML inside */
};

struct element {
    char name[12];
    unsigned char kind;
};

enum { ELEMENT_NAME_MAX = 11 };

/* By its name in small letters; NULL for an element that is inline text as
 * any other. */
const struct element *element_find(const char *name, size_t len);

#endif
