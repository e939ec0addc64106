/* The compile report: what became of every name, as TSV. */
#ifndef GAZ_BUILD_REPORT_H
#define GAZ_BUILD_REPORT_H

#include "base/buf.h"
#include "build/score_fit.h"
#include "build/select.h"

/* Append a header line and a line for each candidate; TAB, newline and CR in
 * a name are written as spaces. */
void report_selection(const struct store *store, const struct selection *s,
                      struct buf *out);

/* Append how far the scores can be trusted, each line with `front` in front;
 * no line has a TAB. */
void report_reliability(const struct score_calibration *c, const char *front,
                        struct buf *out);

#endif
