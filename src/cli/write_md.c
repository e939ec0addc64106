/* Markdown with each mention as **name**`[Label]`. Of a Markdown text all else
 * stays as it is; of a plain text what Markdown would read as markup is
 * escaped, so that it looks as it was.
 *
 * In a Markdown text the stars are left out where they would not work: beside
 * or over other markup. The label stands right behind the mention, in a code
 * span itself, which can stand everywhere but in a code span. */
#include <string.h>

#include "cli/writer.h"

static bool is_punctuation(char c)
{
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') ||
           (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

/* Could it be markup, in the middle of a line? */
static bool is_special(char c)
{
    return c != '\0' && strchr("\\`*_{}[]<>&|~$", c) != NULL;
}

/* Could it be markup at the start of a line: headings, lists, quotes, rules,
 * tables? Of "12." the point. */
static bool opens_line(const char *line, size_t i)
{
    char c = line[i];
    if (i == 0) {
        return c == '#' || c == '+' || c == '-' || c == '=' || c == ':';
    }
    if (c != '.' && c != ')') {
        return false;
    }
    for (size_t k = 0; k < i; k++) {
        if (line[k] < '0' || line[k] > '9') {
            return false;
        }
    }
    return i < 10;
}

/* Do only blanks follow up to the end of the line? */
static bool ends_line(const char *text, size_t i, size_t len)
{
    while (i < len && (text[i] == ' ' || text[i] == '\t' || text[i] == '\r')) {
        i++;
    }
    return i == len || text[i] == '\n';
}

/* Plain text as Markdown. */
static void put_plain(struct writer *w, const char *text, size_t from,
                      size_t to)
{
    size_t line = from; /* where the line's first byte is that is no blank */
    while (line > 0 && text[line - 1] != '\n') {
        line--;
    }
    for (size_t i = from; i < to; i++) {
        char c = text[i];
        if (i > 0 && text[i - 1] == '\n') {
            line = i;
        }
        while (line < to && line < i &&
               (text[line] == ' ' || text[line] == '\t')) {
            line++;
        }
        bool blank = c == ' ' || c == '\t';
        if (blank && line == i &&
            !ends_line(text, i,
                       to)) { /* four of them would begin a code block */
            out_str(w->out, c == ' ' ? "&nbsp;" : "&emsp;");
            line++;
            continue;
        }
        if (is_special(c) || (!blank && opens_line(text + line, i - line))) {
            out_byte(w->out, '\\');
        }
        out_byte(w->out, c);
    }
}

/* A code span, which holds anything but a run of as many backticks. */
static void put_label(struct writer *w, const struct mention *m)
{
    size_t run = 0;
    size_t longest = 0;
    for (size_t i = 0; i < m->label_len; i++) {
        run = m->label[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    for (size_t i = 0; i <= longest; i++) {
        out_byte(w->out, '`');
    }
    out_byte(w->out, '[');
    for (size_t i = 0; i < m->label_len; i++) {
        char c = m->label[i];
        out_byte(w->out, c == '\n' || c == '\r' ? ' ' : c);
    }
    out_byte(w->out, ']');
    for (size_t i = 0; i <= longest; i++) {
        out_byte(w->out, '`');
    }
}

/* Would stars around it work in this Markdown? */
static bool takes_stars(const char *text, size_t len, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (is_special(text[i]) || text[i] == '\n') {
            return false;
        }
    }
    /* Stars open before a letter, or before punctuation behind white space;
     * they close here always: a backtick follows. */
    char before = from > 0 ? text[from - 1] : ' ';
    char after = to < len ? text[to] : ' ';
    bool apart = strchr(" \t\n(\"'", before) != NULL && before != '\0';
    return before != '*' && before != '_' && before != '\\' && after != '*' &&
           after != '_' && (apart || !is_punctuation(text[from]));
}

static void spans(struct writer *w, const char *text, size_t len, size_t base,
                  const struct mention *list, size_t count)
{
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        size_t from = list[i].start - base;
        size_t to = list[i].end - base;
        bool stars = !w->settings.markdown || takes_stars(text, len, from, to);
        if (w->settings.markdown) {
            out_bytes(w->out, text + at, from - at);
        } else {
            put_plain(w, text, at, from);
        }
        out_str(w->out, stars ? "**" : "");
        if (w->settings.markdown) {
            out_bytes(w->out, text + from, to - from);
        } else {
            put_plain(w, text, from, to);
        }
        out_str(w->out, stars ? "**" : "");
        put_label(w, &list[i]);
        at = to;
    }
    if (w->settings.markdown) {
        out_bytes(w->out, text + at, len - at);
    } else {
        put_plain(w, text, at, len);
    }
}

const struct writer_ops writer_md = {
    .name = "md",
    .flat = true,
    .spans = spans,
};
