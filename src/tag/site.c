#include "tag/site.h"

void site_init(struct site *p, const struct scan_options *scan)
{
    *p = (struct site){
        .scan = scan,
        .bound = {.inside = scan->inside, .join_hyphen = scan->join_hyphen}};
}

bool site_ok(void *site, struct slice text, size_t start, size_t end)
{
    struct site *p = site;
    const uint8_t *bytes = (const uint8_t *)text.data;
    if (p->scan->tokens) {
        return p->scan->accept(p->scan->accept_ctx, start, end);
    }
    return bound_start_ok(bytes, text.len, start, &p->bound) &&
           bound_end_ok(bytes, text.len, end, &p->bound) &&
           (p->scan->inside ||
            !bound_is_opaque(bytes, text.len, start, end,
                             bound_is_plain(bytes + start, end - start),
                             &p->cache));
}
