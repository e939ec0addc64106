/* The number of a version: how it is written, and what is none. */
#ifndef GAZ_TEXT_VERSION_NUMBER_H
#define GAZ_TEXT_VERSION_NUMBER_H

#include "text/around.h"
#include "text/version.h"

/* A number in the making. */
struct version_number {
    size_t start, end;
    size_t digits; /* of its first part */
    bool dotted;
    bool lettered; /* letters or + behind the digits */
    bool named;    /* a lead word or v before it, LTS and the like behind */
};

/* Digits, parts behind dots (x and * among them), glued suffixes: from i on,
 * into a zeroed number. */
bool version_number_scan(const struct around *v, size_t i,
                         struct version_number *n);

/* The end of "LTS", "SP1", "Service Pack 2", "R2", "beta 3" ... behind i. */
size_t version_number_suffix(const struct around *v, size_t i);

/* What stands behind makes it a quantity, a time, a range, an ordinal, an
 * item of a list. */
bool version_number_counts(const struct around *whole,
                           const struct version_number *n);

/* A bare number: is it small enough to be a version of this name? */
bool version_number_likely(const struct around *whole,
                           const struct version_number *n,
                           const struct version_name *name, char gap);

#endif
