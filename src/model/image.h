/* The container of a compiled lexicon: header, section table, sections.
 * FORMAT.md is the normative description.
 *
 *      0  magic      89 47 41 5A 0D 0A 1A 0A   ("\x89GAZ\r\n\x1a\n")
 *      8  u32        format version
 *     12  u32        number of sections, n
 *     16  u64        size of the file in bytes
 *     24  u64        XXH3-64 of the bytes 32 .. size - 1, seeded with the u64
 *                    at 8, so that these are covered too
 *     32  n x 24     section: u32 tag, u32 zero, u64 offset, u64 length
 *      .  sections   each at a multiple of 64, in table order, zero padded
 *
 * All numbers are little-endian. */
#ifndef GAZ_MODEL_IMAGE_H
#define GAZ_MODEL_IMAGE_H

#include <stdint.h>

#include "base/slice.h"
#include "base/status.h"

enum {
    IMAGE_VERSION = 2,
    IMAGE_HEADER_SIZE = 32,
    IMAGE_SECTION_SIZE = 24, /* of a table row */
    IMAGE_SECTIONS_MAX = 64,
    IMAGE_ALIGN = 64
};

#define IMAGE_MAGIC "\x89GAZ\r\n\x1a\n"

#define IMAGE_TAG(a, b, c, d)                                                  \
    ((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16 |                \
     (uint32_t)(d) << 24)

enum image_tag {
    IMAGE_STRINGS = IMAGE_TAG('S', 'T', 'R', 'S'),
    IMAGE_LABELS = IMAGE_TAG('L', 'A', 'B', 'L'),
    IMAGE_ENTRIES = IMAGE_TAG('E', 'N', 'T', 'R'),
    IMAGE_COUNTS = IMAGE_TAG('E', 'L', 'A', 'B'),
    IMAGE_OPTIONS = IMAGE_TAG('O', 'P', 'T', 'S'),
    IMAGE_SOURCES = IMAGE_TAG('S', 'R', 'C', 'S'),
    IMAGE_CONTEXTS = IMAGE_TAG('C', 'T', 'X', 'T'),
    IMAGE_META = IMAGE_TAG('M', 'E', 'T', 'A'),
    IMAGE_INDEX = IMAGE_TAG('I', 'N', 'D', 'X'),
    IMAGE_RULES = IMAGE_TAG('R', 'U', 'L', 'E'),    /* may be absent */
    IMAGE_PREFIXES = IMAGE_TAG('R', 'P', 'R', 'E'), /* may be absent */
    IMAGE_CASES = IMAGE_TAG('R', 'C', 'A', 'S'),    /* may be absent */
    IMAGE_SCORE = IMAGE_TAG('S', 'C', 'O', 'R')     /* may be absent */
};

struct image {
    const char *data;
    size_t len;
    uint32_t section_count;
    uint32_t version;
};

/* Check header, table and checksum of the bytes at data, which *out borrows.
 * STATUS_CORRUPT says what is wrong and where (pos); STATUS_VERSION names
 * both versions. */
enum status image_open(const void *data, size_t len, struct image *out,
                       struct err *e);

/* The bytes of a section; false when the image has none of that tag. */
bool image_section(const struct image *image, uint32_t tag, struct slice *out);

/* The tag (four letters and NUL) and the bytes of the i-th section. */
void image_section_at(const struct image *image, uint32_t i, char name[5],
                      size_t *size);

#endif
