#include "tag/sense.h"

#include "base/hashmap.h"
#include "tag/spans.h"
#include "tag/written.h"
#include "text/hash.h"

enum {
    COMPANY = 2, /* other names near that make one mention enough */
    CERTAIN = 2, /* mentions that need no company */
    RECENT = 3,  /* COMPANY, and one that may be the name itself */
    LETTERS_MIN = 2,
    LETTERS_SURE = 3 /* fewer want both */
};

/* Letters that count somewhere by their own context. */
struct sense_name {
    uint32_t entry, label; /* of most of them */
    uint32_t votes;        /* so many more than of all others */
    uint32_t lost;         /* how often they were left open */
    uint32_t part;         /* of these, as the end of a longer name */
};

/* A name without a context, of an earlier text of the document. */
struct recent {
    uint64_t hash;
    size_t at; /* byte of the document */
};

struct sense {
    const struct alloc *alloc;
    const struct lexicon *lexicon;
    struct hashmap ids; /* of the letters */
    struct sense_name *names;
    size_t capacity;
    struct recent recent[RECENT];
    size_t recent_count;
    size_t passed; /* bytes of the texts before */
};

struct sense *sense_create(const struct alloc *alloc,
                           const struct lexicon *lexicon)
{
    struct sense *s = alloc_get(alloc, sizeof *s);
    if (s != NULL) {
        memset(s, 0, sizeof *s);
        s->alloc = alloc;
        s->lexicon = lexicon;
        hashmap_init(&s->ids, alloc);
    }
    return s;
}

void sense_free(struct sense *s)
{
    if (s != NULL) {
        hashmap_free(&s->ids);
        alloc_free(s->alloc, s->names, s->capacity * sizeof *s->names);
        alloc_free(s->alloc, s, sizeof *s);
    }
}

void sense_begin(struct sense *s)
{
    hashmap_clear(&s->ids);
    s->recent_count = 0;
    s->passed = 0;
}

static uint64_t hash_of(struct slice name)
{
    return hash_key((const uint8_t *)name.data, name.len);
}

static struct sense_name *find(struct sense *s, struct slice name)
{
    uint32_t id = hashmap_find(&s->ids, hash_of(name));
    return id != HASHMAP_NONE ? &s->names[id] : NULL;
}

/* The entry that more mentions have than all others together wins, if there is
 * one: each vote for another takes one away. */
static bool vote(struct sense *s, struct slice name, uint32_t entry,
                 uint32_t label)
{
    uint32_t id = 0;
    uint32_t known = s->ids.count;
    void *names = s->names;
    if (!alloc_grow(s->alloc, &names, &s->capacity, (size_t)known + 1,
                    sizeof *s->names)) {
        return false;
    }
    s->names = names;
    if (!hashmap_put(&s->ids, hash_of(name), &id)) {
        return false;
    }
    struct sense_name *n = &s->names[id];
    if (s->ids.count > known) {
        *n = (struct sense_name){.entry = entry, .label = label};
    }
    if (n->votes == 0) {
        n->entry = entry;
        n->label = label;
    }
    n->votes += n->entry == entry;
    n->votes -= n->entry != entry;
    return true;
}

/* May the name be made clear elsewhere? */
static bool may_count(const struct sense *s, const struct span *span)
{
    struct lexicon_entry entry;
    if (span->entry >= s->lexicon->entry_count ||
        span->end - span->start < LETTERS_MIN) {
        return false;
    }
    lexicon_entry(s->lexicon, span->entry, &entry);
    return entry.context && !entry.generic && !entry.no_short;
}

static bool is_plain(const struct sense *s, const struct span *span)
{
    return span->entry >= s->lexicon->entry_count || /* a rule's */
           (lexicon_flags(s->lexicon, span->entry) & LEXICON_CONTEXT) == 0;
}

/* Note a name, unless its letters are there. */
static size_t note(struct recent *to, size_t count, uint64_t hash, size_t at)
{
    for (size_t i = 0; i < count; i++) {
        if (to[i].hash == hash) {
            return count;
        }
    }
    to[count] = (struct recent){hash, at};
    return count + 1;
}

/* Do COMPANY names without a context stand near? */
static bool has_company(const struct sense *s, const struct document_view *v,
                        const struct span *span)
{
    struct recent found[COMPANY];
    size_t n = 0;
    size_t from = span->start > SENSE_NEAR ? span->start - SENSE_NEAR : 0;
    for (size_t i = spans_first_behind(v->spans, v->count, from);
         n < COMPANY && i < v->count &&
         v->spans[i].start < span->end + SENSE_NEAR;
         i++) {
        if (is_plain(s, &v->spans[i])) {
            n = note(found, n, hash_of(spans_text(v->text, &v->spans[i])),
                     v->spans[i].start);
        }
    }
    for (size_t i = 0; n < COMPANY && i < s->recent_count; i++) {
        if (s->recent[i].at + SENSE_NEAR > s->passed + span->start) {
            n = note(found, n, s->recent[i].hash, s->recent[i].at);
        }
    }
    return n == COMPANY;
}

static bool any_capital(struct slice name)
{
    for (size_t i = 0; i < name.len; i++) {
        if (written_is_capital(name.data[i])) {
            return true;
        }
    }
    return false;
}

/* Does a word with a capital that is no name stand right before? */
static bool ends_name(const struct document_view *v, const struct span *span)
{
    size_t i = spans_first_behind(v->spans, v->count, span->start);
    size_t end = 0;
    return written_capital_before(v->text, span->start, &end) &&
           (i == 0 || v->spans[i - 1].end != end);
}

static bool begins_name(const struct document_view *v, const struct span *span)
{
    size_t i = spans_first_behind(v->spans, v->count, span->start);
    size_t start = 0;
    return written_capital_behind(v->text, span->end, &start) &&
           (i == v->count || v->spans[i].start != start);
}

bool sense_learn(struct sense *s, const struct document_view *v)
{
    size_t count = 0;
    const struct sure *sure = context_sure(v->context, &count);
    for (size_t i = 0; i < count; i++) {
        struct span span = {
            .start = sure[i].start, .end = sure[i].end, .entry = sure[i].entry};
        if (may_count(s, &span) &&
            !vote(s, spans_text(v->text, &span), span.entry, sure[i].label)) {
            return false;
        }
    }
    for (size_t i = 0; s->ids.count > 0 && i < v->lost_count; i++) {
        struct sense_name *n = find(s, spans_text(v->text, &v->lost[i]));
        if (n != NULL) {
            n->lost++;
            n->part += ends_name(v, &v->lost[i]);
        }
    }
    return true;
}

bool sense_counts(struct sense *s, const struct document_view *v,
                  struct span *span)
{
    struct slice name = spans_text(v->text, span);
    const struct sense_name *n = find(s, name);
    if (n == NULL || n->votes == 0 || !may_count(s, span) ||
        n->part > n->votes || ends_name(v, span) || begins_name(v, span)) {
        return false;
    }
    bool small = !any_capital(name);
    bool both =
        small || name.len < LETTERS_SURE || !written_as_name(v->text, span);
    bool certain = n->votes >= CERTAIN;
    if (small && n->votes < (n->lost + SENSE_SHARE - 1) / SENSE_SHARE) {
        return false;
    }
    if (both ? !certain || !has_company(s, v, span)
             : !certain && !has_company(s, v, span)) {
        return false;
    }
    if (!context_allows(v->context, v->text, span, n->entry)) {
        return false;
    }
    span->entry = n->entry;
    span->label = n->label;
    return true;
}

void sense_pass(struct sense *s, const struct document_view *v)
{
    struct recent last[RECENT];
    size_t n = 0;
    for (size_t i = v->count; n < RECENT && i-- > 0;) {
        if (v->text.len - v->spans[i].start > SENSE_NEAR) {
            break;
        }
        if (is_plain(s, &v->spans[i])) {
            n = note(last, n, hash_of(spans_text(v->text, &v->spans[i])),
                     s->passed + v->spans[i].start);
        }
    }
    for (size_t i = 0; n < RECENT && i < s->recent_count; i++) {
        n = note(last, n, s->recent[i].hash, s->recent[i].at);
    }
    memcpy(s->recent, last, n * sizeof *last);
    s->recent_count = n;
    s->passed += v->text.len + 1;
}
