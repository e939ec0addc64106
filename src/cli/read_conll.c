/* Corpora with tags as documents: tokens joined as they stand in print, a line
 * a sentence. A token -DOCSTART- begins a document. */
#include "cli/annotated.h"

struct corpus {
    struct reading_from *r;
    gaz_reader *reader;
    struct annotated d;
    bool any; /* a sentence, in the document */
    annotated_fn put;
    void *context;
};

static int put_document(struct corpus *c)
{
    int s = EXIT_OK;
    if (c->any || c->d.marked) {
        annotated_finish(&c->d);
        s = c->put(c->context, &c->d);
    }
    annotated_clear(&c->d);
    c->any = false;
    return s;
}

/* The text of a sentence and its tokens, behind what is there. */
static bool add_tokens(struct annotated *d, const gaz_sentence *s, size_t from)
{
    bool good = annotated_text(d, "", 0);
    for (size_t i = from; good && i < s->count; i++) {
        const gaz_token *t = &s->tokens[i];
        if (i > from && !gaz_tokens_glued(t - 1, t)) {
            good = annotated_text(d, " ", 1);
        }
        size_t start = d->len;
        good = good && annotated_text(d, t->data, t->len) &&
               tokens_add(&d->tokens, start, d->len, i == from);
    }
    return good && annotated_text(d, "\n", 1);
}

static int add_mentions(struct corpus *c, size_t first, size_t from,
                        size_t line)
{
    const gaz_annotation *list = NULL;
    size_t count = 0;
    gaz_error e = {0};
    if (gaz_reader_annotations(c->reader, &list, &count, &e) != GAZ_OK) {
        return cli_error(c->r->path, &e);
    }
    const struct token *tokens = c->d.tokens.list + first - from;
    int s = EXIT_OK;
    for (size_t i = 0; s == EXIT_OK && i < count; i++) {
        struct place place[2] = {{0, 0}, {0, 0}};
        if (list[i].start < from) {
            return read_fail(c->r, line + list[i].start, 1,
                             "a mention on a -DOCSTART- line, which is no "
                             "word: O expected");
        }
        struct found f = {.where = "a mention",
                          .start = (double)tokens[list[i].start].start,
                          .end = (double)tokens[list[i].end - 1].end,
                          .unit = GAZ_BYTES,
                          .label = list[i].label.data,
                          .label_len = list[i].label.len,
                          .score = -1};
        s = read_mention(c->r, &c->d, &f, line + list[i].start, 1, place);
    }
    return s;
}

static int add_sentence(struct corpus *c, const gaz_sentence *sentence)
{
    size_t from = 0;
    if (sentence->begins_document) {
        int s = put_document(c);
        if (s != EXIT_OK) {
            return s;
        }
        c->d.marked = true;
        c->d.line = sentence->first_line;
        from = 1;
    }
    if (from == sentence->count) {
        return EXIT_OK;
    }
    size_t first = c->d.tokens.count;
    if (!c->any && !c->d.marked) {
        c->d.line = sentence->first_line;
    }
    c->any = true;
    if (!add_tokens(&c->d, sentence, from)) {
        return cli_nomem();
    }
    return add_mentions(c, first, from, sentence->first_line);
}

int read_conll(struct reading_from *r, annotated_fn put, void *context)
{
    gaz_error e = {0};
    struct corpus c = {.r = r, .put = put, .context = context};
    int s = annotated_name(&c.d, r->path) ? EXIT_OK : cli_nomem();
    if (s == EXIT_OK &&
        gaz_reader_open_tags(cli_read, r->file, r->columns[0], r->columns[1],
                             &c.reader, &e) != GAZ_OK) {
        s = cli_error(r->path, &e);
    }
    while (s == EXIT_OK) {
        gaz_sentence sentence;
        if (gaz_reader_next(c.reader, &sentence, &e) != GAZ_OK) {
            s = cli_error(r->path, &e);
        } else if (sentence.count == 0) {
            break;
        } else {
            s = add_sentence(&c, &sentence);
        }
    }
    if (s == EXIT_OK) {
        s = put_document(&c);
    }
    gaz_reader_close(c.reader);
    annotated_free(&c.d);
    return s;
}
