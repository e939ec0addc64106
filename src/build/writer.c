#include "build/writer.h"

#include <stdlib.h>

#include "base/digest.h"
#include "base/bytes.h"
#include "build/rule_section.h"
#include "build/score_names.h"
#include "build/score_write.h"
#include "build/selection_index.h"
#include "text/fold.h"
#include "text/token.h"

enum { SECTION_COUNT = 14 };

struct writer {
    const struct alloc *alloc;
    const struct store *store;
    const struct selection *selection;
    const struct writer_scored *scored; /* may be NULL */
    unsigned folding;
    struct buf strings;
    struct strmap *string_ids; /* different strings, in order of need */
    uint32_t *string_at;       /* offset in the pool, by id */
    size_t string_capacity;
    uint32_t *label_to_file;                  /* by label of the store */
    uint32_t single_pair[LEXICON_LABELS_MAX]; /* by label: 1 + place in counts
                                                 of the pair (label, 1) */
    struct buf labels, entries, counts, sources, contexts, origins, meta, rules,
        prefixes, trust, score;
    struct buf key;   /* scratch */
    uint32_t *others; /* by entry: the next one with its key; NULL: none
                         has a context */
    uint8_t *index_image;
    size_t index_size;
    uint32_t entry_count;
    uint32_t tokens_max;
    bool trusts_all;           /* every entry is certain */
    unsigned char goes_on[16]; /* by ASCII symbol, a bit each */
};

static void put16(struct buf *b, uint32_t v)
{
    char bytes[2];
    bytes_store16(bytes, (uint16_t)v);
    buf_add(b, bytes, sizeof bytes);
}

static void put32(struct buf *b, uint32_t v)
{
    char bytes[4];
    bytes_store32(bytes, v);
    buf_add(b, bytes, sizeof bytes);
}

static void put64(struct buf *b, uint64_t v)
{
    char bytes[8];
    bytes_store64(bytes, v);
    buf_add(b, bytes, sizeof bytes);
}

/* The offset of a string in the pool, where equal strings are one. */
static enum status put_string(struct writer *w, struct slice s, uint32_t *at,
                              struct err *e)
{
    uint32_t id = 0;
    bool added = false;
    void *offsets = w->string_at;
    if (!alloc_grow(w->alloc, &offsets, &w->string_capacity,
                    (size_t)strmap_count(w->string_ids) + 1,
                    sizeof *w->string_at)) {
        return err_nomem(e);
    }
    w->string_at = offsets;
    if (!strmap_put(w->string_ids, s, &id, &added)) {
        return err_nomem(e);
    }
    if (added) {
        if (w->strings.len > UINT32_MAX - s.len - 1) {
            return err_set(e, STATUS_LIMIT, "more than 4 GB of names");
        }
        w->string_at[id] = (uint32_t)w->strings.len;
        buf_slice(&w->strings, s);
        buf_byte(&w->strings, '\0');
    }
    *at = w->string_at[id];
    return buf_ok(&w->strings) ? STATUS_OK : err_nomem(e);
}

/* An entry and its key, for putting those of a key into the order in which
 * they are tried. */
struct keyed {
    uint32_t key;
    uint32_t entry;
    const struct candidate *candidate;
};

static int by_key(const void *a, const void *b)
{
    const struct keyed *x = a;
    const struct keyed *y = b;
    if (x->key != y->key) {
        return x->key < y->key ? -1 : 1;
    }
    int c = select_rank(x->candidate, y->candidate);
    return c != 0 ? c : (x->entry > y->entry) - (x->entry < y->entry);
}

/* Fill list with the indexed entries, *count of them. */
static enum status key_entries(struct writer *w, struct keyed *list,
                               uint32_t *count, struct err *e)
{
    struct strmap *keys = strmap_create(w->alloc);
    struct buf key;
    buf_init(&key, w->alloc);
    bool ok = keys != NULL;
    uint32_t n = 0;
    uint32_t entry = 0;
    for (size_t i = 0; ok && i < w->selection->count; i++) {
        const struct candidate *c = &w->selection->items[i];
        if (selection_index_has(c, w->scored != NULL)) {
            buf_clear(&key);
            fold_name(c->surface, w->folding, &key);
            list[n] = (struct keyed){0, entry, c};
            ok = buf_ok(&key) &&
                 strmap_put(keys, buf_view(&key), &list[n].key, NULL);
            n++;
        }
        entry += select_is_entry(c);
    }
    *count = n;
    buf_free(&key);
    strmap_free(keys);
    return ok ? STATUS_OK : err_nomem(e);
}

/* Fill w->others when some entry has a context. */
static enum status link_entries(struct writer *w, struct err *e)
{
    bool any = false;
    for (size_t i = 0; i < w->selection->count; i++) {
        const struct candidate *c = &w->selection->items[i];
        w->entry_count += select_is_entry(c);
        any = any || (select_is_entry(c) && select_has_context(c));
    }
    if (!any) {
        return STATUS_OK;
    }
    uint32_t n = w->entry_count;
    uint32_t linked = 0;
    struct keyed *list = alloc_get(w->alloc, n * sizeof *list);
    w->others = alloc_get(w->alloc, n * sizeof *w->others);
    enum status s = list == NULL || w->others == NULL
                        ? err_nomem(e)
                        : key_entries(w, list, &linked, e);
    if (s == STATUS_OK && linked > 0) {
        memset(w->others, 0xFF, n * sizeof *w->others);
        qsort(list, linked, sizeof *list, by_key);
        for (uint32_t i = 0; i < linked; i++) {
            bool last = i + 1 == linked || list[i + 1].key != list[i].key;
            w->others[list[i].entry] = last ? LEXICON_NONE : list[i + 1].entry;
        }
    }
    alloc_free(w->alloc, list, n * sizeof *list);
    return s;
}

/* The same for a string that stands there once only. */
static enum status put_new_string(struct writer *w, struct slice s,
                                  uint32_t *at, struct err *e)
{
    if (w->strings.len > UINT32_MAX - s.len - 1) {
        return err_set(e, STATUS_LIMIT, "more than 4 GB of names");
    }
    *at = (uint32_t)w->strings.len;
    buf_slice(&w->strings, s);
    buf_byte(&w->strings, '\0');
    return buf_ok(&w->strings) ? STATUS_OK : err_nomem(e);
}

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
        s = put_string(w, sorted[i].name, &at, e);
        put32(&w->labels, at);
        w->label_to_file[sorted[i].id] = i;
    }
    alloc_free(w->alloc, sorted, size);
    return s;
}

/* What META tells of the names. */
static void survey_name(struct writer *w, struct slice surface)
{
    struct token t;
    struct buf *key = &w->key; /* as the text writes the token, after NFC */
    size_t pos = 0;
    uint32_t n = 0;
    buf_clear(key);
    while (token_next(surface, pos, &t)) {
        if (t.gap != GAP_GLUED && key->len > 0) {
            unsigned char c = (unsigned char)key->data[key->len - 1];
            if (c < 0x80) {
                w->goes_on[c / 8] |= (unsigned char)(1u << (c & 7));
            }
        }
        buf_clear(key);
        fold_token(slice_of(surface.data + t.start, t.end - t.start), FOLD_NONE,
                   key);
        n++;
        pos = t.end;
    }
    w->tokens_max = n > w->tokens_max ? n : w->tokens_max;
}

/* The place of a candidate's label counts. Names of lists have mostly one
 * label, counted once: these share a pair for each label. */
static uint32_t put_pairs(struct writer *w, const struct candidate *c)
{
    uint32_t at = (uint32_t)(w->counts.len / LEXICON_PAIR_SIZE);
    bool common = c->label_count == 1 && c->labels[0].count == 1;
    uint32_t label = common ? w->label_to_file[c->labels[0].label] : 0;
    if (common && w->single_pair[label] != 0) {
        return w->single_pair[label] - 1;
    }
    for (uint32_t k = 0; k < c->label_count; k++) {
        put32(&w->counts, w->label_to_file[c->labels[k].label]);
        put32(&w->counts, c->labels[k].count);
    }
    if (common) {
        w->single_pair[label] = at + 1;
    }
    return at;
}

static enum status put_entry(struct writer *w, const struct candidate *c,
                             struct err *e)
{
    uint32_t surface = 0;
    uint32_t id = 0;
    enum status s = put_new_string(w, c->surface, &surface, e);
    if (s == STATUS_OK && c->id.len > 0) {
        s = put_string(w, c->id, &id, e);
    }
    if (s != STATUS_OK) {
        return s;
    }
    survey_name(w, c->surface);
    struct buf *b = &w->entries;
    put32(b, surface);
    put32(b, (uint32_t)c->surface.len);
    put32(b, id);
    put32(b, c->annotated);
    put32(b, c->occurrences);
    put32(b, put_pairs(w, c));
    put16(b, c->label_count);
    put16(b, c->label_count > 0 ? w->label_to_file[c->label] : 0);
    buf_byte(b, (char)c->policy);
    buf_byte(b, (char)((c->plural ? LEXICON_PLURAL : 0) |
                       (c->generic ? LEXICON_GENERIC : 0) |
                       (c->why == SELECT_VETO ? LEXICON_VETO : 0) |
                       (select_has_context(c) ? LEXICON_CONTEXT : 0)));
    put16(b, (uint16_t)(int16_t)c->priority);
    uint32_t trust = (uint32_t)(c->purity * 65535 + 0.5);
    put16(&w->trust, trust < 65535 ? trust : 65535);
    w->trusts_all = w->trusts_all && trust >= 65535;
    put32(&w->origins, c->sources[0]);
    put32(&w->origins, c->line);
    return STATUS_OK;
}

/* Cue words are compared in lower case; '@Label' is a name. */
static void fold_words(struct slice words, struct buf *out)
{
    buf_clear(out);
    while (words.len > 0) {
        const char *bar = memchr(words.data, '|', words.len);
        size_t n = bar != NULL ? (size_t)(bar - words.data) : words.len;
        struct slice word = slice_of(words.data, n);
        if (n > 0 && word.data[0] == '@') {
            buf_slice(out, word);
        } else {
            fold_name(word, FOLD_CASE, out);
        }
        size_t used = n + (bar != NULL);
        if (bar != NULL) {
            buf_byte(out, '|');
        }
        words = slice_of(words.data + used, words.len - used);
    }
}

static enum status put_context(struct writer *w, const struct candidate *c,
                               uint32_t entry, struct err *e)
{
    put32(&w->contexts, entry);
    put32(&w->contexts, w->others[entry]);
    for (size_t i = 0; i < LIST_CONTEXT_COUNT; i++) {
        uint32_t words = 0;
        fold_words(c->context[i], &w->key);
        enum status s = buf_ok(&w->key)
                            ? put_string(w, buf_view(&w->key), &words, e)
                            : err_nomem(e);
        if (s != STATUS_OK) {
            return s;
        }
        put32(&w->contexts, words);
    }
    return STATUS_OK;
}

static enum status put_entries(struct writer *w, struct err *e)
{
    uint32_t entry = 0;
    for (size_t i = 0; i < w->selection->count; i++) {
        const struct candidate *c = &w->selection->items[i];
        if (!select_is_entry(c)) {
            continue;
        }
        enum status s = put_entry(w, c, e);
        /* Also where only the link is needed: it may lead past an entry
         * without a context whose policy refuses the text. */
        if (s == STATUS_OK &&
            (select_has_context(c) ||
             (w->others != NULL && w->others[entry] != LEXICON_NONE))) {
            s = put_context(w, c, entry, e);
        }
        if (s != STATUS_OK) {
            return s;
        }
        entry++;
    }
    return STATUS_OK;
}

static enum status put_sources(struct writer *w, struct err *e)
{
    enum status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < w->store->source_count; i++) {
        const struct store_source *source = &w->store->sources[i];
        uint32_t name = 0;
        s = put_string(w, source->name, &name, e);
        put32(&w->sources, name);
        put32(&w->sources, 0);
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
        if (slice_is(name, w->strings.data + at)) {
            *id = (uint32_t)i;
            return true;
        }
    }
    return false;
}

static enum status put_rules(struct writer *w, struct err *e)
{
    struct rule_section section;
    rule_section_init(&section, w->alloc);
    enum status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < w->store->rule_count; i++) {
        const struct store_rule *rule = &w->store->rules[i];
        struct rule_record record = {.line = &rule->line,
                                     .source = rule->source,
                                     .source_name =
                                         w->store->sources[rule->source].name,
                                     .label = w->label_to_file[rule->label]};
        s = put_string(w, rule->line.pattern, &record.pattern_at, e);
        if (s == STATUS_OK) {
            s = put_string(w, rule->line.id, &record.id_at, e);
        }
        if (s == STATUS_OK) {
            s = put_string(w, rule->line.words, &record.words_at, e);
        }
        if (s == STATUS_OK) {
            s = rule_section_add(&section, &record, label_in_file, w, e);
        }
    }
    if (s == STATUS_OK) {
        s = rule_section_write(&section, &w->rules, &w->prefixes, e);
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
    return (tag == IMAGE_SCORE && w->scored == NULL) ||
           (tag == IMAGE_TRUST && (w->scored != NULL || w->trusts_all));
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
        {IMAGE_COUNTS, buf_view(&w->counts)},
        {IMAGE_STRINGS, buf_view(&w->strings)},
        {IMAGE_CONTEXTS, buf_view(&w->contexts)},
        {IMAGE_ORIGINS, buf_view(&w->origins)},
        {IMAGE_META, buf_view(&w->meta)},
        {IMAGE_RULES, buf_view(&w->rules)},
        {IMAGE_PREFIXES, buf_view(&w->prefixes)},
        {IMAGE_SCORE, buf_view(&w->score)},
        {IMAGE_TRUST, buf_view(&w->trust)},
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

static enum status write_sections(struct writer *w, struct slice options,
                                  struct buf *out, struct err *e)
{
    uint32_t empty = 0;
    enum status s = put_string(w, slice_of("", 0), &empty, e);
    if (s == STATUS_OK) {
        s = put_labels(w, e);
    }
    if (s == STATUS_OK) {
        s = link_entries(w, e);
    }
    if (s == STATUS_OK) {
        s = put_entries(w, e);
    }
    if (s == STATUS_OK) {
        s = put_sources(w, e);
    }
    if (s == STATUS_OK) {
        s = put_rules(w, e);
    }
    if (s == STATUS_OK) {
        struct selection_index index = {.selection = w->selection,
                                        .lists_only = w->scored != NULL,
                                        .folding = w->folding,
                                        .labels = w->label_to_file};
        s = selection_index_build(&index, w->alloc, w->entry_count,
                                  &w->index_image, &w->index_size, e);
    }
    if (s == STATUS_OK) {
        put_meta(w);
    }
    if (s == STATUS_OK &&
        !(buf_ok(&w->labels) && buf_ok(&w->entries) && buf_ok(&w->counts) &&
          buf_ok(&w->sources) && buf_ok(&w->contexts) && buf_ok(&w->origins) &&
          buf_ok(&w->meta) && buf_ok(&w->key) && buf_ok(&w->trust) &&
          buf_ok(&w->rules) && buf_ok(&w->prefixes))) {
        s = err_nomem(e);
    }
    if (s == STATUS_OK && w->scored != NULL) {
        s = put_score(w, e);
    }
    return s == STATUS_OK ? assemble(w, options, out, e) : s;
}

enum status writer_image(const struct store *store, const struct selection *s,
                         const struct writer_scored *scored, unsigned folding,
                         struct slice options, struct buf *out, struct err *e)
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
                       .trusts_all = true,
                       .folding = folding};
    struct buf *const bufs[] = {&w.strings, &w.labels,   &w.entries,  &w.counts,
                                &w.sources, &w.contexts, &w.origins,  &w.meta,
                                &w.key,     &w.rules,    &w.prefixes, &w.trust,
                                &w.score};
    for (size_t i = 0; i < sizeof bufs / sizeof bufs[0]; i++) {
        buf_init(bufs[i], store->alloc);
    }
    w.string_ids = strmap_create(store->alloc);
    enum status st = w.string_ids == NULL ? err_nomem(e)
                                          : write_sections(&w, options, out, e);
    strmap_free(w.string_ids);
    alloc_free(w.alloc, w.string_at, w.string_capacity * sizeof *w.string_at);
    alloc_free(w.alloc, w.index_image, w.index_size);
    alloc_free(w.alloc, w.others, w.entry_count * sizeof *w.others);
    alloc_free(w.alloc, w.label_to_file,
               strmap_count(store->labels) * sizeof *w.label_to_file);
    for (size_t i = 0; i < sizeof bufs / sizeof bufs[0]; i++) {
        buf_free(bufs[i]);
    }
    return st;
}
