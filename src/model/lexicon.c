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
                                 struct err *e)
{
    const struct {
        uint32_t tag;
        const char *name;
        size_t record_size;
        struct slice *to;
    } wanted[] = {
        {IMAGE_STRINGS, "STRS", 1, &l->strings},
        {IMAGE_LABELS, "LABL", 4, &l->labels},
        {IMAGE_ENTRIES, "ENTR", LEXICON_ENTRY_SIZE, &l->entries},
        {IMAGE_COUNTS, "ELAB", LEXICON_PAIR_SIZE, &l->counts},
        {IMAGE_OPTIONS, "OPTS", 1, &l->options},
        {IMAGE_SOURCES, "SRCS", LEXICON_SOURCE_SIZE, &l->sources},
        {IMAGE_CONTEXTS, "CTXT", LEXICON_CONTEXT_SIZE, &l->contexts},
        {IMAGE_ORIGINS, "ESRC", LEXICON_ORIGIN_SIZE, &l->origins},
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
    l->entry_count = (uint32_t)(l->entries.len / LEXICON_ENTRY_SIZE);
    l->source_count = (uint32_t)(l->sources.len / LEXICON_SOURCE_SIZE);
    if (l->origins.len / LEXICON_ORIGIN_SIZE != l->entry_count) {
        return bad(e, "ESRC", l->origins.len / LEXICON_ORIGIN_SIZE,
                   "not one record for each entry");
    }
    return STATUS_OK;
}

static enum status check_entry(const struct lexicon *l, uint32_t i,
                               struct err *e)
{
    const char *r = l->entries.data + (size_t)i * LEXICON_ENTRY_SIZE;
    uint32_t surface = bytes_load32(r);
    uint32_t first = bytes_load32(r + 20);
    uint32_t pairs = bytes_load16(r + 24);
    size_t pair_total = l->counts.len / LEXICON_PAIR_SIZE;
    if (!good_string(l, surface) ||
        bytes_load32(r + 4) >= l->strings.len - surface ||
        !good_string(l, bytes_load32(r + 8))) {
        return bad(e, "ENTR", i, "a string outside the pool");
    }
    bool veto = ((unsigned char)r[29] & LEXICON_VETO) != 0;
    if ((pairs == 0 && !veto) || first > pair_total ||
        pairs > pair_total - first) {
        return bad(e, "ENTR", i, "label counts outside their section");
    }
    if (pairs > 0 && bytes_load16(r + 26) >= l->label_count) {
        return bad(e, "ENTR", i, "a label that is none");
    }
    if (bytes_load32(l->origins.data + (size_t)i * LEXICON_ORIGIN_SIZE) >=
        l->source_count) {
        return bad(e, "ESRC", i, "a source that is none");
    }
    if ((unsigned char)r[28] > POLICY_SMART ||
        ((unsigned char)r[29] & ~LEXICON_FLAGS) != 0) {
        return bad(e, "ENTR", i, "an unknown policy");
    }
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
    for (uint32_t i = 0; i < l->source_count; i++) {
        const char *r = l->sources.data + (size_t)i * LEXICON_SOURCE_SIZE;
        if (!good_string(l, bytes_load32(r))) {
            return bad(e, "SRCS", i, "a name outside the pool");
        }
    }
    for (size_t i = 0; i < l->counts.len / LEXICON_PAIR_SIZE; i++) {
        if (bytes_load32(l->counts.data + i * LEXICON_PAIR_SIZE) >=
            l->label_count) {
            return bad(e, "ELAB", i, "a label that is none");
        }
    }
    for (uint32_t i = 0; i < l->entry_count; i++) {
        enum status s = check_entry(l, i, e);
        if (s != STATUS_OK) {
            return s;
        }
    }
    return check_contexts(l, e);
}

/* Sections that need not be there. */
static enum status open_extras(struct lexicon *l, struct err *e)
{
    struct slice section = {0};
    if (image_section(&l->image, IMAGE_TRUST, &l->trust) &&
        l->trust.len / 2 != l->entry_count) {
        return bad(e, "TRST", l->trust.len / 2, "not one for each entry");
    }
    l->scored = image_section(&l->image, IMAGE_SCORE, &section);
    return l->scored ? score_open(section, l->label_count, l->entry_count,
                                  &l->score, e)
                     : STATUS_OK;
}

enum status lexicon_open(const void *data, size_t len, struct lexicon *out,
                         struct err *e)
{
    struct lexicon l;
    memset(&l, 0, sizeof l);
    enum status s = image_open(data, len, &l.image, e);
    struct slice index = {0};
    if (s == STATUS_OK) {
        s = find_sections(&l, &index, e);
    }
    if (s == STATUS_OK) {
        s = check_records(&l, e);
    }
    if (s == STATUS_OK && index_open(index.data, index.len, l.entry_count,
                                     l.label_count, &l.index) != STATUS_OK) {
        s = bad(e, "INDX", 0, "its header does not fit");
    }
    if (s == STATUS_OK) {
        s = lexicon_rules_open(&l, e);
    }
    if (s == STATUS_OK) {
        s = open_extras(&l, e);
    }
    if (s == STATUS_OK) {
        *out = l;
    }
    return s;
}

uint32_t lexicon_tokens_max(const struct lexicon *l)
{
    return bytes_load32(l->meta.data);
}

unsigned lexicon_folding(const struct lexicon *l)
{
    return bytes_load32(l->meta.data + 4);
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

void lexicon_entry(const struct lexicon *l, uint32_t entry,
                   struct lexicon_entry *out)
{
    const char *r = l->entries.data + (size_t)entry * LEXICON_ENTRY_SIZE;
    out->surface =
        slice_of(l->strings.data + bytes_load32(r), bytes_load32(r + 4));
    out->id = string_at(l, bytes_load32(r + 8));
    out->annotated = bytes_load32(r + 12);
    out->occurrences = bytes_load32(r + 16);
    out->first_pair = bytes_load32(r + 20);
    out->pair_count = bytes_load16(r + 24);
    out->label = bytes_load16(r + 26);
    out->policy = (enum policy_case)(unsigned char)r[28];
    out->plural = (r[29] & LEXICON_PLURAL) != 0;
    out->generic = (r[29] & LEXICON_GENERIC) != 0;
    out->context = (r[29] & LEXICON_CONTEXT) != 0;
    out->veto = (r[29] & LEXICON_VETO) != 0;
    out->priority = (int16_t)bytes_load16(r + 30);
}

uint32_t lexicon_id(const struct lexicon *l, uint32_t entry)
{
    return bytes_load32(l->entries.data + (size_t)entry * LEXICON_ENTRY_SIZE +
                        8);
}

bool lexicon_is_generic(const struct lexicon *l, uint32_t entry)
{
    return (l->entries.data[(size_t)entry * LEXICON_ENTRY_SIZE + 29] &
            LEXICON_GENERIC) != 0;
}

void lexicon_pair(const struct lexicon *l, const struct lexicon_entry *entry,
                  uint32_t k, uint32_t *label, uint32_t *count)
{
    const char *r =
        l->counts.data + ((size_t)entry->first_pair + k) * LEXICON_PAIR_SIZE;
    *label = bytes_load32(r);
    *count = bytes_load32(r + 4);
}

bool lexicon_context(const struct lexicon *l, uint32_t entry,
                     struct lexicon_context *out)
{
    size_t low = 0;
    size_t n = l->contexts.len / LEXICON_CONTEXT_SIZE;
    while (n > 0) {
        size_t half = n / 2;
        const char *r = l->contexts.data + (low + half) * LEXICON_CONTEXT_SIZE;
        uint32_t found = bytes_load32(r);
        if (found == entry) {
            out->other = bytes_load32(r + 4);
            for (size_t k = 0; k < LEXICON_CONTEXT_WORDS; k++) {
                out->words[k] = string_at(l, bytes_load32(r + 8 + 4 * k));
            }
            return true;
        }
        if (found < entry) {
            low += half + 1;
            n -= half + 1;
        } else {
            n = half;
        }
    }
    return false;
}

float lexicon_trust(const struct lexicon *l, uint32_t entry)
{
    return l->trust.len == 0 || entry >= l->entry_count
               ? 1
               : (float)bytes_load16(l->trust.data + (size_t)entry * 2) / 65535;
}

void lexicon_origin(const struct lexicon *l, uint32_t entry, uint32_t *source,
                    uint32_t *line)
{
    const char *r = l->origins.data + (size_t)entry * LEXICON_ORIGIN_SIZE;
    *source = bytes_load32(r);
    *line = bytes_load32(r + 4);
}

void lexicon_source(const struct lexicon *l, uint32_t i, struct slice *name,
                    const char **sha256, uint64_t *size)
{
    const char *r = l->sources.data + (size_t)i * LEXICON_SOURCE_SIZE;
    *name = string_at(l, bytes_load32(r));
    *size = bytes_load64(r + 8);
    *sha256 = r + 16;
}
