/* A piece of work of gaz tag: a piece of text to be tagged and written into
 * memory by one thread. */
#ifndef GAZ_CLI_TAG_JOB_H
#define GAZ_CLI_TAG_JOB_H

#include "cli/inputs.h"
#include "cli/json_record.h"
#include "cli/writer.h"

/* Bytes of a text that are tagged at once; memory is some such pieces for
 * each thread. So few that a piece, its mentions and what is written of them
 * are still in the second cache when they are next looked at. Names of a
 * document are known in its piece (gaz_tag), so that where pieces end must
 * depend on nothing but the text. */
enum { TAG_PIECE = 1 << 18, TAG_PIECE_MAX = 8 * TAG_PIECE };

/* What one thread tags and writes with. */
struct tag_worker {
    gaz_tagger *tagger;
    gaz_document *document;
    unsigned zones; /* of documents with markup */
    gaz_record *record;
    const struct record_settings *records;
    char *name; /* of a record, as a document's */
    size_t name_capacity;
    size_t read_records;  /* so far, good ones */
    size_t named_records; /* of them, those with an id */
    const struct writer_ops *ops;
    struct writer writer;
    struct mention_maker maker;
    gaz_span *spans; /* of a whole document; owned */
    size_t span_capacity;
};

enum tag_job_kind {
    TAG_JOB_PIECE,    /* text of a document, to be tagged */
    TAG_JOB_TEXT,     /* text of a document that only shows its text first */
    TAG_JOB_LINES,    /* whole lines, a document each */
    TAG_JOB_DOCUMENT, /* all of a document with markup */
    TAG_JOB_RECORDS,  /* whole lines, a JSON object each */
    TAG_JOB_JSON      /* JSON objects in an array, or one after another */
};

struct tag_job {
    enum tag_job_kind kind;
    gaz_format format; /* of TAG_JOB_DOCUMENT */
    const char *file;  /* name, borrowed */
    char *text;        /* owned, capacity bytes */
    size_t len;
    size_t capacity;
    bool first; /* of its document's pieces (or texts) */
    bool last;
    bool texts_before;       /* TAG_JOB_TEXT jobs have written begin and text */
    bool plain;              /* every byte is a unit */
    bool too_long;           /* a record that is not in text */
    bool whole;              /* a document of several pieces */
    size_t base;             /* byte of the document that text[0] is */
    size_t base_units;       /* the same in the writer's unit */
    size_t line;             /* of text[0] in the file; of lines and records */
    struct json_items items; /* of TAG_JOB_JSON */
    /* The result. */
    struct out out;
    struct out notes; /* messages */
    size_t spans;     /* written */
    size_t bad;       /* records left out */
    bool failed;
    gaz_error error;
};

/* How many bytes to look at for the next piece, `rest` of which were left
 * behind the last cut; where to cut them: 0 when no place is good and more
 * bytes are to be looked at (twice as many). */
size_t tag_job_want(size_t rest);
size_t tag_job_cut(const gaz_tagger *cutter, const char *text, size_t len);

/* Tag text, which is all of a document, and write it. */
void tag_job_text(struct tag_worker *w, struct tag_job *job, const char *text,
                  size_t len);

/* Tag text and write the mentions, where the writer stands. False when the
 * job has failed. */
bool tag_job_spans(struct tag_worker *w, struct tag_job *job, const char *text,
                   size_t len);

/* Room for n bytes of text; false when memory is out. */
bool tag_job_reserve(struct tag_job *job, size_t n);

/* The job has failed for want of memory; false. */
bool tag_job_nomem(struct tag_job *job);

/* Is each record handed on by itself? */
static inline bool tag_job_records(enum tag_job_kind kind)
{
    return kind == TAG_JOB_RECORDS || kind == TAG_JOB_JSON;
}

/* What a format writes at the begin and the end of a document. */
static inline void tag_job_begin(struct tag_worker *w)
{
    if (w->ops->begin != NULL) {
        w->ops->begin(&w->writer);
    }
}

static inline void tag_job_end(struct tag_worker *w)
{
    if (w->ops->end != NULL) {
        w->ops->end(&w->writer);
    }
}

#endif
