/* What annotation tools and other taggers read: spaCy, doccano, Label Studio
 * and Hugging Face's token classification as JSON, a document a line. Offsets
 * are code points, as in Python; Label Studio, which runs in a browser, counts
 * UTF-16 units. */
#include <string.h>

#include "cli/writer.h"

static void text(struct writer *w, const char *bytes, size_t len)
{
    writer_json_text(w->out, bytes, len);
}

/* before, then a string's inside. */
static void put(struct writer *w, const char *before, const char *s)
{
    out_str(w->out, before);
    writer_json_text(w->out, s, strlen(s));
}

static void put_label(struct writer *w, const char *before,
                      const struct mention *m)
{
    out_str(w->out, before);
    writer_json_text(w->out, m->label, m->label_len);
}

static void put_number(struct writer *w, const char *before, size_t n)
{
    out_str(w->out, before);
    writer_number(w->out, n);
}

/* A mention and its place in units of the document. */
struct shown {
    size_t start, end;
    const struct mention *m;
};

typedef void (*put_fn)(struct writer *w, const struct shown *s);

static void each(struct writer *w, const char *bytes, size_t base,
                 const struct mention *list, size_t count, put_fn put_span)
{
    for (size_t i = 0; i < count; i++) {
        struct shown shown = {.m = &list[i]};
        writer_place(w, bytes, base, &list[i], &shown.start, &shown.end);
        put_span(w, &shown);
    }
}

static void comma(struct writer *w)
{
    if (w->spans++ > 0) {
        out_byte(w->out, ',');
    }
}

static void begin_text(struct writer *w)
{
    out_str(w->out, "{\"text\":\"");
}

static void end_list(struct writer *w)
{
    out_str(w->out, "]}\n");
}

/* ---- spaCy: Doc.to_json, displaCy ---- */

static void spacy_span(struct writer *w, const struct shown *s)
{
    comma(w);
    put_number(w, "{\"start\":", s->start);
    put_number(w, ",\"end\":", s->end);
    put_label(w, ",\"label\":\"", s->m);
    if (s->m->id_len > 0) {
        out_str(w->out, "\",\"id\":\"");
        writer_json_text(w->out, s->m->id, s->m->id_len);
    }
    out_str(w->out, "\"}");
}

static void spacy_middle(struct writer *w)
{
    out_str(w->out, "\",\"ents\":[");
}

static void spacy_spans(struct writer *w, const char *bytes, size_t len,
                        size_t base, const struct mention *list, size_t count)
{
    (void)len;
    each(w, bytes, base, list, count, spacy_span);
}

const struct writer_ops writer_spacy = {.name = "spacy",
                                        .two_passes = true,
                                        .commas = true,
                                        .own_unit = true,
                                        .unit = GAZ_CHARS,
                                        .begin = begin_text,
                                        .text = text,
                                        .middle = spacy_middle,
                                        .spans = spacy_spans,
                                        .end = end_list};

/* ---- doccano ---- */

static void doccano_middle(struct writer *w)
{
    out_str(w->out, "\",\"label\":[");
}

static void doccano_span(struct writer *w, const struct shown *s)
{
    comma(w);
    put_number(w, "[", s->start);
    put_number(w, ",", s->end);
    put_label(w, ",\"", s->m);
    out_str(w->out, "\"]");
}

static void doccano_spans(struct writer *w, const char *bytes, size_t len,
                          size_t base, const struct mention *list, size_t count)
{
    (void)len;
    each(w, bytes, base, list, count, doccano_span);
}

const struct writer_ops writer_doccano = {.name = "doccano",
                                          .two_passes = true,
                                          .commas = true,
                                          .own_unit = true,
                                          .unit = GAZ_CHARS,
                                          .begin = begin_text,
                                          .text = text,
                                          .middle = doccano_middle,
                                          .spans = doccano_spans,
                                          .end = end_list};

/* ---- Label Studio: a task with predictions ---- */

static void studio_begin(struct writer *w)
{
    out_str(w->out, "{\"data\":{\"text\":\"");
}

static void studio_middle(struct writer *w)
{
    put(w, "\"},\"predictions\":[{\"model_version\":\"gaz ", gaz_version());
    out_str(w->out, "\",\"result\":[");
}

/* Their places tell spans apart, whichever thread writes them. */
static void studio_span(struct writer *w, const struct shown *s)
{
    comma(w);
    put_number(w, "{\"id\":\"gaz", s->start);
    put_number(w, "-", s->end);
    put_number(w,
               "\",\"from_name\":\"label\",\"to_name\":\"text\",\"type\":"
               "\"labels\",\"value\":{\"start\":",
               s->start);
    put_number(w, ",\"end\":", s->end);
    out_str(w->out, ",\"text\":\"");
    text(w, s->m->text, s->m->end - s->m->start);
    put_label(w, "\",\"labels\":[\"", s->m);
    out_str(w->out, "\"]}}");
}

static void studio_spans(struct writer *w, const char *bytes, size_t len,
                         size_t base, const struct mention *list, size_t count)
{
    (void)len;
    each(w, bytes, base, list, count, studio_span);
}

static void studio_end(struct writer *w)
{
    out_str(w->out, "]}]}\n");
}

const struct writer_ops writer_labelstudio = {.name = "labelstudio",
                                              .two_passes = true,
                                              .commas = true,
                                              .own_unit = true,
                                              .unit = GAZ_UTF16,
                                              .begin = studio_begin,
                                              .text = text,
                                              .middle = studio_middle,
                                              .spans = studio_spans,
                                              .end = studio_end};

/* ---- Hugging Face: an aggregated token-classification pipeline ---- */

static void hf_begin(struct writer *w)
{
    out_byte(w->out, '[');
}

static void hf_span(struct writer *w, const struct shown *s)
{
    comma(w);
    put_label(w, "{\"entity_group\":\"", s->m);
    out_str(w->out, "\",\"score\":");
    if (s->m->score >= 0) {
        writer_score(w->out, s->m->score);
    } else {
        out_str(w->out, "1.0");
    }
    out_str(w->out, ",\"word\":\"");
    text(w, s->m->text, s->m->end - s->m->start);
    put_number(w, "\",\"start\":", s->start);
    put_number(w, ",\"end\":", s->end);
    out_byte(w->out, '}');
}

static void hf_spans(struct writer *w, const char *bytes, size_t len,
                     size_t base, const struct mention *list, size_t count)
{
    (void)len;
    each(w, bytes, base, list, count, hf_span);
}

static void hf_end(struct writer *w)
{
    out_str(w->out, "]\n");
}

const struct writer_ops writer_hf = {.name = "hf",
                                     .commas = true,
                                     .own_unit = true,
                                     .unit = GAZ_CHARS,
                                     .begin = hf_begin,
                                     .spans = hf_spans,
                                     .end = hf_end};
