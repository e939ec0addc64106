/* Shared by the parts of the facade: public and core types are converted
 * here, and nowhere else. */
#ifndef GAZ_INTERNAL_H
#define GAZ_INTERNAL_H

#include "base/alloc.h"
#include "base/status.h"
#include "gaz.h"
#include "model/lexicon.h"
#include "model/stack.h"
#include "tag/rules.h"

struct gaz_lexicon {
    struct alloc alloc;
    struct lexicon core;
    struct rules *rules; /* NULL: it has none */
    struct stack *stack; /* of several lexicons; core is then the lowest */
    void *copy;          /* of an image that is not aligned, copy_size bytes */
    size_t copy_size;
};

static inline struct alloc facade_alloc(const gaz_allocator *a)
{
    struct alloc core = alloc_default;
    if (a != NULL) {
        core.resize = a->resize;
        core.context = a->context;
    }
    return core;
}

/* Hand a core error on; s is returned as the public status. */
gaz_status facade_status(enum status s, const struct err *from, gaz_error *to);

/* What was given to gaz_document_read. */
struct slice facade_document_source(const gaz_document *document);

/* A public error made here. */
gaz_status facade_error(gaz_error *e, gaz_status code, const char *message);

#endif
