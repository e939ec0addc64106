#include "tag/score_tag.h"

#include "model/lexicon_rules.h"
#include "tag/places.h"
#include "tag/score_run.h"
#include "tag/veto.h"
#include "text/join.h"
#include "text/sentence.h"

struct score_tag {
    const struct alloc *alloc;
    const struct lexicon *lexicon;
    struct score_run *run;
    struct veto *veto; /* NULL: none */
    struct buf text;   /* of a span of tokens */
    struct slice tokens[SCORE_CHUNK];
    struct span *spans;
    size_t count, capacity;
    const struct span *lists; /* of the text at hand */
    size_t list_count, next;
};

enum status score_tag_create(const struct alloc *alloc,
                             const struct lexicon *lexicon,
                             struct score_tag **out, struct err *e)
{
    struct score_tag *t = alloc_get(alloc, sizeof *t);
    if (t == NULL) {
        return err_nomem(e);
    }
    memset(t, 0, sizeof *t);
    t->alloc = alloc;
    t->lexicon = lexicon;
    buf_init(&t->text, alloc);
    enum status s = score_run_create(alloc, &lexicon->score, &t->run, e);
    if (s == STATUS_OK) {
        s = veto_create(alloc, lexicon, &t->veto, e);
    }
    if (s != STATUS_OK) {
        score_tag_free(t);
        return s;
    }
    *out = t;
    return STATUS_OK;
}

void score_tag_free(struct score_tag *t)
{
    if (t != NULL) {
        score_run_free(t->run);
        veto_free(t->veto);
        buf_free(&t->text);
        alloc_free(t->alloc, t->spans, t->capacity * sizeof *t->spans);
        alloc_free(t->alloc, t, sizeof *t);
    }
}

/* A sentence's tokens and where they are: bytes of the text, or from `base`
 * on in the tokens of the caller. */
struct piece {
    const struct slice *tokens;
    size_t count;
    const char *text; /* NULL: offsets count tokens */
    size_t base;
};

static size_t start_of(const struct piece *p, size_t token)
{
    return p->text != NULL ? (size_t)(p->tokens[token].data - p->text)
                           : p->base + token;
}

static size_t end_of(const struct piece *p, size_t token)
{
    return start_of(p, token) + (p->text != NULL ? p->tokens[token].len : 1);
}

/* Does a list veto the tokens of a span? */
static bool is_vetoed(struct score_tag *t, const struct piece *p,
                      const struct span *s)
{
    if (t->veto == NULL) {
        return false;
    }
    if (p->text != NULL) {
        size_t from = start_of(p, s->start);
        return veto_holds(
            t->veto, slice_of(p->text + from, end_of(p, s->end - 1) - from));
    }
    buf_clear(&t->text);
    for (size_t i = s->start; i < s->end; i++) {
        join_token(i > s->start ? &p->tokens[i - 1] : NULL, p->tokens[i],
                   &t->text);
    }
    return buf_ok(&t->text) && veto_holds(t->veto, buf_view(&t->text));
}

/* Is the place a name of the corpora? */
static bool is_known(const struct score_tag *t, const struct piece *p,
                     const struct span *list)
{
    size_t i = 0;
    while (i < p->count && start_of(p, i) < list->start) {
        i++;
    }
    size_t j = i;
    while (j < p->count && end_of(p, j) < list->end) {
        j++;
    }
    return j < p->count && start_of(p, i) == list->start &&
           end_of(p, j) == list->end && score_run_known(t->run, i, j + 1);
}

static bool wins(const struct score_tag *t, const struct span *list)
{
    const struct lexicon *l = t->lexicon;
    struct lexicon_rule rule;
    if (list->entry < l->entry_count) {
        return lexicon_priority(l, list->entry) > 0;
    }
    lexicon_rule(l, list->entry - l->entry_count, &rule);
    return rule.priority > 0;
}

static void put(struct score_tag *t, const struct span *s)
{
    t->spans[t->count++] = *s;
}

/* Both lists are in order and without overlap in themselves; the lists' are
 * taken from t->next on, as far as they begin before `end`. Room for all was
 * made. */
static void merge(struct score_tag *t, const struct piece *p,
                  const struct span *found, size_t found_count, size_t end)
{
    size_t i = 0;
    bool more = true; /* lists' spans in this piece */
    while (true) {
        more = more && t->next < t->list_count && t->lists[t->next].start < end;
        if (i == found_count && !more) {
            return;
        }
        const struct span *b = more ? &t->lists[t->next] : NULL;
        if (b == NULL || (i < found_count && found[i].end <= b->start)) {
            put(t, &found[i++]);
        } else if (i == found_count || b->end <= found[i].start) {
            if (wins(t, b) || !is_known(t, p, b)) {
                put(t, b);
            }
            t->next++;
        } else if (wins(t, b)) {
            i++;
        } else {
            t->next++;
        }
    }
}

/* Tag a piece, which is not empty. */
static enum status add_piece(struct score_tag *t, const struct piece *p,
                             struct err *e)
{
    const struct span *found = NULL;
    size_t n = score_run_tokens(t->run, p->tokens, p->count, &found);
    size_t end = end_of(p, p->count - 1);
    size_t mine = 0;
    while (t->next + mine < t->list_count &&
           t->lists[t->next + mine].start < end) {
        mine++;
    }
    void *spans = t->spans;
    if (!alloc_grow(t->alloc, &spans, &t->capacity, t->count + 2 * n + mine + 1,
                    sizeof *t->spans)) {
        return err_nomem(e);
    }
    t->spans = spans;
    /* The found ones wait behind the room that the merged ones need. */
    struct span *moved = t->spans + t->count + n + mine;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (!is_vetoed(t, p, &found[i])) {
            moved[kept] = found[i];
            moved[kept].start = start_of(p, found[i].start);
            moved[kept++].end = end_of(p, found[i].end - 1);
        }
    }
    merge(t, p, moved, kept, end);
    return veto_ok(t->veto) && buf_ok(&t->text) ? STATUS_OK : err_nomem(e);
}

static void start(struct score_tag *t, const struct span *lists, size_t count)
{
    buf_reset(&t->text);
    t->count = 0;
    t->lists = lists;
    t->list_count = count;
    t->next = 0;
}

enum status score_tag_text(struct score_tag *t, struct slice text,
                           const struct tail *tail, const struct span *lists,
                           const struct span **spans, size_t *count,
                           struct err *e)
{
    struct piece p = {.tokens = t->tokens, .text = text.data};
    enum status s = STATUS_OK;
    size_t pos = 0;
    start(t, lists, *count);
    while (s == STATUS_OK &&
           sentence_next(text, &pos, t->tokens, SCORE_CHUNK, &p.count)) {
        s = add_piece(t, &p, e);
    }
    if (s == STATUS_OK) {
        tail_find(tail, text, NULL, NULL, 0, t->spans, t->count);
    }
    *spans = t->spans;
    *count = t->count;
    return s;
}

enum status score_tag_tokens(struct score_tag *t, const struct slice *tokens,
                             size_t token_count, const struct span *lists,
                             const struct span **spans, size_t *count,
                             struct err *e)
{
    enum status s = STATUS_OK;
    start(t, lists, *count);
    for (size_t i = 0; s == STATUS_OK && i < token_count; i += SCORE_CHUNK) {
        size_t left = token_count - i;
        struct piece p = {.tokens = tokens + i,
                          .count = left < SCORE_CHUNK ? left : SCORE_CHUNK,
                          .base = i};
        s = add_piece(t, &p, e);
    }
    *spans = t->spans;
    *count = t->count;
    return s;
}

enum status score_tag_explain(struct score_tag *t, struct places *places,
                              struct buf *out, struct err *e)
{
    enum status s = STATUS_OK;
    size_t pos = 0;
    size_t count = 0;
    while (s == STATUS_OK &&
           sentence_next(places->text, &pos, t->tokens, SCORE_CHUNK, &count)) {
        s = score_run_explain(t->run, t->lexicon, t->tokens, count, places, out,
                              e);
    }
    return s;
}
