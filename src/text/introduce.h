/* Names that a text introduces by saying what they are: 'Fizzlepad is a small
 * text editor', 'Quuxdb, an embedded database'. What is so called is a mention
 * though no list has it, everywhere in its document. */
#ifndef GAZ_TEXT_INTRODUCE_H
#define GAZ_TEXT_INTRODUCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

enum {
    INTRODUCE_MAX = 40,   /* bytes of a name */
    INTRODUCE_NEAR = 2000 /* bytes on each side that bear witness */
};

/* What a thing can be: the head of what is said of it. */
enum introduce_kind {
    INTRODUCE_APPLICATION,
    INTRODUCE_LIBRARY,
    INTRODUCE_OPERATING_SYSTEM,
    INTRODUCE_LANGUAGE,
    INTRODUCE_DEVICE,
    INTRODUCE_PROTOCOL,
    INTRODUCE_KINDS
};

struct introduction {
    size_t start, end; /* bytes of the name */
    enum introduce_kind kind;
};

/* The first name that is introduced behind byte *at or there, which then is
 * behind it; the rest of what stands at a text's end is not looked at. The name
 * has capitals; at the start of a sentence one word with no more than its first
 * must also stand elsewhere near as a name, and nowhere near in small letters.
 * Beside a comma it has more capitals, or a digit, or a word before it tells
 * ('called Foo, a ...'). */
bool introduce_next(struct slice text, size_t *at, struct introduction *out);

#endif
