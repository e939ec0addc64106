#include "gaz.h"

#include <string.h>

#include "gaz_internal.h"
#include "text/utf8.h"

_Static_assert((int)GAZ_CANCEL == (int)STATUS_CANCEL &&
                   (int)GAZ_EMPTY == (int)STATUS_EMPTY &&
                   (int)GAZ_SYNTAX == (int)STATUS_SYNTAX,
               "public and core status codes are the same numbers");
_Static_assert(sizeof((gaz_error *)0)->message >= ERR_MESSAGE_SIZE,
               "a core message fits");

gaz_status facade_status(enum status s, const struct err *from, gaz_error *to)
{
    if (s != STATUS_OK && to != NULL) {
        to->code = (gaz_status)s;
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
    if (s != STATUS_OK) {
        gaz_lexicon_free(l);
        return facade_status(s, &why, e);
    }
    *out = l;
    return GAZ_OK;
}

void gaz_lexicon_free(gaz_lexicon *lexicon)
{
    if (lexicon != NULL) {
        struct alloc alloc = lexicon->alloc;
        alloc_free(&alloc, lexicon->copy, lexicon->copy_size);
        alloc_free(&alloc, lexicon, sizeof *lexicon);
    }
}

size_t gaz_lexicon_label_count(const gaz_lexicon *lexicon)
{
    return lexicon->core.label_count;
}

const char *gaz_lexicon_label(const gaz_lexicon *lexicon, size_t label)
{
    return label < lexicon->core.label_count
               ? lexicon_label(&lexicon->core, (uint32_t)label).data
               : NULL;
}

size_t gaz_lexicon_entry_count(const gaz_lexicon *lexicon)
{
    return lexicon->core.entry_count;
}

gaz_status gaz_lexicon_entry(const gaz_lexicon *lexicon, uint32_t entry,
                             gaz_entry *out)
{
    if (entry >= lexicon->core.entry_count) {
        return GAZ_OPTION;
    }
    struct lexicon_entry core;
    lexicon_entry(&lexicon->core, entry, &core);
    *out = (gaz_entry){.surface = core.surface.data,
                       .surface_len = core.surface.len,
                       .id = core.id.data,
                       .label = core.label,
                       .annotated = core.annotated,
                       .occurrences = core.occurrences,
                       .label_count = core.pair_count};
    return GAZ_OK;
}

gaz_status gaz_lexicon_entry_label(const gaz_lexicon *lexicon, uint32_t entry,
                                   size_t k, uint32_t *label, uint32_t *count)
{
    if (entry >= lexicon->core.entry_count) {
        return GAZ_OPTION;
    }
    struct lexicon_entry core;
    lexicon_entry(&lexicon->core, entry, &core);
    if (k >= core.pair_count) {
        return GAZ_OPTION;
    }
    lexicon_pair(&lexicon->core, &core, (uint32_t)k, label, count);
    return GAZ_OK;
}

const char *gaz_lexicon_options(const gaz_lexicon *lexicon)
{
    return lexicon->core.options.data;
}

size_t gaz_lexicon_source_count(const gaz_lexicon *lexicon)
{
    return lexicon->core.source_count;
}

gaz_status gaz_lexicon_source(const gaz_lexicon *lexicon, size_t i,
                              gaz_source_info *out)
{
    if (i >= lexicon->core.source_count) {
        return GAZ_OPTION;
    }
    struct slice name = {0};
    const char *sha256 = NULL;
    lexicon_source(&lexicon->core, (uint32_t)i, &name, &sha256, &out->size);
    out->name = name.data;
    memcpy(out->sha256, sha256, sizeof out->sha256);
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
