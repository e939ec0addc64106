#include <string.h>

#include "build/lint.h"
#include "gaz_internal.h"

struct gaz_linter {
    struct alloc alloc;
    gaz_allocator allocator;
    struct lint core;
    gaz_problem *problems;
    size_t problem_count;
    bool finished;
};

gaz_status gaz_linter_create(const gaz_allocator *allocator, gaz_linter **out,
                             gaz_error *e)
{
    struct err why = {0};
    struct alloc alloc = facade_alloc(allocator);
    struct gaz_linter *l = alloc_get(&alloc, sizeof *l);
    if (l == NULL) {
        return facade_error(e, GAZ_NOMEM, "out of memory");
    }
    memset(l, 0, sizeof *l);
    l->alloc = alloc;
    l->allocator = (gaz_allocator){alloc.resize, alloc.context};
    enum status s = lint_init(&l->core, &l->alloc, &why);
    if (s != STATUS_OK) {
        alloc_free(&alloc, l, sizeof *l);
        return facade_status(s, &why, e);
    }
    *out = l;
    return GAZ_OK;
}

void gaz_linter_free(gaz_linter *linter)
{
    if (linter != NULL) {
        struct alloc alloc = linter->alloc;
        alloc_free(&alloc, linter->problems,
                   linter->problem_count * sizeof *linter->problems);
        lint_free(&linter->core);
        alloc_free(&alloc, linter, sizeof *linter);
    }
}

gaz_status gaz_linter_words(gaz_linter *linter, const char *text, size_t len,
                            gaz_error *e)
{
    struct err why = {0};
    return facade_status(
        lint_add_words(&linter->core, slice_of(text, len), &why), &why, e);
}

gaz_status gaz_linter_label(gaz_linter *linter, const char *label, gaz_error *e)
{
    struct err why = {0};
    return facade_status(lint_add_label(&linter->core, slice_str(label), &why),
                         &why, e);
}

gaz_status gaz_linter_add(gaz_linter *linter, const char *name,
                          const char *data, size_t len, gaz_error *e)
{
    struct err why = {0};
    return facade_status(lint_add_list(&linter->core, slice_str(name),
                                       slice_of(data, len), &why),
                         &why, e);
}

gaz_status gaz_linter_add_rules(gaz_linter *linter, const char *name,
                                const char *data, size_t len, gaz_error *e)
{
    struct err why = {0};
    return facade_status(lint_add_rules(&linter->core, slice_str(name),
                                        slice_of(data, len), &why),
                         &why, e);
}

/* ---- what no text can match: every entry is tried on its own name ---- */

struct trial {
    struct lint *lint;
    const gaz_lexicon *lexicon;
    gaz_tagger *tagger;
    gaz_tagger *inside; /* that also looks inside paths and the like */
    struct buf text;
};

enum outcome { FOUND_IT, FOUND_NOTHING, FOUND_OTHER, FOUND_UNSURE };

/* Is the text, which is a spelling of the entry's name, found as this entry?
 * *other is set for FOUND_OTHER. A context is not met by a name alone, so
 * that nothing is known where one has a say (entries with a context are tried
 * before those of their priority without). */
static gaz_status try_text(struct trial *t, gaz_tagger *tagger, uint32_t id,
                           const gaz_entry *entry, struct slice text,
                           enum outcome *out, uint32_t *other, gaz_error *e)
{
    const gaz_span *spans = NULL;
    size_t count = 0;
    gaz_status s = gaz_tag(tagger, text.data, text.len, &spans, &count, e);
    if (s != GAZ_OK) {
        return s;
    }
    *out = entry->context ? FOUND_UNSURE : FOUND_NOTHING;
    for (size_t i = 0; i < count; i++) {
        gaz_entry found;
        if (spans[i].start != 0 || spans[i].end != text.len ||
            gaz_lexicon_entry(t->lexicon, spans[i].entry, &found) != GAZ_OK) {
            continue;
        }
        *other = spans[i].entry;
        *out = spans[i].entry == id ? FOUND_IT
               : found.context ||
                       (entry->context && found.priority <= entry->priority)
                   ? FOUND_UNSURE
                   : FOUND_OTHER;
    }
    return s;
}

/* The name as it stands, and where its policy takes them, in small letters
 * and in capitals (of ASCII). */
static gaz_status try_spellings(struct trial *t, gaz_tagger *tagger,
                                uint32_t id, const gaz_entry *entry,
                                enum outcome *out, uint32_t *other,
                                gaz_error *e)
{
    static const int ways[] = {[GAZ_CASE_DEFAULT] = 1,
                               [GAZ_CASE_EXACT] = 1,
                               [GAZ_CASE_SMART] = 2,
                               [GAZ_CASE_FOLD] = 3};
    *out = FOUND_NOTHING;
    for (int way = 0; way < ways[entry->letter_case]; way++) {
        enum outcome outcome = FOUND_NOTHING;
        uint32_t found = 0;
        buf_clear(&t->text);
        for (size_t i = 0; i < entry->surface_len; i++) {
            char c = entry->surface[i];
            bool lower = c >= 'a' && c <= 'z';
            bool upper = c >= 'A' && c <= 'Z';
            buf_byte(&t->text, way == 1 && lower   ? (char)(c - 32)
                               : way == 2 && upper ? (char)(c + 32)
                                                   : c);
        }
        if (!buf_ok(&t->text)) {
            return facade_error(e, GAZ_NOMEM, "out of memory");
        }
        gaz_status s = try_text(t, tagger, id, entry, buf_view(&t->text),
                                &outcome, &found, e);
        if (s != GAZ_OK) {
            return s;
        }
        if (outcome == FOUND_IT || outcome == FOUND_UNSURE) {
            *out = outcome;
            return GAZ_OK;
        }
        if (outcome == FOUND_OTHER && *out != FOUND_OTHER) {
            *out = outcome;
            *other = found;
        }
    }
    return GAZ_OK;
}

static void report_other(struct trial *t, const gaz_entry *entry,
                         const gaz_entry *by)
{
    const char *label = gaz_lexicon_label(t->lexicon, by->label);
    lint_report(t->lint, false, "unreachable", entry->source, entry->line, 1,
                entry->label == by->label
                    ? "'%.*s' adds nothing: %s:%u ('%.*s', %s) is found "
                      "wherever it could be"
                    : "'%.*s' is never used: %s:%u ('%.*s', %s) is found "
                      "instead",
                (int)entry->surface_len, entry->surface,
                t->lint->sources[by->source].name, (unsigned)by->line,
                (int)by->surface_len, by->surface, label);
}

static gaz_status try_entry(struct trial *t, uint32_t id, gaz_error *e)
{
    gaz_entry entry;
    gaz_entry by;
    enum outcome outcome = FOUND_IT;
    uint32_t other = 0;
    if (gaz_lexicon_entry(t->lexicon, id, &entry) != GAZ_OK || entry.veto) {
        return GAZ_OK;
    }
    gaz_status s = try_spellings(t, t->tagger, id, &entry, &outcome, &other, e);
    if (s == GAZ_OK && outcome == FOUND_OTHER &&
        gaz_lexicon_entry(t->lexicon, other, &by) == GAZ_OK &&
        by.priority <= entry.priority) { /* else it is meant so */
        report_other(t, &entry, &by);
    }
    if (s != GAZ_OK || outcome != FOUND_NOTHING) {
        return s;
    }
    s = try_spellings(t, t->inside, id, &entry, &outcome, &other, e);
    if (s == GAZ_OK) {
        bool inside = outcome == FOUND_IT;
        lint_report(t->lint, !inside, "unreachable", entry.source, entry.line,
                    1,
                    inside ? "'%.*s' looks like a path or an address: it is "
                             "found with --inside only"
                           : "no text can match '%.*s'",
                    (int)entry.surface_len, entry.surface);
    }
    return s;
}

static gaz_status try_all(struct trial *t, gaz_error *e)
{
    gaz_tag_options options = {.generic = true, .hidden = true};
    gaz_status s = gaz_tagger_create(t->lexicon, &options, &t->tagger, e);
    options.inside = true;
    if (s == GAZ_OK) {
        s = gaz_tagger_create(t->lexicon, &options, &t->inside, e);
    }
    size_t n = gaz_lexicon_entry_count(t->lexicon);
    for (uint32_t i = 0; s == GAZ_OK && i < n; i++) {
        s = try_entry(t, i, e);
    }
    gaz_tagger_free(t->tagger);
    gaz_tagger_free(t->inside);
    return s;
}

/* An error that building tells of a line, as a problem of this line. */
static void report_limit(struct lint *l, const char *source, const gaz_error *e)
{
    uint32_t i = 0;
    while (strcmp(l->sources[i].name, source) != 0) {
        i++;
    }
    lint_report(l, true, "limit", i, e->line, e->column, "%s", e->message);
}

/* Compile what is left of the lists and try each entry. */
static gaz_status check_reach(struct gaz_linter *l, gaz_error *e)
{
    gaz_builder *builder = NULL;
    gaz_lexicon *lexicon = NULL;
    const void *image = NULL;
    size_t len = 0;
    gaz_status s = gaz_builder_create(NULL, &l->allocator, &builder, e);
    for (size_t i = 0; s == GAZ_OK && i < l->core.source_count; i++) {
        const struct lint_source *source = &l->core.sources[i];
        s = gaz_builder_add(builder, GAZ_INPUT_LIST, source->name, source->text,
                            source->rules ? 0 : source->len, e);
    }
    if (s == GAZ_OK) {
        gaz_error why = {0};
        s = gaz_builder_finish(builder, &image, &len, &why);
        const char *source = gaz_builder_error_source(builder);
        if (s != GAZ_OK && source != NULL) {
            /* Names cannot be tried before this line is mended. */
            report_limit(&l->core, source, &why);
            s = GAZ_EMPTY;
        } else if (s != GAZ_OK && e != NULL) {
            *e = why;
        }
    }
    if (s == GAZ_OK) {
        s = gaz_lexicon_open(image, len, &l->allocator, &lexicon, e);
    }
    if (s == GAZ_OK) {
        struct trial t = {.lint = &l->core, .lexicon = lexicon};
        buf_init(&t.text, &l->alloc);
        s = try_all(&t, e);
        buf_free(&t.text);
    }
    gaz_lexicon_free(lexicon);
    gaz_builder_free(builder);
    return s == GAZ_EMPTY ? GAZ_OK : s;
}

gaz_status gaz_linter_finish(gaz_linter *linter, const gaz_problem **problems,
                             size_t *count, gaz_error *e)
{
    struct err why = {0};
    struct lint *core = &linter->core;
    if (linter->finished) {
        return facade_error(e, GAZ_OPTION, "this linter has finished");
    }
    linter->finished = true;
    enum status st = lint_compare(core, &why);
    gaz_status s = facade_status(st, &why, e);
    if (s == GAZ_OK) {
        s = check_reach(linter, e);
    }
    if (s == GAZ_OK) {
        s = facade_status(lint_finish(core, &why), &why, e);
    }
    if (s != GAZ_OK) {
        return s;
    }
    size_t n = core->problem_count;
    gaz_problem *list = alloc_get(&linter->alloc, n * sizeof *list);
    if (list == NULL) {
        return facade_error(e, GAZ_NOMEM, "out of memory");
    }
    for (size_t i = 0; i < n; i++) {
        const struct lint_problem *p = &core->problems[i];
        list[i] = (gaz_problem){core->sources[p->source].name,
                                p->line,
                                p->column,
                                p->error,
                                p->check,
                                p->message};
    }
    linter->problems = list;
    linter->problem_count = n;
    *problems = list;
    *count = n;
    return GAZ_OK;
}
