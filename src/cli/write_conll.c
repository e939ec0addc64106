/* A token and its tag a line: a corpus's own tokens and breaks with the tag as
 * last column, or the tokens of a text. */
#include <errno.h>
#include <string.h>

#include "cli/writer.h"

/* The tag of a token of m; first and last say which of its tokens it is, and
 * touches that a mention of the same label ends right before m. */
static void put_tag(struct writer *w, const struct mention *m, bool first,
                    bool last, bool touches)
{
    /* A row a scheme: of one token, first, inner and last of several. */
    static const char prefixes[][4] = {
        [SCHEME_IOB2] = {'B', 'B', 'I', 'I'},
        [SCHEME_IOB1] = {'I', 'I', 'I', 'I'},
        [SCHEME_IOBES] = {'S', 'B', 'I', 'E'},
        [SCHEME_BILOU] = {'U', 'B', 'I', 'L'},
    };
    size_t place = first ? (last ? 0 : 1) : last ? 3 : 2;
    char prefix = prefixes[w->settings.scheme][place];
    if (w->settings.scheme == SCHEME_IOB1 && first && touches) {
        prefix = 'B';
    }
    out_byte(w->out, prefix);
    out_byte(w->out, '-');
    out_bytes(w->out, m->label, m->label_len);
    out_byte(w->out, '\n');
}

static bool same_label(const struct mention *a, const struct mention *b)
{
    return a->label_len == b->label_len &&
           memcmp(a->label, b->label, a->label_len) == 0;
}

/* A token's columns and what parts them from its tag; none: that it has none,
 * too. */
static void put_token(struct writer *w, const gaz_token *token, char sep,
                      bool none)
{
    static const char outside[2] = {'O', '\n'};
    size_t n = token->len;
    if (n > OUT_ROOM_MAX - sizeof outside - 1) {
        out_bytes(w->out, token->data, n);
        n = 0;
    }
    char *to = out_room(w->out, n + 1 + sizeof outside);
    memcpy(to, token->data, n);
    to[n++] = sep;
    if (none) {
        memcpy(to + n, outside, sizeof outside);
        n += sizeof outside;
    }
    out_used(w->out, n);
}

/* The lines between sentences as they are, but that all lines end alike: with
 * no CR. */
static void put_gap(struct writer *w, const char *gap, size_t len)
{
    for (size_t at = 0; at < len;) {
        const char *newline = memchr(gap + at, '\n', len - at);
        size_t n = newline != NULL ? (size_t)(newline - gap) - at : len - at;
        size_t shown = n - (n > 0 && gap[at + n - 1] == '\r');
        out_bytes(w->out, gap + at, shown);
        if (newline != NULL) {
            out_byte(w->out, '\n');
        }
        at += n + 1;
    }
}

static void sentence(struct writer *w, const gaz_sentence *s,
                     const struct mention *list, size_t count)
{
    size_t k = 0;
    bool keep = w->settings.keep_columns;
    put_gap(w, s->gap, s->gap_len);
    if (s->gap_len > 0 && s->gap[s->gap_len - 1] != '\n') {
        out_byte(w->out, '\n');
    }
    for (size_t i = 0; i < s->count; i++) {
        const gaz_token *show = keep ? &s->lines[i] : &s->tokens[i];
        /* A file split on blanks stays one: conlleval's default. */
        bool blanks = keep && s->lines[i].len != s->tokens[i].len &&
                      memchr(s->lines[i].data, '\t', s->lines[i].len) == NULL;
        while (k < count && list[k].end <= i) {
            k++;
        }
        const struct mention *m =
            k < count && list[k].start <= i ? &list[k] : NULL;
        bool touches = m != NULL && k > 0 && list[k - 1].end == m->start &&
                       same_label(m - 1, m);
        put_token(w, show, blanks ? ' ' : '\t', m == NULL);
        if (m != NULL) {
            put_tag(w, m, m->start == i, m->end == i + 1, touches);
        }
    }
}

static void begin(struct writer *w)
{
    if (w->settings.docstart) {
        out_str(w->out, "-DOCSTART-\tO\n\n");
    }
}

/* Do mentions begin and end where these tokens do? */
static bool fits(const struct tokens *t, const struct mention *list,
                 size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t first = tokens_at(t, list[i].start);
        size_t last = tokens_at(t, list[i].end - 1);
        if (last == t->count || t->list[first].start != list[i].start ||
            t->list[last].end != list[i].end) {
            return false;
        }
    }
    return true;
}

static void spans(struct writer *w, const char *text, size_t len, size_t base,
                  const struct mention *list, size_t count)
{
    const struct tokens *t = w->given;
    size_t k = 0;
    size_t first = 0; /* token of the sentence */
    (void)base;       /* it is a whole document */
    if (t == NULL || !fits(t, list, count)) {
        if (!tokens_of_text(&w->tokens, text, len, list, count)) {
            w->out->error = ENOMEM;
            return;
        }
        t = &w->tokens;
    }
    for (size_t i = 0; i < t->count; i++) {
        const struct token *token = &t->list[i];
        if (token->opens && i > 0) {
            out_byte(w->out, '\n');
            first = i;
        }
        while (k < count && list[k].end <= token->start) {
            k++;
        }
        const struct mention *m =
            k < count && list[k].start <= token->start ? &list[k] : NULL;
        bool touches = m != NULL && k > 0 && i > first &&
                       list[k - 1].end > t->list[i - 1].start &&
                       same_label(m - 1, m);
        gaz_token show = {text + token->start, token->end - token->start};
        put_token(w, &show, '\t', m == NULL);
        if (m != NULL) {
            put_tag(w, m, m->start == token->start, m->end == token->end,
                    touches);
        }
    }
    if (t->count > 0) {
        out_byte(w->out, '\n');
    }
}

const struct writer_ops writer_conll = {
    .name = "conll",
    .sentences = true,
    .whole = true,
    .flat = true,
    .begin = begin,
    .spans = spans,
    .sentence = sentence,
};
