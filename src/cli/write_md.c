/* Markdown with each mention as **name**`[Label]`. Of a Markdown text all else
 * stays as it is; of a plain text what Markdown would read as markup is
 * escaped, so that it looks as it was.
 *
 * In a Markdown text the stars are left out where they would not work: beside
 * or over other markup. The label stands right behind the mention, but for one
 * in a code span, or in brackets that name a link: then behind these. */
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
    if (i >= 10 || (c != '.' && c != ')')) { /* CommonMark's longest number */
        return false;
    }
    for (size_t k = 0; k < i; k++) {
        if (line[k] < '0' || line[k] > '9') {
            return false;
        }
    }
    return true;
}

/* Do only blanks follow up to the end of the line? */
static bool ends_line(const char *text, size_t i, size_t len)
{
    while (i < len && (text[i] == ' ' || text[i] == '\t' || text[i] == '\r')) {
        i++;
    }
    return i == len || text[i] == '\n';
}

/* A plain text on its way, and the line at hand. */
struct plain {
    const char *text;
    size_t len;
    size_t
        line; /* the line's first byte that is no blank, as far as is known */
    size_t known; /* the blanks up to here have been looked at, and ... */
    bool shown;   /* something follows them on their line */
};

/* Its bytes from .. to as Markdown. */
static void put_plain(struct writer *w, struct plain *p, size_t from, size_t to)
{
    const char *text = p->text;
    for (size_t i = from; i < to; i++) {
        char c = text[i];
        if (i > 0 && text[i - 1] == '\n') {
            p->line = i;
        }
        bool blank = c == ' ' || c == '\t';
        if (blank && p->line == i) {
            if (i >= p->known) {
                p->known = i + 1;
                while (p->known < p->len && text[p->known] != '\0' &&
                       strchr(" \t\r", text[p->known]) != NULL) {
                    p->known++;
                }
                p->shown = p->known < p->len && text[p->known] != '\n';
            }
            p->line++;
            if (p->shown) { /* four of them would begin a code block */
                out_str(w->out, c == ' ' ? "&nbsp;" : "&emsp;");
                continue;
            }
        } else if (is_special(c) ||
                   (!blank && opens_line(text + p->line, i - p->line))) {
            out_byte(w->out, '\\');
        }
        out_byte(w->out, c);
    }
}

/* A code span in runs of backticks that the label has not, nor `avoid` (a bit
 * a length). */
static void put_label(struct writer *w, const struct mention *m, uint32_t avoid)
{
    size_t run = 0;
    size_t longest = 0;
    for (size_t i = 0; i < m->label_len; i++) {
        run = m->label[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    size_t ticks = longest + 1;
    while (ticks < 32 && (avoid >> ticks & 1) != 0) {
        ticks++;
    }
    for (size_t i = 0; i < ticks; i++) {
        out_byte(w->out, '`');
    }
    out_byte(w->out, '[');
    for (size_t i = 0; i < m->label_len; i++) {
        char c = m->label[i];
        out_byte(w->out, c == '\n' || c == '\r' ? ' ' : c);
    }
    out_byte(w->out, ']');
    for (size_t i = 0; i < ticks; i++) {
        out_byte(w->out, '`');
    }
}

/* ---- of Markdown ---- */

/* Where the next mention can be marked. */
enum place { PLACE_OPEN, PLACE_HELD, PLACE_FENCE };

/* How far a Markdown text is written, and what of it is known. */
struct walk {
    const char *text;
    size_t len;
    size_t done;       /* written up to here */
    size_t looked;     /* looked at for code up to here */
    size_t code_end;   /* of the code span or fence that is open there */
    bool fence;        /* it is a fence */
    size_t held_until; /* labels wait for this byte */
    size_t held;       /* how many; they end with the mention at hand */
    bool labelled;     /* a label is the last that was written */
    uint32_t alone;    /* lengths of runs that close nothing, a bit each */
};

static size_t run_of(const struct walk *k, size_t at, char c)
{
    size_t n = 0;
    while (at + n < k->len && k->text[at + n] == c) {
        n++;
    }
    return n;
}

static size_t line_end(const struct walk *k, size_t at)
{
    const char *newline =
        at < k->len ? memchr(k->text + at, '\n', k->len - at) : NULL;
    return newline != NULL ? (size_t)(newline - k->text) + 1 : k->len;
}

/* The first byte of the line behind its blanks. */
static size_t line_start(const struct walk *k, size_t at)
{
    size_t n = at;
    while (n < k->len && k->text[n] == ' ' && n - at < 3) {
        n++;
    }
    return n;
}

/* Behind the fence that closes the one of n characters c in this line. */
static size_t fence_end(const struct walk *k, size_t at, char c, size_t n)
{
    for (at = line_end(k, at); at < k->len; at = line_end(k, at)) {
        size_t first = line_start(k, at);
        size_t run = run_of(k, first, c);
        if (run >= n && ends_line(k->text, first + run, k->len)) {
            return line_end(k, at);
        }
    }
    return k->len;
}

/* Is a line end at `at`, and behind it a blank line, or one that begins a list
 * item, a heading, a quote, a row or a fence? */
static bool ends_block(const struct walk *k, size_t at)
{
    if (k->text[at] != '\n') {
        return false;
    }
    size_t i = at + 1;
    while (i < k->len && (k->text[i] == ' ' || k->text[i] == '\t')) {
        i++;
    }
    if (ends_line(k->text, i, k->len) || strchr("#>|", k->text[i]) != NULL) {
        return true;
    }
    size_t digits = 0;
    while (i < k->len && k->text[i] >= '0' && k->text[i] <= '9') {
        i++;
        digits++;
    }
    char c = i < k->len ? k->text[i] : ' ';
    char next = i + 1 < k->len ? k->text[i + 1] : ' ';
    bool item =
        digits > 0 ? c == '.' || c == ')' : c == '-' || c == '*' || c == '+';
    bool fence = run_of(k, i, '`') >= 3 || run_of(k, i, '~') >= 3;
    return (item && (next == ' ' || next == '\t')) || fence;
}

/* Behind the run of n backticks that closes the one at `at`, in the same
 * paragraph; 0 for none. */
static size_t span_end(const struct walk *k, size_t at, size_t n)
{
    /* Each length that closes nothing is looked for once a paragraph. */
    enum { SPAN_MAX = 32 }; /* of md4c; CommonMark has no limit */
    for (size_t i = at + n; n <= SPAN_MAX && i < k->len;) {
        size_t run = run_of(k, i, '`');
        if (run == n) {
            return i + n;
        }
        if (ends_block(k, i)) {
            return 0;
        }
        i += run > 0 ? run : 1;
    }
    return 0;
}

/* Does the paragraph that begins at `at` begin with a tag, its first byte that
 * is no blank at `first`? It is taken for HTML. */
static bool opens_html(const struct walk *k, size_t at, size_t first)
{
    char c = first + 1 < k->len ? k->text[first + 1] : ' ';
    bool tag = c == '/' || c == '!' || c == '?' || (c >= 'a' && c <= 'z') ||
               (c >= 'A' && c <= 'Z');
    return tag && (at < 2 || k->text[at - 2] == '\n' ||
                   memchr("\r \t", k->text[at - 2], 3) != NULL);
}

/* Up to the next blank line. */
static size_t html_end(const struct walk *k, size_t at)
{
    while (at < k->len && !ends_line(k->text, at, k->len)) {
        at = line_end(k, at);
    }
    return at;
}

/* Look for code up to byte `to`. */
static void look(struct walk *k, size_t to)
{
    while (k->looked < to && k->code_end <= to) {
        size_t at = k->looked;
        char c = k->text[at];
        if (k->code_end > at) {
            k->looked = k->code_end;
            continue;
        }
        size_t n = c == '`' || c == '~' ? run_of(k, at, c) : 0;
        bool opens = at == 0 || k->text[at - 1] == '\n';
        size_t first = opens ? line_start(k, at) : at;
        char f = first < k->len ? k->text[first] : '\0';
        size_t run = opens && (f == '`' || f == '~') ? run_of(k, first, f) : 0;
        size_t end = 0;
        if (run >= 3) {
            k->fence = true;
            k->code_end = fence_end(k, at, f, run);
        } else if (opens && f == '<' && opens_html(k, at, first)) {
            k->fence = true;
            k->code_end = html_end(k, at);
        } else if (c == '`' && (end = span_end(k, at, n)) > 0) {
            k->fence = false;
            k->code_end = end;
        } else {
            k->alone |= c == '`' && n < 32 ? UINT32_C(1) << n : 0;
            k->looked += n > 0 ? n : c == '\\' ? 2 : 1;
        }
    }
}

/* Behind the brackets that byte `at` lies in, where these alone name a link
 * ('[Linux]', '[Linux][]'), so that nothing may come into them; 0 for none. */
static size_t link_end(const struct walk *k, size_t at)
{
    enum { NAME_MAX_BYTES = 1000 }; /* of CommonMark's link labels */
    size_t i = at;
    while (i > 0 && at - i < NAME_MAX_BYTES && k->text[i - 1] != '[' &&
           k->text[i - 1] != ']' && !ends_block(k, i - 1)) {
        i--;
    }
    if (i == 0 || k->text[i - 1] != '[') {
        return 0;
    }
    for (i = at; i < k->len && k->text[i] != ']'; i++) {
        if (i - at > NAME_MAX_BYTES || k->text[i] == '[' || ends_block(k, i)) {
            return 0;
        }
    }
    char next = i + 1 < k->len ? k->text[i + 1] : ' ';
    bool empty = next == '[' && i + 2 < k->len && k->text[i + 2] == ']';
    bool names = next != '(' && (next != '[' || empty);
    return i < k->len && names ? i + (empty ? 3 : 1) : 0;
}

/* Where a label for a mention that ends at `to` can stand. */
static enum place place_of(struct walk *k, size_t to)
{
    look(k, to);
    if (k->code_end > to && k->fence) {
        return PLACE_FENCE;
    }
    size_t code = k->code_end > to ? k->code_end : 0;
    size_t link = link_end(k, to);
    k->held_until = code > link ? code : link;
    return k->held_until > 0 ? PLACE_HELD : PLACE_OPEN;
}

/* Would stars around it work? */
static bool takes_stars(const struct walk *k, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (is_special(k->text[i]) || k->text[i] == '\n') {
            return false;
        }
    }
    /* Stars open before a letter, or before punctuation behind white space;
     * they close here always: a backtick follows. */
    char before = from > 0 ? k->text[from - 1] : ' ';
    char after = to < k->len ? k->text[to] : ' ';
    bool apart = before != '\0' && strchr(" \t\n(\"'", before) != NULL;
    return before != '*' && before != '_' && before != '\\' && after != '*' &&
           after != '_' && (apart || !is_punctuation(k->text[from]));
}

/* A label that does not touch other backticks, with which it would be one
 * run; first: no other label stands right before it. */
static void put_apart(struct writer *w, struct walk *k, const struct mention *m,
                      bool first)
{
    bool after = !first || (k->done > 0 && k->text[k->done - 1] == '`');
    out_str(w->out, after ? " " : "");
    put_label(w, m, k->alone);
    k->labelled = true;
}

/* Write up to byte `to`, and the labels that wait on the way; `next` is the
 * first mention that is not written. */
static void go_to(struct writer *w, struct walk *k, size_t to,
                  const struct mention *next)
{
    if (k->held > 0 && k->held_until <= to) {
        out_bytes(w->out, k->text + k->done, k->held_until - k->done);
        k->done = k->held_until;
        bool first = true;
        for (; k->held > 0; k->held--) {
            put_apart(w, k, next - k->held, first);
            first = false;
        }
    }
    if (k->labelled && k->done < k->len && k->text[k->done] == '`') {
        out_byte(w->out, ' ');
    }
    k->labelled = false;
    out_bytes(w->out, k->text + k->done, to - k->done);
    k->done = to;
}

static void marked_spans(struct writer *w, const char *text, size_t len,
                         size_t base, const struct mention *list, size_t count)
{
    struct walk k = {.text = len > 0 ? text : "", .len = len};
    for (size_t i = 0; i < count; i++) {
        size_t from = list[i].start - base;
        size_t to = list[i].end - base;
        go_to(w, &k, from, &list[i]);
        enum place place = k.held > 0 ? PLACE_HELD : place_of(&k, to);
        if (place == PLACE_HELD) {
            k.held++;
            continue;
        }
        bool stars = place == PLACE_OPEN && takes_stars(&k, from, to);
        out_str(w->out, stars ? "**" : "");
        go_to(w, &k, to, &list[i]);
        out_str(w->out, stars ? "**" : "");
        if (place == PLACE_FENCE) { /* nothing is markup there */
            out_byte(w->out, '[');
            out_bytes(w->out, list[i].label, list[i].label_len);
            out_byte(w->out, ']');
        } else {
            put_apart(w, &k, &list[i], true);
        }
    }
    go_to(w, &k, len, count > 0 ? list + count : NULL);
}

static void spans(struct writer *w, const char *text, size_t len, size_t base,
                  const struct mention *list, size_t count)
{
    struct plain p = {.text = text, .len = len};
    size_t at = 0;
    if (w->settings.markdown) {
        marked_spans(w, text, len, base, list, count);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        size_t from = list[i].start - base;
        size_t to = list[i].end - base;
        put_plain(w, &p, at, from);
        out_str(w->out, "**");
        put_plain(w, &p, from, to);
        out_str(w->out, "**");
        put_label(w, &list[i], 0);
        at = to;
    }
    put_plain(w, &p, at, len);
}

const struct writer_ops writer_md = {
    .name = "md",
    .flat = true,
    .spans = spans,
};
