#include "corpus/names.h"

#include "corpus/names_line.h"

void names_open(struct names_reader *r, enum names_format format,
                struct slice text, const struct alloc *alloc)
{
    memset(r, 0, sizeof *r);
    r->format = format;
    lines_open(&r->lines, text);
    r->label = slice_of("", 0);
    r->separator = slice_of("", 0);
    buf_init(&r->name, alloc);
    buf_init(&r->label_text, alloc);
    buf_init(&r->id, alloc);
}

void names_close(struct names_reader *r)
{
    buf_free(&r->name);
    buf_free(&r->label_text);
    buf_free(&r->id);
}

/* A name may go over TABs and line ends, which match as blanks do: blanks
 * they become, so that the name can stand in a list. */
static void blank_out(struct buf *name)
{
    for (size_t i = 0; i < name->len; i++) {
        char c = name->data[i];
        name->data[i] = (char)(c >= '\t' && c <= '\r' ? ' ' : c);
    }
}

/* Labels and ids must fit into a column of a list: dump writes one. */
static enum status check_field(struct names_reader *r, const char *what,
                               struct slice text, struct err *e)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c < ' ' || c == 0x7F) {
            return names_fail(r, false, 1, e,
                              "a control character (0x%02x) in the %s",
                              (unsigned)c, what);
        }
    }
    return STATUS_OK;
}

static enum status check_entry(struct names_reader *r, struct err *e)
{
    enum status s = line_check_name(buf_view(&r->name), r->lines.number, e);
    if (s == STATUS_OK) {
        s = check_field(r, "label", buf_view(&r->label_text), e);
    }
    if (s == STATUS_OK) {
        s = check_field(r, "id", buf_view(&r->id), e);
    }
    if (s == STATUS_OK && slice_is(buf_view(&r->label_text), "-")) {
        s = names_fail(r, false, 1, e,
                       "the label '-', which takes names away in a list; any "
                       "other is good");
    }
    return s;
}

static enum status parse_line(struct names_reader *r, const struct line *line,
                              struct list_entry *out, struct err *e)
{
    enum status s = line_check(line, e);
    if (s != STATUS_OK) {
        return s;
    }
    switch (r->format) {
    case NAMES_SPACY: return names_spacy(r, line->text, out, e);
    case NAMES_REGEXNER: return names_regexner(r, line->text, out, e);
    case NAMES_BARE: break;
    }
    return names_bare(r, line->text, e);
}

enum status names_next(struct names_reader *r, struct list_entry *out,
                       bool *found, struct err *e)
{
    struct line line;
    while (lines_next(&r->lines, &line)) {
        if (slice_trim(line.text).len == 0) {
            continue;
        }
        struct list_entry entry = list_entry_of(line.number);
        r->unsupported = false;
        buf_clear(&r->name);
        buf_clear(&r->label_text);
        buf_clear(&r->id);
        enum status s = parse_line(r, &line, &entry, e);
        /* Before all else: what looks like a bad line may be lost memory. */
        if (!(buf_ok(&r->name) && buf_ok(&r->label_text) && buf_ok(&r->id))) {
            r->unsupported = false;
            s = err_nomem(e);
        } else if (s == STATUS_OK) {
            blank_out(&r->name);
            s = check_entry(r, e);
        }
        if (s == STATUS_OK) {
            entry.name = buf_view(&r->name);
            entry.label = buf_view(&r->label_text);
            entry.id = r->id.len > 0 ? buf_view(&r->id) : slice_of("", 0);
            *out = entry;
            *found = true;
        }
        return s;
    }
    *found = false;
    return STATUS_OK;
}
