#include "tag/context.h"

#include "text/fold.h"
#include "text/token.h"
#include "text/utf8.h"

enum {
    SIDE_WORDS = 60, /* looked at on either side of a mention */
    SIDE_BYTES = 1024,
    NEAR_WORDS = 3, /* for `not` */
    OTHERS_MAX = 16 /* entries of one key that are tried */
};

/* A word near a mention. */
struct near_word {
    size_t start, end;   /* bytes of the text */
    uint32_t key, plain; /* offsets of its keys in c->keys: folded with and
                            without plural */
    uint32_t key_len, plain_len;
};

struct context {
    const struct alloc *alloc;
    const struct lexicon *lexicon;
    struct near_word words[2 * SIDE_WORDS + 2];
    size_t before;     /* words[0 .. before) stand before the mention */
    size_t word_count; /* the rest behind it */
    size_t from, to;   /* bytes of the sentence around */
    struct buf keys;
    struct buf a, b;
    bool *stays; /* by span */
    size_t stays_capacity;
    struct span *dropped;
    size_t dropped_capacity;
};

struct context *context_create(const struct alloc *alloc,
                               const struct lexicon *lexicon)
{
    struct context *c = alloc_get(alloc, sizeof *c);
    if (c != NULL) {
        memset(c, 0, sizeof *c);
        c->alloc = alloc;
        c->lexicon = lexicon;
        buf_init(&c->keys, alloc);
        buf_init(&c->a, alloc);
        buf_init(&c->b, alloc);
    }
    return c;
}

void context_free(struct context *c)
{
    if (c != NULL) {
        buf_free(&c->keys);
        buf_free(&c->a);
        buf_free(&c->b);
        alloc_free(c->alloc, c->dropped,
                   c->dropped_capacity * sizeof *c->dropped);
        alloc_free(c->alloc, c->stays, c->stays_capacity * sizeof *c->stays);
        alloc_free(c->alloc, c, sizeof *c);
    }
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

bool context_ends(unsigned char before, unsigned char after)
{
    if (before == '\n') {
        return after == '\n';
    }
    return (before == '.' || before == '!' || before == '?') &&
           is_blank((char)after);
}

static bool ends_sentence(struct slice text, size_t i)
{
    return i + 1 < text.len && context_ends((unsigned char)text.data[i],
                                            (unsigned char)text.data[i + 1]);
}

static size_t sentence_start(struct slice text, size_t at)
{
    size_t floor = at > SIDE_BYTES ? at - SIDE_BYTES : 0;
    size_t i = at;
    while (i > floor && !ends_sentence(text, i - 1)) {
        i--;
    }
    /* Never start inside a word or a UTF-8 sequence. */
    while (i > 0 && i < at && i == floor && !is_blank(text.data[i - 1])) {
        i++;
        floor++;
    }
    return i;
}

static size_t sentence_end(struct slice text, size_t at)
{
    size_t ceiling = text.len - at > SIDE_BYTES ? at + SIDE_BYTES : text.len;
    size_t i = at;
    while (i < ceiling && !ends_sentence(text, i)) {
        i++;
    }
    while (i == ceiling && i > at && i < text.len && !is_blank(text.data[i])) {
        i--;
        ceiling--;
    }
    return i;
}

static struct near_word make_word(struct context *c, struct slice text,
                                  const struct token *t)
{
    struct slice bytes = slice_of(text.data + t->start, t->end - t->start);
    struct near_word w = {.start = t->start, .end = t->end};
    w.key = (uint32_t)c->keys.len;
    fold_token(bytes, FOLD_CASE | FOLD_PLURAL, &c->keys);
    w.key_len = (uint32_t)c->keys.len - w.key;
    w.plain = (uint32_t)c->keys.len;
    fold_token(bytes, FOLD_CASE, &c->keys);
    w.plain_len = (uint32_t)c->keys.len - w.plain;
    return w;
}

/* The words of the sentence around a span: the last SIDE_WORDS before it and
 * the first behind it. */
static void look_around(struct context *c, struct slice text,
                        const struct span *span)
{
    struct token t;
    struct near_word ring[SIDE_WORDS];
    size_t n = 0;
    buf_clear(&c->keys);
    c->from = sentence_start(text, span->start);
    c->to = sentence_end(text, span->end);
    struct slice front = slice_of(text.data, span->start);
    for (size_t pos = c->from; token_next(front, pos, &t); pos = t.end) {
        if (t.kind == TOKEN_WORD) {
            ring[n++ % SIDE_WORDS] = make_word(c, text, &t);
        }
    }
    c->before = n < SIDE_WORDS ? n : SIDE_WORDS;
    for (size_t i = 0; i < c->before; i++) {
        c->words[i] = ring[(n - c->before + i) % SIDE_WORDS];
    }
    c->word_count = c->before;
    struct slice back = slice_of(text.data, c->to);
    for (size_t pos = span->end;
         c->word_count < c->before + SIDE_WORDS && token_next(back, pos, &t);
         pos = t.end) {
        if (t.kind == TOKEN_WORD) {
            c->words[c->word_count++] = make_word(c, text, &t);
        }
    }
}

static bool word_is(const struct context *c, size_t i, struct slice word)
{
    const struct near_word *w = &c->words[i];
    if (!buf_ok(&c->keys)) {
        return false; /* context_filter will tell */
    }
    return slice_eq(slice_of(c->keys.data + w->key, w->key_len), word) ||
           slice_eq(slice_of(c->keys.data + w->plain, w->plain_len), word);
}

/* Take the next word off a list parted by '|'. */
static bool next_word(struct slice *list, struct slice *word)
{
    if (list->len == 0) {
        return false;
    }
    const char *bar = memchr(list->data, '|', list->len);
    size_t n = bar != NULL ? (size_t)(bar - list->data) : list->len;
    size_t used = n + (bar != NULL);
    *word = slice_of(list->data, n);
    *list = slice_of(list->data + used, list->len - used);
    return true;
}

static bool any_word(const struct context *c, struct slice list, size_t from,
                     size_t to)
{
    struct slice word;
    while (next_word(&list, &word)) {
        for (size_t i = from; i < to; i++) {
            if (word_is(c, i, word)) {
                return true;
            }
        }
    }
    return false;
}

/* The decided mentions of the sentence, as far as they are wanted. */
struct company {
    const struct span *spans;
    size_t count;
    size_t self;
};

static bool has_company(const struct context *c, const struct company *all,
                        struct slice label)
{
    for (int way = -1; way <= 1; way += 2) {
        for (size_t i = all->self; way < 0 ? i-- > 0 : ++i < all->count;) {
            const struct span *s = &all->spans[i];
            if (s->end <= c->from || s->start >= c->to) {
                break;
            }
            if (c->stays[i] &&
                slice_eq(lexicon_label(c->lexicon, s->label), label)) {
                return true;
            }
        }
    }
    return false;
}

static bool needs_met(const struct context *c, const struct lexicon_context *k,
                      const struct company *all)
{
    struct slice list = k->words[LEXICON_NEED];
    struct slice word;
    size_t n = c->word_count;
    if (list.len == 0 && k->words[LEXICON_NEXT].len == 0 &&
        k->words[LEXICON_PREV].len == 0) {
        return true;
    }
    if (any_word(c, k->words[LEXICON_NEXT], c->before,
                 c->before + (c->before < n)) ||
        any_word(c, k->words[LEXICON_PREV], c->before - (c->before > 0),
                 c->before) ||
        any_word(c, list, 0, n)) {
        return true;
    }
    while (next_word(&list, &word)) {
        if (word.len > 1 && word.data[0] == '@' &&
            has_company(c, all, slice_of(word.data + 1, word.len - 1))) {
            return true;
        }
    }
    return false;
}

/* The words that a word of `not` is held against: all that are near, or for
 * '>word' the one right behind, for '<word' the one right before. */
static void not_range(const struct context *c, char side, size_t *from,
                      size_t *to)
{
    size_t behind = c->word_count - c->before;
    size_t back = side == '>' ? 0 : side == '<' ? 1 : NEAR_WORDS;
    size_t forth = side == '>' ? 1 : side == '<' ? 0 : NEAR_WORDS;
    *from = c->before > back ? c->before - back : 0;
    *to = c->before + (behind < forth ? behind : forth);
}

/* *found is the one of `not` that is there. */
static bool forbidden(const struct context *c, const struct lexicon_context *k,
                      struct slice *found)
{
    struct slice list = k->words[LEXICON_NOT];
    struct slice word;
    while (next_word(&list, &word)) {
        size_t i = 0;
        size_t end = 0;
        bool side =
            word.len > 1 && (word.data[0] == '>' || word.data[0] == '<');
        not_range(c, side ? word.data[0] : 0, &i, &end);
        for (; i < end; i++) {
            *found = slice_of(word.data + side, word.len - side);
            if (word_is(c, i, *found)) {
                return true;
            }
        }
    }
    return false;
}

static bool holds(const struct context *c, const struct lexicon_context *k,
                  const struct company *all)
{
    struct slice word;
    return !forbidden(c, k, &word) && needs_met(c, k, all);
}

/* Go on to the next entry of the key whose policy accepts the text. An entry
 * without a context has no link: it ends the search. */
static bool next_entry(struct context *c, struct slice bytes, uint32_t *id,
                       struct lexicon_entry *entry)
{
    struct lexicon_context k;
    for (size_t i = 0; i < OTHERS_MAX; i++) {
        if (!lexicon_context(c->lexicon, *id, &k) || k.other == LEXICON_NONE) {
            return false;
        }
        *id = k.other;
        lexicon_entry(c->lexicon, *id, entry);
        if (policy_accepts(entry->policy, entry->plural, entry->surface, bytes,
                           &c->a, &c->b)) {
            return true;
        }
    }
    return false;
}

/* Decide a span with a context; false when none of its entries stays. */
static bool decide(struct context *c, struct slice text, struct span *span,
                   const struct company *all)
{
    struct slice bytes =
        slice_of(text.data + span->start, span->end - span->start);
    struct lexicon_context k;
    struct lexicon_entry entry;
    uint32_t id = span->entry;
    look_around(c, text, span);
    lexicon_entry(c->lexicon, id, &entry);
    for (size_t tries = 0; tries < OTHERS_MAX; tries++) {
        if (!lexicon_context(c->lexicon, id, &k) || holds(c, &k, all)) {
            span->entry = id;
            span->label = entry.label;
            return !entry.veto;
        }
        if (!next_entry(c, bytes, &id, &entry)) {
            return false;
        }
    }
    return false;
}

bool context_known(struct context *c, struct slice text, struct span *span,
                   context_asks known, void *document)
{
    struct slice bytes =
        slice_of(text.data + span->start, span->end - span->start);
    struct lexicon_context k;
    struct lexicon_entry entry;
    uint32_t id = span->entry;
    bool looked = false;
    lexicon_entry(c->lexicon, id, &entry);
    for (size_t tries = 0; tries < OTHERS_MAX; tries++) {
        if (!entry.context || entry.veto ||
            !lexicon_context(c->lexicon, id, &k)) {
            return false;
        }
        if (known(document, id, entry.label, bytes)) {
            if (!looked) {
                look_around(c, text, span);
                looked = true;
            }
            struct slice word;
            if (!forbidden(c, &k, &word)) {
                span->entry = id;
                span->label = entry.label;
                return true;
            }
        }
        if (!next_entry(c, bytes, &id, &entry)) {
            return false;
        }
    }
    return false;
}

/* One of the words of a list among words[from .. to), told to out. */
static bool tell_word(const struct context *c, const char *key,
                      struct slice list, size_t from, size_t to,
                      struct buf *out)
{
    struct slice word;
    while (next_word(&list, &word)) {
        for (size_t i = from; i < to; i++) {
            if (word_is(c, i, word)) {
                buf_format(out, "'%.*s' is there (%s)", (int)word.len,
                           word.data, key);
                return true;
            }
        }
    }
    return false;
}

static bool tell_needs(const struct context *c, const struct lexicon_context *k,
                       const struct company *all, struct buf *out)
{
    size_t n = c->word_count;
    size_t at = c->before;
    if (tell_word(c, "next", k->words[LEXICON_NEXT], at, at + (at < n), out) ||
        tell_word(c, "prev", k->words[LEXICON_PREV], at - (at > 0), at, out) ||
        tell_word(c, "need", k->words[LEXICON_NEED], 0, n, out)) {
        return true;
    }
    bool met = needs_met(c, k, all);
    buf_str(out, met ? "a mention that need= asks for is in its sentence"
                     : "nothing that need=, next= or prev= ask for is in its "
                       "sentence");
    return met;
}

enum status context_tell(struct context *c, struct slice text,
                         const struct span *at, uint32_t entry,
                         const struct span *spans, size_t count, bool *holds,
                         struct buf *out, struct err *e)
{
    struct lexicon_context k;
    struct span *all = alloc_get(c->alloc, (count + 1) * sizeof *all);
    void *stays = c->stays;
    bool ok = all != NULL && alloc_grow(c->alloc, &stays, &c->stays_capacity,
                                        count + 1, sizeof *c->stays);
    c->stays = stays;
    size_t self = 0;
    *holds = true;
    if (ok && lexicon_context(c->lexicon, entry, &k)) {
        while (self < count && spans[self].start < at->start) {
            self++;
        }
        memcpy(all, spans, self * sizeof *all);
        all[self] = *at;
        memcpy(all + self + 1, spans + self, (count - self) * sizeof *all);
        memset(c->stays, true, (count + 1) * sizeof *c->stays);
        struct company company = {all, count + 1, self};
        look_around(c, text, at);
        struct slice word = {0};
        *holds = !forbidden(c, &k, &word);
        if (*holds) {
            *holds = tell_needs(c, &k, &company, out);
        } else {
            buf_format(out, "'%.*s' is there (not)", (int)word.len, word.data);
        }
    }
    alloc_free(c->alloc, all, (count + 1) * sizeof *all);
    return ok ? STATUS_OK : err_nomem(e);
}

/* 1. Mentions without a context stay.
 * 2. The others are decided in order, with these and the earlier ones of
 *    them as company.
 * 3. Those that failed are decided once more, with the later ones as well. */
static void decide_all(struct context *c, struct slice text, struct span *spans,
                       size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool listed = spans[i].entry < c->lexicon->entry_count;
        c->stays[i] =
            !listed || /* a rule's */
            (lexicon_flags(c->lexicon, spans[i].entry) & LEXICON_CONTEXT) == 0;
    }
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < count; i++) {
            struct company all = {spans, count, i};
            c->stays[i] = c->stays[i] || decide(c, text, &spans[i], &all);
        }
    }
}

enum status context_filter(struct context *c, struct slice text,
                           struct span *spans, size_t *count, struct err *e)
{
    if (c->lexicon->contexts.len == 0) {
        return STATUS_OK;
    }
    void *stays = c->stays;
    void *dropped = c->dropped;
    bool ok = alloc_grow(c->alloc, &stays, &c->stays_capacity, *count,
                         sizeof *c->stays);
    c->stays = stays;
    ok = ok && alloc_grow(c->alloc, &dropped, &c->dropped_capacity, *count,
                          sizeof *c->dropped);
    c->dropped = dropped;
    if (!ok) {
        return err_nomem(e);
    }
    buf_reset(&c->keys);
    buf_reset(&c->a);
    buf_reset(&c->b);
    decide_all(c, text, spans, *count);
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++) {
        if (c->stays[i]) {
            spans[kept++] = spans[i];
        } else {
            c->dropped[i - kept] = spans[i];
        }
    }
    if (*count > kept) {
        memcpy(spans + kept, c->dropped, (*count - kept) * sizeof *spans);
    }
    *count = kept;
    return buf_ok(&c->keys) && buf_ok(&c->a) && buf_ok(&c->b) ? STATUS_OK
                                                              : err_nomem(e);
}
