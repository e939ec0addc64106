#include "cli/tag_feed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/tag_records.h"

/* Write a finished job's output; what comes behind a failure is not wanted. */
static void put(struct tag_feed *f, const struct tag_job *job)
{
    if (f->status != EXIT_OK) {
        return; /* nothing behind a gap */
    }
    fwrite(job->notes.data, 1, job->notes.len, stderr);
    f->bad += job->bad;
    if (job->failed) {
        if (tag_job_records(job->kind) && f->ops->collect == NULL) {
            out_bytes(f->out, job->out.data, job->out.len);
        }
        f->status = f->told ? EXIT_SYSTEM : cli_error(job->file, &job->error);
        return;
    }
    size_t skip = 0;
    if (job->kind == TAG_JOB_PIECE) {
        if (job->first) {
            f->document_spans = 0;
        } else if (f->ops->commas && f->document_spans == 0 && job->spans > 0) {
            skip = 1; /* of the comma before the document's first span */
        }
        f->document_spans += job->spans;
    }
    if (f->ops->collect != NULL) {
        int s = f->ops->collect(f->collector, job->out.data, job->out.len);
        f->status = f->status == EXIT_OK ? s : f->status;
    } else {
        out_bytes(f->out, job->out.data + skip, job->out.len - skip);
    }
    if (job->kind != TAG_JOB_TEXT) {
        progress_add(f->progress, job->len);
    }
}

/* A free job, taking results as long as there is none; NULL after a failure
 * or when nobody reads our output any more. */
static struct tag_job *next_job(struct tag_feed *f)
{
    struct tag_job *job = pipeline_free_slot(f->pipeline);
    if (job == NULL) {
        put(f, pipeline_take(f->pipeline));
        job = pipeline_free_slot(f->pipeline);
    }
    return f->status == EXIT_OK && !out_broken(f->out) ? job : NULL;
}

int tag_feed_drain(struct tag_feed *f, int s)
{
    const struct tag_job *job = NULL;
    f->told = s != EXIT_OK;
    while ((job = pipeline_take(f->pipeline)) != NULL) {
        put(f, job);
    }
    return s != EXIT_OK ? s : f->status;
}

void tag_feed_free(struct tag_feed *f)
{
    free(f->rest);
}

/* How a file is being read: where the text of the next job begins. */
struct reading {
    struct tag_feed *feed;
    const char *path;
    struct file_in *file;
    enum tag_job_kind kind;
    gaz_format format;
    bool texts_before;
    size_t base, units;
    size_t line; /* lines and records: of the next one */
    bool first;
    bool end;       /* of the file */
    uint64_t limit; /* bytes read of it at most */
    struct json_split split;
};

static int keep_rest(struct tag_feed *f, const char *text, size_t len)
{
    if (len > f->rest_capacity) {
        char *p = realloc(f->rest, len);
        if (p == NULL) {
            return cli_nomem();
        }
        f->rest = p;
        f->rest_capacity = len;
    }
    if (len > 0) {
        memcpy(f->rest, text, len);
    }
    f->rest_len = len;
    return EXIT_OK;
}

/* The largest cut of the len bytes at text that is right for this kind; 0
 * when more bytes are needed to find one. */
static size_t cut(const struct reading *r, const char *text, size_t len)
{
    switch (r->kind) {
    case TAG_JOB_PIECE: return tag_job_cut(r->feed->cutter, text, len);
    case TAG_JOB_LINES:
    case TAG_JOB_RECORDS:
        for (size_t i = len; i-- > 0;) {
            if (text[i] == '\n') {
                return i + 1;
            }
        }
        return 0;
    case TAG_JOB_TEXT:
    case TAG_JOB_DOCUMENT:
    case TAG_JOB_JSON: break;
    }
    /* Not inside a UTF-8 sequence, which has up to 3 bytes behind its lead. */
    for (size_t back = 1; back <= 3 && back < len; back++) {
        if ((unsigned char)text[len - back] >= 0xC0) {
            return len - back;
        }
    }
    return len;
}

/* A record without an end: leave it out, up to the next line. */
static int skip_record(struct reading *r, struct tag_job *job)
{
    struct err why = {0};
    job->too_long = true;
    job->len = 0;
    while (!r->end) {
        size_t got = 0;
        if (file_read(r->file, job->text, job->capacity, &got, &why) !=
            STATUS_OK) {
            return cli_os_error(r->path, &why);
        }
        r->end = got < job->capacity;
        const char *end = memchr(job->text, '\n', got);
        if (end != NULL) {
            end++;
            r->end = false;
            return keep_rest(r->feed, end, got - (size_t)(end - job->text));
        }
    }
    return EXIT_OK;
}

/* Fill the job with what was left and what is read, up to a cut. */
static int fill(struct reading *r, struct tag_job *job)
{
    struct tag_feed *f = r->feed;
    bool some = f->line_buffered &&
                (r->kind == TAG_JOB_LINES || tag_job_records(r->kind));
    size_t len = f->rest_len;
    size_t want = tag_job_want(len);
    size_t at = 0;
    for (;;) {
        struct err why = {0};
        size_t got = 0;
        if (!tag_job_reserve(job, want)) {
            return cli_nomem();
        }
        if (f->rest_len > 0) {
            memcpy(job->text, f->rest, f->rest_len);
            f->rest_len = 0;
        }
        size_t room = want - len;
        room = room < r->limit ? room : (size_t)r->limit;
        if ((some ? file_read_some : file_read)(r->file, job->text + len, room,
                                                &got, &why) != STATUS_OK) {
            return cli_os_error(r->path, &why);
        }
        len += got;
        r->limit -= got;
        r->end = some ? got == 0 : len < want;
        if (r->kind != TAG_JOB_JSON) {
            at = r->end ? len : cut(r, job->text, len);
        } else if (!json_split_next(&r->split, job->text, len, r->end,
                                    &job->items, &at)) {
            return cli_nomem();
        }
        if (at > 0 || r->end) {
            break;
        }
        if (r->kind == TAG_JOB_RECORDS && len >= RECORD_SIZE_MAX) {
            return skip_record(r, job);
        }
        if (r->kind == TAG_JOB_LINES && len >= FILE_LINE_MAX) {
            (void)err_set(&why, STATUS_LIMIT,
                          "a line of more than %d MB; with -f lines each line "
                          "is a document",
                          FILE_LINE_MAX >> 20);
            return cli_os_error(r->path, &why);
        }
        if (want > SIZE_MAX / 2) {
            return cli_nomem();
        }
        want = len == want ? want * 2 : want;
    }
    job->len = at;
    return keep_rest(f, job->text + at, len - at);
}

static size_t count_lines(const char *text, size_t len)
{
    size_t n = 0;
    const char *end = text + len;
    for (const char *p = text; p < end; n++) {
        const char *newline = memchr(p, '\n', (size_t)(end - p));
        if (newline == NULL) {
            break;
        }
        p = newline + 1;
    }
    return n;
}

static int feed_pieces(struct reading *r)
{
    struct tag_feed *f = r->feed;
    r->base = 0;
    r->units = 0;
    r->first = true;
    r->end = false;
    f->rest_len = 0;
    while (!r->end) {
        struct tag_job *job = next_job(f);
        if (job == NULL) {
            return f->status;
        }
        job->too_long = false;
        int s = fill(r, job);
        if (s != EXIT_OK) {
            return s;
        }
        job->kind = r->kind;
        job->file = r->path;
        job->first = r->first;
        job->last = r->end;
        job->texts_before = r->texts_before;
        job->whole = false;
        job->base = r->base;
        job->base_units = r->units;
        r->first = false;
        r->base += job->len;
        if (r->kind == TAG_JOB_PIECE) {
            size_t units = gaz_text_length(job->text, job->len, f->unit);
            job->plain = units == job->len;
            r->units += units;
        }
        if (r->kind == TAG_JOB_RECORDS || r->kind == TAG_JOB_LINES) {
            job->line = r->line;
            r->line += job->too_long ? 1 : count_lines(job->text, job->len);
        }
        pipeline_submit(f->pipeline);
        if (f->line_buffered && tag_feed_drain(f, EXIT_OK) == EXIT_OK) {
            out_flush(f->out);
        }
    }
    return EXIT_OK;
}

/* A document that cannot be read twice, or not tagged in pieces, whole in one
 * job. */
static int feed_whole(struct reading *r)
{
    struct tag_job *job = next_job(r->feed);
    if (job == NULL) {
        return r->feed->status;
    }
    size_t len = 0;
    file_hold(r->file);
    for (;;) {
        struct err why = {0};
        size_t got = 0;
        if (!tag_job_reserve(job, len + TAG_PIECE + len / 2)) {
            return cli_nomem();
        }
        if (file_read(r->file, job->text + len, job->capacity - len, &got,
                      &why) != STATUS_OK) {
            return cli_os_error(r->path, &why);
        }
        len += got;
        if (len < job->capacity) {
            break;
        }
        if (r->kind == TAG_JOB_DOCUMENT && len > UINT32_MAX) {
            return cli_fail("%s: too long: a document with markup may have "
                            "4 GB (-f text takes any size)",
                            r->path);
        }
    }
    job->kind = r->kind;
    job->file = r->path;
    job->format = r->format;
    job->len = len;
    job->first = true;
    job->last = true;
    job->texts_before = false;
    job->base = 0;
    job->base_units = 0;
    job->plain = false;
    job->whole = true;
    pipeline_submit(r->feed->pipeline);
    return EXIT_OK;
}

/* First the text, then the spans, in two readings of the file. */
static int feed_twice(struct reading *r)
{
    struct err why = {0};
    r->kind = TAG_JOB_TEXT;
    int s = feed_pieces(r);
    if (s != EXIT_OK || out_broken(r->feed->out)) {
        return s;
    }
    if (file_rewind(r->file, &why) != STATUS_OK) {
        return cli_os_error(r->path, &why);
    }
    r->kind = TAG_JOB_PIECE;
    r->texts_before = true;
    /* A file that grows, such as a log, is taken as it was the first time. */
    size_t before = r->base;
    r->limit = before;
    s = feed_pieces(r);
    if (s == EXIT_OK && r->base < before && !out_broken(r->feed->out)) {
        (void)err_set(&why, STATUS_IO, "was cut short while it was read");
        s = cli_os_error(r->path, &why);
    }
    return s;
}

int tag_feed_text(struct tag_feed *f, const char *path, struct file_in *file)
{
    struct reading r = {.feed = f,
                        .path = path,
                        .file = file,
                        .kind = TAG_JOB_PIECE,
                        .limit = UINT64_MAX};
    bool two = f->ops->two_passes;
    bool rereads = file->regular && strcmp(path, "-") != 0;
    bool whole = f->ops->whole;
    return two && rereads && !whole && file->size >= TAG_PIECE ? feed_twice(&r)
           : two || whole                                      ? feed_whole(&r)
                          : feed_pieces(&r);
}

int tag_feed_document(struct tag_feed *f, const char *path,
                      struct file_in *file, gaz_format format)
{
    struct reading r = {.feed = f,
                        .path = path,
                        .file = file,
                        .kind = TAG_JOB_DOCUMENT,
                        .format = format,
                        .limit = UINT64_MAX};
    return feed_whole(&r);
}

int tag_feed_lines(struct tag_feed *f, const char *path, struct file_in *file)
{
    struct reading r = {.feed = f,
                        .path = path,
                        .file = file,
                        .kind = TAG_JOB_LINES,
                        .line = 1,
                        .limit = UINT64_MAX};
    return feed_pieces(&r);
}

int tag_feed_records(struct tag_feed *f, const char *path, struct file_in *file)
{
    struct reading r = {.feed = f,
                        .path = path,
                        .file = file,
                        .kind = TAG_JOB_RECORDS,
                        .line = 1,
                        .limit = UINT64_MAX};
    return feed_pieces(&r);
}

int tag_feed_json(struct tag_feed *f, const char *path, struct file_in *file)
{
    struct reading r = {.feed = f,
                        .path = path,
                        .file = file,
                        .kind = TAG_JOB_JSON,
                        .limit = UINT64_MAX};
    json_split_begin(&r.split, RECORD_SIZE_MAX);
    return feed_pieces(&r);
}
