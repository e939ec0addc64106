#include "tag/explain.h"

#include "base/strmap.h"
#include "model/lexicon_rules.h"
#include "tag/context.h"
#include "tag/sense.h"
#include "tag/settle.h"
#include "tag/site.h"
#include "tag/spans.h"
#include "text/introduce.h"
#include "text/fold.h"
#include "text/invisible.h"
#include "text/token.h"

/* Entries by key; of those with the same key, one leads to the next. */
struct explainer {
    const struct alloc *alloc;
    const struct lexicon *lexicon;
    const struct tagger_options *options;
    struct slice text;
    struct places *places;
    struct strmap *keys;
    uint32_t *first; /* by key */
    uint32_t *next;  /* by entry */
    size_t first_capacity;
    const struct span *spans; /* what is found */
    size_t count;
    struct buf key, a, b;
    bool vetoed; /* the span at hand */
    struct context *context;
    bool failed; /* memory */
    struct buf *out;
};

static enum status map_entries(struct explainer *x, struct err *e)
{
    const struct lexicon *l = x->lexicon;
    for (uint32_t i = 0; i < l->entry_count; i++) {
        struct lexicon_entry entry;
        uint32_t id = 0;
        bool added = false;
        void *first = x->first;
        bool ok =
            alloc_grow(x->alloc, &first, &x->first_capacity,
                       (size_t)strmap_count(x->keys) + 1, sizeof *x->first);
        x->first = first;
        lexicon_entry(l, i, &entry);
        buf_clear(&x->key);
        fold_name(entry.surface, FOLD_CASE | FOLD_PLURAL, &x->key);
        if (!ok || !buf_ok(&x->key) ||
            !strmap_put(x->keys, buf_view(&x->key), &id, &added)) {
            return err_nomem(e);
        }
        x->next[i] = added ? LEXICON_NONE : x->first[id];
        x->first[id] = i;
    }
    return STATUS_OK;
}

static const struct span *overlapping(const struct explainer *x, size_t start,
                                      size_t end)
{
    for (size_t i = 0; i < x->count; i++) {
        if (x->spans[i].start < end && x->spans[i].end > start) {
            return &x->spans[i];
        }
    }
    return NULL;
}

static void put_place(struct explainer *x, size_t start, size_t end)
{
    end = invisible_trim(x->text, start, end);
    places_put(x->places, start, end, x->out);
    buf_format(x->out, " '%.*s'\n", (int)(end - start), x->text.data + start);
}

/* What was found: a mention, or what hides others. */
static void put_found(struct explainer *x, const struct span *s)
{
    if (s->label == x->lexicon->hides) {
        buf_str(x->out, "  no: it hides what lies in it (label '--')\n");
    } else {
        buf_format(x->out, "  FOUND: %s, score %.3f\n",
                   lexicon_label(x->lexicon, s->label).data, (double)s->score);
    }
}

static void put_overlap(struct explainer *x, const struct span *by)
{
    buf_str(x->out, by->label == x->lexicon->hides
                        ? "  no: hidden by what stands at "
                        : "  no: overlaps what is found at ");
    places_put(x->places, by->start, by->end, x->out);
    buf_byte(x->out, '\n');
}

static bool may_lie(const struct explainer *x, size_t start, size_t end)
{
    struct scan_options scan = {.inside = x->options->inside,
                                .join_hyphen = x->options->hyphen_join};
    struct site site;
    site_init(&site, &scan);
    return site_ok(&site, x->text, start, end);
}

/* Why the context of an entry holds at a place or not. */
static bool put_context(struct explainer *x, uint32_t id, size_t start,
                        size_t end)
{
    struct span at = {.start = start, .end = end, .entry = id};
    bool holds = false;
    x->failed = context_tell(x->context, x->text, &at, id, x->spans, x->count,
                             &holds, x->out, NULL) != STATUS_OK ||
                x->failed;
    buf_byte(x->out, '\n');
    return holds;
}

/* A name near that need= asks for. */
static bool put_kin(struct explainer *x, uint32_t id, size_t start, size_t end)
{
    size_t from = spans_first_behind(
        x->spans, x->count, start > SENSE_NEAR ? start - SENSE_NEAR : 0);
    size_t to = from;
    while (to < x->count && x->spans[to].start < end + SENSE_NEAR) {
        to++;
    }
    size_t bytes = (to - from + 1) * sizeof(uint64_t);
    uint64_t *hashes = alloc_get(x->alloc, bytes);
    struct span at = {.start = start, .end = end, .entry = id};
    size_t one = 0;
    x->failed = x->failed || hashes == NULL;
    for (size_t i = from; hashes != NULL && i < to; i++) {
        hashes[i - from] = context_kin_hash(spans_text(x->text, &x->spans[i]));
    }
    struct kin near = {x->spans + from, hashes, to - from};
    bool found = hashes != NULL &&
                 context_kin(x->context, x->text, &at, &near, &one) &&
                 at.entry == id;
    if (found) {
        struct slice name = spans_text(x->text, &x->spans[from + one]);
        buf_format(x->out, ": '%.*s' stands near (need)", (int)name.len,
                   name.data);
    }
    alloc_free(x->alloc, hashes, bytes);
    return found;
}

/* Where its own letters count by the entry's context. At most SAME_MAX places
 * are asked. */
static bool put_same(struct explainer *x, uint32_t id, size_t start, size_t end)
{
    enum { SAME_MAX = 16 };
    struct slice text = slice_of(x->text.data + start, end - start);
    struct buf reason;
    unsigned asked = 0;
    bool holds = false;
    buf_init(&reason, x->alloc);
    for (size_t i = 0; i < x->count && asked < SAME_MAX && !holds; i++) {
        const struct span *s = &x->spans[i];
        if (s->entry != id || s->start == start ||
            !slice_eq(text, spans_text(x->text, s))) {
            continue;
        }
        asked++;
        buf_clear(&reason);
        if (context_tell(x->context, x->text, s, id, x->spans, x->count, &holds,
                         &reason, NULL) != STATUS_OK ||
            !buf_ok(&reason)) {
            x->failed = true;
            break;
        }
        if (holds) {
            buf_format(x->out, ": at %zu-%zu ", s->start, s->end);
            buf_slice(x->out, buf_view(&reason));
        }
    }
    buf_free(&reason);
    return holds;
}

static void put_verdict(struct explainer *x, uint32_t id,
                        const struct lexicon_entry *entry, size_t start,
                        size_t end)
{
    struct slice text = slice_of(x->text.data + start, end - start);
    const struct span *by = overlapping(x, start, end);
    bool same = by != NULL && by->start == start && by->end == end;
    if (same && by->entry == id) {
        put_found(x, by);
        if (entry->context) {
            buf_str(x->out, "    ");
            if (!put_context(x, id, start, end)) {
                buf_str(x->out, "    but its document has made it clear");
                (void)(put_same(x, id, start, end) ||
                       put_kin(x, id, start, end));
                buf_byte(x->out, '\n');
            }
        }
    } else if (!policy_accepts(entry->policy, entry->plural, entry->surface,
                               text, &x->a, &x->b)) {
        buf_str(x->out, "  no: its case policy does not take this spelling\n");
    } else if (entry->veto) {
        buf_str(x->out, "  no: what matches it is no mention (a veto)\n");
    } else if (entry->generic && !x->options->generic) {
        buf_str(x->out, "  no: a common noun, found with --generic only\n");
    } else if (x->vetoed) {
        buf_str(x->out, "  no: another entry is a veto\n");
    } else if (same) {
        buf_str(x->out, x->lexicon->scored
                            ? "  no: the score has decided here\n"
                            : "  no: another entry of the name counts here\n");
    } else if (by != NULL) {
        put_overlap(x, by);
    } else if (!may_lie(x, start, end)) {
        buf_str(x->out, "  no: part of a longer word, path or address\n");
    } else if (entry->context) {
        buf_str(x->out, "  no: ");
        (void)put_context(x, id, start, end);
    } else {
        buf_str(x->out, "  no: it begins in a longer name that does not "
                        "count\n");
    }
}

static void put_entry(struct explainer *x, uint32_t id,
                      const struct lexicon_entry *entry)
{
    static const char *const policies[] = {"exact", "fold", "smart"};
    static const char *const words[] = {"need", "next", "prev", "not"};
    const struct lexicon *l = x->lexicon;
    struct lexicon_context context;
    struct slice name = {0};
    const char *sha256 = NULL;
    uint64_t size = 0;
    uint32_t source = 0;
    uint32_t line = 0;
    lexicon_origin(l, id, &source, &line);
    lexicon_source(l, source, &name, &sha256, &size);
    buf_format(x->out, "    entry '%.*s' of %s", (int)entry->surface.len,
               entry->surface.data, name.data);
    if (line > 0) {
        buf_format(x->out, ":%u", (unsigned)line);
    }
    buf_format(x->out, "; case %s%s, priority %d", policies[entry->policy],
               entry->plural ? ", plurals too" : "", entry->priority);
    for (uint32_t k = 0; k < entry->pair_count && k < 4; k++) {
        uint32_t label = 0;
        uint32_t count = 0;
        lexicon_pair(l, entry, k, &label, &count);
        buf_format(x->out, "%s%s:%u", k == 0 ? "; " : ", ",
                   lexicon_label(l, label).data, (unsigned)count);
    }
    if (entry->annotated > 0 || entry->occurrences > 0) {
        buf_format(x->out, "; %u of %u occurrences are mentions",
                   (unsigned)entry->annotated, (unsigned)entry->occurrences);
        if (lexicon_has_trust(l)) {
            buf_format(x->out, " (smoothed %.3f)",
                       (double)lexicon_trust(l, id));
        }
    }
    bool has = entry->context && lexicon_context(l, id, &context);
    for (unsigned k = 0; has && k < LEXICON_CONTEXT_WORDS; k++) {
        if (context.words[k].len > 0) {
            buf_format(x->out, "; %s=%s", words[k], context.words[k].data);
        }
    }
    buf_byte(x->out, '\n');
}

static bool is_vetoed(struct explainer *x, uint32_t key, size_t start,
                      size_t end)
{
    struct slice text = slice_of(x->text.data + start, end - start);
    for (uint32_t i = x->first[key]; i != LEXICON_NONE; i = x->next[i]) {
        struct lexicon_entry entry;
        lexicon_entry(x->lexicon, i, &entry);
        if (entry.veto && policy_accepts(entry.policy, entry.plural,
                                         entry.surface, text, &x->a, &x->b)) {
            return true;
        }
    }
    return false;
}

/* The entries whose key the bytes have. Of a scored lexicon those of lists:
 * the others are its candidates. */
static void explain_span(struct explainer *x, size_t start, size_t end)
{
    uint32_t id = 0;
    buf_clear(&x->key);
    fold_name(slice_of(x->text.data + start, end - start),
              FOLD_CASE | FOLD_PLURAL, &x->key);
    if (!buf_ok(&x->key) || !strmap_find(x->keys, buf_view(&x->key), &id)) {
        return;
    }
    x->vetoed = is_vetoed(x, id, start, end);
    for (uint32_t i = x->first[id]; i != LEXICON_NONE; i = x->next[i]) {
        struct lexicon_entry entry;
        uint32_t source = 0;
        uint32_t line = 0;
        lexicon_entry(x->lexicon, i, &entry);
        lexicon_origin(x->lexicon, i, &source, &line);
        if (x->lexicon->scored && line == 0) {
            continue;
        }
        put_place(x, start, end);
        put_verdict(x, i, &entry, start, end);
        put_entry(x, i, &entry);
    }
}

static void explain_names(struct explainer *x)
{
    struct token from;
    uint32_t longest = lexicon_tokens_max(x->lexicon);
    for (size_t pos = 0; token_next(x->text, pos, &from); pos = from.end) {
        struct token t;
        size_t at = from.start;
        for (uint32_t n = 0; n < longest && token_next(x->text, at, &t); n++) {
            if (t.kind == TOKEN_INVALID || (n > 0 && t.gap == GAP_BREAK)) {
                break;
            }
            explain_span(x, from.start, t.end);
            at = t.end;
        }
    }
}

/* What rules matched, and why a match is no mention. */
static void explain_rules(struct explainer *x, const struct tagger *tagger)
{
    const struct lexicon *l = x->lexicon;
    const struct settle_mention *items = NULL;
    size_t n = 0;
    tagger_matches(tagger, &items, &n);
    for (size_t i = 0; i < n; i++) {
        const struct span *s = &items[i].span;
        const struct span *by = overlapping(x, s->start, s->end);
        struct lexicon_rule rule;
        struct slice name = {0};
        const char *sha256 = NULL;
        uint64_t size = 0;
        lexicon_rule(l, s->entry - l->entry_count, &rule);
        lexicon_source(l, rule.source, &name, &sha256, &size);
        put_place(x, s->start, s->end);
        if (by != NULL && by->start == s->start && by->end == s->end &&
            by->entry == s->entry) {
            put_found(x, by);
        } else if (by != NULL) {
            put_overlap(x, by);
        } else {
            buf_str(x->out, "  no: a longer name stood there first\n");
        }
        buf_format(x->out, "    rule '%s' of %s:%u; priority %d\n",
                   rule.pattern.data, name.data, (unsigned)rule.line,
                   rule.priority);
    }
}

/* Of a name that the text introduces, the words that do. */
static void explain_introduced(struct explainer *x, const struct span *s)
{
    enum { SHOWN = 60 }; /* bytes behind the name */
    struct slice text = slice_of(x->text.data + s->start, s->end - s->start);
    struct introduction it;
    struct introduce_search search = {0};
    while (introduce_next(&search, x->text, &it)) {
        struct slice name =
            slice_of(x->text.data + it.start, it.end - it.start);
        if (text.len < name.len ||
            memcmp(text.data, name.data, name.len) != 0) {
            continue;
        }
        size_t n = 0;
        while (n < SHOWN && it.end + n < x->text.len &&
               x->text.data[it.end + n] != '\n' &&
               x->text.data[it.end + n] != '.') {
            n++;
        }
        put_place(x, s->start, s->end);
        put_found(x, s);
        buf_format(x->out, "    introduced by '%.*s'\n", (int)(name.len + n),
                   name.data);
        return;
    }
}

/* Short forms that the text itself defines, and names that it introduces. */
static void explain_shorts(struct explainer *x)
{
    for (size_t i = 0; i < x->count; i++) {
        const struct span *s = &x->spans[i];
        struct slice text =
            slice_of(x->text.data + s->start, s->end - s->start);
        struct lexicon_entry entry;
        if (s->entry >= x->lexicon->entry_count) {
            if (s->entry == SPAN_NO_ENTRY) {
                explain_introduced(x, s);
            }
            continue;
        }
        lexicon_entry(x->lexicon, s->entry, &entry);
        if (!policy_accepts(entry.policy, entry.plural, entry.surface, text,
                            &x->a, &x->b)) {
            put_place(x, s->start, s->end);
            put_found(x, s);
            buf_format(x->out, "    written beside '%.*s' as its short form\n",
                       (int)entry.surface.len, entry.surface.data);
        }
    }
}

static enum status run(struct explainer *x, struct tagger *tagger,
                       struct err *e)
{
    x->keys = strmap_create(x->alloc);
    x->next = alloc_get(x->alloc, x->lexicon->entry_count * sizeof *x->next);
    x->context = context_create(x->alloc, x->lexicon);
    if (x->keys == NULL || x->next == NULL || x->context == NULL) {
        return err_nomem(e);
    }
    enum status s = map_entries(x, e);
    if (s == STATUS_OK && x->lexicon->scored) {
        s = tagger_explain(tagger, x->places, x->out, e);
    }
    if (s == STATUS_OK) {
        s = tagger_text(tagger, x->text, &x->spans, &x->count, e);
    }
    if (s == STATUS_OK) {
        explain_names(x);
        explain_rules(x, tagger);
        explain_shorts(x);
        s = !x->failed && buf_ok(x->out) && buf_ok(&x->key) && buf_ok(&x->a) &&
                    buf_ok(&x->b)
                ? STATUS_OK
                : err_nomem(e);
    }
    return s;
}

enum status explain_text(const struct alloc *alloc,
                         const struct lexicon *lexicon, struct tagger *tagger,
                         const struct tagger_options *options,
                         struct places *places, struct buf *out, struct err *e)
{
    struct explainer x = {.alloc = alloc,
                          .lexicon = lexicon,
                          .options = options,
                          .text = places->text,
                          .places = places,
                          .out = out};
    buf_init(&x.key, alloc);
    buf_init(&x.a, alloc);
    buf_init(&x.b, alloc);
    enum status s = run(&x, tagger, e);
    strmap_free(x.keys);
    context_free(x.context);
    alloc_free(alloc, x.first, x.first_capacity * sizeof *x.first);
    alloc_free(alloc, x.next, lexicon->entry_count * sizeof *x.next);
    buf_free(&x.key);
    buf_free(&x.a);
    buf_free(&x.b);
    return s;
}
