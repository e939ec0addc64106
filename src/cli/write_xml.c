/* Inline XML:
 *
 *     <documents>
 *     <document file="a.txt" unit="chars">The <mention start="4" end="9"
 *     label="Operating_System" id="linux">Linux</mention> kernel
 *     </document>
 *     </documents>
 */
#include <string.h>

#include "cli/writer.h"

static void attribute(struct writer *w, const char *before, const char *text,
                      size_t len)
{
    out_str(w->out, before);
    writer_markup(w->out, MARKUP_XML_ATTRIBUTE, text, len);
    out_byte(w->out, '"');
}

static void start(struct writer *w)
{
    out_str(w->out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<documents>\n");
}

static void begin(struct writer *w)
{
    attribute(w, "<document file=\"", w->file, strlen(w->file));
    out_str(w->out, " unit=\"");
    out_str(w->out, writer_unit(w));
    out_str(w->out, "\">");
}

static void put_mention(struct writer *w, const char *text, size_t base,
                        const struct mention *m)
{
    size_t from = 0;
    size_t to = 0;
    writer_place(w, text, base, m, &from, &to);
    out_str(w->out, "<mention start=\"");
    writer_number(w->out, from);
    out_str(w->out, "\" end=\"");
    writer_number(w->out, to);
    attribute(w, "\" label=\"", m->label, m->label_len);
    if (m->id_len > 0) {
        attribute(w, " id=\"", m->id, m->id_len);
    }
    if (m->version_len > 0) {
        attribute(w, " version=\"", m->version, m->version_len);
    }
    if (m->score >= 0) {
        out_str(w->out, " score=\"");
        writer_score(w->out, m->score);
        out_byte(w->out, '"');
    }
    out_byte(w->out, '>');
    writer_markup(w->out, MARKUP_XML, m->text, m->end - m->start);
    out_str(w->out, "</mention>");
}

static void spans(struct writer *w, const char *text, size_t len, size_t base,
                  const struct mention *list, size_t count)
{
    size_t at = base;
    for (size_t i = 0; i < count; i++) {
        writer_markup(w->out, MARKUP_XML, text + (at - base),
                      list[i].start - at);
        put_mention(w, text, base, &list[i]);
        at = list[i].end;
    }
    writer_markup(w->out, MARKUP_XML, text + (at - base), base + len - at);
}

static void end(struct writer *w)
{
    out_str(w->out, "</document>\n");
}

static void finish(struct writer *w)
{
    out_str(w->out, "</documents>\n");
}

const struct writer_ops writer_xml = {
    .name = "xml",
    .flat = true,
    .start = start,
    .begin = begin,
    .spans = spans,
    .end = end,
    .finish = finish,
};
