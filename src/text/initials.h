/* Short forms that stand beside what they are short for: 'Transmission
 * Control Protocol (TCP)'. */
#ifndef GAZ_TEXT_INITIALS_H
#define GAZ_TEXT_INITIALS_H

#include "base/slice.h"

enum { INITIALS_MIN = 2, INITIALS_MAX = 10 /* bytes */ };

/* The short form that may stand at `at`: the bytes of an acronym, at least
 * two capitals, mostly capitals; 0: none stands there. */
size_t initials_at(struct slice text, size_t at);

/* The same, ending at `end`. */
size_t initials_before(struct slice text, size_t end);

/* May it be short for the name? Its letters stand in the name in their
 * order, the first one at its start; two of them and no less than half at
 * starts of words (or capitals in words). */
bool initials_fit(struct slice initials, struct slice name);

#endif
