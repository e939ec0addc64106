#include "doc/record.h"
#include "gaz_internal.h"

_Static_assert(GAZ_RECORD_REPLACED_MAX == RECORD_REPLACED_MAX &&
                   sizeof(gaz_token) == sizeof(struct slice),
               "public and core fields are the same");

struct gaz_record {
    struct alloc alloc;
    struct json_record core;
    gaz_token parts[RECORD_CUTS_MAX + 2];
};

gaz_status gaz_record_create(const gaz_allocator *allocator, gaz_record **out,
                             gaz_error *e)
{
    struct alloc alloc = facade_alloc(allocator);
    struct gaz_record *r = alloc_get(&alloc, sizeof *r);
    if (r == NULL) {
        return facade_error(e, GAZ_NOMEM, "out of memory");
    }
    r->alloc = alloc;
    record_init(&r->core, &r->alloc);
    *out = r;
    return GAZ_OK;
}

void gaz_record_free(gaz_record *record)
{
    if (record != NULL) {
        struct alloc alloc = record->alloc;
        record_free(&record->core);
        alloc_free(&alloc, record, sizeof *record);
    }
}

gaz_status gaz_record_read(gaz_record *record, const gaz_record_fields *fields,
                           const char *data, size_t len, size_t line,
                           gaz_error *e)
{
    struct err why = {0};
    struct record_fields core = {.text = fields->text, .id = fields->id};
    for (size_t i = 0; i < RECORD_REPLACED_MAX; i++) {
        core.replaced[i] = fields->replaced[i];
    }
    enum status s = record_read(&record->core, &core, data, len, line, &why);
    for (size_t i = 0; i < record->core.part_count; i++) {
        record->parts[i] =
            (gaz_token){record->core.parts[i].data, record->core.parts[i].len};
    }
    return facade_status(s, &why, e);
}

gaz_token gaz_record_text(const gaz_record *record)
{
    return (gaz_token){record->core.text.data, record->core.text.len};
}

gaz_token gaz_record_id(const gaz_record *record)
{
    return (gaz_token){record->core.id.data, record->core.id.len};
}

bool gaz_record_parts(const gaz_record *record, const gaz_token **parts,
                      size_t *count, bool *bare, unsigned *had)
{
    if (!record->core.whole) {
        return false;
    }
    *parts = record->parts;
    *count = record->core.part_count;
    *bare = record->core.bare;
    *had = record->core.had;
    return true;
}
