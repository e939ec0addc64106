/* brat's standoff, T17 TAB TYPE START END TAB TEXT: of one document alone, or
 * of many into a folder, each with its text:
 *
 *     FOLDER/annotation.conf   the types; made where there is none
 *     FOLDER/NAME.txt          left alone where it is the same already
 *     FOLDER/NAME.ann
 *
 * Threads hand over records: file NUL, the sizes of text and annotations (8
 * bytes each), text, annotations. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/numbering.h"
#include "cli/writer.h"

/* brat's types are of letters, digits, '_' and '-'; the byte that stands for
 * another there. */
static char type_byte(char byte)
{
    unsigned char c = (unsigned char)byte;
    bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                (c >= '0' && c <= '9') || c == '_' || c == '-' || c >= 0x80;
    return good ? byte : '_';
}

static void put_type(struct out *out, const char *label, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        out_byte(out, type_byte(label[i]));
    }
}

static bool is_type(const char *label, size_t len)
{
    size_t i = 0;
    while (i < len && type_byte(label[i]) == label[i]) {
        i++;
    }
    return i == len;
}

/* Another label that mentions were written of and that brat writes as it
 * writes this one; this one itself where there is none. */
static size_t twin(const struct writer *w, size_t label)
{
    const struct labels *l = w->labels;
    for (size_t k = 0; k < l->count; k++) {
        size_t i = 0;
        if (k == label || w->counts[k] == 0 || l->lens[k] != l->lens[label]) {
            continue;
        }
        while (i < l->lens[k] &&
               type_byte(l->names[k][i]) == type_byte(l->names[label][i])) {
            i++;
        }
        if (i == l->lens[k]) {
            return k;
        }
    }
    return label;
}

/* Labels that are not what they were are told, once. */
static void tell_types(struct writer *w)
{
    static const char rule[] = "types there are of letters, digits, '_' and "
                               "'-'";
    const struct labels *l = w->labels;
    for (size_t k = 0; k < l->count; k++) {
        int len = (int)(l->lens[k] < 200 ? l->lens[k] : 200);
        if (w->counts[k] == 0 || is_type(l->names[k], l->lens[k])) {
            continue;
        }
        size_t other = twin(w, k);
        if (other == k) {
            cli_note("-t brat: '%.*s' is written with '_': %s", len,
                     l->names[k], rule);
        } else {
            cli_note("-t brat: '%.*s' and '%.*s' have become one: %s", len,
                     l->names[k], len, l->names[other], rule);
        }
    }
}

/* brat parts the text of a mention at newlines: on one line it is told. */
static void put_flat(struct out *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        out_byte(out, c == '\n' || c == '\r' || c == '\t' ? ' ' : c);
    }
}

static void put_lines(struct writer *w, const char *text, size_t base,
                      const struct mention *list, size_t count)
{
    size_t before = SIZE_MAX;
    size_t same = 0;
    for (size_t i = 0; i < count; i++) {
        const struct mention *m = &list[i];
        size_t from = 0;
        size_t to = 0;
        writer_place(w, text, base, m, &from, &to);
        out_byte(w->out, 'T');
        writer_number(w->out, from + 1);
        same = m->start == before ? same + 1 : 0;
        before = m->start;
        if (same > 0) { /* another that begins here */
            out_byte(w->out, '-');
            writer_number(w->out, same);
        }
        out_byte(w->out, '\t');
        put_type(w->out, m->label, m->label_len);
        out_byte(w->out, ' ');
        writer_number(w->out, from);
        out_byte(w->out, ' ');
        writer_number(w->out, to);
        out_byte(w->out, '\t');
        put_flat(w->out, m->text, m->end - m->start);
        out_byte(w->out, '\n');
        w->counts[m->type]++;
    }
}

static void spans(struct writer *w, const char *text, size_t len, size_t base,
                  const struct mention *list, size_t count)
{
    (void)len;
    put_lines(w, text, base, list, count);
}

const struct writer_ops writer_brat = {
    .name = "brat",
    .own_unit = true,
    .unit = GAZ_CHARS,
    .one_document = true,
    .spans = spans,
    .finish = tell_types,
};

/* ---- into a folder ---- */

static void folder_spans(struct writer *w, const char *text, size_t len,
                         size_t base, const struct mention *list, size_t count)
{
    uint64_t sizes[2] = {len, 0};
    out_bytes(w->out, w->file, strlen(w->file) + 1);
    size_t at = w->out->len; /* it is in memory */
    out_bytes(w->out, sizes, sizeof sizes);
    out_bytes(w->out, text, len);
    size_t before = w->out->len;
    put_lines(w, text, base, list, count);
    if (w->out->error == 0) {
        sizes[1] = w->out->len - before;
        memcpy(w->out->data + at, sizes, sizeof sizes);
    }
}

struct folder {
    struct numbering names;
    size_t *uses; /* of each name */
    size_t use_capacity;
    bool configured;
};

/* FOLDER/NAME-K.ENDING; K above 1 parts documents of one name. */
static char *path_of(const char *folder, const char *name, size_t k,
                     const char *ending)
{
    size_t size = strlen(folder) + strlen(name) + strlen(ending) + 32;
    char *path = malloc(size);
    if (path != NULL && k > 1) {
        snprintf(path, size, "%s/%s-%zu%s", folder, name, k, ending);
    } else if (path != NULL) {
        snprintf(path, size, "%s/%s%s", folder, name, ending);
    }
    return path;
}

static int write_config(struct writer *w)
{
    struct err why = {0};
    struct out out;
    char *path = path_of(w->settings.folder, "annotation", 1, ".conf");
    if (path == NULL || out_open(&out, OUT_MEMORY, &why) != STATUS_OK) {
        free(path);
        return cli_nomem();
    }
    out_str(&out, "[entities]\n");
    for (size_t i = 0; i < w->labels->count; i++) {
        if (strcmp(w->labels->names[i], GAZ_HIDES) != 0) {
            put_type(&out, w->labels->names[i], w->labels->lens[i]);
            out_byte(&out, '\n');
        }
    }
    out_str(&out, "\n[relations]\n\n[events]\n\n[attributes]\n");
    int s = EXIT_OK;
    enum file_kind kind = file_kind(path);
    if ((kind == FILE_MISSING || kind == FILE_UNKNOWN) &&
        file_replace(path, out.data, out.len, &why) != STATUS_OK) {
        s = cli_os_error(path, &why);
    }
    (void)out_close(&out, NULL);
    free(path);
    return s;
}

/* The name of a document in the folder: its file's without folders and
 * without .txt, and none that is hidden, which brat does not show. */
static char *name_of(const char *file)
{
    const char *slash = strrchr(file, '/');
    const char *base = slash != NULL ? slash + 1 : file;
    size_t len = strlen(base);
    if (len > 4 && strcmp(base + len - 4, ".txt") == 0) {
        len -= 4;
    }
    if (strcmp(file, "-") == 0) {
        return strdup("stdin");
    }
    bool hidden = len == 0 || base[0] == '.';
    char *name = malloc(hidden + len + 1);
    if (name != NULL) {
        name[0] = '_';
        memcpy(name + hidden, base, len);
        name[hidden + len] = '\0';
    }
    return name;
}

/* A text is never replaced by another: it may be somebody's only one. */
static int write_text(const char *path, const char *text, size_t len)
{
    struct err why = {0};
    struct file_bytes f;
    if (file_kind(path) == FILE_MISSING) {
        return file_replace(path, text, len, &why) == STATUS_OK
                   ? EXIT_OK
                   : cli_os_error(path, &why);
    }
    if (file_load(path, &f, &why) != STATUS_OK) {
        return cli_os_error(path, &why);
    }
    bool same = f.len == len && (len == 0 || memcmp(f.data, text, len) == 0);
    file_unload(&f);
    return same ? EXIT_OK
                : cli_fail("%s: is there with another text; take it away, or "
                           "choose another folder",
                           path);
}

static int write_document(struct writer *w, const char *name, size_t k,
                          const char *text, const uint64_t sizes[2])
{
    struct err why = {0};
    char *text_path = path_of(w->settings.folder, name, k, ".txt");
    char *path = path_of(w->settings.folder, name, k, ".ann");
    int s = EXIT_OK;
    if (text_path == NULL || path == NULL) {
        s = cli_nomem();
    }
    if (s == EXIT_OK) {
        s = write_text(text_path, text, (size_t)sizes[0]);
    }
    if (s == EXIT_OK && file_replace(path, text + sizes[0], (size_t)sizes[1],
                                     &why) != STATUS_OK) {
        s = cli_os_error(path, &why);
    }
    free(text_path);
    free(path);
    return s;
}

/* Room to count the uses of one name more. */
static bool grow_uses(struct folder *f)
{
    if (f->names.count + 2 <= f->use_capacity) {
        return true;
    }
    size_t want = f->use_capacity * 2 + 64;
    void *p = realloc(f->uses, want * sizeof *f->uses);
    if (p == NULL) {
        return false;
    }
    f->uses = p;
    memset(f->uses + f->use_capacity, 0,
           (want - f->use_capacity) * sizeof *f->uses);
    f->use_capacity = want;
    return true;
}

/* The first number from 1 on that makes a new name of this one. */
static bool number_of(struct folder *f, const char *name, size_t *k)
{
    size_t size = strlen(name) + 32;
    uint32_t number = 0;
    uint32_t other = 0;
    bool added = false;
    char *tried = malloc(size);
    bool good = tried != NULL && grow_uses(f) &&
                numbering_put(&f->names, name, strlen(name), &number, &added);
    *k = good ? ++f->uses[number] : 0;
    while (good && !added) {
        if (*k == 1) {
            *k = ++f->uses[number];
        }
        int n = snprintf(tried, size, "%s-%zu", name, *k);
        good = grow_uses(f) &&
               numbering_put(&f->names, tried, (size_t)n, &other, &added);
        if (good && !added) {
            *k = ++f->uses[number];
        } else if (good) {
            f->uses[other] = 1;
        }
    }
    free(tried);
    return good;
}

static int collect(struct writer *w, const char *data, size_t len)
{
    struct folder *f = w->state;
    if (f == NULL) {
        f = calloc(1, sizeof *f);
        if (f == NULL) {
            return cli_nomem();
        }
        w->state = f;
    }
    int s = EXIT_OK;
    for (size_t i = 0; s == EXIT_OK && i < len;) {
        uint64_t sizes[2];
        size_t k = 0;
        if (!f->configured) {
            s = write_config(w);
            f->configured = true;
        }
        char *name = name_of(data + i);
        i += strlen(data + i) + 1;
        memcpy(sizes, data + i, sizeof sizes);
        i += sizeof sizes;
        if (s == EXIT_OK) { /* else it has been said why */
            s = name == NULL || !number_of(f, name, &k)
                    ? cli_nomem()
                    : write_document(w, name, k, data + i, sizes);
        }
        i += (size_t)(sizes[0] + sizes[1]);
        free(name);
    }
    return s;
}

static void release(struct writer *w)
{
    struct folder *f = w->state;
    if (f != NULL) {
        numbering_free(&f->names);
        free(f->uses);
        free(f);
    }
}

const struct writer_ops writer_brat_folder = {
    .name = "brat",
    .own_unit = true,
    .unit = GAZ_CHARS,
    .whole = true,
    .spans = folder_spans,
    .finish = tell_types,
    .collect = collect,
    .release = release,
};
