#include "tag/document.h"

#include <stdlib.h>

#include "base/hashmap.h"
#include "tag/sense.h"
#include "tag/shorts.h"
#include "tag/spans.h"
#include "tag/written.h"
#include "text/hash.h"
#include "text/limits.h"

/* What a key in `known` is of. */
enum key_kind {
    KEY_ID = 1, /* a name found with this id */
    KEY_ENDS,   /* a name found ends in these words */
    KEY_BEGINS  /* or begins with them */
};

enum {
    WANTED_BITS = 4096,
    SHORT_MIN = 2 /* bytes of a short form */
};

struct document {
    const struct alloc *alloc;
    const struct lexicon *lexicon;
    bool sentences;
    uint64_t wanted[WANTED_BITS / 64]; /* filter of what is asked for: ids and
                                          last letters */
    struct hashmap known;
    struct shorts *shorts;
    struct sense *sense;
    struct span *found;
    size_t count, capacity;
};

struct document *document_create(const struct alloc *alloc,
                                 const struct lexicon *lexicon,
                                 enum simd_level simd)
{
    struct document *d = alloc_get(alloc, sizeof *d);
    if (d != NULL) {
        memset(d, 0, sizeof *d);
        d->alloc = alloc;
        d->lexicon = lexicon;
        hashmap_init(&d->known, alloc);
        d->sense = sense_create(alloc, lexicon);
        d->shorts = shorts_create(alloc, lexicon, simd);
        if (d->sense == NULL || d->shorts == NULL) {
            document_free(d);
            return NULL;
        }
    }
    return d;
}

void document_free(struct document *d)
{
    if (d != NULL) {
        hashmap_free(&d->known);
        sense_free(d->sense);
        shorts_free(d->shorts);
        alloc_free(d->alloc, d->found, d->capacity * sizeof *d->found);
        alloc_free(d->alloc, d, sizeof *d);
    }
}

void document_begin(struct document *d, bool sentences)
{
    d->sentences = sentences;
    memset(d->wanted, sentences ? 0xFF : 0, sizeof d->wanted);
    hashmap_clear(&d->known);
    shorts_begin(d->shorts);
    sense_begin(d->sense, sentences);
}

static uint64_t key_of_words(enum key_kind kind, uint32_t label,
                             struct slice words)
{
    return hash_step(hash_step(kind * HASH_K2, label),
                     hash_key((const uint8_t *)words.data, words.len));
}

static uint64_t key_of_id(uint32_t id)
{
    return hash_step(KEY_ID * HASH_K2, id);
}

static bool learn(struct document *d, uint64_t key)
{
    uint32_t id = 0;
    return hashmap_put(&d->known, key, &id);
}

static uint64_t bit_of_id(uint32_t id)
{
    return id * HASH_K1 >> 52;
}

static uint64_t bit_of_letters(struct slice name)
{
    uint64_t two = (unsigned char)name.data[name.len - 1];
    two |= name.len > 1 ? (uint64_t)name.data[name.len - 2] << 8 : 0;
    return two * HASH_K2 >> 52;
}

static uint64_t bit_of_front(struct slice name)
{
    uint64_t two = (unsigned char)name.data[0];
    two |= name.len > 1 ? (uint64_t)(unsigned char)name.data[1] << 8 : 0;
    return (two + HASH_K1) * HASH_K2 >> 52;
}

static void want(struct document *d, uint64_t bit)
{
    d->wanted[bit / 64] |= 1ULL << bit % 64;
}

/* What may make a name clear, or another one of the same key. */
static void want_name(struct document *d, uint32_t entry, struct slice name)
{
    want(d, bit_of_letters(name));
    want(d, bit_of_front(name));
    for (size_t i = 0; i < LIMIT_CHAIN && entry != LEXICON_NONE; i++) {
        want(d, bit_of_id(lexicon_id(d->lexicon, entry)));
        entry = lexicon_other(d->lexicon, entry);
    }
}

static bool is_wanted(const struct document *d, uint64_t bit)
{
    return (d->wanted[bit / 64] >> bit % 64 & 1) != 0;
}

/* Note what a mention allows to be called by later, if it is wanted. */
static bool learn_mention(struct document *d, struct slice text,
                          const struct span *s)
{
    if (s->entry >= d->lexicon->entry_count) {
        return true; /* a rule's */
    }
    struct slice name = spans_text(text, s);
    uint32_t id = lexicon_id(d->lexicon, s->entry);
    bool by_id = id != 0 && is_wanted(d, bit_of_id(id));
    if (!by_id && !is_wanted(d, bit_of_letters(name)) &&
        !is_wanted(d, bit_of_front(name))) {
        return true;
    }
    struct lexicon_entry entry;
    lexicon_facts(d->lexicon, s->entry, &entry);
    if (entry.generic || entry.context) {
        return true;
    }
    bool ok = !by_id || learn(d, key_of_id(id));
    for (size_t i = 1; ok && i < name.len; i++) {
        if (name.data[i - 1] == ' ' || name.data[i - 1] == '\n') {
            ok = learn(d, key_of_words(KEY_ENDS, s->label,
                                       slice_of(name.data + i, name.len - i)));
            bool goes_on = name.data[i] < '0' || name.data[i] > '9';
            ok = ok && (!goes_on || /* not ISO of 'ISO 9660' */
                        learn(d, key_of_words(KEY_BEGINS, s->label,
                                              slice_of(name.data, i - 1))));
        }
    }
    return ok;
}

/* context_known of tag/context.h. */
static bool is_known(void *document, uint32_t entry, uint32_t label,
                     struct slice name)
{
    const struct document *d = document;
    uint32_t id = lexicon_id(d->lexicon, entry);
    return (id != 0 &&
            hashmap_find(&d->known, key_of_id(id)) != HASHMAP_NONE) ||
           hashmap_find(&d->known, key_of_words(KEY_ENDS, label, name)) !=
               HASHMAP_NONE ||
           hashmap_find(&d->known, key_of_words(KEY_BEGINS, label, name)) !=
               HASHMAP_NONE;
}

static bool add(struct document *d, const struct span *s)
{
    void *found = d->found;
    if (!alloc_grow(d->alloc, &found, &d->capacity, d->count + 1,
                    sizeof *d->found)) {
        return false;
    }
    d->found = found;
    d->found[d->count] = *s;
    d->found[d->count].score = lexicon_trust(d->lexicon, s->entry);
    d->found[d->count].version_start = 0;
    d->found[d->count++].version_end = 0;
    return true;
}

static int by_start(const void *a, const void *b)
{
    const struct span *x = a;
    const struct span *y = b;
    return (x->start > y->start) - (x->start < y->start);
}

static bool is_free(const struct document_view *v, size_t start, size_t end)
{
    return spans_free(v->spans, v->count, start, end);
}

/* Could it count once its document has made it clear? */
static bool may_count(const struct document *d, const struct document_view *v,
                      const struct span *s)
{
    struct lexicon_entry entry;
    if (s->entry >= d->lexicon->entry_count) {
        return false;
    }
    lexicon_facts(d->lexicon, s->entry, &entry);
    return entry.context && !entry.generic && !entry.no_short &&
           s->end - s->start >= SHORT_MIN && is_free(v, s->start, s->end) &&
           written_as_name(v->text, s);
}

/* In order, and where two overlap the first. */
static void put_in_order(struct document *d)
{
    size_t kept = 0;
    size_t i = 1;
    while (i < d->count && d->found[i - 1].start <= d->found[i].start) {
        i++;
    }
    if (i < d->count) {
        qsort(d->found, d->count, sizeof *d->found, by_start);
    }
    for (i = 0; i < d->count; i++) {
        if (kept == 0 || d->found[i].start >= d->found[kept - 1].end) {
            d->found[kept++] = d->found[i];
        }
    }
    d->count = kept;
}

/* What counts elsewhere by its own context, or has its kin near. */
static bool find_same(struct document *d, const struct document_view *v)
{
    bool ok = sense_learn(d->sense, v);
    for (size_t i = 0; ok && i < v->lost_count; i++) {
        struct span s = v->lost[i];
        if (sense_counts(d->sense, v, i, &s) && is_free(v, s.start, s.end)) {
            ok = add(d, &s);
        }
    }
    if (d->sentences) {
        sense_pass(d->sense, v);
    }
    put_in_order(d);
    return ok && sense_ok(d->sense) && context_ok(v->context);
}

/* Both lists in the order of the text: a mention teaches, what was lost is
 * asked for again. */
static bool find_known(struct document *d, const struct document_view *v)
{
    size_t same = d->count; /* of find_same, in order */
    size_t kept = 0;
    size_t next = 0;
    bool ok = true;
    for (size_t i = 0; i < v->lost_count; i++) {
        const struct span *s = &v->lost[i];
        if (may_count(d, v, s) &&
            spans_free(d->found, same, s->start, s->end)) {
            want_name(d, s->entry, spans_text(v->text, s));
            v->lost[kept++] = *s;
        }
    }
    if (kept > 1) {
        qsort(v->lost, kept, sizeof *v->lost, by_start);
    }
    for (size_t i = 0; ok && i < kept; i++) {
        struct span *s = &v->lost[i];
        while (ok && next < v->count && v->spans[next].start < s->start) {
            ok = learn_mention(d, v->text, &v->spans[next++]);
        }
        if (ok &&
            (d->count == same || d->found[d->count - 1].end <= s->start) &&
            context_known(v->context, v->text, s, is_known, d)) {
            ok = add(d, s);
        }
    }
    ok = ok && context_ok(v->context);
    while (ok && d->sentences && next < v->count) {
        ok = learn_mention(d, v->text, &v->spans[next++]);
    }
    return ok;
}

/* The places of short forms. */
static bool find_shorts(struct document *d, const struct document_view *v)
{
    struct span span;
    for (size_t at = 0; shorts_next(d->shorts, v, at, &span); at = span.end) {
        if (!add(d, &span)) {
            return false;
        }
    }
    return true;
}

enum status document_find(struct document *d, const struct document_view *v,
                          const struct span **out, size_t *count, struct err *e)
{
    d->count = 0;
    if (!d->sentences) {
        document_begin(d, false);
    }
    if ((v->lost_count > 0 || d->sentences) &&
        (!find_same(d, v) || !find_known(d, v))) {
        return err_nomem(e);
    }
    put_in_order(d);
    enum status s = shorts_learn(d->shorts, v, e);
    if (s == STATUS_OK && shorts_any(d->shorts)) {
        s = find_shorts(d, v) ? STATUS_OK : err_nomem(e);
        put_in_order(d);
    }
    *out = d->found;
    *count = d->count;
    return s;
}
