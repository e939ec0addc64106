/* What Solr's tagger answers (with json.nl=map and matchText=true), a document
 * a line. Offsets are UTF-16 units, as Java counts. Solr's documents are here
 * the names: the id of one without an id is the name itself. */
#include <errno.h>
#include <string.h>

#include "cli/numbering.h"
#include "cli/writer.h"

static void string(struct writer *w, const char *before, const char *text,
                   size_t len)
{
    out_str(w->out, before);
    writer_json_text(w->out, text, len);
    out_byte(w->out, '"');
}

static const char *id_of(const struct mention *m, size_t *len)
{
    *len = m->id_len > 0 ? m->id_len : m->end - m->start;
    return m->id_len > 0 ? m->id : m->text;
}

static void put_tags(struct writer *w, const char *text, size_t base,
                     const struct mention *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct mention *m = &list[i];
        size_t from = 0;
        size_t to = 0;
        size_t id_len = 0;
        const char *id = id_of(m, &id_len);
        writer_place(w, text, base, m, &from, &to);
        out_str(w->out, i > 0 ? ",{\"startOffset\":" : "{\"startOffset\":");
        writer_number(w->out, from);
        out_str(w->out, ",\"endOffset\":");
        writer_number(w->out, to);
        string(w, ",\"matchText\":\"", m->text, m->end - m->start);
        string(w, ",\"ids\":[\"", id, id_len);
        out_str(w->out, "]}");
    }
}

/* Each name once: *number of them, written when `put`. */
static bool put_names(struct writer *w, const struct mention *list,
                      size_t count, bool put, size_t *number)
{
    struct numbering names = {0};
    bool good = true;
    for (size_t i = 0; good && i < count; i++) {
        const struct mention *m = &list[i];
        size_t id_len = 0;
        const char *id = id_of(m, &id_len);
        uint32_t at = 0;
        bool added = false;
        good = numbering_put(&names, id, id_len, &at, &added);
        if (added && put) {
            string(w, at > 0 ? ",{\"id\":\"" : "{\"id\":\"", id, id_len);
            string(w, ",\"name\":[\"", m->text, m->end - m->start);
            string(w, "],\"type\":\"", m->label, m->label_len);
            out_byte(w->out, '}');
        }
    }
    *number = names.count;
    numbering_free(&names);
    return good;
}

static void spans(struct writer *w, const char *text, size_t len, size_t base,
                  const struct mention *list, size_t count)
{
    size_t names = 0;
    (void)len;
    out_str(w->out, "{\"responseHeader\":{\"status\":0,\"QTime\":0},"
                    "\"tagsCount\":");
    writer_number(w->out, count);
    out_str(w->out, ",\"tags\":[");
    put_tags(w, text, base, list, count);
    bool good = put_names(w, list, count, false, &names);
    out_str(w->out, "],\"response\":{\"numFound\":");
    writer_number(w->out, names);
    out_str(w->out, ",\"start\":0,\"docs\":[");
    good = good && put_names(w, list, count, true, &names);
    out_str(w->out, "]}}\n");
    if (!good) {
        w->out->error = ENOMEM;
    }
}

const struct writer_ops writer_solr = {
    .name = "solr",
    .own_unit = true,
    .unit = GAZ_UTF16,
    .whole = true,
    .spans = spans,
};
