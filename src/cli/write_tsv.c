/* A mention a line: file, start, end, label, text, id, version. TAB, newline,
 * CR and backslash inside a field are written \t \n \r \\. */
#include <string.h>

#include "cli/writer.h"

static const char *escape(char c)
{
    switch (c) {
    case '\t': return "\\t";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\\': return "\\\\";
    default: return NULL;
    }
}

/* What a line holds. */
struct line {
    size_t file_len;
    size_t start, end; /* units */
    size_t text_len;
    const struct mention *m;
};

void writer_tsv_field(struct out *out, const char *text, size_t len)
{
    size_t done = 0;
    for (size_t i = 0; i < len; i++) {
        if (text[i] > '\r' && text[i] != '\\') {
            continue; /* nearly every byte; char may be signed or not */
        }
        const char *code = escape(text[i]);
        if (code != NULL) {
            out_bytes(out, text + done, i - done);
            out_str(out, code);
            done = i + 1;
        }
    }
    if (len > done) { /* text may be NULL */
        out_bytes(out, text + done, len - done);
    }
}

static void start(struct writer *w)
{
    if (w->settings.header) {
        out_str(w->out, "file\tstart_");
        out_str(w->out, writer_unit(w));
        out_str(w->out, "\tend_");
        out_str(w->out, writer_unit(w));
        out_str(w->out, "\tlabel\ttext\tid\tversion\n");
    }
}

/* A field at p, where there is room for it twice. */
static char *field_at(char *p, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        const char *code =
            text[i] > '\r' && text[i] != '\\' ? NULL : escape(text[i]);
        if (code != NULL) {
            *p++ = code[0];
            *p++ = code[1];
        } else {
            *p++ = text[i];
        }
    }
    return p;
}

/* The same line in one piece of the output's buffer: a check of its room a
 * line, not a byte. */
static void short_line(struct writer *w, const struct line *l)
{
    const struct mention *m = l->m;
    char *start = out_room(w->out, OUT_ROOM_MAX);
    char *p = field_at(start, w->file, l->file_len);
    *p++ = '\t';
    p = writer_digits(p, l->start);
    *p++ = '\t';
    p = writer_digits(p, l->end);
    *p++ = '\t';
    p = field_at(p, m->label, m->label_len);
    *p++ = '\t';
    p = field_at(p, m->text, l->text_len);
    *p++ = '\t';
    p = field_at(p, m->id, m->id_len);
    *p++ = '\t';
    p = field_at(p, m->version, m->version_len);
    *p++ = '\n';
    out_used(w->out, (size_t)(p - start));
}

static void long_line(struct writer *w, const struct line *l)
{
    const struct mention *m = l->m;
    writer_tsv_field(w->out, w->file, l->file_len);
    out_byte(w->out, '\t');
    writer_number(w->out, l->start);
    out_byte(w->out, '\t');
    writer_number(w->out, l->end);
    out_byte(w->out, '\t');
    writer_tsv_field(w->out, m->label, m->label_len);
    out_byte(w->out, '\t');
    writer_tsv_field(w->out, m->text, l->text_len);
    out_byte(w->out, '\t');
    writer_tsv_field(w->out, m->id, m->id_len);
    out_byte(w->out, '\t');
    writer_tsv_field(w->out, m->version, m->version_len);
    out_byte(w->out, '\n');
}

static void spans(struct writer *w, const char *text, size_t len, size_t base,
                  const struct mention *list, size_t count)
{
    enum { FIXED = 64 }; /* two numbers, the TABs and the newline */
    struct line l = {.file_len = strlen(w->file)};
    (void)len;
    for (size_t i = 0; i < count; i++) {
        const struct mention *m = &list[i];
        writer_place(w, text, base, m, &l.start, &l.end);
        l.m = m;
        l.text_len = m->end - m->start;
        size_t n =
            l.file_len + m->label_len + l.text_len + m->id_len + m->version_len;
        if (n <= (OUT_ROOM_MAX - FIXED) / 2) {
            short_line(w, &l);
        } else {
            long_line(w, &l);
        }
    }
}

const struct writer_ops writer_tsv = {
    .name = "tsv",
    .start = start,
    .spans = spans,
};
