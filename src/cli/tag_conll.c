#include "cli/tag_conll.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Where a document made of sentences is collected. */
struct document {
    char *text;
    size_t len, text_capacity;
    gaz_span *spans;
    size_t count, span_capacity;
    bool any;          /* a sentence, or the mark in front of a document */
    size_t line;       /* where it begins, from 1 */
    bool marked;       /* with a mark, or one follows */
    size_t written;    /* documents, before this one */
    struct out record; /* of one, for ops->collect */
};

static bool grow(void **items, size_t *capacity, size_t need, size_t size)
{
    if (need <= *capacity) {
        return true;
    }
    size_t want = need + need / 2 + 64;
    void *p = want < SIZE_MAX / size ? realloc(*items, want * size) : NULL;
    if (p != NULL) {
        *items = p;
        *capacity = want;
    }
    return p != NULL;
}

/* Where the tokens of a sentence are in its text, for places that count them:
 * the sentence is a document then. */
static int note_tokens(struct tag_worker *t, const size_t *starts,
                       const size_t *ends, size_t count)
{
    struct tokens *tokens = &t->writer.tokens;
    bool good = true;
    tokens->count = 0;
    for (size_t i = 0; good && i < count; i++) {
        good = tokens_add(tokens, starts[i], ends[i], i == 0);
    }
    t->writer.given = tokens;
    return good ? EXIT_OK : cli_nomem();
}

static int collect(struct tag_worker *t, struct document *d,
                   const gaz_sentence *sentence, const gaz_span *spans,
                   size_t count)
{
    gaz_error e = {0};
    size_t *at = malloc(2 * sentence->count * sizeof *at);
    size_t first = d->count;
    void *list = d->spans;
    if (at == NULL ||
        !grow(&list, &d->span_capacity, d->count + count, sizeof *d->spans)) {
        free(at);
        return cli_nomem();
    }
    d->spans = list;
    if (count > 0) {
        memcpy(d->spans + first, spans, count * sizeof *spans);
    }
    const char *text = NULL;
    size_t len = 0;
    int s = EXIT_OK;
    void *bytes = d->text;
    if (gaz_tokens_text(t->tagger, sentence->tokens, sentence->count, &text,
                        &len, at, at + sentence->count, &e) != GAZ_OK) {
        s = cli_error(t->writer.file, &e);
    } else if (!grow(&bytes, &d->text_capacity, d->len + len + 1, 1)) {
        s = cli_nomem();
    } else {
        d->text = bytes;
        for (size_t i = first; i < first + count; i++) {
            gaz_span *span = &d->spans[i];
            span->end = d->len + at[sentence->count + span->end - 1];
            span->start = d->len + at[span->start];
            if (span->version_end > 0) {
                span->version_end =
                    d->len + at[sentence->count + span->version_end - 1];
                span->version_start = d->len + at[span->version_start];
            }
        }
        d->count += count;
        memcpy(d->text + d->len, text, len);
        s = t->writer.settings.tokens
                ? note_tokens(t, at, at + sentence->count, sentence->count)
                : EXIT_OK;
        d->len += len;
        d->text[d->len++] = '\n';
    }
    free(at);
    return s;
}

static void write_document(struct tag_worker *t, const struct document *d,
                           const struct mention *list)
{
    writer_at(&t->writer, 0, 0, d->len, false);
    t->writer.line = d->marked || t->writer.settings.tokens ? d->line : 0;
    t->writer.spans = 0;
    tag_job_begin(t);
    const char *text = d->text != NULL ? d->text : ""; /* of no sentence */
    if (t->ops->two_passes) {
        t->ops->text(&t->writer, text, d->len);
        t->ops->middle(&t->writer);
    }
    t->ops->spans(&t->writer, text, d->len, 0, list, d->count);
    tag_job_end(t);
}

static int put_document(struct tag_worker *t, struct document *d)
{
    const struct mention *list = NULL;
    struct out *out = t->writer.out;
    int s = EXIT_OK;
    if (t->ops->one_document && d->written > 0) {
        return cli_fail("%s: -t %s writes one document, and these are many",
                        t->writer.file, t->ops->name);
    }
    if (!mention_make(&t->maker, d->text, 0, d->spans, d->count, &list)) {
        return cli_nomem();
    }
    if (t->ops->collect == NULL) {
        write_document(t, d, list);
    } else {
        t->writer.out = &d->record;
        write_document(t, d, list);
        t->writer.out = out;
        s = d->record.error != 0
                ? cli_nomem()
                : t->ops->collect(&t->writer, d->record.data, d->record.len);
        out_clear(&d->record);
    }
    d->len = 0;
    d->count = 0;
    d->any = false;
    d->marked = false;
    d->written++;
    return s;
}

/* A sentence that begins with a mark begins a document. Of writers of
 * documents the mark itself is no part. */
static int begin_document(struct tag_worker *t, struct document *d,
                          gaz_sentence *sentence)
{
    int s = EXIT_OK;
    gaz_tagger_begin_document(t->tagger);
    if (!t->ops->sentences) {
        d->marked = true;
        s = d->any ? put_document(t, d) : EXIT_OK;
        d->any = true;
        d->marked = true;
        d->line = sentence->first_line++;
        sentence->tokens++;
        sentence->count--;
    }
    return s;
}

static int tag_sentence(struct tag_worker *t, struct document *d,
                        const gaz_sentence *sentence)
{
    gaz_error e = {0};
    const gaz_span *spans = NULL;
    size_t count = 0;
    if (sentence->count > 0 &&
        gaz_tag_tokens(t->tagger, sentence->tokens, sentence->count, &spans,
                       &count, &e) != GAZ_OK) {
        return cli_error(t->writer.file, &e);
    }
    if (t->ops->sentences) {
        const struct mention *list = NULL;
        if (!mention_make(&t->maker, NULL, 0, spans, count, &list)) {
            return cli_nomem();
        }
        t->ops->sentence(&t->writer, sentence, list, count);
    } else if (sentence->count > 0) {
        if (!d->any || t->writer.settings.tokens) {
            d->line = sentence->first_line;
        }
        d->any = true;
        int s = collect(t, d, sentence, spans, count);
        return s == EXIT_OK && t->writer.settings.tokens ? put_document(t, d)
                                                         : s;
    }
    return EXIT_OK;
}

static int tag_sentences(struct tag_worker *t, gaz_reader *reader,
                         struct document *d)
{
    int s = EXIT_OK;
    bool more = true;
    while (more && s == EXIT_OK && !out_broken(t->writer.out)) {
        gaz_error e = {0};
        gaz_sentence sentence;
        if (gaz_reader_next(reader, &sentence, &e) != GAZ_OK) {
            return cli_error(t->writer.file, &e);
        }
        more = sentence.count > 0;
        if (sentence.begins_document) {
            s = begin_document(t, d, &sentence);
        }
        if (s == EXIT_OK) {
            s = tag_sentence(t, d, &sentence);
        }
    }
    return s;
}

/* Also a corpus without a sentence is a document. */
static int tag_corpus(struct tag_worker *t, gaz_reader *reader)
{
    struct document d = {0};
    struct err why = {0};
    if (out_open(&d.record, OUT_MEMORY, &why) != STATUS_OK) {
        return cli_nomem();
    }
    int s = tag_sentences(t, reader, &d);
    if (s == EXIT_OK && !t->ops->sentences && (d.any || d.written == 0)) {
        s = put_document(t, &d);
    }
    (void)out_close(&d.record, NULL);
    free(d.text);
    free(d.spans);
    return s;
}

int tag_conll(struct tag_worker *t, const char *path, struct file_in *file,
              int column)
{
    gaz_reader *reader = NULL;
    gaz_error e = {0};
    t->writer.file = path;
    int s = gaz_reader_open(cli_read, file, column, &reader, &e) == GAZ_OK
                ? tag_corpus(t, reader)
                : cli_error(path, &e);
    gaz_reader_close(reader);
    return s;
}
