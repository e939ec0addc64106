#include "cli/tag_records.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
static void put_error(struct out *out, size_t column, const gaz_error *e)
{
    char place[64];
    (void)snprintf(place, sizeof place, "column %zu: ", column);
    out_str(out, "\"error\":\"");
    out_str(out, place);
    writer_json_text(out, e->message, strlen(e->message));
    out_byte(out, '"');
}

/* What is not told of a record: all of it. */
static bool too_long(const struct json_record_at *at)
{
    return at->item != NULL && at->item->kind == JSON_LONG;
}

static bool over_lines(const struct json_record_at *at)
{
    return at->item != NULL && at->item->lines;
}

/* Part of a record; it goes on as one line. */
static void put_part(struct out *out, const struct json_record_at *at,
                     gaz_token part)
{
    if (over_lines(at)) {
        (void)json_record_flat(out, part.data, part.len);
    } else {
        out_bytes(out, part.data, part.len);
    }
}

/* The record itself with a field that says what is wrong; one that has such a
 * field already goes on as it is. What is no object is quoted. */
static void put_inline(struct tag_worker *w, struct out *out,
                       const struct json_record_at *at, const gaz_error *e)
{
    gaz_record_fields fields = {.text = w->records->fields.text,
                                .replaced = {"error"}};
    const gaz_token *parts = NULL;
    size_t count = 0;
    bool bare = false;
    unsigned had = 0;
    (void)gaz_record_read(w->record, &fields, at->data, at->len, at->number,
                          NULL);
    if (!gaz_record_parts(w->record, &parts, &count, &bare, &had)) {
        out_byte(out, '{');
        put_error(out, e->column, e);
        out_str(out, ",\"raw\":");
        put_quoted(out, at->data, too_long(at) ? 0 : at->len);
        out_str(out, "}\n");
        return;
    }
    if (had != 0) {
        put_part(out, at, (gaz_token){at->data, at->len});
    } else {
        size_t column =
            over_lines(at) ? 1 + json_record_flat(NULL, at->data, e->column - 1)
                           : e->column;
        for (size_t i = 0; i + 1 < count; i++) {
            put_part(out, at, parts[i]);
        }
        out_str(out, bare ? "" : ",");
        put_error(out, column, e);
        put_part(out, at, parts[count - 1]);
    }
    out_byte(out, '\n');
}

/* Brackets and quotes that do not match may have made more of a record than it
 * is: what is left out is told, where it is no JSON. */
static void add_extent(const struct tag_worker *w,
                       const struct json_record_at *at, gaz_error *e)
{
    const gaz_token *parts = NULL;
    size_t count = 0;
    bool bare = false;
    unsigned had = 0;
    if (at->item == NULL || at->item->kind != JSON_RECORD ||
        gaz_record_parts(w->record, &parts, &count, &bare, &had)) {
        return;
    }
    gaz_error end = {.column = at->len};
    size_t n = strlen(e->message);
    json_record_place(at, &end);
    (void)snprintf(e->message + n, sizeof e->message - n,
                   "; left out up to %zu:%zu", end.line, end.column);
}

static void bad_record(struct tag_worker *w, struct tag_job *job,
                       const struct json_record_at *at, const gaz_error *e)
{
    gaz_token id = gaz_record_id(w->record);
    gaz_error there = *e;
    json_record_place(at, &there);
    if (e->code == GAZ_NOMEM || w->records->bad == BAD_STOP) {
        stop(job, id, &there);
    } else if (w->records->bad == BAD_SKIP) {
        add_extent(w, at, &there);
        note(job, id, &there, &job->notes);
        job->bad++;
    } else {
        put_inline(w, &job->out, at, e);
    }
}

/* ---- records that are good */

static const char *unit_name(gaz_unit unit)
{
    return unit == GAZ_BYTES ? "bytes" : unit == GAZ_UTF16 ? "utf16" : "chars";
}

static void put_record(struct tag_worker *w, struct tag_job *job,
                       const struct json_record_at *at, const gaz_token *parts,
                       size_t count, bool bare)
{
    const struct record_settings *set = w->records;
    struct out *out = &job->out;
    gaz_token text = gaz_record_text(w->record);
    writer_at(&w->writer, 0, 0, text.len, false);
    w->writer.spans = 0;
    for (size_t i = 0; i + 1 < count; i++) {
        put_part(out, at, parts[i]);
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
    put_part(out, at, parts[count - 1]);
    out_byte(out, '\n');
}

/* The document is named by the record's id, or its number. */
static bool name_document(struct tag_worker *w, const struct tag_job *job,
                          const struct json_record_at *at)
{
    gaz_token id = gaz_record_id(w->record);
    w->writer.file = job->file;
    w->writer.line = at->number;
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
                       const struct json_record_at *at)
{
    const struct record_settings *set = w->records;
    const gaz_token *parts = NULL;
    size_t count = 0;
    bool bare = false;
    unsigned had = 0;
    gaz_error e = {0};
    if (json_record_read(w->record, &set->fields, at, &e) != GAZ_OK) {
        bad_record(w, job, at, &e);
        return;
    }
    w->read_records++;
    w->named_records += gaz_record_id(w->record).len > 0;
    if (!set->handed_on) {
        gaz_token text = gaz_record_text(w->record);
        if (name_document(w, job, at)) {
            tag_job_text(w, job, text.data, text.len);
        } else {
            job->out.error = 1;
        }
        return;
    }
    (void)gaz_record_parts(w->record, &parts, &count, &bare, &had);
    if (set->unit != NULL && had == 2) {
        e = (gaz_error){.code = GAZ_OPTION, .line = at->number, .column = 1};
        (void)snprintf(e.message, sizeof e.message,
                       "the field \"%s\" is the record's own: --unit-field "
                       "names another one for the unit",
                       set->unit);
        bad_record(w, job, at, &e);
        return;
    }
    put_record(w, job, at, parts, count, bare);
}

static void tag_lines(struct tag_worker *w, struct tag_job *job)
{
    const char *end = job->text + job->len;
    struct json_record_at at = {
        .data = job->text, .number = job->line, .first = job->first};
    at.data += job->first ? file_mark(job->text, job->len) : 0;
    for (; at.data < end && !job->failed; at.number++) {
        const char *newline = memchr(at.data, '\n', (size_t)(end - at.data));
        at.len = (size_t)((newline != NULL ? newline : end) - at.data);
        if (!input_blank(at.data, at.len)) {
            tag_record(w, job, &at);
            at.first = false;
        }
        at.data += at.len + (newline != NULL);
    }
}

void tag_records(struct tag_worker *w, struct tag_job *job)
{
    gaz_error e = {0};
    if (w->record == NULL &&
        gaz_record_create(NULL, &w->record, &e) != GAZ_OK) {
        stop(job, (gaz_token){"", 0}, &e);
        return;
    }
    if (job->too_long) {
        struct json_record_at at = {.data = job->text, .number = job->line};
        e = (gaz_error){.code = GAZ_LIMIT, .line = job->line, .column = 1};
        (void)snprintf(e.message, sizeof e.message,
                       "this line is too long: a record may have %d MB",
                       RECORD_SIZE_MAX >> 20);
        bad_record(w, job, &at, &e);
        return;
    }
    if (job->kind == TAG_JOB_RECORDS) {
        tag_lines(w, job);
        return;
    }
    for (size_t i = 0; i < job->items.count && !job->failed; i++) {
        struct json_record_at at =
            json_record_of(&job->items.list[i], job->text);
        tag_record(w, job, &at);
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
