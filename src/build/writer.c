#include "build/writer.h"

#include <stdlib.h>

#include "base/digest.h"
#include "build/links.h"
#include "build/rule_section.h"
#include "build/score_names.h"
#include "build/score_write.h"
#include "build/selection_index.h"
#include "build/writer_state.h"

enum { SECTION_COUNT = 13 };

struct named_label {
    struct slice name;
    uint32_t id;
};

static int by_name(const void *a, const void *b)
{
    return slice_cmp(((const struct named_label *)a)->name,
                     ((const struct named_label *)b)->name);
}

/* Labels of kept names only (when scored: all), sorted by name. */
static enum status put_labels(struct writer *w, struct err *e)
{
    uint32_t n = strmap_count(w->store->labels);
    size_t size = n * sizeof(struct named_label);
    struct named_label *sorted = alloc_get(w->alloc, size);
    w->label_to_file = alloc_get(w->alloc, n * sizeof *w->label_to_file);
    if (sorted == NULL || w->label_to_file == NULL) {
        alloc_free(w->alloc, sorted, size);
        return err_nomem(e);
    }
    memset(w->label_to_file, w->scored != NULL, n * sizeof *w->label_to_file);
    for (size_t i = 0; i < w->selection->count; i++) {
        const struct candidate *c = &w->selection->items[i];
        for (uint32_t k = 0; k < c->label_count; k++) {
            w->label_to_file[c->labels[k].label] |= select_is_entry(c);
        }
    }
    for (size_t i = 0; i < w->store->rule_count; i++) {
        w->label_to_file[w->store->rules[i].label] = 1;
    }
    uint32_t used = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (w->label_to_file[i] != 0) {
            sorted[used++] =
                (struct named_label){strmap_key(w->store->labels, i), i};
        }
    }
    qsort(sorted, used, sizeof *sorted, by_name);
    enum status s =
        used > LEXICON_LABELS_MAX
            ? err_set(e, STATUS_LIMIT, "%u labels; a lexicon holds up to %d",
                      (unsigned)used, LEXICON_LABELS_MAX)
            : STATUS_OK;
    for (uint32_t i = 0; s == STATUS_OK && i < used; i++) {
        uint32_t at = 0;
        s = strings_share(&w->strings, sorted[i].name, &at, e);
        put32(&w->labels, at);
        w->label_to_file[sorted[i].id] = i;
    }
    alloc_free(w->alloc, sorted, size);
    return s;
}

static enum status put_sources(struct writer *w, struct err *e)
{
    enum status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < w->store->source_count; i++) {
        const struct store_source *source = &w->store->sources[i];
        uint32_t name = 0;
        s = strings_share(&w->strings, source->name, &name, e);
        put32(&w->sources, name);
        put32(&w->sources, w->origins[i]);
        put64(&w->sources, source->size);
        buf_add(&w->sources, source->sha256, sizeof source->sha256);
    }
    return s;
}

static bool label_in_file(void *writer, struct slice name, uint32_t *id)
{
    struct writer *w = writer;
    bool kept = false;
    name = store_rename_label(w->store, name, &kept);
    size_t n = w->labels.len / 4;
    for (size_t i = 0; i < n; i++) {
        uint32_t at = bytes_load32(w->labels.data + 4 * i);
        if (slice_is(name, w->strings.bytes.data + at)) {
            *id = (uint32_t)i;
            return true;
        }
    }
    return false;
}

static enum status put_rules(struct writer *w, struct err *e)
{
    struct rule_section section;
    if (!buf_ok(&w->labels) || !buf_ok(&w->strings.bytes)) {
        return err_nomem(e); /* or a rule would not find its label */
    }
    rule_section_init(&section, w->alloc);
    enum status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < w->store->rule_count; i++) {
        const struct store_rule *rule = &w->store->rules[i];
        struct rule_record record = {.line = &rule->line,
                                     .source = rule->source,
                                     .source_name =
                                         w->store->sources[rule->source].name,
                                     .label = w->label_to_file[rule->label]};
        s = strings_share(&w->strings, rule->line.pattern, &record.pattern_at,
                          e);
        if (s == STATUS_OK) {
            s = strings_share(&w->strings, rule->line.id, &record.id_at, e);
        }
        if (s == STATUS_OK) {
            s = strings_share(&w->strings, rule->line.words, &record.words_at,
                              e);
        }
        if (s == STATUS_OK) {
            s = rule_section_add(&section, &record, label_in_file, w, e);
        }
    }
    if (s == STATUS_OK) {
        s = rule_section_write(&section, &w->rules, &w->prefixes, &w->cases, e);
    }
    rule_section_free(&section);
    return s;
}

static void put_meta(struct writer *w)
{
    put32(&w->meta, w->tokens_max);
    put32(&w->meta, w->folding);
    buf_add(&w->meta, w->goes_on, sizeof w->goes_on);
}

static size_t align(size_t n)
{
    return (n + IMAGE_ALIGN - 1) / IMAGE_ALIGN * IMAGE_ALIGN;
}

/* The last section is one that must be there, so that a file whose number of
 * sections is damaged is not taken. */
static bool is_left_out(const struct writer *w, uint32_t tag)
{
    return tag == IMAGE_SCORE && w->scored == NULL;
}

static enum status assemble(struct writer *w, struct slice options,
                            struct buf *out, struct err *e)
{
    const struct {
        uint32_t tag;
        struct slice bytes;
    } sections[SECTION_COUNT] = {
        {IMAGE_OPTIONS, options},
        {IMAGE_SOURCES, buf_view(&w->sources)},
        {IMAGE_LABELS, buf_view(&w->labels)},
        {IMAGE_ENTRIES, buf_view(&w->entries)},
        {IMAGE_COUNTS, buf_view(&w->table.pairs)},
        {IMAGE_STRINGS, buf_view(&w->strings.bytes)},
        {IMAGE_CONTEXTS, buf_view(&w->contexts)},
        {IMAGE_META, buf_view(&w->meta)},
        {IMAGE_RULES, buf_view(&w->rules)},
        {IMAGE_PREFIXES, buf_view(&w->prefixes)},
        {IMAGE_CASES, buf_view(&w->cases)},
        {IMAGE_SCORE, buf_view(&w->score)},
        {IMAGE_INDEX, slice_of((const char *)w->index_image, w->index_size)},
    };
    uint32_t count = 0;
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        count += !is_left_out(w, sections[i].tag);
    }
    size_t at = align(IMAGE_HEADER_SIZE + (size_t)count * IMAGE_SECTION_SIZE);
    buf_add(out, IMAGE_MAGIC, 8);
    put32(out, IMAGE_VERSION);
    put32(out, count);
    put64(out, 0); /* size and checksum are filled in at the end */
    put64(out, 0);
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        if (is_left_out(w, sections[i].tag)) {
            continue;
        }
        put32(out, sections[i].tag);
        put32(out, 0);
        put64(out, at);
        put64(out, sections[i].bytes.len);
        at = align(at + sections[i].bytes.len);
    }
    (void)buf_reserve(out, at - out->len);
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        if (!is_left_out(w, sections[i].tag)) {
            buf_fill(out, '\0', align(out->len) - out->len);
            buf_slice(out, sections[i].bytes);
        }
    }
    if (!buf_ok(out)) {
        return err_nomem(e);
    }
    bytes_store64(out->data + 16, out->len);
    bytes_store64(out->data + 24, digest_xxh64(out->data + IMAGE_HEADER_SIZE,
                                               out->len - IMAGE_HEADER_SIZE,
                                               bytes_load64(out->data + 8)));
    return STATUS_OK;
}

/* The tables of the fitted model. */
static enum status put_score(struct writer *w, struct err *e)
{
    const struct writer_scored *scored = w->scored;
    struct score_names names = {.labels = w->label_to_file,
                                .threshold = scored->threshold};
    struct score_entries entries;
    enum status s = score_entries_init(&entries, &scored->model->corpus,
                                       scored->counts, w->selection, e);
    for (unsigned f = 0; f < SCORE_FAMILIES; f++) {
        names.entries[f] = entries.ids[f];
    }
    if (s == STATUS_OK) {
        s = score_write(scored->model, &names, &w->score, e);
    }
    score_entries_free(&entries);
    return s;
}

/* A number for every line of a source that some entry comes from. */
static enum status number_lines(struct writer *w, struct err *e)
{
    size_t n = w->store->source_count;
    w->origins = alloc_get(w->alloc, n * sizeof *w->origins);
    if (w->origins == NULL) {
        return err_nomem(e);
    }
    memset(w->origins, 0, n * sizeof *w->origins);
    for (size_t i = 0; i < w->selection->count; i++) {
        const struct candidate *c = &w->selection->items[i];
        uint32_t *last = &w->origins[c->sources[0]];
        w->entry_count += select_is_entry(c);
        if (select_is_entry(c) && c->line > *last) {
            *last = c->line;
        }
    }
    uint64_t first = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t next = first + w->origins[i] + 1;
        w->origins[i] = (uint32_t)first;
        first = next;
    }
    return first > UINT32_MAX || w->entry_count > ENTRIES_MAX
               ? err_set(e, STATUS_LIMIT,
                         "more than %u names, or than 4 billion lines",
                         ENTRIES_MAX)
               : STATUS_OK;
}

static enum status put_index(struct writer *w, struct err *e)
{
    struct selection_index index = {.selection = w->selection,
                                    .lists_only = w->scored != NULL,
                                    .folding = w->folding,
                                    .labels = w->label_to_file,
                                    .source = w->error_source};
    size_t size = w->entry_count * sizeof *w->records;
    w->records = alloc_get(w->alloc, size);
    if (w->records == NULL) {
        return err_nomem(e);
    }
    memset(w->records, 0, size);
    return selection_index_build(&index, w->alloc, w->entry_count, w->records,
                                 &w->index_image, &w->index_size, e);
}

static enum status make_entries(struct writer *w, struct err *e)
{
    enum status s = number_lines(w, e);
    if (s == STATUS_OK) {
        s = links_make(w->selection, w->scored != NULL, w->folding, w->alloc,
                       w->entry_count, &w->others, w->error_source, e);
    }
    if (s == STATUS_OK) {
        s = put_index(w, e);
    }
    if (s == STATUS_OK) {
        s = entry_table_init(&w->table, w->alloc, w->entry_count, e);
    }
    if (s == STATUS_OK) {
        s = writer_entries(w, e);
    }
    return s == STATUS_OK ? entry_table_write(&w->table, &w->entries, e) : s;
}

static enum status write_sections(struct writer *w, struct slice options,
                                  struct buf *out, struct err *e)
{
    enum status s = strings_init(&w->strings, w->alloc, e);
    if (s == STATUS_OK) {
        s = put_labels(w, e);
    }
    if (s == STATUS_OK) {
        s = make_entries(w, e);
    }
    if (s == STATUS_OK) {
        s = put_sources(w, e);
    }
    if (s == STATUS_OK) {
        s = put_rules(w, e);
    }
    if (s == STATUS_OK) {
        put_meta(w);
    }
    if (s == STATUS_OK &&
        !(buf_ok(&w->labels) && buf_ok(&w->entries) && buf_ok(&w->sources) &&
          buf_ok(&w->contexts) && buf_ok(&w->meta) && buf_ok(&w->key) &&
          buf_ok(&w->rules) && buf_ok(&w->prefixes) && buf_ok(&w->cases))) {
        s = err_nomem(e);
    }
    if (s == STATUS_OK && w->scored != NULL) {
        s = put_score(w, e);
    }
    return s == STATUS_OK ? assemble(w, options, out, e) : s;
}

static void writer_free(struct writer *w)
{
    size_t entries = w->entry_count;
    strings_free(&w->strings);
    entry_table_free(&w->table);
    alloc_free(w->alloc, w->index_image, w->index_size);
    alloc_free(w->alloc, w->others, entries * sizeof *w->others);
    alloc_free(w->alloc, w->records, entries * sizeof *w->records);
    alloc_free(w->alloc, w->origins,
               w->store->source_count * sizeof *w->origins);
    alloc_free(w->alloc, w->label_to_file,
               strmap_count(w->store->labels) * sizeof *w->label_to_file);
}

enum status writer_image(const struct store *store, const struct selection *s,
                         const struct writer_scored *scored, unsigned folding,
                         struct slice options, struct buf *out,
                         uint32_t *source, struct err *e)
{
    if (s->entries == 0 && store->rule_count == 0) {
        return err_set(e, STATUS_EMPTY,
                       s->count == 0
                           ? "the inputs hold no name"
                           : "none of the %zu names is kept: lower the limits",
                       s->count);
    }
    struct writer w = {.alloc = store->alloc,
                       .store = store,
                       .selection = s,
                       .scored = scored,
                       .folding = folding,
                       .error_source = source};
    struct buf *const bufs[] = {&w.labels, &w.entries, &w.sources, &w.contexts,
                                &w.meta,   &w.key,     &w.rules,   &w.prefixes,
                                &w.cases,  &w.score};
    for (size_t i = 0; i < sizeof bufs / sizeof bufs[0]; i++) {
        buf_init(bufs[i], store->alloc);
    }
    enum status st = write_sections(&w, options, out, e);
    writer_free(&w);
    for (size_t i = 0; i < sizeof bufs / sizeof bufs[0]; i++) {
        buf_free(bufs[i]);
    }
    return st;
}
