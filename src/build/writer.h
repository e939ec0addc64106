/* Writes a selection as a lexicon image (model/image.h, model/lexicon.h). */
#ifndef GAZ_BUILD_WRITER_H
#define GAZ_BUILD_WRITER_H

#include "base/buf.h"
#include "build/score_fit.h"
#include "build/select.h"

/* A fitted model that goes into the image; names of the corpora are then in
 * its tables and not in the index. */
struct writer_scored {
    const struct score_model *model;
    const struct counts *counts;
    double threshold;
};

/* Append the image of all kept candidates to out (which must be empty). The
 * keys of the index are made with folding (text/fold.h).
 * scored may be NULL. options is the text of the OPTS section, "name=value"
 * lines. STATUS_EMPTY when nothing is kept, STATUS_LIMIT when a limit of the
 * format is met; *source is set to the source that an error's place is in. The
 * same selection gives the same bytes. */
enum status writer_image(const struct store *store, const struct selection *s,
                         const struct writer_scored *scored, unsigned folding,
                         struct slice options, struct buf *out,
                         uint32_t *source, struct err *e);

#endif
