/* What the parts of the scanner share. */
#ifndef GAZ_TAG_SCAN_STATE_H
#define GAZ_TAG_SCAN_STATE_H

#include "tag/memo.h"
#include "tag/scan.h"
#include "text/bound.h"
#include "text/class.h"
#include "text/hash.h"
#include "text/key.h"

/* A place in the text between two tokens. */
struct walk {
    size_t pos;    /* from the chunk's begin */
    uint32_t next; /* the first of the chunk's words from there on */
};

/* A name of more tokens that goes on, perhaps. */
struct probe {
    uint64_t prefix; /* hash of the tokens up to `at` */
    struct walk at;
    struct place place;
    uint16_t word; /* the first */
    uint8_t depth; /* of `prefix` */
};

enum { CHUNK_BITS = (CHUNK_WORDS + 63) / 64, SPANS_FIRST = 1024 };

/* What was found to begin with a chunk's words.  Bits are by word, in order;
   the other arrays have something where a bit is. */
struct begins {
    uint64_t pair[CHUNK_BITS]; /* a name of two tokens or more, or deep */
    uint64_t solo[CHUNK_BITS];
    uint32_t pair_slot[CHUNK_WORDS];    /* the deepest name, 0: none */
    struct memo_fact fact[CHUNK_WORDS]; /* of solos */
    uint32_t upper_slot[CHUNK_WORDS];   /* the name found before that one */
    uint8_t depth[CHUNK_WORDS];         /* of pair_slot */
    uint8_t upper_depth[CHUNK_WORDS];
    bool deep[CHUNK_WORDS]; /* names of over SHALLOW_MAX tokens may follow */
};

struct found {
    size_t end;
    uint32_t entry;
    uint16_t label;
    bool plain;
};

struct deep;

struct scan {
    const struct alloc *al;
    const struct index *ix;
    const struct level *level;
    struct chunk *chunk;
    struct deep *deep; /* NULL: the index has no deep nodes */
    struct memo memo;
    unsigned how;
    /* of the present call */
    const uint8_t *text;
    size_t len, base, cursor, slow_end;
    size_t stop; /* names begin before it */
    const struct scan_options *opt;
    struct bound_options bound;
    struct bound_cache cache;
    enum status status;
    struct span *spans;
    size_t n_spans, room_spans;
    bool easy; /* easy.h has the rules of this call */
    struct begins begins;
    struct place places[3 * CHUNK_WORDS]; /* of twos, threes and solos */
    struct probe probes[CHUNK_WORDS];
    struct word_key key, key_a, key_b;
    struct scan_stats stats;
};

/* slow.c: hashes the odd runs, and cuts them into words if need be. */
void slow_words(struct scan *sc);

/* walk.c */
/* The token after w, with its gap in the hash; false: no name goes on. */
bool walk_step(struct scan *sc, struct walk *w, uint64_t *token);

/* The same; the common gap of one white byte before a word is seen here. */
static inline bool walk_next(struct scan *sc, struct walk *w, uint64_t *token)
{
    const struct words *words = sc->chunk->words;
    uint32_t k = w->next;
    if (k < words->n && words_start(words, k) == w->pos + 1 &&
        class_of_byte[sc->text[sc->base + w->pos]] == BYTE_SPACE &&
        words->hash[k] != HASH_BAD) {
        *token = words->hash[k]; /* hash_gap of a spaced word */
        w->pos = words->end[k];
        w->next = k + 1;
        return true;
    }
    return walk_step(sc, w, token);
}

/* probe.c: looks up what the filters have passed. */
void probe_chunk(struct scan *sc);

/* resolve.c: takes the names that begin in the chunk, before limit. */
void resolve_chunk(struct scan *sc, size_t limit);

/* verify.c: is a record's name at start of the text, under its policy? */
bool verify_chain(struct scan *sc, uint32_t at, size_t start,
                  struct found *out);

/* deep.c */
enum status deep_create(const struct alloc *al, const struct index *ix,
                        struct deep **out);
void deep_free(const struct alloc *al, struct deep *d);
void deep_reset(struct deep *d);
bool deep_resolve(struct scan *sc, size_t start);

#endif
