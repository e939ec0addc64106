/* Choosing the limits of selection by purity from the corpora themselves. */
#ifndef GAZ_BUILD_TUNE_H
#define GAZ_BUILD_TUNE_H

#include "build/store.h"

enum { TUNE_FOLDS = 5 };

struct tune_choice {
    double min_purity;
    double smoothing;
    double f1;     /* of the choice, 0 to 1 */
    double before; /* of the values that were given */
};

/* Cross-validation over the sentences: names are counted in four fifths, and
 * the fifth is tagged by them, leftmost-longest, token by token. The choice is
 * the pair of the grid with the best F1, of equal ones that with the lower
 * purity, then the smaller smoothing. folded: any case, any number; prior: as
 * in select_options. *choice has the values given and is written on success. */
enum status tune_purity(const struct store *store, bool folded, double prior,
                        struct tune_choice *choice, struct err *e);

#endif
