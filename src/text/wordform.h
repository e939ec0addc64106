/* What the scored lexicon knows of a token by its bytes alone: hashes of its
 * forms, its shape, its letters. The compiler and the tagger use the same.
 *
 *     token "OpenGL-2s"
 *     lower    opengl-2s      fold     opengl-2     (a plural s taken off)
 *     numbers  opengl-0       joined   opengl2s     singular  opengl2
 *     prefix   ope            suffix   -2s  l-2s    pattern   AaA-0a
 *
 * Letters beyond ASCII count as lower case; no more than the first
 * WORDFORM_MAX bytes are looked at (but for `exact`). */
#ifndef GAZ_TEXT_WORDFORM_H
#define GAZ_TEXT_WORDFORM_H

#include <stdint.h>

#include "base/slice.h"

enum { WORDFORM_MAX = 256, WORDFORM_SHAPES = 32 };

enum {
    WORDFORM_UPPER = 1, /* has a capital A-Z */
    WORDFORM_DIGIT = 2,
    WORDFORM_ALNUM = 4,
    WORDFORM_INNER = 8 /* may stand inside a name: has a letter or digit, or
                          two bytes, or is '/' */
};

/* Shapes; those from SHAPE_START on stand for no token. */
enum wordform_shape {
    SHAPE_OPEN = 1, /* ( ) , . " and other symbols */
    SHAPE_CLOSE,
    SHAPE_COMMA,
    SHAPE_DOT,
    SHAPE_QUOTE,
    SHAPE_SYMBOL,
    SHAPE_NUMBER,        /* 42 */
    SHAPE_NUMBER_SYMBOL, /* 4.2 */
    SHAPE_HYPHEN_UPPER,  /* with a hyphen and a capital */
    SHAPE_HYPHEN,
    SHAPE_DIGIT_UPPER, /* with a digit and a capital */
    SHAPE_DIGIT,
    SHAPE_SYMBOL_UPPER,
    SHAPE_SYMBOL_LOWER,
    SHAPE_LOWER,
    SHAPE_TITLE,      /* Linux */
    SHAPE_ONE,        /* X */
    SHAPE_CAPS,       /* IBM, PCs */
    SHAPE_CAMEL,      /* OpenGL */
    SHAPE_INNER,      /* iOS */
    SHAPE_START = 30, /* of the sentence */
    SHAPE_END = 31
};

/* A polynomial hash modulo 2^64 of a byte string, and the power to join it:
 * hash(ab) = hash(a) * power(b) + hash(b). */
struct wordform_poly {
    uint64_t hash, power;
};

struct wordform {
    uint64_t exact, lower, fold, numbers;
    uint64_t prefix, suffix3, suffix4, pattern;
    struct wordform_poly joined, singular;
    uint8_t shape;
    uint8_t flags; /* WORDFORM_* */
    uint8_t opens; /* first byte of joined and singular, 0: they are empty */
};

void wordform_make(struct slice token, struct wordform *out);

/* What stands before the first (end: behind the last) token. */
void wordform_edge(bool end, struct wordform *out);

/* The bytes that `joined` is the hash of; their number. */
size_t wordform_joined(struct slice token, uint8_t out[WORDFORM_MAX]);

/* The hash of a token as it stands: out->exact. */
uint64_t wordform_exact(struct slice token);

#define WORDFORM_POLY_START 0x51ed270b7a1d4c95ULL
#define WORDFORM_POLY_STEP  0x2545f4914f6cdd1dULL

static inline uint64_t wordform_join(uint64_t hash, struct wordform_poly p)
{
    return hash * p.power + p.hash;
}

#endif
