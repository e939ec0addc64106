/* The order of a selection, and lines of lists that say the same again. */
#ifndef GAZ_BUILD_SELECT_MERGE_H
#define GAZ_BUILD_SELECT_MERGE_H

#include "build/select.h"

/* Sort the items by surface and make one entry of the lines of lists that
 * differ in label, id, priority or place only: the others are SELECT_AGAIN.
 * There is an item. */
enum status select_merge(struct selection *s, struct err *e);

#endif
