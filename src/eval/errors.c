#include "eval/errors.h"

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

static void type_of(struct buf *out, const struct scorer *scorer,
                    const struct mention *m)
{
    if (m != NULL) {
        buf_slice(out, tagset_type_name(&scorer->tagset, m->type));
    }
    buf_byte(out, '\t');
}

static void surface_of(struct buf *out, const struct feed_sentence *s,
                       const struct mention *m)
{
    if (m != NULL) {
        feed_text(s, m->first, m->end, out);
    }
    buf_byte(out, '\t');
}

static void line(struct buf *out, const struct scorer *scorer,
                 const struct feed_sentence *s, const struct align_pair *p)
{
    size_t first = 0;
    size_t end = 0;
    align_extent(p, &first, &end);
    buf_format(out, "%s\t%zu\t%zu\t", align_names[p->kind], s->number,
               s->lines[first]);
    type_of(out, scorer, p->gold);
    type_of(out, scorer, p->found);
    surface_of(out, s, p->gold);
    surface_of(out, s, p->found);
    feed_context(s, first, end, out);
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
