/* Names that a text introduces by saying what they are: 'Fizzlepad is a small
 * text editor', 'Quuxdb, an embedded database'. What is so called is a mention
 * though no list has it, everywhere in its document. */
#ifndef GAZ_TEXT_INTRODUCE_H
#define GAZ_TEXT_INTRODUCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

enum {
    INTRODUCE_MAX = 40,    /* bytes of a name */
    INTRODUCE_NEAR = 2000, /* bytes on each side that bear witness */
    INTRODUCE_LOOKS = 64,  /* so often these are looked at, and once more */
    INTRODUCE_LOOK_EACH = 1024, /* for each of so many bytes of the text */
    INTRODUCE_BEHIND = 5        /* bytes that tell of a place, behind it */
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

/* From byte i on, by 64: the first 64 bytes among which a name may be
 * introduced, and *bits where. Without bits, 64 and INTRODUCE_BEHIND bytes are
 * no longer there. */
typedef size_t introduce_skip_fn(struct slice text, size_t i, uint64_t *bits);

struct introduce_search {
    size_t at;               /* byte of the text to go on from */
    size_t looks;            /* so far */
    introduce_skip_fn *skip; /* NULL, or that of the processor */
};

/* The next name that is introduced; begin with {0}. The last bytes of a text
 * are not looked at. The name has capitals; at the start of a sentence one word
 * with no more than its first must also stand elsewhere near as a name, and
 * nowhere near in small letters. Beside a comma it has more capitals, or a
 * digit, or a word before it tells ('called Foo, a ...'). */
bool introduce_next(struct introduce_search *search, struct slice text,
                    struct introduction *out);

#endif
