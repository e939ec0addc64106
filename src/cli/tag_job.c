#include "cli/tag_job.h"

#include <stdlib.h>
#include <string.h>

bool tag_job_reserve(struct tag_job *job, size_t n)
{
    if (n <= job->capacity) {
        return true;
    }
    char *p = realloc(job->text, n);
    if (p == NULL) {
        return false;
    }
    job->text = p;
    job->capacity = n;
    return true;
}

size_t tag_job_want(size_t rest)
{
    return rest > TAG_PIECE / 2 ? rest * 2 : TAG_PIECE;
}

static bool is_sign(char c)
{
    unsigned char letter = (unsigned char)(c | 0x20);
    bool word = (letter >= 'a' && letter <= 'z') || (c >= '0' && c <= '9') ||
                c == '_' || (unsigned char)c >= 0x80;
    return !word;
}

/* 2 MB without a full stop or an empty line: cut behind their last line, or
 * else their last white space, sign, character. A name that lies across is
 * lost, but memory does not grow with the file. */
static size_t forced_cut(const char *text, size_t len)
{
    for (size_t i = len; i-- > 0;) {
        if (text[i] == '\n') {
            return i + 1;
        }
    }
    for (size_t i = len; i-- > 0;) {
        if (text[i] == ' ' || text[i] == '\t') {
            return i + 1;
        }
    }
    for (size_t i = len; i-- > 0;) {
        if (is_sign(text[i])) {
            return i + 1;
        }
    }
    size_t i = len - 1; /* not inside a sequence of UTF-8 */
    while (i > len - 4 && ((unsigned char)text[i] & 0xC0) == 0x80) {
        i--;
    }
    return (unsigned char)text[i] >= 0xC0 ? i : len;
}

size_t tag_job_cut(const gaz_tagger *cutter, const char *text, size_t len)
{
    size_t at = gaz_tag_cut(cutter, text, len);
    return at == 0 && len >= TAG_PIECE_MAX ? forced_cut(text, len) : at;
}

bool tag_job_nomem(struct tag_job *job)
{
    job->failed = true;
    job->error = (gaz_error){.code = GAZ_NOMEM, .message = "out of memory"};
    return false;
}

static bool add_spans(struct tag_worker *w, const gaz_span *spans, size_t count,
                      size_t base, size_t *total)
{
    size_t need = *total + count;
    if (need > w->span_capacity) {
        gaz_span *p = realloc(w->spans, 2 * need * sizeof *p);
        if (p == NULL) {
            return false;
        }
        w->spans = p;
        w->span_capacity = 2 * need;
    }
    for (size_t i = 0; i < count; i++) {
        gaz_span *to = &w->spans[(*total)++];
        *to = spans[i];
        to->start += base;
        to->end += base;
        if (to->version_end > 0) {
            to->version_start += base;
            to->version_end += base;
        }
    }
    return true;
}

/* Tag a document in the pieces that a file's reader would make of it. */
static bool tag_pieces(struct tag_worker *w, struct tag_job *job, size_t *total)
{
    size_t at = 0;
    size_t want = tag_job_want(0);
    bool ok = true;
    *total = 0;
    while (ok && (at < job->len || at == 0)) {
        const gaz_span *spans = NULL;
        size_t count = 0;
        size_t left = job->len - at;
        size_t n =
            left < want ? left : tag_job_cut(w->tagger, job->text + at, want);
        if (n == 0 && left > 0) {
            want *= 2;
            continue;
        }
        if (gaz_tag(w->tagger, job->text + at, n, &spans, &count,
                    &job->error) != GAZ_OK) {
            job->failed = true;
            return false;
        }
        ok = add_spans(w, spans, count, at, total);
        at += n;
        if (at >= job->len) {
            break;
        }
        want = tag_job_want(want - n);
    }
    return ok || tag_job_nomem(job);
}

/* *text becomes what is matched where the writer wants its words. */
static bool tag_document(struct tag_worker *w, struct tag_job *job,
                         const char **text, const gaz_span **spans,
                         size_t *count)
{
    gaz_error *e = &job->error;
    job->failed = (w->document == NULL &&
                   gaz_document_create(NULL, &w->document, e) != GAZ_OK) ||
                  gaz_document_read(w->document, job->format, w->zones,
                                    job->text, job->len, e) != GAZ_OK;
    if (!job->failed && w->ops->words) {
        size_t len = 0;
        gaz_document_text(w->document, text, &len);
        job->failed = gaz_tag(w->tagger, *text, len, spans, count, e) != GAZ_OK;
    } else if (!job->failed) {
        job->failed =
            gaz_document_tag(w->document, w->tagger, spans, count, e) != GAZ_OK;
    }
    return !job->failed;
}

/* Where a format takes mentions bit by bit, so few at once that they stay in
 * the first cache. */
static bool write_spans(struct tag_worker *w, const char *text, size_t len,
                        const gaz_span *spans, size_t count)
{
    enum { FEW = 64 };
    size_t base = w->writer.bytes;
    for (;;) {
        const struct mention *list = NULL;
        size_t n = w->ops->piecemeal && count > FEW ? FEW : count;
        if (!mention_make(&w->maker, text, base, spans, n, &list)) {
            return false;
        }
        w->ops->spans(&w->writer, text, len, base, list, n);
        count -= n;
        if (count == 0) {
            return true;
        }
        spans += n;
    }
}

bool tag_job_spans(struct tag_worker *w, struct tag_job *job, const char *text,
                   size_t len)
{
    const gaz_span *spans = NULL;
    size_t count = 0;
    if (job->kind == TAG_JOB_DOCUMENT) {
        if (!tag_document(w, job, &text, &spans, &count)) {
            return false;
        }
    } else if (job->kind == TAG_JOB_PIECE && job->whole) {
        if (!tag_pieces(w, job, &count)) {
            return false;
        }
        spans = w->spans;
    } else if (gaz_tag(w->tagger, text, len, &spans, &count, &job->error) !=
               GAZ_OK) {
        job->failed = true;
        return false;
    }
    if (!write_spans(w, text, len, spans, count)) {
        return tag_job_nomem(job);
    }
    job->spans += count;
    return true;
}

void tag_job_text(struct tag_worker *w, struct tag_job *job, const char *text,
                  size_t len)
{
    struct writer *writer = &w->writer;
    writer_at(writer, 0, 0, len, false);
    writer->spans = 0;
    tag_job_begin(w);
    if (w->ops->two_passes) {
        w->ops->text(writer, text, len);
        w->ops->middle(writer);
    }
    if (tag_job_spans(w, job, text, len)) {
        tag_job_end(w);
    }
}
