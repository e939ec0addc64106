/* The index of names: one relocatable, little-endian, read-only image.

   Names are sequences of fine tokens; the index is a prefix tree of them,
   kept as hash tables, with the tails of the tree cut off:

     names: "Linux", "Linux kernel", "kernel oops", "AT&T Unix PC"

     rows                  h(Linux) alone; Linux, then kernel;
                           kernel, then oops; AT, then &
     pairs' filter         P2(Linux kernel), P2(kernel oops), P2(AT &);
                           names: P2(Linux kernel), P2(kernel oops)
     triples' filter       P3(AT & T)
     fours' filter         P4(AT & T Unix)
     first filter          h(Linux)
     solos                 h(Linux)          TERMINAL -> record "Linux"
     slots                 P2(Linux kernel)  TERMINAL -> record
                           P2(kernel oops)   TERMINAL -> record
                           P4(AT & T Unix)   TAIL     -> record "AT&T Unix PC"

   Nodes of one or two tokens are there only if they are names: that longer
   names begin so, the filters say.  So it is with nodes of three where the
   scanner knows all three at once: words with white space between, or a word,
   an ASCII symbol and what is glued to it.  The fours' filter and, of three
   tokens, the names in the triples' filter have what begins in that way.  A
   node from which one name goes on, by at most TAIL_MAX tokens, is a TAIL: the
   name is compared with the text, no deeper node is looked up.  Nodes of more
   than SHALLOW_MAX tokens are in a table of their own, under polynomial hashes,
   for a binary search in the length (deep.h).

   Names of two and of three tokens are noted in the word of the pairs' or
   triples' filter that says of the same tokens if names begin so, by three
   other bits: one load tells both.

   The rows take one load for each word of the text: a row is ROW_WORDS words
   of 64 bits, the top bits of the first token's hash say which.  A name of one
   token has its bits in all words of its row.  Where a name goes on, the next
   token's bits are in the word that its own top bits say.

   The slots of names of one token (solos), which are most of what is found,
   lie together before the others, and so do their records: the fewer lines and
   pages of memory.  A slot, 8 bytes; 8 slots are a bucket of one cache line,
   filled from the left, searched as a whole; a full bucket overflows into the
   next one:

     63             32 31               2 1    0
     +----------------+------------------+------+
     |      tag       | record offset / 4| kind |     0: empty
     +----------------+------------------+------+

   The bucket and the tag come from x = (P ^ salt) * K: bucket from the upper
   half, tag from the lower.  The builder takes a salt under which no name's
   lookup meets another node with its tag; so a lookup of what is there finds
   it, and a lookup of what is not there may find something: a record is
   always compared with the text.

   A record, 4-byte aligned, at its offset in the records' section:

     63      35 34   30 29  28 27    16 15      0
     +---------+-------+------+--------+---------+------------- - -+
     |  entry  | flags | case | label  | length  | surface (length)|
     +---------+-------+------+--------+---------+------------- - -+
     if RECORD_DEEP, four words stand before the record (at -16):
       up: offset / 4 of the record of the next shorter name, 0: none
       depth: tokens of this name;  exact: 64-bit hash of the surface

   Records of one key (they differ in case, in plural) follow one another,
   all but the last with RECORD_MORE.

   A damaged image cannot cause a read outside of it: bucket numbers are in
   range by their computation, a search ends after BUCKETS_MAX buckets (that
   many are kept behind the last), offsets and lengths are checked where a
   record is taken. */
#ifndef GAZ_MODEL_INDEX_H
#define GAZ_MODEL_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"
#include "text/policy.h"

enum {
    INDEX_VERSION = 4,
    INDEX_HEADER = 256,
    BUCKET_SLOTS = 8,
    BUCKETS_MAX = 32,
    SHALLOW_MAX = 8, /* tokens of a node in the slots */
    TAIL_MAX = 8,    /* tokens by which a tail goes on */
    ROW_LOG2 = 2,    /* words of a row */
    ROW_WORDS = 1 << ROW_LOG2,
    LEAD_BYTES = 128 * 32,
    RECORD_HEAD = 8,
    RECORD_PAD = 16 /* bytes behind the last record, for loads */
};

enum slot_kind {
    SLOT_TAIL = 0,
    SLOT_TERMINAL = 1,
    SLOT_MORE = 2, /* may be together with SLOT_TERMINAL */
    SLOT_KIND = 3
};

enum record_flag {
    RECORD_MORE = 1,   /* another record of this key follows */
    RECORD_PLURAL = 2, /* a plural in the text is this name too */
    RECORD_DEEP = 4,
    RECORD_PLAIN = 8, /* bound_is_plain */
    RECORD_VETO = 16  /* what it matches is no mention */
};

enum index_flag {
    INDEX_FOLD = 1,      /* FOLD_CASE */
    INDEX_PLURAL = 2,    /* FOLD_PLURAL */
    INDEX_HIGH_LEAD = 4, /* a name begins with a non-ASCII symbol */
    INDEX_LEAD = 8       /* a name begins with an ASCII symbol */
};

/* A view of an image; it is valid as long as the image's memory. */
struct index {
    const uint64_t *first; /* filter words, a power of two of them */
    const uint64_t *pair;  /* with index_word_name, as triple */
    const uint64_t *triple;
    const uint64_t *quad;
    const uint64_t *row;
    const uint64_t *solos; /* the slots of names of one token */
    const uint64_t *slots; /* of longer ones */
    const uint8_t *records;
    const uint8_t *deep;
    const uint8_t *lead; /* for each ASCII symbol the 256 bits of next bytes */
    uint64_t salt;
    uint64_t solo_buckets, buckets, deep_buckets;
    size_t records_size;
    /* 64 - log2 of the words */
    unsigned first_shift, pair_shift, triple_shift, quad_shift, row_shift;
    unsigned flags;
    uint32_t max_tokens; /* of the longest name */
    uint32_t names, nodes, deep_nodes;
    uint32_t entry_count, label_count; /* what records may refer to */
    uint8_t leads[128];   /* 0x80 where a name begins with that symbol */
    uint8_t lead_lut[16]; /* the same, a bit each: see tag/level_*.c */
};

struct record {
    uint32_t entry;
    uint16_t label;
    uint16_t length;
    uint8_t flags, policy;
    const uint8_t *surface;
};

/* Makes a view of an image of size bytes at an address of 64-byte
   alignment.  Takes constant time.  Records are taken for damaged until
   entry_count and label_count say what they may refer to. */
enum status index_open(const void *image, size_t size, struct index *out);

/* The version that an image of STATUS_VERSION says it has. */
static inline uint32_t index_version(const void *image)
{
    return bytes_load32((const uint8_t *)image + 8);
}

/* No record begins at this offset or behind it. */
static inline size_t index_records_end(const struct index *ix)
{
    return ix->records_size < RECORD_HEAD + RECORD_PAD
               ? 0
               : ix->records_size - RECORD_HEAD - RECORD_PAD + 1;
}

/* The first 8 bytes of a record. */
static inline uint64_t index_record_head(const struct record *r)
{
    return (uint64_t)r->entry << 35 | (uint64_t)r->flags << 30 |
           (uint64_t)r->policy << 28 | (uint64_t)r->label << 16 | r->length;
}

/* The record whose first 8 bytes are at p. */
static inline void index_record_read(const uint8_t *p, struct record *out)
{
    uint64_t head = bytes_load64(p);
    out->length = (uint16_t)head;
    out->label = head >> 16 & 0xfff;
    out->policy = head >> 28 & 3;
    out->flags = head >> 30 & 31;
    out->entry = (uint32_t)(head >> 35);
    out->surface = p + RECORD_HEAD;
}

/* The record at an offset / 4, whatever it refers to; false if it does not
   lie in its section. */
static inline bool index_record_load(const struct index *ix, uint32_t at,
                                     struct record *out)
{
    size_t offset = (size_t)at * 4;
    if (offset + RECORD_HEAD + RECORD_PAD > ix->records_size)
        return false;
    index_record_read(ix->records + offset, out);
    return out->length <= ix->records_size - offset - RECORD_HEAD - RECORD_PAD;
}

/* The same for matching: false also if it refers to what is not there. */
static inline bool index_record(const struct index *ix, uint32_t at,
                                struct record *out)
{
    return index_record_load(ix, at, out) && out->length != 0 &&
           out->entry < ix->entry_count && out->label < ix->label_count;
}

/* The offset / 4 of the record after this one, when RECORD_MORE. */
static inline uint32_t index_record_next(uint32_t at, const struct record *rec)
{
    uint32_t size = RECORD_HEAD + (uint32_t)rec->length;
    if (rec->flags & RECORD_DEEP)
        return at + (size + 3) / 4 + 4;
    return at + (size + 3) / 4;
}

#define INDEX_PLACE_K 0x9fb21c651e98df25ULL

struct place {
    uint32_t bucket, tag;
};

static inline struct place index_place(uint64_t prefix, uint64_t salt,
                                       uint64_t buckets)
{
    uint64_t x = (prefix ^ salt) * INDEX_PLACE_K;
    x ^= x >> 32;
    struct place at = {(uint32_t)(((x >> 32) * buckets) >> 32), (uint32_t)x};
    return at;
}

/* The word of the rows that tells of a token and the one behind it. */
static inline uint64_t index_row(uint64_t first, uint64_t next, unsigned shift)
{
    return (first >> shift & ~(uint64_t)(ROW_WORDS - 1)) |
           next >> (64 - ROW_LOG2);
}

/* Has a word of a filter all three bits of a hash? */
static inline bool index_word_bit(uint64_t w, uint64_t hash)
{
    return (w >> (hash >> 24 & 63)) & (w >> (hash >> 32 & 63)) &
           (w >> (hash >> 40 & 63)) & 1;
}

/* And the three that say, where a filter's prefixes are, that it is a name? */
static inline bool index_word_name(uint64_t w, uint64_t hash)
{
    return index_word_bit(w, hash << 24);
}

static inline bool index_name_bit(const uint64_t *filter, unsigned shift,
                                  uint64_t hash)
{
    return index_word_name(bytes_le64(filter[hash >> shift]), hash);
}

/* Has a filter all three bits of a hash? */
static inline bool index_bit(const uint64_t *filter, unsigned shift,
                             uint64_t hash)
{
    return index_word_bit(bytes_le64(filter[hash >> shift]), hash);
}

#endif
