/* Step 3 of build/count_state.h: what was counted, by group. */
#include <stdlib.h>

#include "build/count_state.h"

static int by_u32(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int by_group_label(const void *a, const void *b)
{
    const struct event *x = a;
    const struct event *y = b;
    int c = by_u32(x->group, y->group);
    return c != 0 ? c : by_u32(x->label, y->label);
}

static int by_group_source(const void *a, const void *b)
{
    const struct event *x = a;
    const struct event *y = b;
    int c = by_u32(x->group, y->group);
    return c != 0 ? c : by_u32(x->source, y->source);
}

static int by_group_surface(const void *a, const void *b)
{
    const struct event *x = a;
    const struct event *y = b;
    int c = by_u32(x->group, y->group);
    return c != 0 ? c : by_u32(x->surface, y->surface);
}

static int by_count(const void *a, const void *b)
{
    const struct count_label *x = a;
    const struct count_label *y = b;
    return x->count != y->count ? by_u32(y->count, x->count)
                                : by_u32(x->label, y->label);
}

static enum status collect_labels(struct counter *c, size_t n, struct err *e)
{
    struct counts *out = c->out;
    qsort(c->events, n, sizeof *c->events, by_group_label);
    void *labels = out->labels;
    if (!alloc_grow(out->alloc, &labels, &out->label_capacity, n,
                    sizeof *out->labels)) {
        return err_nomem(e);
    }
    out->labels = labels;
    for (size_t i = 0; i < n; i++) {
        const struct event *event = &c->events[i];
        struct count_group *g = &out->groups[event->group];
        if (g->label_count == 0) {
            g->first_label = (uint32_t)out->label_count;
        }
        struct count_label *last = &out->labels[out->label_count];
        if (g->label_count > 0 && last[-1].label == event->label) {
            last[-1].count++;
        } else {
            *last = (struct count_label){event->label, 1};
            out->label_count++;
            g->label_count++;
        }
    }
    for (size_t i = 0; i < out->group_count; i++) {
        struct count_group *g = &out->groups[i];
        qsort(out->labels + g->first_label, g->label_count, sizeof *out->labels,
              by_count);
    }
    return STATUS_OK;
}

static enum status collect_sources(struct counter *c, size_t n, struct err *e)
{
    struct counts *out = c->out;
    qsort(c->events, n, sizeof *c->events, by_group_source);
    void *sources = out->sources;
    if (!alloc_grow(out->alloc, &sources, &out->source_capacity, n,
                    sizeof *out->sources)) {
        return err_nomem(e);
    }
    out->sources = sources;
    for (size_t i = 0; i < n; i++) {
        struct count_group *g = &out->groups[c->events[i].group];
        uint32_t source = c->events[i].source;
        if (g->source_count == 0) {
            g->first_source = (uint32_t)out->source_count;
        } else if (out->sources[out->source_count - 1] == source) {
            continue;
        }
        out->sources[out->source_count++] = source;
        g->source_count++;
    }
    return STATUS_OK;
}

static enum status collect_surfaces(struct counter *c, size_t n, struct err *e)
{
    qsort(c->events, n, sizeof *c->events, by_group_surface);
    size_t i = 0;
    while (i < n) {
        uint32_t group = c->events[i].group;
        struct slice best = {0};
        size_t best_count = 0;
        while (i < n && c->events[i].group == group) {
            size_t from = i;
            uint32_t surface = c->events[i].surface;
            while (i < n && c->events[i].group == group &&
                   c->events[i].surface == surface) {
                i++;
            }
            struct slice text = strmap_key(c->surfaces, surface);
            if (i - from > best_count ||
                (i - from == best_count && slice_cmp(text, best) < 0)) {
                best = text;
                best_count = i - from;
            }
        }
        best = arena_copy(&c->out->arena, best);
        if (best.data == NULL) {
            return err_nomem(e);
        }
        c->out->groups[group].surface = best;
    }
    return STATUS_OK;
}

static int by_form(const void *a, const void *b)
{
    return slice_cmp(((const struct count_form *)a)->surface,
                     ((const struct count_form *)b)->surface);
}

/* The spellings that were seen, but never in a mention. */
static enum status collect_forms(struct counter *c, struct err *e)
{
    struct counts *out = c->out;
    for (uint32_t i = 0; i < strmap_count(c->surfaces); i++) {
        const struct form *f = &c->forms[i];
        if (f->annotated || f->occurrences == 0) {
            continue;
        }
        void *forms = out->forms;
        struct slice copy = arena_copy(&out->arena, strmap_key(c->surfaces, i));
        if (copy.data == NULL ||
            !alloc_grow(out->alloc, &forms, &out->form_capacity,
                        out->form_count + 1, sizeof *out->forms)) {
            return err_nomem(e);
        }
        out->forms = forms;
        out->forms[out->form_count++] =
            (struct count_form){copy, f->group, f->occurrences};
    }
    if (out->form_count > 0) {
        qsort(out->forms, out->form_count, sizeof *out->forms, by_form);
    }
    return STATUS_OK;
}

enum status count_collect(struct counter *c, struct err *e)
{
    size_t n = c->store->mention_count;
    enum status st = collect_labels(c, n, e);
    if (st == STATUS_OK) {
        st = collect_sources(c, n, e);
    }
    if (st == STATUS_OK) {
        st = collect_surfaces(c, n, e);
    }
    if (st == STATUS_OK) {
        st = collect_forms(c, e);
    }
    return st;
}
