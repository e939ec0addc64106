/* Version numbers that stand with a name: 'Debian 12', 'Linux 2.6.32',
 * 'Python 3.x', 'iOS 17+', 'Ubuntu 22.04 LTS', 'Java SE 8u202', 'version 3.2
 * of Python'. A scanner written by hand: it looks at a few words only, and
 * knows the numbers that are none: counts ('Windows 3 times'), units, years,
 * percentages, times of day, ordinals, ports. */
#ifndef GAZ_TEXT_VERSION_H
#define GAZ_TEXT_VERSION_H

#include <stdbool.h>

#include "base/slice.h"

enum { VERSION_BYTES_MAX = 96 }; /* looked at on either side of a name */

struct version_name {
    size_t start, end; /* bytes of the text */
    bool protocol;     /* a bare number of two digits is a port or a code */
};

/* start .. end - 1 is the number with its suffixes, without 'v' or 'version'.
 * loose: it stands in parentheses or behind a comma, or before the name, so
 * that name and number make no single span. */
struct version {
    size_t start, end;
    bool loose;
};

/* The version behind a name, which must end at or before byte `limit`. */
bool version_behind(struct slice text, const struct version_name *name,
                    size_t limit, struct version *out);

/* The version in 'version 3.2 of NAME', from byte `limit` on. */
bool version_before(struct slice text, const struct version_name *name,
                    size_t limit, struct version *out);

/* Might a version go on at byte `at`, where white space begins behind a name?
 * For cutting texts. */
bool version_may_begin(struct slice text, size_t at);

#endif
