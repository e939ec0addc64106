/* What of a document is matched: its text without markup, and for each byte
 * of that text where it stands in the document.
 *
 *     source   <p>Mac <b>OS</b>&nbsp;X</p>
 *              0     6  9 11  15     21
 *     view     M a c _ O S C2 A0 X
 *     segments [0 at 3, linear] [4 at 10, linear] [6 at 16, 6 bytes: one
 *              character reference] [8 at 22, linear]
 *
 * The mention in bytes 0 .. 8 of the view begins where its first byte stands
 * (3) and ends behind its last (23): "Mac <b>OS</b>&nbsp;X".
 *
 * Text that stands inside markup (a title, the target of a link) would part
 * what is around it: it is kept aside and comes behind the rest. */
#ifndef GAZ_DOC_VIEW_H
#define GAZ_DOC_VIEW_H

#include "base/buf.h"
#include "base/status.h"

enum zone {
    ZONE_PROSE = 1,
    ZONE_INLINE_CODE = 2,
    ZONE_CODE = 4,
    ZONE_LINK = 8,
    ZONE_ATTRIBUTE = 16,
    ZONE_SCRIPT = 32,
    ZONE_COMMENT = 64,
    ZONE_FRONT_MATTER = 128
};

/* Offsets are kept in 32 bits. */
#define VIEW_SOURCE_MAX ((size_t)UINT32_MAX - 1)

struct view_segment {
    uint32_t at;     /* of the view */
    uint32_t source; /* the byte of the source that stands there */
    uint32_t size;   /* bytes of the source that stand for all of the segment,
                        0: made up; or VIEW_LINEAR: byte for byte */
};
#define VIEW_LINEAR UINT32_MAX

struct view_part {
    struct buf text;
    struct view_segment *segments;
    size_t count;
    size_t capacity;
    size_t parted; /* length of text behind the last break or hole */
};

struct view {
    const struct alloc *alloc;
    const char *source;
    size_t source_len;
    unsigned zones; /* that are wanted */
    struct view_part main;
    struct view_part side;
    struct view_part *to; /* what is being added to */
};

void view_init(struct view *v, const struct alloc *alloc);
void view_free(struct view *v);

/* Start anew; memory is kept. */
void view_reset(struct view *v, const char *source, size_t len, unsigned zones);

/* Bytes from .. to - 1 of the source. Failures of memory stick and show at
 * view_finish. flat: a line end is a blank as any other. */
void view_source(struct view *v, size_t from, size_t to, bool flat);

/* text stands for bytes from .. to - 1 of the source; from == to: made up. */
void view_text(struct view *v, const char *text, size_t len, size_t from,
               size_t to);

/* No name goes over these: the end of a block, something that is left out. */
void view_break(struct view *v);
void view_hole(struct view *v);

/* What is added between these is kept aside. */
void view_aside(struct view *v);
void view_back(struct view *v);

/* Put the parts together. STATUS_NOMEM, STATUS_LIMIT for a view that is too
 * long. */
enum status view_finish(struct view *v, struct err *e);

/* Where bytes start .. end - 1 of the view, start < end, stand in the
 * source. */
void view_map(const struct view *v, size_t start, size_t end,
              size_t *source_start, size_t *source_end);

#endif
