/* The loops of find_two, for vectors of FIND_TWO_STEP bytes: a file that is
 * compiled for a kind of processor sets it to what that has, and includes this.
 */
#ifndef GAZ_TEXT_FIND_TWO_IMPL_H
#define GAZ_TEXT_FIND_TWO_IMPL_H

#include <string.h>

#include "base/bytes.h"
#include "text/find_two.h"

#ifndef FIND_TWO_STEP
#define FIND_TWO_STEP 16
#endif

#if defined(__GNUC__)
typedef uint8_t find_two_bytes __attribute__((vector_size(FIND_TWO_STEP)));

static inline find_two_bytes find_two_load(const char *p)
{
    find_two_bytes v;
    memcpy(&v, p, sizeof v);
    return v;
}

static inline bool find_two_any(find_two_bytes hit)
{
    uint64_t part[FIND_TWO_STEP / 8];
    uint64_t all = 0;
    memcpy(part, &hit, sizeof part);
    for (size_t k = 0; k < FIND_TWO_STEP / 8; k++) {
        all |= part[k];
    }
    return all != 0;
}

static size_t find_two_exact(const struct find_two *f, struct slice text,
                             size_t i)
{
    find_two_bytes a[FIND_TWO_EXACT]; /* copies stay in registers */
    find_two_bytes b[FIND_TWO_EXACT];
    for (size_t k = 0; k < FIND_TWO_EXACT; k++) {
        size_t from = k < f->count ? k : 0;
        memset(&a[k], f->first[from], sizeof a[k]);
        memset(&b[k], f->second[from], sizeof b[k]);
    }
    for (; i + FIND_TWO_STEP < text.len; i += FIND_TWO_STEP) {
        find_two_bytes x = find_two_load(text.data + i);
        find_two_bytes y = find_two_load(text.data + i + 1);
        find_two_bytes hit = {0};
        for (size_t k = 0; k < FIND_TWO_EXACT; k++) {
            hit |= (find_two_bytes)(x == a[k]) & (find_two_bytes)(y == b[k]);
        }
        if (find_two_any(hit)) {
            break;
        }
    }
    return i;
}

static inline find_two_bytes find_two_in(const char *p, uint8_t low,
                                         uint8_t span)
{
    return (find_two_bytes)((find_two_bytes)(find_two_load(p) - low) <= span);
}

static size_t find_two_ranges(const struct find_two *f, struct slice text,
                              size_t i)
{
    const struct find_two r = *f;
    for (; i + FIND_TWO_STEP < text.len; i += FIND_TWO_STEP) {
        const char *p = text.data + i;
        if (find_two_any(find_two_in(p, r.first[0], r.first_span) &
                         find_two_in(p + 1, r.second[0], r.second_span))) {
            break;
        }
    }
    return i;
}

/* Steps from i on over FIND_TWO_STEP bytes at a time in which nothing begins,
 * as far as one more can be read. */
static size_t find_two_skip(const struct find_two *f, struct slice text,
                            size_t i)
{
    return f->ranges ? find_two_ranges(f, text, i) : find_two_exact(f, text, i);
}
#else
static size_t find_two_skip(const struct find_two *f, struct slice text,
                            size_t i)
{
    (void)f;
    (void)text;
    return i;
}
#endif

#endif
