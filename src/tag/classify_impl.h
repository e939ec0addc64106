/* From the bit masks of a 64-byte block to runs: the part of classification
   that all SIMD levels share.

     bytes   T h e _ L i n u x - 2 . 6 _ k      (_ is a space)
     run     1 1 1 0 1 1 1 1 1 0 1 0 1 0 1
     space   0 0 0 1 0 0 0 0 0 0 0 0 0 1 0
     starts  1 0 0 0 1 0 0 0 0 0 1 0 1 0 1
     ends    0 0 0 1 0 0 0 0 0 1 0 1 0 1 0      (one past the last byte)
     joined  0 0 0 0 1 0 0 0 0 0 0 0 0 0 1

   joined: a carry that starts at a run's end goes through the spaces behind
   it and stops at the first byte that is none: if that is a run's start,
   nothing but white space was between. */
#ifndef GAZ_TAG_CLASSIFY_IMPL_H
#define GAZ_TAG_CLASSIFY_IMPL_H

#include "tag/level.h"
#include "text/hash.h"

struct masks {
    uint64_t run, space, lead;
};

struct edges {
    uint64_t starts, ends, joined;
};

/* What goes over from one block to the next. */
struct edge_carry {
    uint64_t run;   /* 1: the last byte was in a run */
    uint64_t space; /* 1: the block ended in the white space after a run */
};

static GAZ_ALWAYS_INLINE struct edges edges_find(const struct masks *m,
                                                 struct edge_carry *carry)
{
    struct edges e;
    uint64_t before = m->run << 1 | carry->run;
    e.starts = m->run & ~before;
    e.ends = ~m->run & before;
    uint64_t from = (e.ends | carry->space) & m->space;
    uint64_t sum = from + m->space;
    uint64_t through = sum & ~m->space;
    /* white space that begins the block, after spaces that began earlier:
       when its first byte is no space, the carry is at that byte */
    e.joined = (through | (carry->space & ~m->space)) & e.starts;
    carry->run = m->run >> 63;
    carry->space = sum < from;
    return e;
}

/* Where typographic signs and no-break spaces begin (class_sign_at): of what
   is not ASCII the most common beside letters.  They part runs as ASCII does,
   so that slow.c need not cut these. */
struct signs {
    uint64_t sign, space;
};

/* Takes them out of the runs.  carry: bits of those that began in the block
   before, none where a block begins a chunk. */
static GAZ_ALWAYS_INLINE void signs_take(struct masks *m, const struct signs *s,
                                         struct signs *carry)
{
    uint64_t sign = s->sign | s->sign << 1 | s->sign << 2 | carry->sign;
    uint64_t space = s->space | s->space << 1 | carry->space;
    m->run &= ~(sign | space);
    m->space |= space;
    carry->sign = s->sign >> 62 | s->sign >> 63;
    carry->space = s->space >> 63;
}

/* The ends, and the bytes there. */
static inline uint32_t edges_ends(struct words *w, uint32_t n, uint64_t bits,
                                  const uint8_t *p, uint32_t at)
{
    while (bits != 0) {
        unsigned i = bits_ctz(bits);
        w->end[n] = (uint16_t)(at + i);
        w->after[n++] = hash_next_class(p[at + i]);
        bits &= bits - 1;
    }
    return n;
}

static inline uint32_t edges_leads(uint16_t *list, uint32_t n, uint64_t bits,
                                   uint32_t at)
{
    for (; bits != 0; bits &= bits - 1)
        list[n++] = (uint16_t)(at + bits_ctz(bits));
    return n;
}

static inline uint32_t edges_starts(uint16_t *list, uint32_t n,
                                    const struct edges *e, uint32_t at)
{
    uint64_t bits = e->starts;
    while (bits != 0) {
        unsigned i = bits_ctz(bits);
        list[n++] = (uint16_t)(at + i + (e->joined >> i & 1) * WORD_JOINED);
        bits &= bits - 1;
    }
    return n;
}

#endif
