#include "cli/tag_run.h"

#include <string.h>

#include "cli/tag_job.h"
#include "cli/tag_records.h"

static void run_piece(struct tag_worker *w, struct tag_job *job)
{
    struct writer *writer = &w->writer;
    writer_at(writer, job->base, job->base_units, job->len, job->plain);
    /* Where earlier pieces may have written spans, begin with a comma; the
     * one who puts the pieces together takes it off again. */
    writer->spans = job->first ? 0 : 1;
    if (job->first && !job->texts_before) {
        tag_job_begin(w);
        if (w->ops->two_passes) {
            w->ops->text(writer, job->text, job->len);
        }
    }
    if (job->first && w->ops->middle != NULL) {
        w->ops->middle(writer);
    }
    if (tag_job_spans(w, job, job->text, job->len) && job->last) {
        tag_job_end(w);
    }
}

static void run_lines(struct tag_worker *w, struct tag_job *job)
{
    size_t pos = 0;
    for (size_t i = 0; pos < job->len && !job->failed; i++) {
        const char *line = job->text + pos;
        const char *newline = memchr(line, '\n', job->len - pos);
        size_t n = newline != NULL ? (size_t)(newline - line) : job->len - pos;
        pos += n + (newline != NULL);
        n -= n > 0 && line[n - 1] == '\r';
        w->writer.line = job->line + i;
        tag_job_text(w, job, line, n);
    }
}

void tag_run(void *worker, void *slot)
{
    struct tag_worker *w = worker;
    struct tag_job *job = slot;
    out_clear(&job->out);
    out_clear(&job->notes);
    job->spans = 0;
    job->bad = 0;
    job->failed = false;
    w->writer.out = &job->out;
    w->writer.file = job->file;
    w->writer.line = 0;
    w->writer.settings.markdown =
        job->kind == TAG_JOB_DOCUMENT && job->format == GAZ_FORMAT_MARKDOWN;
    switch (job->kind) {
    case TAG_JOB_PIECE:
    case TAG_JOB_DOCUMENT: run_piece(w, job); break;
    case TAG_JOB_LINES: run_lines(w, job); break;
    case TAG_JOB_RECORDS:
    case TAG_JOB_JSON: tag_records(w, job); break;
    case TAG_JOB_TEXT:
        if (job->first) {
            tag_job_begin(w);
        }
        w->ops->text(&w->writer, job->text, job->len);
        break;
    }
    if ((job->out.error != 0 || job->notes.error != 0) && !job->failed) {
        (void)tag_job_nomem(job);
    }
}
