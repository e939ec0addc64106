/* The page of errors. Rows are made while sentences go by; style and script
 * are written around them at the end. */
#include "eval/errors.h"
#include "eval/scores.h"

enum { WINDOW = 24 }; /* tokens shown on either side of an error */

static const char style[] =
    ":root{color-scheme:light dark;--bg:#fff;--fg:#1b1b1f;--dim:#5c5c66;"
    "--line:#d5d5dd;--gold:#fff0b8;--found:#cfe3ff;--bad:#b3261e}\n"
    "@media(prefers-color-scheme:dark){:root{--bg:#16161a;--fg:#ececf1;"
    "--dim:#a5a5b0;--line:#3a3a44;--gold:#5a4a00;--found:#153e75;"
    "--bad:#ff9d94}}\n"
    "body{margin:0 auto;max-width:80rem;padding:1rem;background:var(--bg);"
    "color:var(--fg);font:1rem/1.5 system-ui,sans-serif}\n"
    "h1{font-size:1.4rem}p{color:var(--dim)}\n"
    "form{display:flex;flex-wrap:wrap;gap:1rem;align-items:end;position:"
    "sticky;top:0;padding:.5rem 0;background:var(--bg);"
    "border-bottom:1px solid var(--line)}\n"
    "select,input{font:inherit;padding:.2rem .4rem;color:var(--fg);"
    "background:var(--bg);border:1px solid var(--dim);border-radius:.2rem}\n"
    "label{display:grid;font-size:.85rem}\n"
    "table{width:100%;border-collapse:collapse;table-layout:fixed}\n"
    "col.k{width:6.5rem}col.n{width:5rem}\n"
    "th,td{padding:.4rem .5rem;text-align:left;vertical-align:top;"
    "border-bottom:1px solid var(--line);overflow-wrap:anywhere}\n"
    "mark{padding:0 .2rem;border-radius:.2rem;color:inherit}\n"
    ".g mark{background:var(--gold)}.f mark{background:var(--found)}\n"
    "mark.e{outline:2px solid var(--bad)}\n"
    "mark small{margin-left:.3rem;color:var(--dim)}\n"
    ".none{color:var(--dim);font-style:italic}\n";

/* Filters by kind, type and text; the options are read off the rows. */
static const char script[] =
    "const rows=[...document.querySelectorAll('tbody tr')];\n"
    "const form=document.querySelector('form');\n"
    "const fill=(select,values)=>{for(const v of [...new Set(values)]"
    ".filter(v=>v!=='').sort()){const o=document.createElement('option');"
    "o.value=o.textContent=v;select.append(o)}};\n"
    "fill(form.kind,rows.map(r=>r.dataset.kind));\n"
    "fill(form.type,rows.flatMap(r=>[r.dataset.gold,r.dataset.found]));\n"
    "const show=()=>{let n=0;const t=form.text.value.toLowerCase();\n"
    " for(const r of rows){const d=r.dataset;\n"
    "  const ok=(form.kind.value===''||d.kind===form.kind.value)&&\n"
    "   (form.type.value===''||d.gold===form.type.value||"
    "d.found===form.type.value)&&\n"
    "   (t===''||r.textContent.toLowerCase().includes(t));\n"
    "  r.hidden=!ok;n+=ok}\n"
    " document.querySelector('output').value=n+' of '+rows.length+' errors'};\n"
    "form.addEventListener('input',show);\n"
    "form.addEventListener('submit',e=>e.preventDefault());show();\n";

void error_page_init(struct error_page *p, const struct alloc *alloc)
{
    buf_init(&p->rows, alloc);
    p->shown = 0;
    p->all = 0;
}

void error_page_free(struct error_page *p)
{
    buf_free(&p->rows);
}

/* Invalid UTF-8 is left to the browser, which shows U+FFFD for it. */
static void text(struct buf *out, struct slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.data[i];
        switch (c) {
        case '&': buf_str(out, "&amp;"); break;
        case '<': buf_str(out, "&lt;"); break;
        case '>': buf_str(out, "&gt;"); break;
        case '"': buf_str(out, "&quot;"); break;
        default: buf_byte(out, c < 0x20 || c == 0x7F ? ' ' : s.data[i]); break;
        }
    }
}

static void type_name(struct buf *out, const struct scorer *scorer,
                      const struct mention *m)
{
    if (m != NULL) {
        struct slice name = tagset_type_name(&scorer->tagset, m->type);
        text(out, name.len > 0 ? name : slice_str("_"));
    }
}

/* Tokens from .. to - 1 with their mentions marked, `bad` most of all. */
static void side(struct buf *out, const struct scorer *scorer,
                 const struct feed_sentence *s, const struct mentions *m,
                 const struct mention *bad, size_t from, size_t to)
{
    size_t k = 0;
    if (from > 0) {
        buf_str(out, "\xE2\x80\xA6 ");
    }
    while (k < m->count && m->items[k].end <= from) {
        k++;
    }
    for (size_t i = from; i < to; i++) {
        const struct mention *here = k < m->count ? &m->items[k] : NULL;
        bool inside = here != NULL && here->first <= i;
        if (i > from) {
            buf_byte(out, ' ');
        }
        if (inside && (here->first == i || i == from)) {
            buf_str(out, here == bad ? "<mark class=e>" : "<mark>");
        }
        text(out, s->tokens[i]);
        if (inside && (here->end == i + 1 || i + 1 == to)) {
            buf_str(out, "<small>");
            type_name(out, scorer, here);
            buf_str(out, "</small></mark>");
            k++;
        }
    }
    if (to < s->count) {
        buf_str(out, " \xE2\x80\xA6");
    }
}

static void row(struct buf *out, const struct scorer *scorer,
                const struct feed_sentence *s, const struct align_pair *p)
{
    size_t first = 0;
    size_t end = 0;
    align_extent(p, &first, &end);
    size_t from = first > WINDOW ? first - WINDOW : 0;
    size_t to = s->count - end > WINDOW ? end + WINDOW : s->count;
    buf_format(out, "<tr data-kind=%s data-gold=\"", align_names[p->kind]);
    type_name(out, scorer, p->gold);
    buf_str(out, "\" data-found=\"");
    type_name(out, scorer, p->found);
    buf_format(out, "\"><td>%s</td><td>%zu</td><td class=g dir=auto>",
               align_names[p->kind], s->lines[first]);
    side(out, scorer, s, &scorer->gold, p->gold, from, to);
    buf_str(out, "</td><td class=f dir=auto>");
    side(out, scorer, s, &scorer->found, p->found, from, to);
    buf_str(out, "</td></tr>\n");
}

enum status error_page_add(void *page, const struct scorer *scorer,
                           const struct feed_sentence *s,
                           const struct align *pairs, struct err *e)
{
    struct error_page *p = page;
    for (size_t i = 0; i < pairs->count; i++) {
        if (pairs->pairs[i].kind == ALIGN_CORRECT) {
            continue;
        }
        if (p->all < PAGE_ROWS_MAX) {
            row(&p->rows, scorer, s, &pairs->pairs[i]);
            p->shown++;
        }
        p->all++;
    }
    return buf_ok(&p->rows) ? STATUS_OK : err_nomem(e);
}

static void summary(const struct error_page *p, const struct scorer *scorer,
                    struct buf *out)
{
    struct counts c = scorer->tallies[READ_ALL].all;
    struct prf s = prf_percent(c);
    buf_format(out,
               "<p>Exact mentions: precision %.2f, recall %.2f, F1 %.2f; %llu "
               "gold, %llu found, %llu correct. ",
               s.precision, s.recall, s.f1, (unsigned long long)c.gold,
               (unsigned long long)c.found, (unsigned long long)c.correct);
    for (int i = ALIGN_MISSED; i < ALIGN_COUNT; i++) {
        buf_format(out, "%s%s %llu",
                   i > ALIGN_MISSED ? ", " : "Errors: ", align_names[i],
                   (unsigned long long)scorer->kinds[i]);
    }
    buf_str(out, ".</p>\n");
    if (p->shown < p->all) {
        buf_format(out,
                   "<p>The first %llu of %llu errors are shown; the list of "
                   "--errors holds all.</p>\n",
                   (unsigned long long)p->shown, (unsigned long long)p->all);
    }
}

void error_page_write(const struct error_page *p, const struct scorer *scorer,
                      struct slice title, struct buf *out)
{
    buf_str(out, "<!doctype html>\n<html lang=en>\n<head>\n<meta charset="
                 "utf-8>\n<meta name=viewport content=\"width=device-width,"
                 "initial-scale=1\">\n<title>Errors: ");
    text(out, title);
    buf_str(out, "</title>\n<style>\n");
    buf_str(out, style);
    buf_str(out, "</style>\n</head>\n<body>\n<main>\n<h1>Errors: ");
    text(out, title);
    buf_str(out, "</h1>\n");
    summary(p, scorer, out);
    buf_str(out,
            "<form role=search><label>Kind<select name=kind><option value="
            "\"\">all</option></select></label>\n<label>Type<select name=type>"
            "<option value=\"\">all</option></select></label>\n<label>Text"
            "<input name=text type=search></label>\n<output aria-live=polite>"
            "</output></form>\n<table>\n<colgroup><col class=k><col class=n>"
            "<col><col></colgroup>\n<thead><tr><th scope=col>Kind</th><th "
            "scope=col>Line</th><th scope=col>Gold</th><th scope=col>"
            "Prediction</th></tr></thead>\n<tbody>\n");
    buf_slice(out, buf_view(&p->rows));
    buf_str(out, "</tbody>\n</table>\n</main>\n<script>\n");
    buf_str(out, script);
    buf_str(out, "</script>\n</body>\n</html>\n");
}
