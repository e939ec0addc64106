#include "cli/tag_records.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A line of the job, and where it is in the file. */
struct line {
    const char *data;
    size_t len;
    size_t number;
};

/* ---- what is wrong with a record */

static void put_quoted(struct out *out, const char *text, size_t len)
{
    out_byte(out, '"');
    writer_json_text(out, text, len);
    out_byte(out, '"');
}

/* "FILE:LINE:COLUMN: MESSAGE (record ID)", as cli_error would print it. */
static void note(const struct tag_job *job, gaz_token id, const gaz_error *e,
                 struct out *out)
{
    char place[64];
    (void)snprintf(place, sizeof place, ":%zu:%zu: ", e->line, e->column);
    out_str(out, "gaz: ");
    out_str(out, strcmp(job->file, "-") == 0 ? "(standard input)" : job->file);
    out_str(out, place);
    out_str(out, e->message);
    if (id.len > 0) {
        out_str(out, " (record ");
        writer_json_text(out, id.data, id.len);
        out_str(out, ")");
    }
    out_str(out, "\n");
}

/* The error that stops the run names the record too. */
static void stop(struct tag_job *job, gaz_token id, const gaz_error *e)
{
    job->failed = true;
    job->error = *e;
    size_t n = strlen(e->message);
    if (id.len > 0) {
        (void)snprintf(job->error.message + n, sizeof e->message - n,
                       " (record %.*s)", id.len < 80 ? (int)id.len : 80,
                       id.data);
    }
}

/* Not the line: a record comes out the same in whatever part it is. */
static void put_error(struct out *out, const gaz_error *e)
{
    char place[64];
    (void)snprintf(place, sizeof place, "column %zu: ", e->column);
    out_str(out, "\"error\":\"");
    out_str(out, place);
    writer_json_text(out, e->message, strlen(e->message));
    out_byte(out, '"');
}

/* The record itself with a field that says what is wrong; one that has such a
 * field already goes on as it is. What is no object is quoted. */
static void put_inline(struct tag_worker *w, struct out *out,
                       const struct line *line, const gaz_error *e)
{
    gaz_record_fields fields = {.text = w->records->fields.text,
                                .replaced = {"error"}};
    const gaz_token *parts = NULL;
    size_t count = 0;
    bool bare = false;
    unsigned had = 0;
    (void)gaz_record_read(w->record, &fields, line->data, line->len,
                          line->number, NULL);
    if (!gaz_record_parts(w->record, &parts, &count, &bare, &had)) {
        out_byte(out, '{');
        put_error(out, e);
        out_str(out, ",\"raw\":");
        put_quoted(out, line->data, line->len);
        out_str(out, "}\n");
        return;
    }
    if (had != 0) {
        out_bytes(out, line->data, line->len);
    } else {
        for (size_t i = 0; i + 1 < count; i++) {
            out_bytes(out, parts[i].data, parts[i].len);
        }
        out_str(out, bare ? "" : ",");
        put_error(out, e);
        out_bytes(out, parts[count - 1].data, parts[count - 1].len);
    }
    out_byte(out, '\n');
}

static void bad_record(struct tag_worker *w, struct tag_job *job,
                       const struct line *line, const gaz_error *e)
{
    gaz_token id = gaz_record_id(w->record);
    if (e->code == GAZ_NOMEM || w->records->bad == BAD_STOP) {
        stop(job, id, e);
    } else if (w->records->bad == BAD_SKIP) {
        note(job, id, e, &job->notes);
        job->bad++;
    } else {
        put_inline(w, &job->out, line, e);
    }
}

/* ---- records that are good */

static const char *unit_name(gaz_unit unit)
{
    return unit == GAZ_BYTES ? "bytes" : unit == GAZ_UTF16 ? "utf16" : "chars";
}

static void put_record(struct tag_worker *w, struct tag_job *job,
                       const gaz_token *parts, size_t count, bool bare)
{
    const struct record_settings *set = w->records;
    struct out *out = &job->out;
    gaz_token text = gaz_record_text(w->record);
    writer_at(&w->writer, 0, 0, text.len, false);
    w->writer.spans = 0;
    for (size_t i = 0; i + 1 < count; i++) {
        out_bytes(out, parts[i].data, parts[i].len);
    }
    out_str(out, bare ? "" : ",");
    put_quoted(out, set->spans, strlen(set->spans));
    out_str(out, ":[");
    if (!tag_job_spans(w, job, text.data, text.len)) {
        return;
    }
    out_byte(out, ']');
    if (set->unit != NULL) {
        out_byte(out, ',');
        put_quoted(out, set->unit, strlen(set->unit));
        out_byte(out, ':');
        put_quoted(out, unit_name(w->writer.settings.unit),
                   strlen(unit_name(w->writer.settings.unit)));
    }
    out_bytes(out, parts[count - 1].data, parts[count - 1].len);
    out_byte(out, '\n');
}

/* The document is named by the record's id, or its line. */
static bool name_document(struct tag_worker *w, const struct tag_job *job,
                          const struct line *line)
{
    gaz_token id = gaz_record_id(w->record);
    w->writer.file = job->file;
    w->writer.line = line->number;
    if (w->records->fields.id == NULL || id.len == 0) {
        return true;
    }
    if (id.len >= w->name_capacity) {
        char *p = realloc(w->name, 2 * id.len + 1);
        if (p == NULL) {
            return false;
        }
        w->name = p;
        w->name_capacity = 2 * id.len + 1;
    }
    memcpy(w->name, id.data, id.len);
    w->name[id.len] = '\0';
    w->writer.file = w->name;
    w->writer.line = 0;
    return true;
}

static void tag_record(struct tag_worker *w, struct tag_job *job,
                       const struct line *line)
{
    const struct record_settings *set = w->records;
    const gaz_token *parts = NULL;
    size_t count = 0;
    bool bare = false;
    unsigned had = 0;
    gaz_error e = {0};
    if (gaz_record_read(w->record, &set->fields, line->data, line->len,
                        line->number, &e) != GAZ_OK) {
        bad_record(w, job, line, &e);
        return;
    }
    w->read_records++;
    w->named_records += gaz_record_id(w->record).len > 0;
    if (!set->handed_on) {
        gaz_token text = gaz_record_text(w->record);
        if (name_document(w, job, line)) {
            tag_job_text(w, job, text.data, text.len);
        } else {
            job->out.error = 1;
        }
        return;
    }
    (void)gaz_record_parts(w->record, &parts, &count, &bare, &had);
    if (set->unit != NULL && had == 2) {
        e = (gaz_error){.code = GAZ_OPTION, .line = line->number, .column = 1};
        (void)snprintf(e.message, sizeof e.message,
                       "the field \"%s\" is the record's own: --unit-field "
                       "names another one for the unit",
                       set->unit);
        bad_record(w, job, line, &e);
        return;
    }
    put_record(w, job, parts, count, bare);
}

void tag_records(struct tag_worker *w, struct tag_job *job)
{
    gaz_error e = {0};
    if (w->record == NULL &&
        gaz_record_create(NULL, &w->record, &e) != GAZ_OK) {
        stop(job, (gaz_token){"", 0}, &e);
        return;
    }
    struct line line = {.data = job->text, .number = job->line};
    if (job->too_long) {
        e = (gaz_error){.code = GAZ_LIMIT, .line = job->line, .column = 1};
        (void)snprintf(e.message, sizeof e.message,
                       "this line is too long: a record may have %d MB",
                       RECORD_SIZE_MAX >> 20);
        bad_record(w, job, &line, &e);
        return;
    }
    const char *end = job->text + job->len;
    line.data += job->first ? file_mark(job->text, job->len) : 0;
    for (; line.data < end && !job->failed; line.number++) {
        const char *newline =
            memchr(line.data, '\n', (size_t)(end - line.data));
        line.len = (size_t)((newline != NULL ? newline : end) - line.data);
        if (!input_blank(line.data, line.len)) {
            tag_record(w, job, &line);
        }
        line.data += line.len + (newline != NULL);
    }
}

void tag_records_check_ids(const struct tag_worker *workers, size_t count,
                           const char *field)
{
    size_t records = 0;
    size_t named = 0;
    for (size_t i = 0; i < count; i++) {
        records += workers[i].read_records;
        named += workers[i].named_records;
    }
    if (field != NULL && records > 0 && named == 0) {
        cli_note("no record has an id in the field \"%s\" (--id-field)", field);
    }
}
