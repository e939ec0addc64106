#include "tag/shorts.h"

#include <string.h>

#include "tag/spans.h"
#include "tag/veto.h"
#include "tag/written.h"
#include "text/find_two.h"
#include "text/initials.h"
#include "text/introduce.h"
#include "text/models.h"

/* A short form, or a name that was introduced. */
struct definition {
    char bytes[INTRODUCE_MAX];
    size_t len;
    size_t from; /* it counts from this byte of the text on */
    uint32_t label, entry;
    uint32_t next; /* that begins alike, and one; 0: none */
};
_Static_assert((int)INITIALS_MAX <= (int)INTRODUCE_MAX &&
                   (int)MODELS_MAX <= (int)INTRODUCE_MAX,
               "bytes of a definition");

enum { BUCKETS = 64 };

struct shorts {
    const struct alloc *alloc;
    const struct lexicon *lexicon;
    bool models;             /* has it rules? */
    uint8_t *told;           /* a bit a rule: by the words beside the mention */
    struct definition *list; /* DOCUMENT_SHORTS_MAX, made when needed */
    size_t count;
    uint32_t buckets[BUCKETS];        /* by their first two bytes; as next */
    struct find_two beginnings;       /* of them */
    uint32_t labels[INTRODUCE_KINDS]; /* LEXICON_NONE: it has no such */
    bool introduces;                  /* it has one, and rules */
    find_two_skip_fn *skip;
    introduce_skip_fn *introduce;
    struct veto *veto; /* made when needed */
    bool veto_made;
};

/* The labels of what can be introduced. */
static void find_labels(struct shorts *d)
{
    static const char *const names[INTRODUCE_KINDS] = {
        "Application", "Library", "Operating_System",
        "Language",    "Device",  "Protocol"};
    for (uint32_t k = 0; k < INTRODUCE_KINDS; k++) {
        d->labels[k] = LEXICON_NONE;
        for (uint32_t i = 0; i < d->lexicon->label_count; i++) {
            if (slice_is(lexicon_label(d->lexicon, i), names[k])) {
                d->labels[k] = i;
            }
        }
        d->introduces =
            d->introduces || (d->models && d->labels[k] != LEXICON_NONE);
    }
}

static size_t told_bytes(const struct lexicon *l)
{
    return l->rule_count / 8 + 1;
}

/* The rules whose pattern is more than the mention. */
static bool find_told(struct shorts *d)
{
    static const char part[] = "(?<m>";
    const size_t n = sizeof part - 1;
    d->told = alloc_get(d->alloc, told_bytes(d->lexicon));
    if (d->told == NULL) {
        return false;
    }
    memset(d->told, 0, told_bytes(d->lexicon));
    for (uint32_t i = 0; i < d->lexicon->rule_count; i++) {
        struct lexicon_rule rule;
        lexicon_rule(d->lexicon, i, &rule);
        const char *p = rule.pattern.data;
        bool found = false;
        for (size_t k = 0; !found && k + n <= rule.pattern.len; k++) {
            found = memcmp(p + k, part, n) == 0;
        }
        d->told[i / 8] |= (uint8_t)(found << i % 8);
    }
    return true;
}

struct shorts *shorts_create(const struct alloc *alloc,
                             const struct lexicon *lexicon,
                             enum simd_level simd)
{
    struct shorts *d = alloc_get(alloc, sizeof *d);
    if (d != NULL) {
        memset(d, 0, sizeof *d);
        d->alloc = alloc;
        d->lexicon = lexicon;
        d->models = lexicon->rule_count > 0;
        d->skip = level_choose(simd)->skip_two;
        d->introduce = level_choose(simd)->introduce;
        find_labels(d);
        if (d->models && !find_told(d)) {
            shorts_free(d);
            return NULL;
        }
    }
    return d;
}

void shorts_free(struct shorts *d)
{
    if (d != NULL) {
        veto_free(d->veto);
        alloc_free(d->alloc, d->told, told_bytes(d->lexicon));
        alloc_free(d->alloc, d->list, DOCUMENT_SHORTS_MAX * sizeof *d->list);
        alloc_free(d->alloc, d, sizeof *d);
    }
}

void shorts_begin(struct shorts *d)
{
    d->count = 0;
    memset(d->buckets, 0, sizeof d->buckets);
    memset(&d->beginnings, 0, sizeof d->beginnings);
}

bool shorts_any(const struct shorts *d)
{
    return d->count > 0;
}

/* A name of a list, or what a rule finds. */
static bool may_define(const struct shorts *d, const struct span *s)
{
    uint32_t source = 0;
    uint32_t line = 0;
    if (s->entry >= d->lexicon->entry_count) {
        return true;
    }
    lexicon_origin(d->lexicon, s->entry, &source, &line);
    return line > 0 && !lexicon_is_generic(d->lexicon, s->entry);
}

static uint32_t *bucket_of(struct shorts *d, const char *bytes)
{
    unsigned two = (unsigned char)bytes[0] * 37u + (unsigned char)bytes[1];
    return &d->buckets[two % BUCKETS];
}

static bool is_defined(struct shorts *d, struct slice name)
{
    uint32_t i = *bucket_of(d, name.data);
    for (; i > 0; i = d->list[i - 1].next) {
        const struct definition *s = &d->list[i - 1];
        if (s->len == name.len && memcmp(s->bytes, name.data, s->len) == 0) {
            return true;
        }
    }
    return false;
}

/* From byte `at` of the text on, `name` means what s is. */
static enum status define(struct shorts *d, const struct span *s,
                          struct slice name, size_t at, struct err *e)
{
    if (d->count == DOCUMENT_SHORTS_MAX || is_defined(d, name)) {
        return STATUS_OK;
    }
    if (!d->veto_made) {
        enum status st = veto_create(d->alloc, d->lexicon, &d->veto, e);
        if (st != STATUS_OK) {
            return st;
        }
        d->veto_made = true;
    }
    if (d->list == NULL) {
        d->list = alloc_get(d->alloc, DOCUMENT_SHORTS_MAX * sizeof *d->list);
    }
    bool vetoed = veto_holds(d->veto, name);
    if (d->list == NULL || !veto_ok(d->veto)) {
        return err_nomem(e);
    }
    if (vetoed) {
        return STATUS_OK;
    }
    uint32_t *bucket = bucket_of(d, name.data);
    struct definition *to = &d->list[d->count++];
    *to = (struct definition){.len = name.len,
                              .from = at,
                              .label = s->label,
                              .entry = s->entry,
                              .next = *bucket};
    memcpy(to->bytes, name.data, name.len);
    *bucket = (uint32_t)d->count;
    find_two_add(&d->beginnings, (uint8_t)name.data[0], (uint8_t)name.data[1]);
    return STATUS_OK;
}

static enum status define_initials(struct shorts *d,
                                   const struct document_view *v,
                                   const struct span *s, size_t at, size_t len,
                                   struct err *e)
{
    struct slice name = slice_of(v->text.data + at, len);
    return initials_fit(name, spans_text(v->text, s)) && may_define(d, s) &&
                   spans_free(v->spans, v->count, at, at + len)
               ? define(d, s, name, at, e)
               : STATUS_OK;
}

/* The models that the name ends in. */
static enum status define_models(struct shorts *d,
                                 const struct document_view *v,
                                 const struct span *s, struct err *e)
{
    struct slice name = spans_text(v->text, s);
    enum status st = STATUS_OK;
    size_t at = models_next(name, 0);
    while (st == STATUS_OK && at > 0 && may_define(d, s)) {
        struct slice model = slice_of(name.data + at, name.len - at);
        st = define(d, s, model, s->end, e);
        at = models_next(name, at);
    }
    return st;
}

/* What a rule has told by the words beside it ('the XQ731 sensor'). */
static enum status define_told(struct shorts *d, const struct document_view *v,
                               const struct span *s, struct err *e)
{
    struct slice name = spans_text(v->text, s);
    uint32_t rule = s->entry - d->lexicon->entry_count;
    if (s->entry < d->lexicon->entry_count || rule >= d->lexicon->rule_count ||
        (d->told[rule / 8] >> rule % 8 & 1) == 0 || name.len > INTRODUCE_MAX ||
        !written_is_coined(name)) {
        return STATUS_OK;
    }
    return define(d, s, name, s->end, e);
}

/* 'NAME is a text editor', unless it is known. */
static enum status define_introduced(struct shorts *d,
                                     const struct document_view *v,
                                     struct err *e)
{
    struct slice t = v->text;
    enum status st = STATUS_OK;
    struct introduction it;
    struct introduce_search search = {.skip = d->introduce};
    while (st == STATUS_OK && introduce_next(&search, t, &it)) {
        if (d->labels[it.kind] != LEXICON_NONE &&
            spans_free(v->spans, v->count, it.start, it.end)) {
            struct span s = {.entry = SPAN_NO_ENTRY,
                             .label = d->labels[it.kind]};
            size_t from =
                it.start > INTRODUCE_NEAR ? it.start - INTRODUCE_NEAR : 0;
            st = define(d, &s, slice_of(t.data + it.start, it.end - it.start),
                        from, e);
        }
    }
    return st;
}

/* The first span, i or later, that may define something. */
static inline size_t next_odd(const struct shorts *d,
                              const struct document_view *v, size_t i)
{
    while (!d->models && i < v->count && v->spans[i].bare) {
        i++;
    }
    return i;
}

/* Also 'NAME (SHORT)' and 'SHORT (NAME)', the models of names, and what rules
 * have told. */
enum status shorts_learn(struct shorts *d, const struct document_view *v,
                         struct err *e)
{
    struct slice t = v->text;
    for (size_t i = 0; i < d->count; i++) {
        d->list[i].from = 0; /* of an earlier sentence */
    }
    enum status st = d->introduces ? define_introduced(d, v, e) : STATUS_OK;
    for (size_t i = next_odd(d, v, 0); st == STATUS_OK && i < v->count;
         i = next_odd(d, v, i + 1)) {
        const struct span *s = &v->spans[i];
        size_t at = s->end + 2;
        if (d->models) {
            st = define_models(d, v, s, e);
            st = st == STATUS_OK ? define_told(d, v, s, e) : st;
        }
        if (s->bare || st != STATUS_OK) {
            continue;
        }
        if (at < t.len && t.data[at - 1] == '(' &&
            written_is_blank(t.data[at - 2])) {
            size_t n = initials_at(t, at);
            bool closed = n > 0 && at + n < t.len &&
                          written_is_one_of(t.data[at + n], "),;");
            st = closed ? define_initials(d, v, s, at, n, e) : STATUS_OK;
        } else if (s->start > 3 && t.data[s->start - 1] == '(' &&
                   s->end < t.len && t.data[s->end] == ')' &&
                   written_is_blank(t.data[s->start - 2])) {
            size_t n = initials_before(t, s->start - 2);
            st = n > 0 ? define_initials(d, v, s, s->start - 2 - n, n, e)
                       : STATUS_OK;
        }
    }
    return st;
}

/* The longest of them. */
static const struct definition *defined_at(struct shorts *d, struct slice text,
                                           size_t at, size_t *end)
{
    const struct definition *longest = NULL;
    uint32_t i = *bucket_of(d, text.data + at);
    for (; i > 0; i = d->list[i - 1].next) {
        const struct definition *s = &d->list[i - 1];
        size_t to = at + s->len;
        if (at < s->from || text.len - at < s->len ||
            memcmp(text.data + at, s->bytes, s->len) != 0 ||
            (longest != NULL && longest->len > s->len)) {
            continue;
        }
        bool plural = to < text.len && text.data[to] == 's';
        to += plural &&
              !(to + 1 < text.len && written_is_word(text.data[to + 1]));
        if (to == text.len || !written_is_word(text.data[to])) {
            *end = to;
            longest = s;
        }
    }
    return longest;
}

bool shorts_next(struct shorts *d, const struct document_view *v, size_t from,
                 struct span *out)
{
    struct slice t = v->text;
    size_t i = t.len;
    for (size_t k = 0; k < d->count; k++) {
        i = d->list[k].from < i ? d->list[k].from : i;
    }
    i = i > from ? i : from;
    for (; (i = find_two_next(&d->beginnings, t, i, d->skip)) < t.len; i++) {
        size_t end = 0;
        if (i > 0 && written_is_word(t.data[i - 1])) {
            continue;
        }
        const struct definition *s = defined_at(d, t, i, &end);
        if (s != NULL && spans_free(v->spans, v->count, i, end) &&
            v->place(v->at, t, i, end)) {
            *out = (struct span){
                .start = i, .end = end, .label = s->label, .entry = s->entry};
            return true;
        }
    }
    return false;
}
