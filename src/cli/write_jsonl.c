/* A document a line:
 * {"file":F,"text":T,"spans":[{"start","end","label","text","id"?,"version"?,
 * "score"?}],"unit":U}
 */
#include <string.h>

#include "cli/put.h"
#include "cli/writer.h"

static void put_text(struct writer *w, const char *text, size_t len)
{
    writer_json_text(w->out, text, len);
}

static void begin(struct writer *w)
{
    out_str(w->out, "{\"file\":\"");
    put_text(w, w->file, strlen(w->file));
    out_str(w->out, "\",\"text\":\"");
}

static void middle(struct writer *w)
{
    out_str(w->out, "\",\"spans\":[");
}

/* What an object holds. */
struct object {
    size_t start, end; /* units */
    const struct mention *m;
    const struct ready *label;
};

/* ,"label":"LABEL","text":" */
static void make_ready(struct ready *r, const char *label, size_t len)
{
    static const char before[] = ",\"label\":\"";
    static const char behind[] = "\",\"text\":\"";
    r->of = label;
    r->len = SIZE_MAX;
    if (len <= (READY_MAX - sizeof before - sizeof behind) / 6) {
        char *p = PUT_STR(r->data, before);
        p = put_json(p, label, len, label + len);
        p = PUT_STR(p, behind);
        r->len = (size_t)(p - r->data);
    }
}

static void long_object(struct writer *w, const struct object *o)
{
    const struct mention *m = o->m;
    out_str(w->out, w->spans > 0 ? ",{\"start\":" : "{\"start\":");
    writer_number(w->out, o->start);
    out_str(w->out, ",\"end\":");
    writer_number(w->out, o->end);
    out_str(w->out, ",\"label\":\"");
    put_text(w, m->label, m->label_len);
    out_str(w->out, "\",\"text\":\"");
    put_text(w, m->text, m->end - m->start);
    if (m->id_len > 0) {
        out_str(w->out, "\",\"id\":\"");
        put_text(w, m->id, m->id_len);
    }
    if (m->version_len > 0) {
        out_str(w->out, "\",\"version\":\"");
        put_text(w, m->version, m->version_len);
    }
    out_str(w->out, "\"");
    if (m->score >= 0) {
        out_str(w->out, ",\"score\":");
        writer_score(w->out, m->score);
    }
    out_str(w->out, "}");
}

/* The same where its parts fit a piece of the output's buffer. */
static void put_object(struct writer *w, const struct object *o,
                       const char *limit)
{
    enum { OTHERS = READY_MAX + 2 * PUT_DIGITS + 128 + PUT_SLACK };
    const struct mention *m = o->m;
    size_t text_len = m->end - m->start;
    if (m->score >= 0 || o->label->len > READY_MAX ||
        text_len + m->id_len + m->version_len > (OUT_ROOM_MAX - OTHERS) / 6) {
        long_object(w, o);
        return;
    }
    char *start = out_room(w->out, OUT_ROOM_MAX);
    char *p = start;
    p = w->spans > 0 ? PUT_STR(p, ",") : p;
    p = PUT_STR(p, "{\"start\":");
    p = put_number(p, o->start);
    p = PUT_STR(p, ",\"end\":");
    p = put_number(p, o->end);
    p = put_ready(p, o->label);
    p = put_json(p, m->text, text_len, limit);
    if (m->id_len > 0) {
        p = PUT_STR(p, "\",\"id\":\"");
        p = put_json(p, m->id, m->id_len, m->id + m->id_len);
    }
    if (m->version_len > 0) {
        p = PUT_STR(p, "\",\"version\":\"");
        p = put_json(p, m->version, m->version_len,
                     m->version + m->version_len);
    }
    p = PUT_STR(p, "\"}");
    out_used(w->out, (size_t)(p - start));
}

static void spans(struct writer *w, const char *text, size_t len, size_t base,
                  const struct mention *list, size_t count)
{
    if (count == 0) {
        return; /* as of most lines, where each is a document */
    }
    struct ready labels[READY_LABELS];
    for (size_t i = 0; i < READY_LABELS; i++) {
        labels[i].of = NULL;
    }
    for (size_t i = 0; i < count; i++) {
        struct object o = {.m = &list[i]};
        struct ready *label = &labels[list[i].type % READY_LABELS];
        if (label->of != list[i].label) {
            make_ready(label, list[i].label, list[i].label_len);
        }
        o.label = label;
        writer_place(w, text, base, o.m, &o.start, &o.end);
        put_object(w, &o, text + len);
        w->spans++;
    }
}

static void end(struct writer *w)
{
    out_str(w->out, "],\"unit\":\"");
    out_str(w->out, writer_unit(w));
    out_str(w->out, "\"}\n");
}

const struct writer_ops writer_jsonl = {
    .name = "jsonl",
    .piecemeal = true,
    .two_passes = true,
    .commas = true,
    .begin = begin,
    .text = put_text,
    .middle = middle,
    .spans = spans,
    .end = end,
};
