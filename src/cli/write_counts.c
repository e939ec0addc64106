/* What texts are about: how often each name is mentioned, and in how many
 * documents. A name is a label with an id and the words as they stand, white
 * space as one blank and markup left out. Threads write records, which are
 * counted in order:
 *
 *     D                        a document begins
 *     M len key                key: label NUL text NUL id
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/numbering.h"
#include "cli/writer.h"

struct row {
    uint64_t mentions;
    uint64_t documents;
    uint64_t last; /* document, from 1 */
    const struct numbered *key;
};

struct counts {
    struct numbering names;
    struct row *rows;
    size_t row_capacity;
    uint64_t documents, mentions;
};

static void begin(struct writer *w)
{
    out_byte(w->out, 'D');
}

/* Bytes of the blank at text, U+00A0 and U+202F too; 0 for none. */
static size_t blank_at(const char *text, size_t len)
{
    if (text[0] == ' ' || (text[0] >= '\t' && text[0] <= '\r')) {
        return 1;
    }
    if (len >= 2 && memcmp(text, "\xC2\xA0", 2) == 0) {
        return 2;
    }
    return len >= 3 && memcmp(text, "\xE2\x80\xAF", 3) == 0 ? 3 : 0;
}

/* The words with one blank for all between them, to out or, for NULL,
 * nowhere; their length. */
static size_t put_words(struct out *out, const char *text, size_t len)
{
    size_t written = 0;
    bool before = false;
    for (size_t i = 0; i < len;) {
        size_t n = blank_at(text + i, len - i);
        if (out != NULL && !(n > 0 && before)) {
            out_byte(out, n > 0 ? ' ' : text[i]);
        }
        written += !(n > 0 && before);
        before = n > 0;
        i += n > 0 ? n : 1;
    }
    return written;
}

static void spans(struct writer *w, const char *text, size_t len, size_t base,
                  const struct mention *list, size_t count)
{
    (void)text;
    (void)len;
    (void)base;
    for (size_t i = 0; i < count; i++) {
        const struct mention *m = &list[i];
        size_t n = m->end - m->start;
        size_t text_len = put_words(NULL, m->text, n);
        uint32_t size = (uint32_t)(m->label_len + text_len + m->id_len + 2);
        out_byte(w->out, 'M');
        out_bytes(w->out, &size, sizeof size);
        out_bytes(w->out, m->label, m->label_len);
        out_byte(w->out, '\0');
        (void)put_words(w->out, m->text, n);
        out_byte(w->out, '\0');
        out_bytes(w->out, m->id, m->id_len);
    }
}

static bool count_one(struct counts *c, const char *key, size_t len)
{
    uint32_t number = 0;
    bool added = false;
    if (c->names.count >= c->row_capacity) {
        size_t want = c->row_capacity > 0 ? c->row_capacity * 2 : 256;
        void *p = realloc(c->rows, want * sizeof *c->rows);
        if (p == NULL) {
            return false;
        }
        c->rows = p;
        c->row_capacity = want;
    }
    if (!numbering_put(&c->names, key, len, &number, &added)) {
        return false;
    }
    struct row *row = &c->rows[number];
    if (added) {
        *row = (struct row){0};
    }
    row->mentions++;
    row->documents += row->last != c->documents;
    row->last = c->documents;
    c->mentions++;
    return true;
}

static int collect(struct writer *w, const char *data, size_t len)
{
    struct counts *c = w->state;
    if (c == NULL) {
        c = calloc(1, sizeof *c);
        w->state = c;
    }
    for (size_t i = 0; c != NULL && i < len;) {
        uint32_t size = 0;
        if (data[i++] == 'D') {
            c->documents++;
            continue;
        }
        memcpy(&size, data + i, sizeof size);
        i += sizeof size;
        if (!count_one(c, data + i, size)) {
            return cli_nomem();
        }
        i += size;
    }
    return c != NULL ? EXIT_OK : cli_nomem();
}

/* More mentions first, then more documents, then bytewise. */
static int by_count(const void *a, const void *b)
{
    const struct row *x = a;
    const struct row *y = b;
    if (x->mentions != y->mentions) {
        return x->mentions < y->mentions ? 1 : -1;
    }
    if (x->documents != y->documents) {
        return x->documents < y->documents ? 1 : -1;
    }
    size_t n = x->key->len < y->key->len ? x->key->len : y->key->len;
    int c = memcmp(x->key->bytes, y->key->bytes, n);
    return c != 0 ? c
                  : (x->key->len > y->key->len) - (x->key->len < y->key->len);
}

/* The parts of a row's key. */
struct parts {
    const char *label, *text, *id;
    size_t label_len, text_len, id_len;
};

static struct parts parts_of(const struct row *row)
{
    struct parts p = {.label = row->key->bytes};
    const char *end = row->key->bytes + row->key->len;
    p.label_len = strlen(p.label);
    p.text = p.label + p.label_len + 1;
    p.id = end; /* text has no NUL in it, id none either */
    while (p.id[-1] != '\0') {
        p.id--;
    }
    p.text_len = (size_t)(p.id - p.text) - 1;
    p.id_len = (size_t)(end - p.id);
    return p;
}

static void put_line(struct writer *w, const struct row *row)
{
    struct parts p = parts_of(row);
    writer_tsv_field(w->out, p.label, p.label_len);
    out_byte(w->out, '\t');
    writer_tsv_field(w->out, p.text, p.text_len);
    out_byte(w->out, '\t');
    writer_tsv_field(w->out, p.id, p.id_len);
    out_byte(w->out, '\t');
    writer_number(w->out, row->mentions);
    out_byte(w->out, '\t');
    writer_number(w->out, row->documents);
    out_byte(w->out, '\n');
}

static void put_object(struct writer *w, const struct row *row)
{
    struct parts p = parts_of(row);
    out_str(w->out, "{\"label\":\"");
    writer_json_text(w->out, p.label, p.label_len);
    out_str(w->out, "\",\"text\":\"");
    writer_json_text(w->out, p.text, p.text_len);
    if (p.id_len > 0) {
        out_str(w->out, "\",\"id\":\"");
        writer_json_text(w->out, p.id, p.id_len);
    }
    out_str(w->out, "\",\"mentions\":");
    writer_number(w->out, row->mentions);
    out_str(w->out, ",\"documents\":");
    writer_number(w->out, row->documents);
    out_byte(w->out, '}');
}

static void sort(struct counts *c)
{
    for (size_t i = 0; i < c->names.count; i++) {
        c->rows[i].key = &c->names.list[i];
    }
    if (c->names.count > 0) {
        qsort(c->rows, c->names.count, sizeof *c->rows, by_count);
    }
}

static void finish_table(struct writer *w)
{
    struct counts *c = w->state;
    if (w->settings.header) {
        out_str(w->out, "label\ttext\tid\tmentions\tdocuments\n");
    }
    if (c != NULL) {
        sort(c);
    }
    for (size_t i = 0; c != NULL && i < c->names.count; i++) {
        put_line(w, &c->rows[i]);
    }
}

static void finish_json(struct writer *w)
{
    struct counts none = {0};
    struct counts *c = w->state != NULL ? w->state : &none;
    sort(c);
    out_str(w->out, "{\"documents\":");
    writer_number(w->out, c->documents);
    out_str(w->out, ",\"mentions\":");
    writer_number(w->out, c->mentions);
    out_str(w->out, ",\"names\":[");
    for (size_t i = 0; i < c->names.count; i++) {
        out_str(w->out, i > 0 ? ",\n" : "\n");
        put_object(w, &c->rows[i]);
    }
    out_str(w->out, "]}\n");
}

static void release(struct writer *w)
{
    struct counts *c = w->state;
    if (c != NULL) {
        numbering_free(&c->names);
        free(c->rows);
        free(c);
    }
}

const struct writer_ops writer_counts = {
    .name = "counts",
    .words = true,
    .begin = begin,
    .spans = spans,
    .finish = finish_table,
    .collect = collect,
    .release = release,
};

const struct writer_ops writer_counts_json = {
    .name = "counts-json",
    .words = true,
    .begin = begin,
    .spans = spans,
    .finish = finish_json,
    .collect = collect,
    .release = release,
};
