#include "cli/mentions.h"

#include <stdlib.h>
#include <string.h>

bool labels_of_lexicon(const gaz_lexicon *lexicon, struct labels *out)
{
    size_t count = gaz_lexicon_label_count(lexicon);
    struct labels l = {calloc(count + 1, sizeof *l.names),
                       calloc(count + 1, sizeof *l.lens), count};
    if (l.names == NULL || l.lens == NULL) {
        labels_free(&l);
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        l.names[i] = gaz_lexicon_label(lexicon, i);
        l.lens[i] = strlen(l.names[i]);
    }
    *out = l;
    return true;
}

void labels_free(struct labels *l)
{
    free(l->names);
    free(l->lens);
    memset(l, 0, sizeof *l);
}

static void add_source(const struct mention_maker *m, uint32_t entry,
                       struct mention *out)
{
    gaz_entry e;
    gaz_rule rule;
    gaz_source_info source;
    size_t entries = gaz_lexicon_entry_count(m->lexicon);
    uint32_t number = 0;
    if (gaz_lexicon_entry(m->lexicon, entry, &e) == GAZ_OK) {
        number = e.source;
        out->line = e.line;
    } else if (entry != GAZ_ENTRY_NONE && entry >= entries &&
               gaz_lexicon_rule(m->lexicon, entry - entries, &rule) == GAZ_OK) {
        number = rule.source;
        out->line = rule.line;
    } else {
        return;
    }
    if (gaz_lexicon_source(m->lexicon, number, &source) == GAZ_OK) {
        out->source = source.name;
    }
}

bool mention_make(struct mention_maker *m, const char *text, size_t base,
                  const gaz_span *spans, size_t count,
                  const struct mention **out)
{
    if (count > m->capacity) {
        size_t want = count + count / 2 + 64;
        void *p = want < SIZE_MAX / sizeof *m->list
                      ? realloc(m->list, want * sizeof *m->list)
                      : NULL;
        if (p == NULL) {
            return false;
        }
        m->list = p;
        m->capacity = want;
    }
    for (size_t i = 0; i < count; i++) {
        const gaz_span *s = &spans[i];
        const char *id = gaz_lexicon_id(m->lexicon, s->entry);
        m->list[i] = (struct mention){
            .start = base + s->start,
            .end = base + s->end,
            .text = text != NULL ? text + s->start : NULL,
            .label = m->labels->names[s->label],
            .label_len = m->labels->lens[s->label],
            .id = id,
            .id_len = strlen(id),
            .version = text != NULL ? text + s->version_start : NULL,
            .version_len = text != NULL ? s->version_end - s->version_start : 0,
            .type = s->label,
            .score = m->scored ? s->score : -1,
        };
        if (m->sources) {
            add_source(m, s->entry, &m->list[i]);
        }
    }
    *out = m->list;
    return true;
}

void mention_maker_free(struct mention_maker *m)
{
    free(m->list);
    m->list = NULL;
    m->capacity = 0;
}
