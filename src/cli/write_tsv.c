/* A mention a line: file, start, end, label, text, id, version. TAB, newline, CR and
 * backslash inside a field are written \t \n \r \\. */
#include <string.h>

#include "cli/writer.h"

static void put_field(struct out *out, const char *text, size_t len)
{
    size_t done = 0;
    for (size_t i = 0; i < len; i++) {
        const char *escape = text[i] == '\t'   ? "\\t"
                             : text[i] == '\n' ? "\\n"
                             : text[i] == '\r' ? "\\r"
                             : text[i] == '\\' ? "\\\\"
                                               : NULL;
        if (escape != NULL) {
            out_bytes(out, text + done, i - done);
            out_str(out, escape);
            done = i + 1;
        }
    }
    out_bytes(out, text + done, len - done);
}

static void start(struct writer *w)
{
    if (w->settings.header) {
        out_str(w->out, "file\tstart\tend\tlabel\ttext\tid\tversion\n");
    }
}

static void spans(struct writer *w, const char *text, size_t len, size_t base,
                  const gaz_span *list, size_t count)
{
    (void)len;
    for (size_t i = 0; i < count; i++) {
        const gaz_span *s = &list[i];
        const char *id = gaz_lexicon_id(w->lexicon, s->entry);
        put_field(w->out, w->file, strlen(w->file));
        out_byte(w->out, '\t');
        writer_number(w->out, writer_offset(w, text, base, base + s->start));
        out_byte(w->out, '\t');
        writer_number(w->out, writer_offset(w, text, base, base + s->end));
        out_byte(w->out, '\t');
        const char *label = gaz_lexicon_label(w->lexicon, s->label);
        put_field(w->out, label, strlen(label));
        out_byte(w->out, '\t');
        put_field(w->out, text + s->start, s->end - s->start);
        out_byte(w->out, '\t');
        put_field(w->out, id, strlen(id));
        out_byte(w->out, '\t');
        put_field(w->out, text + s->version_start,
                  s->version_end - s->version_start);
        out_byte(w->out, '\n');
    }
}

const struct writer_ops writer_tsv = {
    .name = "tsv",
    .start = start,
    .spans = spans,
};
