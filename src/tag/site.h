/* Where a mention may lie that the scanner has not found: by the boundaries
 * that the scanner keeps. */
#ifndef GAZ_TAG_SITE_H
#define GAZ_TAG_SITE_H

#include "base/slice.h"
#include "tag/scan.h"
#include "text/bound.h"

struct site {
    const struct scan_options *scan; /* borrowed */
    struct bound_options bound;
    struct bound_cache cache;
};

void site_init(struct site *p, const struct scan_options *scan);

/* May one lie at bytes start .. end - 1 of the text? site is a struct
 * site; one text only. */
bool site_ok(void *site, struct slice text, size_t start, size_t end);

#endif
