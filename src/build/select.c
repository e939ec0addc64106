#include "build/select.h"

#include "build/select_merge.h"
#include "text/class.h"
#include "text/fold.h"
#include "text/limits.h"
#include "text/token.h"

const char *select_reason(enum select_why why)
{
    static const char *const names[] = {
        "", "rare", "impure", "no-word", "repeated", "never-annotated"};
    return names[why];
}

/* Can the name be matched: a token, none of them invalid or too long, and no
 * control character? */
static bool has_words(struct slice surface)
{
    struct token t;
    size_t pos = 0;
    bool any = false;
    for (size_t i = 0; i < surface.len; i++) {
        unsigned char c = (unsigned char)surface.data[i];
        if ((c < 0x20 && class_of_byte[c] != BYTE_SPACE) || c == 0x7F) {
            return false;
        }
    }
    while (token_next(surface, pos, &t)) {
        if (t.kind == TOKEN_INVALID) {
            return false;
        }
        any = true;
        pos = t.end;
    }
    return any && surface.len <= LIMIT_NAME;
}

static struct candidate *add(struct selection *s, struct err *e)
{
    void *items = s->items;
    if (!alloc_grow(s->alloc, &items, &s->capacity, s->count + 1,
                    sizeof *s->items)) {
        (void)err_nomem(e);
        return NULL;
    }
    s->items = items;
    struct candidate *c = &s->items[s->count++];
    memset(c, 0, sizeof *c);
    c->id = slice_of("", 0);
    return c;
}

/* Mean purity, for names of one token [0] and of several [1]. */
static void mean_purity(const struct counts *counts, double mean[2])
{
    double n[2] = {0, 0};
    double all[2] = {0, 0};
    for (size_t i = 0; i < counts->group_count; i++) {
        const struct count_group *g = &counts->groups[i];
        n[g->tokens > 1] += g->annotated;
        all[g->tokens > 1] += g->occurrences;
    }
    for (int k = 0; k < 2; k++) {
        mean[k] = all[k] > 0 ? n[k] / all[k] : 0;
    }
}

/* By group: does the prior list have the name? NULL where that is no matter. */
static enum status find_hints(const struct store *store,
                              const struct counts *counts,
                              const struct select_options *options,
                              struct arena *arena, const uint8_t **out,
                              struct err *e)
{
    if (options->prior <= 0 || store->hint_count == 0) {
        return STATUS_OK;
    }
    uint8_t *hinted = arena_get(arena, counts->group_count + 1);
    if (hinted == NULL) {
        return err_nomem(e);
    }
    memset(hinted, 0, counts->group_count + 1);
    struct buf key;
    buf_init(&key, store->alloc);
    for (size_t i = 0; i < store->hint_count; i++) {
        uint32_t group = 0;
        buf_clear(&key);
        fold_name(store->hints[i].name, counts->folding, &key);
        if (strmap_find(counts->keys, buf_view(&key), &group)) {
            hinted[group] = 1;
        }
    }
    bool ok = buf_ok(&key);
    buf_free(&key);
    *out = hinted;
    return ok ? STATUS_OK : err_nomem(e);
}

static enum status add_groups(const struct store *store,
                              const struct counts *counts,
                              const struct select_options *options,
                              struct selection *s, struct err *e)
{
    double mean[2];
    const uint8_t *hinted = NULL;
    mean_purity(counts, mean);
    enum status st = find_hints(store, counts, options, &s->arena, &hinted, e);
    if (st != STATUS_OK) {
        return st;
    }
    for (size_t i = 0; i < counts->group_count; i++) {
        const struct count_group *g = &counts->groups[i];
        struct candidate *c = add(s, e);
        if (c == NULL) {
            return STATUS_NOMEM;
        }
        double a = options->smoothing;
        double w = hinted != NULL && hinted[i] != 0 ? options->prior : 0;
        c->surface = g->surface;
        c->group = (uint32_t)i;
        c->labels = counts->labels + g->first_label;
        c->label_count = g->label_count;
        c->label = c->labels[0].label;
        c->annotated = g->annotated;
        c->occurrences = g->occurrences;
        c->purity = (g->annotated + a * mean[g->tokens > 1] + w) /
                    (g->occurrences + a + w);
        c->policy = (uint8_t)options->corpus_case;
        c->plural = options->corpus_plural;
        c->sources = counts->sources + g->first_source;
        c->source_count = g->source_count;
        c->why = !has_words(g->surface)              ? SELECT_NO_WORD
                 : g->annotated < options->min_count ? SELECT_RARE
                 : c->purity < options->min_purity   ? SELECT_IMPURE
                                                     : SELECT_KEPT;
    }
    return STATUS_OK;
}

/* Vetoes need a folded entry to stand against: without one they are noise. */
static enum status add_vetoes(const struct counts *counts,
                              const struct select_options *options,
                              struct selection *s, struct err *e)
{
    for (size_t i = 0; options->min_veto > 0 && i < counts->form_count; i++) {
        const struct count_form *form = &counts->forms[i];
        /* add_groups put group k at place k. */
        if (form->occurrences < options->min_veto ||
            s->items[form->group].why != SELECT_KEPT) {
            continue;
        }
        struct candidate *c = add(s, e);
        if (c == NULL) {
            return STATUS_NOMEM;
        }
        const struct candidate *group = &s->items[form->group];
        c->surface = form->surface;
        c->labels = group->labels;
        c->label_count = group->label_count;
        c->label = group->label;
        c->occurrences = form->occurrences;
        c->policy = POLICY_EXACT;
        c->sources = group->sources;
        c->source_count = group->source_count;
        c->why = SELECT_VETO;
    }
    return STATUS_OK;
}

static enum policy_case list_policy(const struct store_name *name,
                                    const struct select_options *options)
{
    switch ((enum list_case)name->letter_case) {
    case LIST_CASE_EXACT: return POLICY_EXACT;
    case LIST_CASE_FOLD: return POLICY_FOLD;
    case LIST_CASE_SMART: return POLICY_SMART;
    case LIST_CASE_UNSET: break;
    }
    return options->list_case;
}

/* What list names have in common: one label, seen once, and one source. */
struct common {
    struct count_label *labels; /* by label */
    uint32_t *sources;          /* by source */
};

static bool make_common(const struct store *store, struct arena *arena,
                        struct common *out)
{
    uint32_t labels = strmap_count(store->labels);
    size_t sources = store->source_count;
    out->labels = arena_get(arena, (labels + 1) * sizeof *out->labels);
    out->sources = arena_get(arena, (sources + 1) * sizeof *out->sources);
    if (out->labels == NULL || out->sources == NULL) {
        return false;
    }
    for (uint32_t i = 0; i <= labels; i++) {
        out->labels[i] = (struct count_label){i, 1};
    }
    for (size_t i = 0; i <= sources; i++) {
        out->sources[i] = (uint32_t)i;
    }
    return true;
}

/* Does the plural s of an acronym escape the folding of plurals? That leaves
 * alone words of up to 3 letters and those in is, us and ss. */
static bool is_odd_acronym(struct slice name)
{
    size_t n = 0; /* capitals at the end */
    while (n < name.len && name.data[name.len - n - 1] >= 'A' &&
           name.data[name.len - n - 1] <= 'Z') {
        n++;
    }
    bool whole = n == name.len || name.data[name.len - n - 1] == ' ';
    return whole && n >= 2 &&
           (n == 2 || strchr("IUS", name.data[name.len - 1]) != NULL);
}

/* 'APIs', 'CPUs', 'PCs'; 'OSes' and 'OSs'. They stand in the index as names
 * of their own: the folding is that of the corpora's counts too. */
static enum status add_plurals(struct selection *s, size_t from, struct err *e)
{
    size_t to = s->count;
    for (size_t i = from; i < to; i++) {
        struct slice name = s->items[i].surface;
        if (!s->items[i].plural || !is_odd_acronym(name)) {
            continue;
        }
        for (size_t n = name.data[name.len - 1] == 'S' ? 2 : 1; n > 0; n--) {
            struct candidate *c = add(s, e);
            char *copy = arena_get(&s->arena, name.len + n);
            if (c == NULL || copy == NULL) {
                return err_nomem(e);
            }
            *c = s->items[i];
            memcpy(copy, name.data, name.len);
            memcpy(copy + name.len, n == 2 ? "es" : "s", n);
            c->surface = slice_of(copy, name.len + n);
            c->policy = c->policy == POLICY_FOLD ? POLICY_SMART : c->policy;
            c->plural = false;
            c->derived = true;
        }
    }
    return STATUS_OK;
}

static enum status add_names(const struct store *store,
                             const struct select_options *options,
                             struct selection *s, struct err *e)
{
    struct common common;
    void *items = s->items;
    if (!make_common(store, &s->arena, &common) ||
        !alloc_grow(s->alloc, &items, &s->capacity,
                    s->count + store->name_count, sizeof *s->items)) {
        return err_nomem(e);
    }
    s->items = items;
    size_t first = s->count;
    for (size_t i = 0; i < store->name_count; i++) {
        const struct store_name *name = &store->names[i];
        struct candidate *c = add(s, e);
        if (c == NULL) {
            return err_nomem(e);
        }
        c->surface = name->name;
        c->id = name->id;
        c->context = name->context;
        c->labels = &common.labels[name->label];
        c->label_count = name->veto ? 0 : 1;
        c->label = name->label;
        c->purity = 1;
        c->policy = (uint8_t)list_policy(name, options);
        c->plural = name->plural == LIST_PLURAL_UNSET
                        ? options->list_plural
                        : name->plural == LIST_PLURAL_YES;
        c->generic = name->kind == LIST_KIND_GENERIC;
        c->no_version = name->no_version;
        c->no_short = name->no_short;
        c->from_list = true;
        c->priority = name->priority;
        c->sources = &common.sources[name->source];
        c->source_count = 1;
        c->line = name->line;
        c->why = !has_words(c->surface) ? SELECT_NO_WORD
                 : name->veto           ? SELECT_VETO
                                        : SELECT_KEPT;
    }
    return add_plurals(s, first, e);
}

enum status select_names(const struct store *store, const struct counts *counts,
                         const struct select_options *options,
                         struct selection *out, struct err *e)
{
    struct selection s = {.alloc = store->alloc};
    arena_init(&s.arena, store->alloc);
    enum status st = add_groups(store, counts, options, &s, e);
    if (st == STATUS_OK) {
        st = add_vetoes(counts, options, &s, e);
    }
    if (st == STATUS_OK) {
        st = add_names(store, options, &s, e);
    }
    if (st == STATUS_OK && s.count > 0) {
        st = select_merge(&s, e);
    }
    for (size_t i = 0; i < s.count; i++) {
        s.kept += s.items[i].why == SELECT_KEPT;
        s.entries += select_is_entry(&s.items[i]);
    }
    if (st == STATUS_OK) {
        *out = s;
    } else {
        selection_free(&s);
    }
    return st;
}

void selection_free(struct selection *s)
{
    if (s->alloc == NULL) {
        return;
    }
    arena_free(&s->arena);
    alloc_free(s->alloc, s->items, s->capacity * sizeof *s->items);
    memset(s, 0, sizeof *s);
}
