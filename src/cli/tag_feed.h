/* Feeds gaz tag's pipeline from files and writes what comes out of it, in
 * order. */
#ifndef GAZ_CLI_TAG_FEED_H
#define GAZ_CLI_TAG_FEED_H

#include "cli/progress.h"
#include "cli/tag_job.h"
#include "os/pipeline.h"

struct tag_feed {
    struct pipeline *pipeline;
    const gaz_tagger *cutter; /* knows where a text may be cut */
    const struct writer_ops *ops;
    gaz_unit unit;
    bool line_buffered; /* lines and records: written as soon as they come */
    size_t bad;         /* records left out */
    struct out *out;
    struct writer *collector; /* of ops->collect */
    struct progress *progress;
    size_t document_spans; /* written of the document that is being written */
    char *rest;            /* bytes behind the last cut */
    size_t rest_len, rest_capacity;
    int status; /* exit code of the first failure; its message is printed */
    bool told;  /* of a failure outside of the jobs */
};

/* Hand in all of a file: one text, one document with markup, each line a text,
 * each line a record, or records of JSON over lines. path names it. EXIT_OK or
 * an exit code, its message printed. */
int tag_feed_text(struct tag_feed *f, const char *path, struct file_in *file);
int tag_feed_document(struct tag_feed *f, const char *path,
                      struct file_in *file, gaz_format format);
int tag_feed_lines(struct tag_feed *f, const char *path, struct file_in *file);
int tag_feed_records(struct tag_feed *f, const char *path,
                     struct file_in *file);
int tag_feed_json(struct tag_feed *f, const char *path, struct file_in *file);

/* Wait for and write all that was handed in, up to the first failure. s is the
 * exit code so far; a failure that comes behind another is not told of. */
int tag_feed_drain(struct tag_feed *f, int s);
void tag_feed_free(struct tag_feed *f);

#endif
