#include "eval/errors.h"

enum { CONTEXT_TOKENS = 6 }; /* on either side */

void error_list_init(struct error_list *l, const struct alloc *alloc)
{
    buf_init(&l->text, alloc);
    buf_str(&l->text, "kind\tsentence\tline\tgold_type\tfound_type\tgold\t"
                      "found\tcontext\n");
}

void error_list_free(struct error_list *l)
{
    buf_free(&l->text);
}

static void field(struct buf *out, struct slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.data[i];
        buf_byte(out, c < 0x20 || c == 0x7F ? ' ' : s.data[i]);
    }
}

static void tokens(struct buf *out, const struct feed_sentence *s, size_t from,
                   size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (i > from) {
            buf_byte(out, ' ');
        }
        field(out, s->tokens[i]);
    }
}

static void type_of(struct buf *out, const struct scorer *scorer,
                    const struct mention *m)
{
    if (m != NULL) {
        field(out, tagset_type_name(&scorer->tagset, m->type));
    }
    buf_byte(out, '\t');
}

static void surface_of(struct buf *out, const struct feed_sentence *s,
                       const struct mention *m)
{
    if (m != NULL) {
        tokens(out, s, m->first, m->end);
    }
    buf_byte(out, '\t');
}

static void line(struct buf *out, const struct scorer *scorer,
                 const struct feed_sentence *s, const struct align_pair *p)
{
    const struct mention *g = p->gold != NULL ? p->gold : p->found;
    const struct mention *f = p->found != NULL ? p->found : p->gold;
    size_t first = g->first < f->first ? g->first : f->first;
    size_t end = g->end > f->end ? g->end : f->end;
    buf_format(out, "%s\t%zu\t%zu\t", align_names[p->kind], s->number,
               s->lines[first]);
    type_of(out, scorer, p->gold);
    type_of(out, scorer, p->found);
    surface_of(out, s, p->gold);
    surface_of(out, s, p->found);
    tokens(out, s, first > CONTEXT_TOKENS ? first - CONTEXT_TOKENS : 0,
           s->count - end > CONTEXT_TOKENS ? end + CONTEXT_TOKENS : s->count);
    buf_byte(out, '\n');
}

enum status error_list_add(void *list, const struct scorer *scorer,
                           const struct feed_sentence *s,
                           const struct align *pairs, struct err *e)
{
    struct error_list *l = list;
    for (size_t i = 0; i < pairs->count; i++) {
        if (pairs->pairs[i].kind != ALIGN_CORRECT) {
            line(&l->text, scorer, s, &pairs->pairs[i]);
        }
    }
    return buf_ok(&l->text) ? STATUS_OK : err_nomem(e);
}
