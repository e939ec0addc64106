/* Prodigy: a task a line with its tokens, which hold every span:
 * {"text":T,"tokens":[{"text","start","end","id","ws"}],
 *  "spans":[{"start","end","label","token_start","token_end"}]} */
#include <errno.h>
#include <string.h>

#include "cli/writer.h"

static void begin(struct writer *w)
{
    out_str(w->out, "{\"text\":\"");
}

static void put_text(struct writer *w, const char *text, size_t len)
{
    writer_json_text(w->out, text, len);
}

static void middle(struct writer *w)
{
    out_str(w->out, "\",");
}

static void put_tokens(struct writer *w, const char *text, size_t len)
{
    const struct tokens *t = &w->tokens;
    size_t at = 0;    /* bytes */
    size_t units = 0; /* code points */
    out_str(w->out, "\"tokens\":[");
    for (size_t i = 0; i < t->count; i++) {
        const struct token *k = &t->list[i];
        size_t n = gaz_text_length(text + k->start, k->end - k->start,
                                   w->settings.unit);
        units += gaz_text_length(text + at, k->start - at, w->settings.unit);
        out_str(w->out, i > 0 ? ",{\"text\":\"" : "{\"text\":\"");
        writer_json_text(w->out, text + k->start, k->end - k->start);
        out_str(w->out, "\",\"start\":");
        writer_number(w->out, units);
        out_str(w->out, ",\"end\":");
        writer_number(w->out, units + n);
        out_str(w->out, ",\"id\":");
        writer_number(w->out, i);
        size_t next = i + 1 < t->count ? t->list[i + 1].start : len;
        out_str(w->out, next > k->end ? ",\"ws\":true}" : ",\"ws\":false}");
        units += n;
        at = k->end;
    }
    out_byte(w->out, ']');
}

static void spans(struct writer *w, const char *text, size_t len, size_t base,
                  const struct mention *list, size_t count)
{
    if (!tokens_of_text(&w->tokens, text, len, list, count)) {
        w->out->error = ENOMEM;
        return;
    }
    put_tokens(w, text, len);
    out_str(w->out, ",\"spans\":[");
    for (size_t i = 0; i < count; i++) {
        const struct mention *m = &list[i];
        size_t from = 0;
        size_t to = 0;
        writer_place(w, text, base, m, &from, &to);
        out_str(w->out, i > 0 ? ",{\"start\":" : "{\"start\":");
        writer_number(w->out, from);
        out_str(w->out, ",\"end\":");
        writer_number(w->out, to);
        out_str(w->out, ",\"label\":\"");
        writer_json_text(w->out, m->label, m->label_len);
        out_str(w->out, "\",\"token_start\":");
        writer_number(w->out, tokens_at(&w->tokens, m->start));
        out_str(w->out, ",\"token_end\":");
        writer_number(w->out, tokens_at(&w->tokens, m->end - 1));
        out_byte(w->out, '}');
    }
    out_str(w->out, "]}\n");
}

const struct writer_ops writer_prodigy = {
    .name = "prodigy",
    .two_passes = true,
    .own_unit = true,
    .unit = GAZ_CHARS,
    .whole = true,
    .begin = begin,
    .text = put_text,
    .middle = middle,
    .spans = spans,
};
