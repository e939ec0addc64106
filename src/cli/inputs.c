#include "cli/inputs.h"

#include <stdlib.h>
#include <string.h>

#include "cli/whole.h"

bool inputs_zones(const char *value, unsigned *out)
{
    unsigned zones = 0;
    if (strcmp(value, "all") == 0) {
        *out = 255;
        return true;
    }
    for (;;) {
        size_t n = strcspn(value, ",");
        char name[32];
        int choice = -1;
        if (n < sizeof name) {
            memcpy(name, value, n);
            name[n] = '\0';
            choice = cli_choice(INPUT_ZONES, name);
        }
        if (choice < 0) {
            (void)cli_fail("--zones %.*s: wants all, or some of %s, parted by "
                           "commas",
                           (int)n, value, INPUT_ZONES);
            return false;
        }
        zones |= 1u << (unsigned)choice;
        if (value[n] == '\0') {
            break;
        }
        value += n + 1;
    }
    *out = zones;
    return true;
}

bool inputs_option(struct inputs *in, const struct cli_given *g, bool *good)
{
    *good = true;
    if (cli_is(g, "from")) {
        in->from = (enum input_format)cli_choice(INPUT_FORMATS, g->value);
    } else if (cli_is(g, "zones")) {
        *good = inputs_zones(g->value, &in->zones);
    } else if (cli_is(g, "files0-from")) {
        in->names = g->value;
    } else if (cli_is(g, "column")) {
        *good = cli_columns(g, &in->column, 1);
    } else if (cli_is(g, "text-field")) {
        in->records.fields.text = g->value;
    } else if (cli_is(g, "id-field")) {
        in->records.fields.id = g->value;
    } else if (cli_is(g, "spans-field")) {
        in->records.spans = g->value;
    } else if (cli_is(g, "unit-field")) {
        in->records.unit = g->value;
    } else if (cli_is(g, "errors")) {
        in->records.bad =
            (enum bad_records)cli_choice(g->option->choices, g->value);
    } else if (cli_is(g, "skip-bad")) {
        in->records.bad = BAD_SKIP;
    } else if (cli_is(g, "line-buffered")) {
        in->line_buffered = true;
    } else {
        return false;
    }
    return true;
}

int inputs_check_options(const struct inputs *in, const struct cli_args *args)
{
    static const char *const names[] = {"auto",     "text",    "lines", "conll",
                                        "markdown", "html",    "json",  "jsonl",
                                        "spacy",    "doccano", "brat"};
    static const struct cli_use uses[] = {
        {"zones", NULL, "auto|markdown|html"},
        {"column", NULL, "auto|conll"},
        {"text-field", NULL, "auto|json|jsonl|spacy|doccano"},
        {"id-field", NULL, "auto|json|jsonl|spacy|doccano"},
        {"spans-field", NULL, "auto|json|jsonl|spacy|doccano"},
        {"unit-field", NULL, "auto|json|jsonl|spacy|doccano"},
        {"line-buffered", NULL, "auto|lines|json|jsonl|spacy|doccano"},
    };
    _Static_assert(sizeof names / sizeof names[0] == FROM_BRAT + 1, "names");
    return cli_check_uses(args, uses, sizeof uses / sizeof uses[0], "-f",
                          names[in->from]);
}

bool input_blank(const char *line, size_t len)
{
    size_t i = 0;
    while (i < len && (line[i] == ' ' || line[i] == '\t' || line[i] == '\r')) {
        i++;
    }
    return i == len;
}

/* Is "a.b" a field with that name, or within one? */
static bool field_within(const char *field, const char *name)
{
    size_t n = strlen(name);
    return strncmp(field, name, n) == 0 &&
           (field[n] == '\0' || field[n] == '.');
}

/* What is replaced must not be the text, or each other. */
static int check_fields(const struct record_settings *r)
{
    const char *text = r->fields.text;
    if (field_within(text, r->spans)) {
        return cli_fail("--spans-field %s would replace the text, which is in "
                        "the field %s",
                        r->spans, text);
    }
    if (r->unit != NULL && field_within(text, r->unit)) {
        return cli_fail("--unit-field %s would replace the text, which is in "
                        "the field %s",
                        r->unit, text);
    }
    return r->unit == NULL || strcmp(r->spans, r->unit) != 0
               ? EXIT_OK
               : cli_fail("--spans-field and --unit-field name one field, %s",
                          r->unit);
}

int inputs_records(struct inputs *in, const char *to)
{
    struct record_settings *r = &in->records;
    bool jsonl = strcmp(to, "jsonl") == 0;
    bool spacy = strcmp(to, "spacy") == 0;
    bool doccano = strcmp(to, "doccano") == 0;
    r->handed_on = jsonl || (spacy && in->from == FROM_SPACY) ||
                   (doccano && in->from == FROM_DOCCANO);
    if (r->spans == NULL) {
        r->spans = jsonl ? "spans" : spacy ? "ents" : "label";
    }
    r->unit = !jsonl ? NULL : r->unit != NULL ? r->unit : "unit";
    r->fields.text = r->fields.text != NULL ? r->fields.text : "text";
    if (r->handed_on) {
        r->fields.replaced[0] = r->spans;
        r->fields.replaced[1] = r->unit;
    }
    return r->handed_on ? check_fields(r) : EXIT_OK;
}

/* ---- the list of files */

static bool add_file(struct inputs *in, const char *path, bool found)
{
    if (in->count == in->capacity) {
        size_t capacity = in->capacity * 2 + 16;
        struct input *files = realloc(in->files, capacity * sizeof *files);
        if (files == NULL) {
            return false;
        }
        in->files = files;
        in->capacity = capacity;
    }
    in->files[in->count++] = (struct input){path, found};
    return true;
}

/* Beside a text of brat's its annotations stand, which are none. */
static bool is_text_of(const struct inputs *in, const char *path)
{
    size_t n = strlen(path);
    return in->from != FROM_BRAT ||
           (n > 4 && strcmp(path + n - 4, ".txt") == 0);
}

static int add_path(struct inputs *in, const char *path)
{
    struct err why = {0};
    if (strcmp(path, "-") == 0 || file_kind(path) != FILE_FOLDER) {
        return add_file(in, path, false) ? EXIT_OK : cli_nomem();
    }
    struct file_list *folders =
        realloc(in->folders, (in->folder_count + 1) * sizeof *folders);
    if (folders == NULL) {
        return cli_nomem();
    }
    in->folders = folders;
    struct file_list *l = &folders[in->folder_count];
    *l = (struct file_list){0};
    struct file_list broken = {0};
    enum status s = file_walk_past(path, l, &broken, &why);
    for (size_t i = 0; s == STATUS_OK && i < broken.count; i++) {
        bool loop = file_kind(broken.paths[i]) == FILE_FOLDER;
        cli_note("%s: a link %s; left out", broken.paths[i],
                 loop ? "to a folder that it is in" : "that leads nowhere");
    }
    file_list_free(&broken);
    if (s != STATUS_OK) {
        return cli_os_error(NULL, &why);
    }
    in->folder_count++;
    if (l->count == 0) {
        cli_note("%s: a folder without files (hidden ones do not count)", path);
    }
    for (size_t i = 0; i < l->count; i++) {
        if (is_text_of(in, l->paths[i]) && !add_file(in, l->paths[i], true)) {
            return cli_nomem();
        }
    }
    return EXIT_OK;
}

static int add_listed(struct inputs *in)
{
    struct err why = {0};
    if (file_load(in->names, &in->listed, &why) != STATUS_OK) {
        return cli_os_error(in->names, &why);
    }
    const char *p = in->listed.data;
    const char *end = p + in->listed.len;
    int s = EXIT_OK;
    for (size_t i = 1; s == EXIT_OK && p < end; i++) {
        const char *stop = memchr(p, '\0', (size_t)(end - p));
        if (stop == p) {
            return cli_fail("%s: name %zu is empty", in->names, i);
        }
        if (stop == NULL && memchr(p, '\n', (size_t)(end - p)) != NULL) {
            return cli_fail("%s: name %zu has a line end and no NUL behind it "
                            "(find -print0 writes NUL)",
                            in->names, i);
        }
        if (stop == NULL) {
            /* The last name may do without. */
            in->last_name = strndup(p, (size_t)(end - p));
            return in->last_name != NULL ? add_path(in, in->last_name)
                                         : cli_nomem();
        }
        s = add_path(in, p);
        p = stop + 1;
    }
    return s;
}

int inputs_list(struct inputs *in, const struct cli_args *args)
{
    int s = EXIT_OK;
    if (in->names != NULL && args->file_count > 0) {
        return cli_fail("--files0-from names all files; %s is one more",
                        args->files[0]);
    }
    for (size_t i = 0; s == EXIT_OK && i < args->file_count; i++) {
        s = add_path(in, args->files[i]);
    }
    if (in->names != NULL) {
        s = add_listed(in);
    } else if (args->file_count == 0) {
        cli_note_terminal();
        s = add_path(in, "-");
    }
    return s;
}

void inputs_free(struct inputs *in)
{
    for (size_t i = 0; i < in->folder_count; i++) {
        file_list_free(&in->folders[i]);
    }
    free(in->folders);
    free(in->files);
    free(in->last_name);
    file_unload(&in->listed);
}

/* Say so where JSON is taken for a text for want of the field; of what folders
 * hold once, for configurations are among it. */
static void tell_of_json(struct inputs *in, size_t i, const char *near)
{
    const struct input *f = &in->files[i];
    const char *field = in->records.fields.text;
    const char *name = strcmp(f->path, "-") == 0 ? "(standard input)" : f->path;
    const char *more = f->found ? "; others in folders are not told of" : "";
    if (f->found && in->told) {
        return;
    }
    in->told = in->told || f->found;
    if (near[0] != '\0') {
        cli_note(
            "%s: JSON, but its text is in \"%s\": tagged as a text, names of "
            "fields and all, without --text-field %s%s",
            name, near, near, more);
    } else {
        cli_note(
            "%s: JSON, but no field \"%s\" in sight (--text-field): tagged "
            "as a text, names of fields and all%s",
            name, field != NULL ? field : "text", more);
    }
}

/* Say so where a file is not for this program. *format becomes FROM_AUTO for
 * one that is left out. */
static int look_at(struct inputs *in, size_t i, const char *head, size_t len,
                   enum input_format *format)
{
    const char *path = in->files[i].path;
    /* Records that are all handed on say each what is wrong with it. */
    bool all = input_records(*format) && in->records.bad == BAD_INLINE;
    const char *foreign = all ? NULL : whole_foreign(head, len);
    bool nul = in->files[i].found && memchr(head, '\0', len) != NULL;
    bool skip = in->files[i].found || in->records.bad == BAD_SKIP;
    if (foreign != NULL && !skip) {
        return cli_fail("%s: %s",
                        strcmp(path, "-") == 0 ? "(standard input)" : path,
                        foreign);
    }
    if (foreign != NULL || nul) {
        cli_note("%s: %s; left out", path,
                 foreign != NULL ? foreign : "holds NUL bytes, no text");
        in->bad += !in->files[i].found;
        *format = FROM_AUTO;
    }
    return EXIT_OK;
}

int inputs_open(struct inputs *in, size_t i, struct file_in *file,
                enum input_format *format)
{
    struct err why = {0};
    const char *head = NULL;
    size_t len = 0;
    const char *path = in->files[i].path;
    if (file_open(path, file, &why) != STATUS_OK) {
        return cli_os_error(path, &why);
    }
    *format = in->from;
    if (in->from != FROM_AUTO && !in->files[i].found && !file->regular) {
        return EXIT_OK; /* a pipe's first bytes are not waited for */
    }
    if (file_peek(file, in->line_buffered, &head, &len, &why) != STATUS_OK) {
        file_close(file);
        return cli_os_error(path, &why);
    }
    struct input_fieldless without = {.is = false};
    if (in->from == FROM_AUTO) {
        *format =
            input_guess(path, in->records.fields.text, head, len, &without);
    }
    int s = look_at(in, i, head, len, format);
    if (without.is && s == EXIT_OK && *format == FROM_TEXT) {
        tell_of_json(in, i, without.near);
    }
    if (s != EXIT_OK || *format == FROM_AUTO) {
        file_close(file);
    }
    return s;
}

uint64_t inputs_size(const struct inputs *in)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < in->count; i++) {
        uint64_t size = 0;
        if (!file_size(in->files[i].path, &size)) {
            return 0;
        }
        sum += size;
    }
    return sum;
}
