/* Writes a selection as a lexicon image (model/image.h, model/lexicon.h). */
#ifndef GAZ_BUILD_WRITER_H
#define GAZ_BUILD_WRITER_H

#include "base/buf.h"
#include "build/select.h"

/* Append the image of all kept candidates to out (which must be empty). The
 * keys of the index are made with folding (text/fold.h).
 * options is the text of the OPTS section, "name=value" lines. STATUS_EMPTY
 * when nothing is kept, STATUS_LIMIT when a limit of the format is met. The same selection gives the same bytes. */
enum status writer_image(const struct store *store, const struct selection *s,
                         unsigned folding, struct slice options,
                         struct buf *out, struct err *e);

#endif
