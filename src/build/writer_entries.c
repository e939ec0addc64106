/* The entries of an image: names, facts and contexts. */
#include "build/writer_state.h"

#include "text/fold.h"
#include "text/token.h"

/* The last byte of a token as the text writes it, after NFC. */
static unsigned char last_byte(struct writer *w, struct slice token)
{
    for (size_t i = 0; i < token.len; i++) {
        if ((unsigned char)token.data[i] >= 0x80) {
            buf_clear(&w->key);
            fold_token(token, FOLD_NONE, &w->key);
            token = buf_view(&w->key);
            break;
        }
    }
    return token.len > 0 ? (unsigned char)token.data[token.len - 1] : 0x80;
}

/* What META tells of the names. */
static void survey_name(struct writer *w, struct slice surface)
{
    struct token t;
    struct token before = {0};
    size_t pos = 0;
    uint32_t n = 0;
    while (token_next(surface, pos, &t)) {
        if (t.gap != GAP_GLUED && n > 0) {
            unsigned char c = last_byte(w, slice_of(surface.data + before.start,
                                                    before.end - before.start));
            if (c < 0x80) {
                w->goes_on[c / 8] |= (unsigned char)(1u << (c & 7));
            }
        }
        before = t;
        n++;
        pos = t.end;
    }
    w->tokens_max = n > w->tokens_max ? n : w->tokens_max;
}

/* The number of an entry's name in ENTR: the index has most of them. */
static enum status put_name(struct writer *w, struct slice surface,
                            uint32_t entry, uint32_t *out, struct err *e)
{
    uint32_t at = 0;
    if (w->records[entry] != 0) {
        *out = w->records[entry] * 2;
        return STATUS_OK;
    }
    enum status s = strings_add(&w->strings, surface, &at, e);
    if (s == STATUS_OK && at > UINT32_MAX / 2) {
        s = err_set(e, STATUS_LIMIT, "more than 2 GB of names");
    }
    if (s == STATUS_OK) {
        *out = at * 2 + 1;
    }
    return s;
}

static void put_fact(struct writer *w, const struct candidate *c)
{
    double trust = w->scored != NULL ? 1 : c->purity;
    struct entry_fact fact = {
        .annotated = c->annotated,
        .occurrences = c->occurrences,
        .label = c->label_count > 0 ? (uint16_t)w->label_to_file[c->label] : 0,
        .trust = trust < 1 ? (uint16_t)(trust * ENTRIES_TRUST_ALL + 0.5)
                           : ENTRIES_TRUST_ALL,
        .priority = (int16_t)c->priority,
        .policy = (uint8_t)c->policy,
        .flags = (uint8_t)((c->plural ? LEXICON_PLURAL : 0) |
                           (c->generic ? LEXICON_GENERIC : 0) |
                           (c->no_version ? LEXICON_NO_VERSION : 0) |
                           (c->no_short ? LEXICON_NO_SHORT : 0) |
                           (c->why == SELECT_VETO ? LEXICON_VETO : 0) |
                           (select_has_context(c) ? LEXICON_CONTEXT : 0))};
    entry_table_fact(&w->table, &fact);
    for (uint32_t k = 0; k < c->label_count; k++) {
        entry_table_pair(&w->table, w->label_to_file[c->labels[k].label],
                         c->labels[k].count);
    }
}

static enum status put_entry(struct writer *w, const struct candidate *c,
                             uint32_t entry, struct err *e)
{
    uint32_t name = 0;
    uint32_t id = 0;
    enum status s = put_name(w, c->surface, entry, &name, e);
    if (s == STATUS_OK) {
        s = strings_share(&w->strings, c->id, &id, e);
    }
    if (s == STATUS_OK) {
        survey_name(w, c->surface);
        put_fact(w, c);
        s = entry_table_add(&w->table, name, id,
                            w->origins[c->sources[0]] + c->line, e);
    }
    return s;
}

/* Cue words are compared in lower case; '@Label' is a name. side is put in
 * front of each, if it is not 0. */
static void fold_words(struct slice words, char side, struct buf *out)
{
    if (words.len > 0 && out->len > 0) {
        buf_byte(out, '|');
    }
    while (words.len > 0) {
        const char *bar = memchr(words.data, '|', words.len);
        size_t n = bar != NULL ? (size_t)(bar - words.data) : words.len;
        struct slice word = slice_of(words.data, n);
        if (side != 0) {
            buf_byte(out, side);
        }
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
    for (size_t i = 0; i < LEXICON_CONTEXT_WORDS; i++) {
        uint32_t words = 0;
        buf_clear(&w->key);
        if (c->context != NULL) {
            fold_words(c->context[i], 0, &w->key);
        }
        if (c->context != NULL && i == LEXICON_NOT) {
            fold_words(c->context[LIST_NOT_NEXT], '>', &w->key);
            fold_words(c->context[LIST_NOT_PREV], '<', &w->key);
        }
        enum status s =
            buf_ok(&w->key)
                ? strings_share(&w->strings, buf_view(&w->key), &words, e)
                : err_nomem(e);
        if (s != STATUS_OK) {
            return s;
        }
        put32(&w->contexts, words);
    }
    return STATUS_OK;
}

enum status writer_entries(struct writer *w, struct err *e)
{
    uint32_t entry = 0;
    for (size_t i = 0; i < w->selection->count; i++) {
        enum { AHEAD = 12 };
        const struct candidate *c = &w->selection->items[i];
        if (i + AHEAD < w->selection->count) {
            GAZ_PREFETCH(c[AHEAD].surface.data);
        }
        if (!select_is_entry(c)) {
            continue;
        }
        enum status s = put_entry(w, c, entry, e);
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
