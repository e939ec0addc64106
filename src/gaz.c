#include "gaz.h"

#include <string.h>

#include "gaz_internal.h"
#include "text/utf8.h"

_Static_assert((int)GAZ_CANCEL == (int)STATUS_CANCEL &&
                   (int)GAZ_EMPTY == (int)STATUS_EMPTY &&
                   (int)GAZ_SYNTAX == (int)STATUS_SYNTAX &&
                   (int)GAZ_REASON_BARE_TAG == (int)REASON_BARE_TAG &&
                   (int)GAZ_REASON_FEW_COLUMNS == (int)REASON_FEW_COLUMNS,
               "public and core codes are the same numbers");
_Static_assert(sizeof((gaz_error *)0)->message >= ERR_MESSAGE_SIZE,
               "a core message fits");

gaz_status facade_status(enum status s, const struct err *from, gaz_error *to)
{
    if (s != STATUS_OK && to != NULL) {
        to->code = (gaz_status)s;
        to->reason = (gaz_reason)from->reason;
        to->line = from->line;
        to->column = from->column;
        to->pos = from->pos;
        memcpy(to->message, from->message, sizeof from->message);
    }
    return (gaz_status)s;
}

gaz_status facade_error(gaz_error *e, gaz_status code, const char *message)
{
    struct err core = {0};
    (void)err_set(&core, (enum status)code, "%s", message);
    return facade_status((enum status)code, &core, e);
}

const char *gaz_version(void)
{
    return GAZ_VERSION_STRING;
}

/* A memory map is aligned; other memory may not be. */
static enum status align_image(struct gaz_lexicon *l, const void **data,
                               size_t len, struct err *e)
{
    size_t size = 0;
    if ((uintptr_t)*data % IMAGE_ALIGN == 0) {
        return STATUS_OK;
    }
    if (!size_add(len, IMAGE_ALIGN, &size)) {
        return err_nomem(e);
    }
    l->copy = alloc_get(&l->alloc, size);
    if (l->copy == NULL) {
        return err_nomem(e);
    }
    l->copy_size = size;
    char *p = l->copy;
    p += IMAGE_ALIGN - (uintptr_t)p % IMAGE_ALIGN;
    memcpy(p, *data, len);
    *data = p;
    return STATUS_OK;
}

gaz_status gaz_lexicon_open(const void *data, size_t len,
                            const gaz_allocator *allocator, gaz_lexicon **out,
                            gaz_error *e)
{
    struct err why = {0};
    struct alloc alloc = facade_alloc(allocator);
    struct gaz_lexicon *l = alloc_get(&alloc, sizeof *l);
    if (l == NULL) {
        return facade_error(e, GAZ_NOMEM, "out of memory");
    }
    memset(l, 0, sizeof *l);
    l->alloc = alloc;
    enum status s = align_image(l, &data, len, &why);
    if (s == STATUS_OK) {
        s = lexicon_open(data, len, &l->core, &why);
    }
    if (s == STATUS_OK) {
        s = rules_create(&l->alloc, &l->core, &l->rules, &why);
        l->core.compiled = l->rules;
    }
    if (s != STATUS_OK) {
        gaz_lexicon_free(l);
        return facade_status(s, &why, e);
    }
    *out = l;
    return GAZ_OK;
}

gaz_status gaz_lexicon_stack(const gaz_lexicon *const *layers, size_t count,
                             const gaz_allocator *allocator, gaz_lexicon **out,
                             gaz_error *e)
{
    struct err why = {0};
    struct alloc alloc = facade_alloc(allocator);
    const struct lexicon *cores[STACK_LAYERS_MAX];
    if (count == 0 || count > STACK_LAYERS_MAX) {
        return facade_error(e, GAZ_LIMIT, "from 1 to 64 lexicons can be one");
    }
    for (size_t i = 0; i < count; i++) {
        if (layers[i]->stack != NULL) {
            return facade_error(e, GAZ_OPTION, "a stack holds no stacks");
        }
        cores[i] = &layers[i]->core;
    }
    struct gaz_lexicon *l = alloc_get(&alloc, sizeof *l);
    if (l == NULL) {
        return facade_error(e, GAZ_NOMEM, "out of memory");
    }
    memset(l, 0, sizeof *l);
    l->alloc = alloc;
    l->core = *cores[0];
    enum status s = stack_create(&l->alloc, cores, count, &l->stack, &why);
    if (s != STATUS_OK) {
        alloc_free(&alloc, l, sizeof *l);
        return facade_status(s, &why, e);
    }
    *out = l;
    return GAZ_OK;
}

void gaz_lexicon_free(gaz_lexicon *lexicon)
{
    if (lexicon != NULL) {
        struct alloc alloc = lexicon->alloc;
        rules_free(lexicon->rules);
        stack_free(lexicon->stack);
        alloc_free(&alloc, lexicon->copy, lexicon->copy_size);
        alloc_free(&alloc, lexicon, sizeof *lexicon);
    }
}

size_t gaz_lexicon_label_count(const gaz_lexicon *lexicon)
{
    return lexicon->stack != NULL ? lexicon->stack->label_count
                                  : lexicon->core.label_count;
}

const char *gaz_lexicon_label(const gaz_lexicon *lexicon, size_t label)
{
    if (label >= gaz_lexicon_label_count(lexicon)) {
        return NULL;
    }
    return lexicon->stack != NULL
               ? lexicon->stack->labels[label].data
               : lexicon_label(&lexicon->core, (uint32_t)label).data;
}

static bool has_scores(const struct lexicon *l)
{
    return l->scored || lexicon_has_trust(l);
}

bool gaz_lexicon_scored(const gaz_lexicon *lexicon)
{
    const struct stack *s = lexicon->stack;
    bool any = has_scores(&lexicon->core);
    for (uint32_t i = 0; s != NULL && i < s->layer_count; i++) {
        any = any || has_scores(s->layers[i].lexicon);
    }
    return any;
}

size_t gaz_lexicon_entry_count(const gaz_lexicon *lexicon)
{
    return lexicon->stack != NULL ? lexicon->stack->entry_count
                                  : lexicon->core.entry_count;
}

/* An entry in its own layer. */
struct own_entry {
    const struct lexicon *lexicon;
    uint32_t entry;
    uint32_t layer;
};

static bool find_entry(const gaz_lexicon *lexicon, uint32_t entry,
                       struct own_entry *out)
{
    if (entry >= gaz_lexicon_entry_count(lexicon)) {
        return false;
    }
    const struct stack *s = lexicon->stack;
    out->layer = s != NULL ? stack_entry_layer(s, &entry) : 0;
    out->lexicon = s != NULL ? s->layers[out->layer].lexicon : &lexicon->core;
    out->entry = entry;
    return true;
}

static uint32_t public_label(const gaz_lexicon *lexicon,
                             const struct own_entry *at, uint32_t label)
{
    return lexicon->stack != NULL
               ? stack_label(lexicon->stack, at->layer, label)
               : label;
}

static gaz_case public_case(enum policy_case policy)
{
    return policy == POLICY_EXACT  ? GAZ_CASE_EXACT
           : policy == POLICY_FOLD ? GAZ_CASE_FOLD
                                   : GAZ_CASE_SMART;
}

gaz_status gaz_lexicon_entry(const gaz_lexicon *lexicon, uint32_t entry,
                             gaz_entry *out)
{
    struct own_entry at;
    if (!find_entry(lexicon, entry, &at)) {
        return GAZ_OPTION;
    }
    struct lexicon_entry core;
    uint32_t source = 0;
    lexicon_entry(at.lexicon, at.entry, &core);
    *out = (gaz_entry){.surface = core.surface.data,
                       .surface_len = core.surface.len,
                       .id = core.id.data,
                       .annotated = core.annotated,
                       .occurrences = core.occurrences,
                       .label_count = core.pair_count,
                       .letter_case = public_case(core.policy),
                       .plural = core.plural,
                       .generic = core.generic,
                       .veto = core.veto,
                       .context = core.context,
                       .no_version = core.no_version,
                       .no_short = core.no_short,
                       .priority = core.priority};
    if (core.pair_count > 0) {
        out->label = public_label(lexicon, &at, core.label);
    }
    lexicon_origin(at.lexicon, at.entry, &source, &out->line);
    out->source = source + (lexicon->stack != NULL
                                ? lexicon->stack->layers[at.layer].first_source
                                : 0);
    return GAZ_OK;
}

const char *gaz_lexicon_id(const gaz_lexicon *lexicon, uint32_t entry)
{
    size_t entries = gaz_lexicon_entry_count(lexicon);
    struct own_entry at;
    gaz_rule rule;
    if (find_entry(lexicon, entry, &at)) {
        return lexicon_id_text(at.lexicon, at.entry);
    }
    return entry >= entries &&
                   gaz_lexicon_rule(lexicon, entry - entries, &rule) == GAZ_OK
               ? rule.id
               : "";
}

gaz_status gaz_lexicon_entry_label(const gaz_lexicon *lexicon, uint32_t entry,
                                   size_t k, uint32_t *label, uint32_t *count)
{
    struct own_entry at;
    struct lexicon_entry core;
    if (!find_entry(lexicon, entry, &at)) {
        return GAZ_OPTION;
    }
    lexicon_entry(at.lexicon, at.entry, &core);
    if (k >= core.pair_count) {
        return GAZ_OPTION;
    }
    uint32_t own = 0;
    lexicon_pair(at.lexicon, &core, (uint32_t)k, &own, count);
    *label = public_label(lexicon, &at, own);
    return GAZ_OK;
}

const char *gaz_lexicon_entry_context(const gaz_lexicon *lexicon,
                                      uint32_t entry, gaz_context which)
{
    struct own_entry at;
    struct lexicon_context context;
    _Static_assert((int)GAZ_NOT == (int)LEXICON_NOT &&
                       (int)GAZ_NEED == (int)LEXICON_NEED,
                   "public and core contexts are the same numbers");
    return (unsigned)which <= GAZ_NOT && find_entry(lexicon, entry, &at) &&
                   lexicon_context(at.lexicon, at.entry, &context)
               ? context.words[which].data
               : "";
}

const char *gaz_lexicon_options(const gaz_lexicon *lexicon)
{
    return lexicon->core.options.data;
}

size_t gaz_lexicon_source_count(const gaz_lexicon *lexicon)
{
    return lexicon->stack != NULL ? lexicon->stack->source_count
                                  : lexicon->core.source_count;
}

gaz_status gaz_lexicon_source(const gaz_lexicon *lexicon, size_t i,
                              gaz_source_info *out)
{
    if (i >= gaz_lexicon_source_count(lexicon)) {
        return GAZ_OPTION;
    }
    const struct stack *s = lexicon->stack;
    uint32_t own = (uint32_t)i;
    const struct lexicon *core =
        s != NULL ? s->layers[stack_source_layer(s, &own)].lexicon
                  : &lexicon->core;
    struct slice name = {0};
    const char *sha256 = NULL;
    lexicon_source(core, own, &name, &sha256, &out->size);
    out->name = name.data;
    memcpy(out->sha256, sha256, sizeof out->sha256);
    return GAZ_OK;
}

uint32_t gaz_lexicon_format(const gaz_lexicon *lexicon)
{
    return lexicon->core.image.version;
}

size_t gaz_lexicon_size(const gaz_lexicon *lexicon)
{
    size_t sum = lexicon->core.image.len;
    for (uint32_t i = 1;
         lexicon->stack != NULL && i < lexicon->stack->layer_count; i++) {
        sum += lexicon->stack->layers[i].lexicon->image.len;
    }
    return sum;
}

size_t gaz_lexicon_section_count(const gaz_lexicon *lexicon)
{
    return lexicon->core.image.section_count;
}

gaz_status gaz_lexicon_section(const gaz_lexicon *lexicon, size_t i,
                               char name[5], size_t *size)
{
    if (i >= lexicon->core.image.section_count) {
        return GAZ_OPTION;
    }
    image_section_at(&lexicon->core.image, (uint32_t)i, name, size);
    return GAZ_OK;
}

size_t gaz_text_length(const char *text, size_t len, gaz_unit unit)
{
    switch (unit) {
    case GAZ_CHARS: return utf8_count_chars(text, len);
    case GAZ_UTF16: return utf8_count_utf16(text, len);
    case GAZ_BYTES: break;
    }
    return len;
}
