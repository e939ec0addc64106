/* Which format an annotated file is in, and its reader. */
#include <string.h>
#include <strings.h>

#include "cli/annotated.h"
#include "cli/inputs.h"

static enum annotated_format by_name(const char *path)
{
    static const struct {
        const char *extension;
        enum annotated_format format;
    } names[] = {{"conll", ANNOTATED_CONLL}, {"iob", ANNOTATED_CONLL},
                 {"bio", ANNOTATED_CONLL},   {"xml", ANNOTATED_XML},
                 {"ann", ANNOTATED_BRAT},    {"txt", ANNOTATED_BRAT},
                 {"tsv", ANNOTATED_TSV},     {"json", ANNOTATED_JSON},
                 {"jsonl", ANNOTATED_JSON},  {"ndjson", ANNOTATED_JSON}};
    size_t n = 0;
    const char *end = inputs_extension(path, &n);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strlen(names[i].extension) == n &&
            strncasecmp(names[i].extension, end, n) == 0) {
            return names[i].format;
        }
    }
    return ANNOTATED_AUTO;
}

static bool is_number(const char *p, const char *end)
{
    const char *start = p;
    while (p < end && *p >= '0' && *p <= '9') {
        p++;
    }
    return p > start && p < end && *p == '\t';
}

/* FILE TAB number TAB number TAB, or the names of these columns. */
static bool is_tsv(const char *line, size_t len)
{
    static const char header[] = "file\tstart_";
    const char *end = line + len;
    const char *first = memchr(line, '\t', len);
    if (len >= sizeof header && memcmp(line, header, sizeof header - 1) == 0) {
        return true;
    }
    if (first == NULL || !is_number(first + 1, end)) {
        return false;
    }
    const char *second = memchr(first + 1, '\t', (size_t)(end - first - 1));
    return second != NULL && is_number(second + 1, end);
}

/* Is the last column of this line a tag? */
static bool is_conll(const char *line, size_t len)
{
    size_t at = len;
    while (at > 0 && line[at - 1] != '\t' && line[at - 1] != ' ') {
        at--;
    }
    if (at == 0) {
        return false;
    }
    return len - at == 1 ? line[at] == 'O'
                         : len - at > 2 && line[at + 1] == '-' &&
                               strchr("BIESLU", line[at]) != NULL;
}

static enum annotated_format by_content(const char *text, size_t len)
{
    size_t at = file_mark(text, len);
    while (at < len && (text[at] == ' ' || text[at] == '\t' ||
                        text[at] == '\r' || text[at] == '\n')) {
        at++;
    }
    if (at < len && text[at] == '<') {
        return ANNOTATED_XML;
    }
    const char *newline = memchr(text + at, '\n', len - at);
    while (newline != NULL && text[at] == '#' && text[at + 1] == ' ') {
        at = (size_t)(newline - text) + 1; /* a comment of CoNLL-U */
        newline = memchr(text + at, '\n', len - at);
    }
    size_t n = newline != NULL ? (size_t)(newline - text) - at : len - at;
    n -= n > 0 && text[at + n - 1] == '\r';
    if (is_tsv(text + at, n)) {
        return ANNOTATED_TSV;
    }
    /* What is none of them JSON's reader tells of. */
    return is_conll(text + at, n) ? ANNOTATED_CONLL : ANNOTATED_JSON;
}

static int read_opened(struct reading_from *r, enum annotated_format format,
                       annotated_fn put, void *context)
{
    static const char *const json[] = {[ANNOTATED_JSONL] = "jsonl",
                                       [ANNOTATED_SPACY] = "spacy",
                                       [ANNOTATED_PRODIGY] = "prodigy",
                                       [ANNOTATED_DOCCANO] = "doccano",
                                       [ANNOTATED_STUDIO] = "labelstudio",
                                       [ANNOTATED_HF] = "hf",
                                       [ANNOTATED_JSON] = NULL};
    struct err why = {0};
    const char *head = NULL;
    size_t len = 0;
    if (format == ANNOTATED_AUTO) {
        if (file_peek(r->file, false, &head, &len, &why) != STATUS_OK) {
            return cli_os_error(r->path, &why);
        }
        format = by_content(head, len);
    }
    switch (format) {
    case ANNOTATED_CONLL: return read_conll(r, put, context);
    case ANNOTATED_XML: return read_xml(r, put, context);
    case ANNOTATED_TSV: return read_tsv(r, put, context);
    default: return read_json(r, json[format], put, context);
    }
}

int read_annotated(struct reading_from *r, enum annotated_format format,
                   annotated_fn put, void *context)
{
    struct err why = {0};
    struct file_in file;
    if (format == ANNOTATED_AUTO) {
        format = by_name(r->path);
    }
    if (format == ANNOTATED_BRAT) {
        return read_brat(r, put, context);
    }
    if (file_open(r->path, &file, &why) != STATUS_OK) {
        return cli_os_error(r->path, &why);
    }
    r->file = &file;
    int s = read_opened(r, format, put, context);
    file_close(&file);
    r->file = NULL;
    return s;
}
