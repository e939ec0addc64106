#include "tag/sense.h"

#include "base/hashmap.h"
#include "tag/spans.h"
#include "tag/written.h"
#include "text/hash.h"

enum {
    COMPANY = 2, /* other names near that make one mention enough */
    CERTAIN = 2, /* mentions that need no company */
    RECENT = 3,  /* COMPANY, and one that may be the name itself */
    FILTER_BITS = 4096,
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
    size_t passed;  /* bytes of the texts before */
    bool sentences; /* more texts of the document follow */
    /* of the text at hand */
    uint64_t *lost; /* of what is lost: hashes of its letters, then their ids
                       or HASHMAP_NONE */
    size_t lost_capacity;
    uint64_t *hashes; /* of its mentions, when they are wanted */
    size_t hash_count, hash_capacity;
    size_t at, from, to;               /* mentions near byte `at` */
    uint64_t filter[FILTER_BITS / 64]; /* of the letters of what is lost */
    bool failed;                       /* memory was out */
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
        alloc_free(s->alloc, s->lost, s->lost_capacity * sizeof *s->lost);
        alloc_free(s->alloc, s->hashes, s->hash_capacity * sizeof *s->hashes);
        alloc_free(s->alloc, s->names, s->capacity * sizeof *s->names);
        alloc_free(s->alloc, s, sizeof *s);
    }
}

void sense_begin(struct sense *s, bool sentences)
{
    s->sentences = sentences;
    hashmap_clear(&s->ids);
    s->recent_count = 0;
    s->passed = 0;
}

static uint64_t hash_of(struct slice name)
{
    return hash_key((const uint8_t *)name.data, name.len);
}

/* The entry that more mentions have than all others together wins, if there is
 * one: each vote for another takes one away. */
static bool vote(struct sense *s, uint64_t hash, uint32_t entry, uint32_t label)
{
    uint32_t id = 0;
    uint32_t known = s->ids.count;
    void *names = s->names;
    if (!alloc_grow(s->alloc, &names, &s->capacity, (size_t)known + 1,
                    sizeof *s->names)) {
        return false;
    }
    s->names = names;
    if (!hashmap_put(&s->ids, hash, &id)) {
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
    enum { FLAGS = LEXICON_CONTEXT | LEXICON_GENERIC | LEXICON_NO_SHORT };
    return span->entry < s->lexicon->entry_count &&
           span->end - span->start >= LETTERS_MIN &&
           (lexicon_flags(s->lexicon, span->entry) & FLAGS) == LEXICON_CONTEXT;
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

static bool same_letters(struct slice text, const struct span *a,
                         const struct span *b)
{
    return a->entry == b->entry &&
           slice_eq(spans_text(text, a), spans_text(text, b));
}

/* Do COMPANY names without a context stand near? */
static bool has_company(const struct sense *s, const struct document_view *v,
                        const struct span *span)
{
    struct recent found[COMPANY];
    const struct span *last = NULL; /* mostly the next has its letters */
    size_t n = 0;
    size_t from = span->start > SENSE_NEAR ? span->start - SENSE_NEAR : 0;
    for (size_t i = spans_first_behind(v->spans, v->count, from);
         n < COMPANY && i < v->count &&
         v->spans[i].start < span->end + SENSE_NEAR;
         i++) {
        const struct span *at = &v->spans[i];
        if ((last == NULL || !same_letters(v->text, last, at)) &&
            is_plain(s, at)) {
            n = note(found, n, hash_of(spans_text(v->text, at)), at->start);
            last = at;
        }
    }
    for (size_t i = 0; n < COMPANY && i < s->recent_count; i++) {
        if (s->recent[i].at + SENSE_NEAR > s->passed + span->start) {
            n = note(found, n, s->recent[i].hash, s->recent[i].at);
        }
    }
    return n == COMPANY;
}

/* Does a word with a capital that is no name stand right before? */
static bool ends_name(const struct document_view *v, const struct span *span)
{
    size_t end = 0;
    if (!written_capital_before(v->text, span->start, &end)) {
        return false;
    }
    size_t i = spans_first_behind(v->spans, v->count, span->start);
    return i == 0 || v->spans[i - 1].end != end;
}

static bool begins_name(const struct document_view *v, const struct span *span)
{
    size_t start = 0;
    if (!written_capital_behind(v->text, span->end, &start)) {
        return false;
    }
    size_t i = spans_first_behind(v->spans, v->count, span->start);
    return i == v->count || v->spans[i].start != start;
}

static uint64_t bit_of(uint64_t hash)
{
    return hash * HASH_K1 >> 52;
}

/* Which letters are lost: what has others need not be looked at. */
static bool filter_lost(struct sense *s, const struct document_view *v)
{
    void *lost = s->lost;
    if (!alloc_grow(s->alloc, &lost, &s->lost_capacity, v->lost_count,
                    sizeof *s->lost)) {
        return false;
    }
    s->lost = lost;
    memset(s->filter, s->sentences ? 0xFF : 0, sizeof s->filter);
    for (size_t i = 0; i < v->lost_count; i++) {
        uint64_t hash = hash_of(spans_text(v->text, &v->lost[i]));
        uint64_t bit = bit_of(hash);
        s->lost[i] = hash;
        s->filter[bit / 64] |= 1ULL << bit % 64;
    }
    return true;
}

static void look_lost(struct sense *s, const struct document_view *v)
{
    for (size_t i = 0; i < v->lost_count; i++) {
        uint32_t id = hashmap_find(&s->ids, s->lost[i]);
        s->lost[i] = id;
        if (id != HASHMAP_NONE) {
            s->names[id].lost++;
            s->names[id].part += ends_name(v, &v->lost[i]);
        }
    }
}

bool sense_learn(struct sense *s, const struct document_view *v)
{
    size_t count = 0;
    const struct sure *sure = context_sure(v->context, &count);
    s->at = s->from = s->to = s->hash_count = 0;
    s->failed = false;
    if (!filter_lost(s, v)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        struct span span = {
            .start = sure[i].start, .end = sure[i].end, .entry = sure[i].entry};
        uint64_t hash = hash_of(spans_text(v->text, &span));
        uint64_t bit = bit_of(hash);
        if ((s->filter[bit / 64] >> bit % 64 & 1) != 0 && may_count(s, &span) &&
            !ends_name(v, &span) && !begins_name(v, &span) &&
            !vote(s, hash, span.entry, sure[i].label)) {
            return false;
        }
    }
    look_lost(s, v);
    return true;
}

static bool has_hyphen(struct slice text, const struct span *span)
{
    return (span->start > 0 && text.data[span->start - 1] == '-') ||
           (span->end < text.len && text.data[span->end] == '-');
}

/* Do its own letters count elsewhere? */
static bool counts_elsewhere(const struct sense *s,
                             const struct document_view *v, size_t lost,
                             struct span *span)
{
    uint32_t id = (uint32_t)s->lost[lost];
    if (id == HASHMAP_NONE || s->names[id].votes == 0 ||
        s->names[id].part > s->names[id].votes) {
        return false;
    }
    const struct sense_name *n = &s->names[id];
    struct slice name = spans_text(v->text, span);
    bool small = !written_any_capital(name);
    bool beside = !context_needs(v->context, n->entry);
    bool both = small || beside || name.len < LETTERS_SURE ||
                !written_as_name(v->text, span);
    bool certain = n->votes >= CERTAIN;
    if ((both && !certain) || (beside && n->votes < n->lost) ||
        (small && (has_hyphen(v->text, span) ||
                   n->votes < (n->lost + SENSE_SHARE - 1) / SENSE_SHARE)) ||
        ends_name(v, span) || begins_name(v, span) ||
        ((both || !certain) && !has_company(s, v, span)) ||
        !context_allows(v->context, v->text, span, n->entry)) {
        return false;
    }
    span->entry = n->entry;
    span->label = n->label;
    return true;
}

/* The hashes of all mentions of the text, made once. */
static bool make_hashes(struct sense *s, const struct document_view *v)
{
    void *hashes = s->hashes;
    bool ok = alloc_grow(s->alloc, &hashes, &s->hash_capacity, v->count,
                         sizeof *s->hashes);
    s->hashes = hashes;
    for (; ok && s->hash_count < v->count; s->hash_count++) {
        s->hashes[s->hash_count] =
            context_kin_hash(spans_text(v->text, &v->spans[s->hash_count]));
    }
    return ok;
}

/* The mentions near: what is asked for is mostly in order. */
static void look_near(struct sense *s, const struct document_view *v,
                      const struct span *span)
{
    size_t low = span->start > SENSE_NEAR ? span->start - SENSE_NEAR : 0;
    if (span->start < s->at) {
        s->from = s->to = 0;
    }
    s->at = span->start;
    while (s->from < v->count && v->spans[s->from].end <= low) {
        s->from++;
    }
    s->to = s->to > s->from ? s->to : s->from;
    while (s->to < v->count && v->spans[s->to].start < span->end + SENSE_NEAR) {
        s->to++;
    }
}

/* Do names stand near that its context asks for? */
static bool has_kin(struct sense *s, const struct document_view *v,
                    struct span *span)
{
    size_t found = 0;
    struct slice name = spans_text(v->text, span);
    struct span with = *span;
    if (v->count < COMPANY || name.len < LETTERS_SURE ||
        !written_any_capital(name)) {
        return false;
    }
    look_near(s, v, span);
    if (s->to - s->from < COMPANY) {
        return false;
    }
    if (s->failed || !make_hashes(s, v)) {
        s->failed = true;
        return false;
    }
    struct kin near = {v->spans + s->from, s->hashes + s->from,
                       s->to - s->from};
    if (!context_kin(v->context, v->text, &with, &near, &found) ||
        !written_as_name(v->text, span) || ends_name(v, span) ||
        begins_name(v, span) || !has_company(s, v, span)) {
        return false;
    }
    *span = with;
    return true;
}

bool sense_counts(struct sense *s, const struct document_view *v, size_t lost,
                  struct span *span)
{
    *span = v->lost[lost];
    return may_count(s, span) &&
           (counts_elsewhere(s, v, lost, span) || has_kin(s, v, span));
}

bool sense_ok(const struct sense *s)
{
    return !s->failed;
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
