/* One HTML page for people: the texts with their mentions in the colour of
 * their type, a legend with counts; a mention that is pointed at or focused
 * tells its id, score and source. The page needs no script and loads nothing;
 * its policy allows its own style sheet, known by its digest, and no more.
 *
 * Labels and what is told of a mention are attributes that the style sheet
 * shows: the text content of each .text is the text, but for NUL and invalid
 * UTF-8, which are U+FFFD. The legend, known only at the end, is moved to the
 * top by its style. */
#include <string.h>

#include "cli/writer.h"

/* Mentions have type's number modulo 12 for a class. Each pair of colours of
 * text and background keeps a contrast of 4.5 at least, in light and dark;
 * tests/html holds it. */
enum { COLORS = 12 };

static const char style[] =
    ":root{color-scheme:light dark;--page:#fcfcfa;--ink:#15181c;"
    "--dim:#5a6068;--line:#d8d8d2;--card:#fff;--tip:#15181c;"
    "--tip-ink:#fff}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0 auto;padding:1.5rem 1rem 5rem;max-width:66rem;"
    "display:flex;flex-direction:column;background:var(--page);"
    "color:var(--ink);font:1rem/1.75 system-ui,sans-serif}\n"
    "article,aside,h1,h2,.text{min-width:0;overflow-wrap:anywhere}\n"
    "h1{order:-2;margin:0 0 .75rem;font-size:1.25rem;line-height:1.3}\n"
    "h2{margin:2rem 0 .5rem;font-size:1rem;color:var(--dim)}\n"
    "article:first-of-type h2{margin-top:.25rem}\n"
    "article:only-of-type h2{display:none}\n"
    ".text{position:relative;white-space:pre-wrap;tab-size:4;"
    "padding:1rem 1.25rem;background:var(--card);"
    "border:1px solid var(--line);border-radius:.5rem}\n"
    "aside{order:-1;margin:0 0 .5rem;font-size:.9375rem;line-height:1.5}\n"
    "aside p{margin:0 0 .5rem;color:var(--dim)}\n"
    "aside ul{display:flex;flex-wrap:wrap;gap:.375rem;margin:0 0 .5rem;"
    "padding:0;list-style:none}\n"
    "mark,aside li{color:var(--ink);border:1px solid;border-radius:.25rem}\n"
    "mark,mark::after{unicode-bidi:isolate}\n"
    "mark{padding:.05em .2em;-webkit-box-decoration-break:clone;"
    "box-decoration-break:clone}\n"
    "aside li{padding:0 .5rem}\n"
    "aside b{font-variant-numeric:tabular-nums}\n"
    "mark::after{content:attr(data-label);margin-inline-start:.4em;"
    "font-size:.6875em;font-weight:600;letter-spacing:.01em}\n"
    "body:has(#names:not(:checked)) mark::after{content:none}\n"
    "mark:focus-visible{outline:2px solid var(--ink);outline-offset:1px}\n"
    "mark:hover::before,mark:focus::before{content:attr(data-tip);"
    "position:absolute;left:0;right:0;margin:1.9em auto 0;width:fit-content;"
    "max-width:calc(100% - 1rem);padding:.25rem .625rem;border-radius:.25rem;"
    "background:var(--tip);color:var(--tip-ink);font-size:.875rem;"
    "line-height:1.5;white-space:pre-wrap;z-index:1}\n"
    ".c0{background:#c3def8;border-color:#256bb1}\n"
    ".c1{background:#c3f8c3;border-color:#25b125}\n"
    ".c2{background:#f8e0c3;border-color:#b17025}\n"
    ".c3{background:#f8c3d9;border-color:#b1255f}\n"
    ".c4{background:#dec3f8;border-color:#6b25b1}\n"
    ".c5{background:#c3f4f8;border-color:#25a5b1}\n"
    ".c6{background:#f8f1c3;border-color:#b19e25}\n"
    ".c7{background:#e0f8c3;border-color:#70b125}\n"
    ".c8{background:#f8c3f8;border-color:#b125b1}\n"
    ".c9{background:#f8c7c3;border-color:#b12f25}\n"
    ".c10{background:#c3c3f8;border-color:#2525b1}\n"
    ".c11{background:#c3f8e5;border-color:#25b17e}\n"
    "@media (prefers-color-scheme:dark){\n"
    ":root{--page:#131518;--ink:#f4f4f2;--dim:#a3a9b1;--line:#33373d;"
    "--card:#1a1d21;--tip:#f4f4f2;--tip-ink:#15181c}\n"
    ".c0{background:#1e4267;border-color:#649ed8}\n"
    ".c1{background:#1e671e;border-color:#64d864}\n"
    ".c2{background:#67451e;border-color:#d8a264}\n"
    ".c3{background:#671e3c;border-color:#d86494}\n"
    ".c4{background:#421e67;border-color:#9e64d8}\n"
    ".c5{background:#1e6167;border-color:#64cfd8}\n"
    ".c6{background:#675d1e;border-color:#d8c964}\n"
    ".c7{background:#45671e;border-color:#a2d864}\n"
    ".c8{background:#671e67;border-color:#d864d8}\n"
    ".c9{background:#67231e;border-color:#d86c64}\n"
    ".c10{background:#1e1e67;border-color:#6464d8}\n"
    ".c11{background:#1e674c;border-color:#64d8ae}\n"
    "}\n"
    "@media print{body{max-width:none;padding:0}.text{border:0;padding:0}"
    "aside label{display:none}}\n";

/* The digest of the style sheet in base64, as a policy wants it. */
static void put_digest(struct out *out)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop"
                                 "qrstuvwxyz0123456789+/";
    static const char hex_digits[] = "0123456789abcdef";
    char hex[65];
    unsigned char bytes[33] = {0};
    gaz_sha256(style, sizeof style - 1, hex);
    for (size_t i = 0; i < 64; i++) {
        const char *digit = strchr(hex_digits, hex[i]);
        bytes[i / 2] =
            (unsigned char)(bytes[i / 2] * 16 + (int)(digit - hex_digits));
    }
    for (size_t i = 0; i < 33; i += 3) {
        unsigned n =
            (unsigned)(bytes[i] << 16 | bytes[i + 1] << 8 | bytes[i + 2]);
        out_byte(out, digits[n >> 18]);
        out_byte(out, digits[n >> 12 & 63]);
        out_byte(out, digits[n >> 6 & 63]);
        out_byte(out, i < 30 ? digits[n & 63] : '=');
    }
}

static void start(struct writer *w)
{
    const char *title =
        w->settings.title != NULL ? w->settings.title : "tagged by gaz";
    out_str(w->out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
                    "<meta charset=\"utf-8\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\""
                    "default-src 'none'; style-src 'sha256-");
    put_digest(w->out);
    out_str(w->out, "'; base-uri 'none'; form-action 'none'\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, "
                    "initial-scale=1\">\n<title>");
    writer_markup(w->out, MARKUP_HTML, title, strlen(title));
    out_str(w->out, "</title>\n<style>");
    out_bytes(w->out, style, sizeof style - 1);
    out_str(w->out, "</style>\n</head>\n<body>\n<h1>");
    writer_markup(w->out, MARKUP_HTML, title, strlen(title));
    out_str(w->out, "</h1>\n");
}

static void begin(struct writer *w)
{
    const char *name = strcmp(w->file, "-") == 0 ? "standard input" : w->file;
    out_str(w->out, "<article>\n<h2>");
    writer_markup(w->out, MARKUP_HTML, name, strlen(name));
    out_str(w->out, "</h2>\n<div class=\"text\" dir=\"auto\">");
}

static void part(struct writer *w, const char *before, const char *text,
                 size_t len)
{
    if (len > 0) {
        out_str(w->out, before);
        writer_markup(w->out, MARKUP_HTML_ATTRIBUTE, text, len);
    }
}

static void put_tip(struct writer *w, const struct mention *m)
{
    part(w, " data-tip=\"", m->label, m->label_len);
    part(w, " · id ", m->id, m->id_len);
    part(w, " · version ", m->version, m->version_len);
    if (m->score >= 0) {
        out_str(w->out, " · score ");
        writer_score(w->out, m->score);
    }
    if (m->source != NULL) {
        part(w, " · from ", m->source, strlen(m->source));
    }
    if (m->source != NULL && m->line > 0) {
        out_byte(w->out, ':');
        writer_number(w->out, m->line);
    }
}

static void put_mention(struct writer *w, const struct mention *m)
{
    out_str(w->out, "<mark class=\"c");
    writer_number(w->out, m->type % COLORS);
    part(w, "\" tabindex=\"0\" data-label=\"", m->label, m->label_len);
    out_byte(w->out, '"');
    put_tip(w, m);
    out_str(w->out, "\">");
    writer_markup(w->out, MARKUP_HTML, m->text, m->end - m->start);
    out_str(w->out, "</mark>");
    w->counts[m->type]++;
}

static void spans(struct writer *w, const char *text, size_t len, size_t base,
                  const struct mention *list, size_t count)
{
    size_t at = base;
    for (size_t i = 0; i < count; i++) {
        writer_markup(w->out, MARKUP_HTML, text + (at - base),
                      list[i].start - at);
        put_mention(w, &list[i]);
        at = list[i].end;
    }
    writer_markup(w->out, MARKUP_HTML, text + (at - base), base + len - at);
}

static void end(struct writer *w)
{
    out_str(w->out, "</div>\n</article>\n");
}

static void finish(struct writer *w)
{
    uint64_t all = 0;
    for (size_t i = 0; i < w->labels->count; i++) {
        all += w->counts[i];
    }
    out_str(w->out, "<aside aria-label=\"Legend\">\n<p>");
    writer_number(w->out, all);
    out_str(w->out, all == 1 ? " mention" : " mentions");
    out_str(w->out, all > 0 ? "; point at one, or go there with the Tab key, "
                              "to see where it is from.</p>\n<ul>\n"
                            : ".</p>\n<ul>\n");
    for (size_t i = 0; i < w->labels->count; i++) {
        if (w->counts[i] > 0) {
            out_str(w->out, "<li class=\"c");
            writer_number(w->out, i % COLORS);
            out_str(w->out, "\">");
            writer_markup(w->out, MARKUP_HTML, w->labels->names[i],
                          w->labels->lens[i]);
            out_str(w->out, " <b>");
            writer_number(w->out, w->counts[i]);
            out_str(w->out, "</b></li>\n");
        }
    }
    out_str(w->out, "</ul>\n<label><input type=\"checkbox\" id=\"names\" "
                    "checked> types beside the mentions</label>\n</aside>\n"
                    "</body>\n</html>\n");
}

const struct writer_ops writer_html = {
    .name = "html",
    .flat = true,
    .sources = true,
    .start = start,
    .begin = begin,
    .spans = spans,
    .end = end,
    .finish = finish,
};
