/* The corpus's own tokens and breaks, the predicted IOB2 tag as last column. */
#include <string.h>

#include "cli/writer.h"

static void put_tag(struct writer *w, const struct mention *m, size_t token)
{
    if (m == NULL) {
        out_str(w->out, "O\n");
        return;
    }
    out_str(w->out, token == m->start ? "B-" : "I-");
    out_bytes(w->out, m->label, m->label_len);
    out_byte(w->out, '\n');
}

static void sentence(struct writer *w, const gaz_sentence *s,
                     const struct mention *list, size_t count)
{
    size_t k = 0;
    out_bytes(w->out, s->gap, s->gap_len);
    if (s->gap_len > 0 && s->gap[s->gap_len - 1] != '\n') {
        out_byte(w->out, '\n');
    }
    for (size_t i = 0; i < s->count; i++) {
        const gaz_token *show =
            w->settings.keep_columns ? &s->lines[i] : &s->tokens[i];
        /* A file split on blanks stays one: conlleval's default. */
        bool blanks = w->settings.keep_columns &&
                      s->lines[i].len != s->tokens[i].len &&
                      memchr(s->lines[i].data, '\t', s->lines[i].len) == NULL;
        out_bytes(w->out, show->data, show->len);
        out_byte(w->out, blanks ? ' ' : '\t');
        while (k < count && list[k].end <= i) {
            k++;
        }
        put_tag(w, k < count && list[k].start <= i ? &list[k] : NULL, i);
    }
}

const struct writer_ops writer_conll = {
    .name = "conll",
    .sentences = true,
    .sentence = sentence,
};
