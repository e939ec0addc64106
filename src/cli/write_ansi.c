/* The text with its mentions coloured and a legend; without colour a mention
 * is written [text](label). Control characters of the text are shown as
 * U+FFFD, so that a document cannot drive the terminal. */
#include <string.h>

#include "cli/writer.h"

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

/* The bytes of the control character at text[i], 0 when there is none: C0 but
 * for TAB, newline and the CR before one, DEL, and C1 (C2 80 .. C2 9F). */
static size_t control_at(const char *text, size_t len, size_t i)
{
    unsigned char c = (unsigned char)text[i];
    unsigned char next = i + 1 < len ? (unsigned char)text[i + 1] : 0;
    if (c == 0xC2) {
        return next >= 0x80 && next < 0xA0 ? 2 : 0;
    }
    bool plain =
        c >= 0x20 || c == '\n' || c == '\t' || (c == '\r' && next == '\n');
    return plain && c != 0x7F ? 0 : 1;
}

static void put_plain(struct writer *w, const char *text, size_t len)
{
    size_t done = 0;
    for (size_t i = 0; i < len; i++) {
        size_t n = control_at(text, len, i);
        if (n > 0) {
            out_bytes(w->out, text + done, i - done);
            out_bytes(w->out, "\xEF\xBF\xBD", 3);
            done = i + n;
            i = done - 1;
        }
    }
    out_bytes(w->out, text + done, len - done);
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
        out_bytes(w->out, m->label, m->label_len);
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
        out_str(w->out, w->labels->names[i]);
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
