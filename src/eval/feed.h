/* Sentences with their gold tags and the tags of one or two taggers, brought
 * together from columns of one file, from further files, or from a tagger
 * that is called. */
#ifndef GAZ_EVAL_FEED_H
#define GAZ_EVAL_FEED_H

#include "base/alloc.h"
#include "base/buf.h"
#include "base/slice.h"
#include "base/status.h"
#include "corpus/source.h"

enum { FEED_TAGGERS_MAX = 2 };

/* Everything is good during the call that hands it out. */
struct feed_sentence {
    size_t count;  /* tokens, at least 1 */
    size_t number; /* from 1 */
    const struct slice *tokens;
    const struct slice *gold; /* tags */
    const struct slice *tags[FEED_TAGGERS_MAX];
    const size_t *lines; /* of the gold file, from 1 */
    /* Lines of the files that the tags are from. */
    const size_t *tag_lines[FEED_TAGGERS_MAX];
    /* May be NULL: where a user tells which file an error is in (feed_run),
     * and at which bytes of a tag of it. */
    size_t *input;
    const char **at;
};

/* Tag a sentence: fill tags[0 .. count - 1] with slices that are good until
 * the next call. */
typedef enum status (*feed_tag_fn)(void *context, const struct slice *tokens,
                                   size_t count, struct slice *tags,
                                   struct err *e);

/* Append tokens from .. to - 1 joined by spaces; TAB and other control
 * characters in them become spaces, so that the text fits a TSV field. */
void feed_text(const struct feed_sentence *s, size_t from, size_t to,
               struct buf *out);

/* Append the tokens of a mention with a few on either side of it. */
void feed_context(const struct feed_sentence *s, size_t first, size_t end,
                  struct buf *out);

/* The place of an error in the gold tag of token i; status. */
enum status feed_bad_tag(const struct feed_sentence *s, size_t i, struct err *e,
                         enum status status);

typedef enum status (*feed_use_fn)(void *context, const struct feed_sentence *s,
                                   struct err *e);

/* Where a tagger's tags come from: `tag` when set, else `file` when its read
 * is set, else a column of the gold file. */
struct feed_tagger {
    feed_tag_fn tag;
    void *context; /* of tag */
    struct source file;
    int token_column; /* of file */
    int tag_column;   /* of file, or of the gold file */
};

/* Columns count from 0, negative ones from the end of the line. */
struct feed {
    struct source gold;
    int token_column;
    int gold_column;
    struct feed_tagger taggers[FEED_TAGGERS_MAX];
    size_t tagger_count; /* 0 .. FEED_TAGGERS_MAX */
    feed_use_fn use;
    void *context; /* of use */
};

/* Hand all sentences to `use`. A first field '-X-' is a break, as for
 * conlleval. On failure *input, which may be NULL, says which file the
 * error's place is in: 0 the gold file, 1 .. the file of tagger 0 .. */
enum status feed_run(const struct feed *f, const struct alloc *alloc,
                     size_t *input, struct err *e);

#endif
