/* The words near a mention, for cues. A sentence ends after . ! or ? and white
 * space, and at a paragraph's end; no more than NEAR_SIDE words and 1024 bytes
 * to either side are looked at, so that the work for a mention is bounded. */
#ifndef GAZ_TAG_NEAR_H
#define GAZ_TAG_NEAR_H

#include "base/buf.h"
#include "base/span.h"

enum {
    NEAR_SIDE = 60,
    NEAR_WORDS_MAX = 2048 /* more than 1024 bytes to either side have */
};

/* A word of the text, and the hashes of its key in small letters and of that
 * without a plural s. */
struct near_word {
    size_t start;
    uint32_t len;
    bool ascii;
    uint64_t plain, single;
};

/* Words of a text, one after the other. */
struct near_reader {
    struct slice text;
    size_t pos, stop;
    size_t base;    /* the bits are of the bytes from here on */
    uint64_t words; /* ASCII letters, digits, '_' */
    uint64_t high;
};

/* The words of the text that were read last are kept: mentions often are near
 * one another. */
struct near {
    struct near_word words[NEAR_WORDS_MAX];
    size_t word_count;
    size_t read_from; /* byte; SIZE_MAX: they cannot be used again */
    struct near_reader reader;
    size_t first;    /* words[first .. first + before) */
    size_t behind;   /* words[behind .. behind + count - before) */
    size_t before;   /* so many stand before the mention */
    size_t count;    /* and behind it too */
    size_t from, to; /* bytes of the sentence around */
    bool looked;     /* for these bytes, and `to` is where it ends */
    size_t look_start, look_end;
    uint64_t filter[8]; /* of the hashes of words filter_from .. filter_to - 1,
                           or none */
    size_t filter_from, filter_to;
    struct buf keys; /* a word's key */
};

/* Before another text. */
void near_reset(struct near *n);

/* Take the words around bytes start .. end - 1 of the text. */
void near_look(struct near *n, struct slice text, size_t start, size_t end);

/* The hash of a word in small letters. */
uint64_t near_hash(struct slice word);

/* Could a word of this hash be near? */
static inline bool near_may(const struct near *n, uint64_t hash)
{
    return (n->filter[hash >> 6 & 7] >> (hash & 63) & 1) != 0;
}

/* Is this word, in small letters and singular, among those from .. to - 1, of
 * which the first n->before stand before the mention? */
bool near_has(struct near *n, struct slice word, uint64_t hash, size_t from,
              size_t to);

/* Does a sentence end between these two bytes? */
bool near_ends(unsigned char before, unsigned char after);

#endif
