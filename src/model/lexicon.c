#include "model/lexicon.h"

#include "base/bytes.h"
#include "model/lexicon_rules.h"

static enum status bad(struct err *e, const char *section, size_t record,
                       const char *what)
{
    return err_set(e, STATUS_CORRUPT,
                   "damaged lexicon: section %s, record %zu: %s", section,
                   record, what);
}

/* A NUL-terminated string starts at every offset below the pool's length,
 * because the pool's last byte is NUL. */
static bool good_string(const struct lexicon *l, uint32_t offset)
{
    return offset < l->strings.len;
}

static enum status need(const struct image *image, uint32_t tag,
                        const char *name, size_t record_size, struct slice *out,
                        struct err *e)
{
    if (!image_section(image, tag, out)) {
        return err_set(e, STATUS_CORRUPT, "damaged lexicon: no section %s",
                       name);
    }
    if (out->len % record_size != 0 ||
        out->len / record_size > UINT32_MAX - 1) {
        return bad(e, name, out->len / record_size, "a cut record");
    }
    return STATUS_OK;
}

static enum status find_sections(struct lexicon *l, struct slice *index,
                                 struct slice *entries, struct err *e)
{
    const struct {
        uint32_t tag;
        const char *name;
        size_t record_size;
        struct slice *to;
    } wanted[] = {
        {IMAGE_STRINGS, "STRS", 1, &l->strings},
        {IMAGE_LABELS, "LABL", 4, &l->labels},
        {IMAGE_ENTRIES, "ENTR", 1, entries},
        {IMAGE_COUNTS, "ELAB", LEXICON_PAIR_SIZE, &l->counts},
        {IMAGE_OPTIONS, "OPTS", 1, &l->options},
        {IMAGE_SOURCES, "SRCS", LEXICON_SOURCE_SIZE, &l->sources},
        {IMAGE_CONTEXTS, "CTXT", LEXICON_CONTEXT_SIZE, &l->contexts},
        {IMAGE_META, "META", LEXICON_META_SIZE, &l->meta},
        {IMAGE_INDEX, "INDX", 1, index},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        enum status s = need(&l->image, wanted[i].tag, wanted[i].name,
                             wanted[i].record_size, wanted[i].to, e);
        if (s != STATUS_OK) {
            return s;
        }
    }
    if (l->strings.len == 0 || l->strings.data[l->strings.len - 1] != '\0') {
        return bad(e, "STRS", 0, "the pool does not end in NUL");
    }
    if (l->options.len == 0 || l->options.data[l->options.len - 1] != '\0') {
        return bad(e, "OPTS", 0, "the text does not end in NUL");
    }
    if (l->meta.len != LEXICON_META_SIZE) {
        return bad(e, "META", 0, "not one record");
    }
    l->label_count = (uint32_t)(l->labels.len / 4);
    l->source_count = (uint32_t)(l->sources.len / LEXICON_SOURCE_SIZE);
    return STATUS_OK;
}

/* Rising entries, so that chains of `other` end: it is always a later one in
 * the order of trying, which the reader follows a bounded number of times. */
static enum status check_contexts(const struct lexicon *l, struct err *e)
{
    size_t n = l->contexts.len / LEXICON_CONTEXT_SIZE;
    uint32_t before = 0;
    for (size_t i = 0; i < n; i++) {
        const char *r = l->contexts.data + i * LEXICON_CONTEXT_SIZE;
        uint32_t entry = bytes_load32(r);
        uint32_t other = bytes_load32(r + 4);
        if (entry >= l->entry_count || (i > 0 && entry <= before) ||
            (other != LEXICON_NONE && other >= l->entry_count)) {
            return bad(e, "CTXT", i, "an entry that is none");
        }
        for (size_t k = 0; k < LEXICON_CONTEXT_WORDS; k++) {
            if (!good_string(l, bytes_load32(r + 8 + 4 * k))) {
                return bad(e, "CTXT", i, "words outside the pool");
            }
        }
        before = entry;
    }
    return STATUS_OK;
}

static enum status check_records(const struct lexicon *l, struct err *e)
{
    if (l->label_count > LEXICON_LABELS_MAX) {
        return bad(e, "LABL", l->label_count, "too many labels");
    }
    for (uint32_t i = 0; i < l->label_count; i++) {
        if (!good_string(l, bytes_load32(l->labels.data + (size_t)i * 4))) {
            return bad(e, "LABL", i, "a name outside the pool");
        }
    }
    uint32_t before = 0;
    for (uint32_t i = 0; i < l->source_count; i++) {
        const char *r = l->sources.data + (size_t)i * LEXICON_SOURCE_SIZE;
        if (!good_string(l, bytes_load32(r))) {
            return bad(e, "SRCS", i, "a name outside the pool");
        }
        uint32_t first = bytes_load32(r + 4);
        if (i == 0 ? first != 0 : first <= before) {
            return bad(e, "SRCS", i, "it does not begin behind the one before");
        }
        before = first;
    }
    for (size_t i = 0; i < l->counts.len / LEXICON_PAIR_SIZE; i++) {
        if (bytes_load32(l->counts.data + i * LEXICON_PAIR_SIZE) >=
            l->label_count) {
            return bad(e, "ELAB", i, "a label that is none");
        }
    }
    return check_contexts(l, e);
}

/* Sections that need not be there. */
static enum status open_extras(struct lexicon *l, struct err *e)
{
    struct slice section = {0};
    l->scored = image_section(&l->image, IMAGE_SCORE, &section);
    return l->scored ? score_open(section, l->label_count, l->entry_count,
                                  &l->score, e)
                     : STATUS_OK;
}

static enum status open_index(struct lexicon *l, struct slice section,
                              struct err *e)
{
    enum status s = index_open(section.data, section.len, &l->index);
    if (s == STATUS_VERSION) {
        return err_set(e, s,
                       "names' index of version %u; this gaz reads version %d: "
                       "compile the lexicon again",
                       (unsigned)index_version(section.data), INDEX_VERSION);
    }
    return s == STATUS_OK ? s : bad(e, "INDX", 0, "its header does not fit");
}

static enum status open_entries(struct lexicon *l, struct slice section,
                                struct err *e)
{
    struct entries_limits limits = {.strings = l->strings.len,
                                    .pairs = l->counts.len / LEXICON_PAIR_SIZE,
                                    .records = index_records_end(&l->index),
                                    .labels = l->label_count,
                                    .sources = l->source_count};
    enum status s = entries_open(section, &limits, &l->entries, e);
    if (s == STATUS_OK) {
        l->entry_count = l->entries.count;
        l->index.entry_count = l->entry_count;
        l->index.label_count = l->label_count;
    }
    return s;
}

/* The label of names that hide. */
static uint32_t find_hides(const struct lexicon *l)
{
    uint32_t i = 0;
    while (i < l->label_count &&
           !slice_is(lexicon_label(l, i), LEXICON_HIDES)) {
        i++;
    }
    return i < l->label_count ? i : LEXICON_NONE;
}

enum status lexicon_open(const void *data, size_t len, struct lexicon *out,
                         struct err *e)
{
    struct lexicon l;
    memset(&l, 0, sizeof l);
    struct slice index = {0};
    struct slice entries = {0};
    enum status s = image_open(data, len, &l.image, e);
    if (s == STATUS_OK) {
        s = find_sections(&l, &index, &entries, e);
    }
    if (s == STATUS_OK) {
        s = open_index(&l, index, e);
    }
    if (s == STATUS_OK) {
        s = open_entries(&l, entries, e);
    }
    if (s == STATUS_OK) {
        s = check_records(&l, e);
    }
    if (s == STATUS_OK) {
        s = lexicon_rules_open(&l, e);
    }
    if (s == STATUS_OK) {
        s = open_extras(&l, e);
    }
    if (s == STATUS_OK) {
        l.hides = find_hides(&l);
        *out = l;
    }
    return s;
}

uint32_t lexicon_tokens_max(const struct lexicon *l)
{
    return bytes_load32(l->meta.data);
}

bool lexicon_goes_on_after(const struct lexicon *l, unsigned char symbol)
{
    unsigned char byte = (unsigned char)l->meta.data[8 + (symbol & 127) / 8];
    return (byte >> (symbol & 7) & 1) != 0;
}

static struct slice string_at(const struct lexicon *l, uint32_t offset)
{
    return slice_str(l->strings.data + offset);
}

struct slice lexicon_label(const struct lexicon *l, uint32_t label)
{
    return string_at(l, bytes_load32(l->labels.data + (size_t)label * 4));
}

/* The bytes of an entry; none where the index is damaged. */
static struct slice surface_of(const struct lexicon *l, uint32_t entry)
{
    struct record record;
    uint32_t name = column_get(&l->entries.columns[ENTRIES_NAME], entry);
    if (name & 1) {
        return string_at(l, name / 2);
    }
    return index_record_load(&l->index, name / 2, &record)
               ? slice_of((const char *)record.surface, record.length)
               : slice_of("", 0);
}

uint32_t lexicon_id(const struct lexicon *l, uint32_t entry)
{
    return column_get(&l->entries.columns[ENTRIES_ID], entry);
}

const char *lexicon_id_text(const struct lexicon *l, uint32_t entry)
{
    return l->strings.data + lexicon_id(l, entry);
}

void lexicon_entry(const struct lexicon *l, uint32_t entry,
                   struct lexicon_entry *out)
{
    lexicon_facts(l, entry, out);
    out->surface = surface_of(l, entry);
    out->id = slice_str(lexicon_id_text(l, entry));
}

void lexicon_facts(const struct lexicon *l, uint32_t entry,
                   struct lexicon_entry *out)
{
    const char *r = entries_fact(&l->entries, entry);
    unsigned flags = (unsigned char)r[17];
    out->surface = out->id = slice_of("", 0);
    out->annotated = bytes_load32(r);
    out->occurrences = bytes_load32(r + 4);
    out->first_pair = bytes_load32(r + 8);
    out->pair_count = bytes_load16(r + 12);
    out->label = bytes_load16(r + 14);
    out->policy = (enum policy_case)(unsigned char)r[16];
    out->plural = (flags & LEXICON_PLURAL) != 0;
    out->generic = (flags & LEXICON_GENERIC) != 0;
    out->context = (flags & LEXICON_CONTEXT) != 0;
    out->veto = (flags & LEXICON_VETO) != 0;
    out->no_version = (flags & LEXICON_NO_VERSION) != 0;
    out->no_short = (flags & LEXICON_NO_SHORT) != 0;
    out->priority = (int16_t)bytes_load16(r + 18);
}

int lexicon_priority(const struct lexicon *l, uint32_t entry)
{
    return (int16_t)bytes_load16(entries_fact(&l->entries, entry) + 18);
}

bool lexicon_has_version(const struct lexicon *l, uint32_t entry)
{
    return entry >= l->entry_count ||
           (lexicon_flags(l, entry) & LEXICON_NO_VERSION) == 0;
}

bool lexicon_any_generic(const struct lexicon *l)
{
    return (l->entries.any_flags & LEXICON_GENERIC) != 0;
}

bool lexicon_is_generic(const struct lexicon *l, uint32_t entry)
{
    return lexicon_any_generic(l) &&
           (lexicon_flags(l, entry) & LEXICON_GENERIC) != 0;
}

void lexicon_pair(const struct lexicon *l, const struct lexicon_entry *entry,
                  uint32_t k, uint32_t *label, uint32_t *count)
{
    const char *r =
        l->counts.data + ((size_t)entry->first_pair + k) * LEXICON_PAIR_SIZE;
    *label = bytes_load32(r);
    *count = bytes_load32(r + 4);
}

/* The record of an entry with a context, or NULL. */
static const char *context_record(const struct lexicon *l, uint32_t entry)
{
    size_t low = 0;
    size_t n = l->contexts.len / LEXICON_CONTEXT_SIZE;
    while (n > 0) {
        size_t half = n / 2;
        const char *r = l->contexts.data + (low + half) * LEXICON_CONTEXT_SIZE;
        uint32_t found = bytes_load32(r);
        if (found == entry) {
            return r;
        }
        if (found < entry) {
            low += half + 1;
            n -= half + 1;
        } else {
            n = half;
        }
    }
    return NULL;
}

bool lexicon_context(const struct lexicon *l, uint32_t entry,
                     struct lexicon_context *out)
{
    const char *r = context_record(l, entry);
    if (r != NULL) {
        out->other = bytes_load32(r + 4);
        for (size_t k = 0; k < LEXICON_CONTEXT_WORDS; k++) {
            out->words[k] = string_at(l, bytes_load32(r + 8 + 4 * k));
        }
    }
    return r != NULL;
}

uint32_t lexicon_other(const struct lexicon *l, uint32_t entry)
{
    const char *r = context_record(l, entry);
    return r != NULL ? bytes_load32(r + 4) : LEXICON_NONE;
}

bool lexicon_has_trust(const struct lexicon *l)
{
    return !l->entries.all_certain && !l->scored;
}

float lexicon_trust(const struct lexicon *l, uint32_t entry)
{
    return entry >= l->entry_count || !lexicon_has_trust(l)
               ? 1
               : (float)bytes_load16(entries_fact(&l->entries, entry) + 20) /
                     ENTRIES_TRUST_ALL;
}

/* The last source that begins at the origin or before it. */
void lexicon_origin(const struct lexicon *l, uint32_t entry, uint32_t *source,
                    uint32_t *line)
{
    uint32_t origin = column_get(&l->entries.columns[ENTRIES_ORIGIN], entry);
    uint32_t low = 0;
    uint32_t n = l->source_count;
    while (n > 1) {
        uint32_t half = n / 2;
        const char *r =
            l->sources.data + (size_t)(low + half) * LEXICON_SOURCE_SIZE;
        if (bytes_load32(r + 4) <= origin) {
            low += half;
            n -= half;
        } else {
            n = half;
        }
    }
    *source = low;
    *line = origin - bytes_load32(l->sources.data +
                                  (size_t)low * LEXICON_SOURCE_SIZE + 4);
}

void lexicon_source(const struct lexicon *l, uint32_t i, struct slice *name,
                    const char **sha256, uint64_t *size)
{
    const char *r = l->sources.data + (size_t)i * LEXICON_SOURCE_SIZE;
    *name = string_at(l, bytes_load32(r));
    *size = bytes_load64(r + 8);
    *sha256 = r + 16;
}
