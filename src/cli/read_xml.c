/* The inline XML of -t xml. The sole user of expat: entities, encodings and
 * references are not worth a parser of our own. */
#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "cli/annotated.h"

struct xml {
    struct reading_from *r;
    XML_Parser parser;
    struct annotated d;
    bool in_document, in_mention;
    size_t start;                     /* byte where the mention begins */
    const char *label, *id, *version; /* of the mention; the document's */
    double score;
    annotated_fn put;
    void *context;
    int status;
};

static size_t line_of(const struct xml *x)
{
    return (size_t)XML_GetCurrentLineNumber(x->parser);
}

static size_t column_of(const struct xml *x)
{
    return (size_t)XML_GetCurrentColumnNumber(x->parser) + 1;
}

static void stop(struct xml *x, int status)
{
    x->status = status;
    XML_StopParser(x->parser, XML_FALSE);
}

static const char *attribute(const XML_Char **list, const char *name)
{
    for (size_t i = 0; list[i] != NULL; i += 2) {
        if (strcmp(list[i], name) == 0) {
            return list[i + 1];
        }
    }
    return NULL;
}

/* A copy of an attribute in *out, which stays NULL where there is none. */
static bool keep(struct xml *x, const XML_Char **list, const char *name,
                 const char **out)
{
    const char *value = attribute(list, name);
    *out = value != NULL ? annotated_string(&x->d, value, strlen(value)) : NULL;
    return value == NULL || *out != NULL;
}

static void open_document(struct xml *x, const XML_Char **list)
{
    const char *file = attribute(list, "file");
    annotated_clear(&x->d);
    x->d.line = line_of(x);
    x->in_document = true;
    if (!annotated_text(&x->d, "", 0) ||
        !annotated_name(&x->d, file != NULL ? file : x->r->path)) {
        stop(x, cli_nomem());
    }
}

static void open_mention(struct xml *x, const XML_Char **list)
{
    const char *score = attribute(list, "score");
    x->in_mention = true;
    x->start = x->d.len;
    char *end = NULL;
    x->score = score != NULL ? strtod(score, &end) : -1;
    if (score != NULL && (end == score || *end != '\0')) {
        stop(x, read_fail(x->r, line_of(x), column_of(x),
                          "score=\"%s\": a number is wanted", score));
        return;
    }
    if (!keep(x, list, "label", &x->label) || !keep(x, list, "id", &x->id) ||
        !keep(x, list, "version", &x->version)) {
        stop(x, cli_nomem());
    }
}

static void XMLCALL opened(void *context, const XML_Char *name,
                           const XML_Char **list)
{
    struct xml *x = context;
    if (strcmp(name, "documents") == 0 && !x->in_document) {
        return;
    }
    if (strcmp(name, "document") == 0 && !x->in_document) {
        open_document(x, list);
    } else if (strcmp(name, "mention") == 0 && x->in_document &&
               !x->in_mention) {
        open_mention(x, list);
    } else {
        stop(x, read_fail(x->r, line_of(x), column_of(x),
                          "<%s> here: <documents> holds <document>, that text "
                          "and <mention label=\"...\">, and that text",
                          name));
    }
}

static void close_mention(struct xml *x)
{
    struct place place[2] = {{0, 0}, {0, 0}};
    struct found f = {.where = "this mention",
                      .start = (double)x->start,
                      .end = (double)x->d.len,
                      .unit = GAZ_BYTES,
                      .label = x->label,
                      .id = x->id,
                      .version = x->version,
                      .score = x->score};
    f.label_len = x->label != NULL ? strlen(x->label) : 0;
    f.id_len = x->id != NULL ? strlen(x->id) : 0;
    f.version_len = x->version != NULL ? strlen(x->version) : 0;
    x->in_mention = false;
    int s = read_mention(x->r, &x->d, &f, line_of(x), column_of(x), place);
    if (s != EXIT_OK) {
        stop(x, s);
    }
}

static void XMLCALL closed(void *context, const XML_Char *name)
{
    struct xml *x = context;
    if (x->status != EXIT_OK) {
        return;
    }
    if (strcmp(name, "mention") == 0) {
        close_mention(x);
    } else if (strcmp(name, "document") == 0) {
        x->in_document = false;
        annotated_finish(&x->d);
        int s = x->put(x->context, &x->d);
        if (s != EXIT_OK) {
            stop(x, s);
        }
    }
}

static void XMLCALL characters(void *context, const XML_Char *text, int len)
{
    struct xml *x = context;
    if (x->status == EXIT_OK && x->in_document &&
        !annotated_text(&x->d, text, (size_t)len)) {
        stop(x, cli_nomem());
    }
}

static int parse(struct xml *x, struct file_in *f)
{
    enum { BLOCK = 1 << 16 };
    struct err why = {0};
    size_t got = BLOCK;
    while (got == BLOCK && x->status == EXIT_OK) {
        char *block = XML_GetBuffer(x->parser, BLOCK);
        if (block == NULL) {
            return cli_nomem();
        }
        if (file_read(f, block, BLOCK, &got, &why) != STATUS_OK) {
            return cli_os_error(x->r->path, &why);
        }
        if (XML_ParseBuffer(x->parser, (int)got, got < BLOCK) ==
                XML_STATUS_ERROR &&
            x->status == EXIT_OK) {
            x->status = read_fail(x->r, line_of(x), column_of(x), "not XML: %s",
                                  XML_ErrorString(XML_GetErrorCode(x->parser)));
        }
    }
    return x->status;
}

int read_xml(struct reading_from *r, annotated_fn put, void *context)
{
    struct xml x = {.r = r, .put = put, .context = context};
    x.parser = XML_ParserCreate(NULL);
    int s = EXIT_OK;
    if (x.parser == NULL) {
        s = cli_nomem();
    } else {
        XML_SetUserData(x.parser, &x);
        XML_SetElementHandler(x.parser, opened, closed);
        XML_SetCharacterDataHandler(x.parser, characters);
        s = parse(&x, r->file);
        XML_ParserFree(x.parser);
    }
    annotated_free(&x.d);
    return s;
}
