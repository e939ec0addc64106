/* A document a line:
 * {"file":F,"text":T,"spans":[{"start","end","label","text","id"?,"version"?,
 * "score"?}],"unit":U}
 */
#include <string.h>

#include "cli/writer.h"

static void put_text(struct writer *w, const char *text, size_t len)
{
    writer_json_text(w->out, text, len);
}

static void begin(struct writer *w)
{
    out_str(w->out, "{\"file\":\"");
    put_text(w, w->file, strlen(w->file));
    out_str(w->out, "\",\"text\":\"");
}

static void middle(struct writer *w)
{
    out_str(w->out, "\",\"spans\":[");
}

static void spans(struct writer *w, const char *text, size_t len, size_t base,
                  const struct mention *list, size_t count)
{
    (void)len;
    for (size_t i = 0; i < count; i++) {
        const struct mention *m = &list[i];
        size_t start = 0;
        size_t end = 0;
        writer_place(w, text, base, m, &start, &end);
        out_str(w->out, w->spans++ > 0 ? ",{\"start\":" : "{\"start\":");
        writer_number(w->out, start);
        out_str(w->out, ",\"end\":");
        writer_number(w->out, end);
        out_str(w->out, ",\"label\":\"");
        put_text(w, m->label, m->label_len);
        out_str(w->out, "\",\"text\":\"");
        put_text(w, m->text, m->end - m->start);
        if (m->id_len > 0) {
            out_str(w->out, "\",\"id\":\"");
            put_text(w, m->id, m->id_len);
        }
        if (m->version_len > 0) {
            out_str(w->out, "\",\"version\":\"");
            put_text(w, m->version, m->version_len);
        }
        out_str(w->out, "\"");
        if (m->score >= 0) {
            out_str(w->out, ",\"score\":");
            writer_score(w->out, m->score);
        }
        out_str(w->out, "}");
    }
}

static void end(struct writer *w)
{
    out_str(w->out, "],\"unit\":\"");
    out_str(w->out, writer_unit(w));
    out_str(w->out, "\"}\n");
}

const struct writer_ops writer_jsonl = {
    .name = "jsonl",
    .two_passes = true,
    .commas = true,
    .begin = begin,
    .text = put_text,
    .middle = middle,
    .spans = spans,
    .end = end,
};
