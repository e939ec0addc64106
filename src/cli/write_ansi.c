/* The text with its mentions coloured and a legend; without colour a mention
 * is written [text](label). Control characters of the text, and
 * what is no UTF-8, are shown as U+FFFD, so that neither a document nor a
 * lexicon drives the terminal. */
#include <string.h>

#include "cli/writer.h"
#include "os/neutral.h"

/* Background colours of the 256-colour table that black text reads well on,
 * given to labels in turn. */
static const unsigned char palette[] = {114, 117, 222, 218, 183, 152,
                                        216, 150, 111, 187, 180, 145};

static void put_color(struct writer *w, uint32_t label)
{
    out_str(w->out, "\x1b[30;48;5;");
    writer_number(w->out, palette[label % sizeof palette]);
    out_byte(w->out, 'm');
}

static void put_plain(struct writer *w, const char *text, size_t len)
{
    size_t bad = 1;
    while (bad > 0) {
        size_t n = neutral_span(text, len, false, &bad);
        out_bytes(w->out, text, n);
        out_str(w->out, bad > 0 ? NEUTRAL_SIGN : "");
        text += n + bad;
        len -= n + bad;
    }
}

static void put_mention(struct writer *w, const struct mention *m)
{
    if (w->settings.color) {
        put_color(w, m->type);
        put_plain(w, m->text, m->end - m->start);
        out_str(w->out, "\x1b[0m");
    } else {
        out_byte(w->out, '[');
        put_plain(w, m->text, m->end - m->start);
        out_str(w->out, "](");
        put_plain(w, m->label, m->label_len);
        out_byte(w->out, ')');
    }
    w->counts[m->type]++;
}

static void spans(struct writer *w, const char *text, size_t len, size_t base,
                  const struct mention *list, size_t count)
{
    size_t at = base;
    for (size_t i = 0; i < count; i++) {
        put_plain(w, text + (at - base), list[i].start - at);
        put_mention(w, &list[i]);
        at = list[i].end;
    }
    put_plain(w, text + (at - base), len - (at - base));
    w->spans = len > 0 ? (size_t)(text[len - 1] == '\n') : w->spans;
}

static void end(struct writer *w)
{
    if (w->spans == 0) { /* the last piece had no newline at its end */
        out_byte(w->out, '\n');
    }
}

static void finish(struct writer *w)
{
    bool any = false;
    for (size_t i = 0; i < w->labels->count; i++) {
        if (w->counts[i] == 0) {
            continue;
        }
        out_str(w->out, any ? "  " : "\n");
        any = true;
        if (w->settings.color) {
            put_color(w, (uint32_t)i);
        }
        out_byte(w->out, ' ');
        put_plain(w, w->labels->names[i], strlen(w->labels->names[i]));
        out_byte(w->out, ' ');
        out_str(w->out, w->settings.color ? "\x1b[0m " : "");
        writer_number(w->out, w->counts[i]);
    }
    out_str(w->out, any ? "\n" : "\n(no mention found)\n");
}

const struct writer_ops writer_ansi = {
    .name = "ansi",
    .flat = true,
    .spans = spans,
    .end = end,
    .finish = finish,
};
