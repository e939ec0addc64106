/* A mention a line: file, start, end, label, text, id, version; FILE:LINE where
 * a file has several documents. TAB, newline, CR and backslash inside a field
 * are written \t \n \r \\. */
#include <string.h>

#include "cli/put.h"
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

/* A field at p, where there is room for it twice; `limit` as of put_plain. */
static char *put_field(char *p, const char *text, size_t len, const char *limit)
{
    for (size_t i = 0; i < len;) {
        size_t n = 0;
        p = put_plain(p, text + i, len - i, limit, PUT_ODD_TSV, &n);
        i += n;
        if (i < len) {
            const char *code = escape(text[i]);
            *p++ = code != NULL ? code[0] : text[i];
            if (code != NULL) {
                *p++ = code[1];
            }
            i++;
        }
    }
    return p;
}

/* The label, escaped, between TABs. */
static void ready_label(struct ready *r, const char *text, size_t len)
{
    char *p = r->data;
    r->of = text;
    r->len = SIZE_MAX;
    if (len <= (READY_MAX - 2) / 2) {
        p = PUT_STR(p, "\t");
        p = put_field(p, text, len, text + len);
        p = PUT_STR(p, "\t");
        r->len = (size_t)(p - r->data);
    }
}

/* The document's name and a TAB. */
static void ready_file(struct ready *r, const struct writer *w)
{
    size_t len = strlen(w->file);
    char *p = r->data;
    r->of = w->file;
    r->len = SIZE_MAX;
    if (len <= (READY_MAX - 2 - PUT_DIGITS) / 2) {
        p = put_field(p, w->file, len, w->file + len);
        if (w->line > 0) {
            p = PUT_STR(p, ":");
            p = put_number(p, w->line);
        }
        p = PUT_STR(p, "\t");
        r->len = (size_t)(p - r->data);
    }
}

/* What a line holds. */
struct line {
    size_t start, end; /* units */
    const struct mention *m;
    const struct ready *file, *label;
};

static void long_line(struct writer *w, const struct line *l)
{
    const struct mention *m = l->m;
    writer_tsv_field(w->out, w->file, strlen(w->file));
    if (w->line > 0) {
        out_byte(w->out, ':');
        writer_number(w->out, w->line);
    }
    out_byte(w->out, '\t');
    writer_number(w->out, l->start);
    out_byte(w->out, '\t');
    writer_number(w->out, l->end);
    out_byte(w->out, '\t');
    writer_tsv_field(w->out, m->label, m->label_len);
    out_byte(w->out, '\t');
    writer_tsv_field(w->out, m->text, m->end - m->start);
    out_byte(w->out, '\t');
    writer_tsv_field(w->out, m->id, m->id_len);
    out_byte(w->out, '\t');
    writer_tsv_field(w->out, m->version, m->version_len);
    out_byte(w->out, '\n');
}

/* The same line where its parts fit a piece of the output's buffer: a check
 * of its room a line, not a byte. */
static void put_line(struct writer *w, const struct line *l, const char *limit)
{
    enum { OTHERS = 2 * READY_MAX + 2 * PUT_DIGITS + 4 + PUT_SLACK };
    const struct mention *m = l->m;
    size_t text_len = m->end - m->start;
    if (l->file->len > READY_MAX || l->label->len > READY_MAX ||
        text_len + m->id_len + m->version_len > (OUT_ROOM_MAX - OTHERS) / 2) {
        long_line(w, l);
        return;
    }
    char *start = out_room(w->out, OUT_ROOM_MAX);
    char *p = put_ready(start, l->file);
    p = put_number(p, l->start);
    p = PUT_STR(p, "\t");
    p = put_number(p, l->end);
    p = put_ready(p, l->label);
    p = put_field(p, m->text, text_len, limit);
    p = PUT_STR(p, "\t");
    if (m->id_len > 0) {
        p = put_field(p, m->id, m->id_len, m->id + m->id_len);
    }
    p = PUT_STR(p, "\t");
    if (m->version_len > 0) { /* else it may be NULL */
        p = put_field(p, m->version, m->version_len,
                      m->version + m->version_len);
    }
    p = PUT_STR(p, "\n");
    out_used(w->out, (size_t)(p - start));
}

static void spans(struct writer *w, const char *text, size_t len, size_t base,
                  const struct mention *list, size_t count)
{
    if (count == 0) {
        return; /* as of most lines, where each is a document */
    }
    struct ready file = {.of = NULL};
    struct ready labels[READY_LABELS];
    for (size_t i = 0; i < READY_LABELS; i++) {
        labels[i].of = NULL;
    }
    for (size_t i = 0; i < count; i++) {
        struct line l = {.m = &list[i], .file = &file};
        struct ready *label = &labels[list[i].type % READY_LABELS];
        if (file.of == NULL) {
            ready_file(&file, w);
        }
        if (label->of != list[i].label) {
            ready_label(label, list[i].label, list[i].label_len);
        }
        l.label = label;
        if (w->settings.tokens) {
            l.start = tokens_at(w->given, l.m->start);
            l.end = tokens_at(w->given, l.m->end - 1) + 1;
        } else {
            writer_place(w, text, base, l.m, &l.start, &l.end);
        }
        put_line(w, &l, text + len);
    }
}

const struct writer_ops writer_tsv = {
    .name = "tsv",
    .piecemeal = true,
    .start = start,
    .spans = spans,
};
