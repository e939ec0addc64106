/* All inputs of a compilation, kept in memory: sentences as ids of their
 * words, mentions, names of lists, labels and sources. Counting, selection
 * and training read it; only store_add_* write it. */
#ifndef GAZ_BUILD_STORE_H
#define GAZ_BUILD_STORE_H

#include <stdint.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/digest.h"
#include "base/slice.h"
#include "base/status.h"
#include "base/strmap.h"
#include "corpus/list.h"
#include "corpus/names.h"
#include "corpus/rule_lines.h"

struct store_options {
    int token_column; /* from 0; negative from the end of the line */
    int tag_column;
    bool bare_types; /* tags are types without a prefix */
    bool case_set;   /* a policy was asked for: other programs' names, which
                        match as written, take it */
    bool skip_unsupported; /* leave out what a name list cannot say */
};

struct store_source {
    struct slice name;
    uint8_t sha256[DIGEST_SHA256_SIZE];
    uint64_t size; /* bytes */
};

/* Tokens are words[first_token .. + token_count), mentions
 * mentions[first_mention .. + mention_count). */
struct store_sentence {
    uint32_t first_token;
    uint32_t token_count;
    uint32_t first_mention;
    uint32_t mention_count;
    uint32_t source;
    uint32_t line; /* of its first token, from 1 */
};

struct store_mention {
    uint32_t first; /* token of its sentence */
    uint32_t count; /* tokens */
    uint32_t label;
};

/* A line of a name list; the bytes are the store's own. There are millions of
 * them: the few that have a context have it apart. */
struct store_name {
    struct slice name;
    struct slice id;
    const struct slice *context; /* LIST_CONTEXT_COUNT of them, or NULL */
    uint32_t label;              /* of no meaning for a veto */
    uint32_t source;
    uint32_t line;
    int16_t priority;
    uint8_t letter_case; /* enum list_case */
    uint8_t plural;      /* enum list_plural */
    uint8_t kind;        /* enum list_kind */
    bool veto;
    bool no_version, no_short;
};

/* A line of a file of rules; the slices are the store's own. */
struct store_rule {
    struct rule_line line;
    uint32_t label;
    uint32_t source;
};

/* A line of another program's list that a name list cannot say. */
struct store_skip {
    uint32_t source;
    uint32_t line;
    uint32_t column;
    struct slice message;
};

/* A name of a prior list: a hint for a scored lexicon, never an entry. The
 * slices are the store's own; the label is not renamed yet. */
struct store_hint {
    struct slice name, label;
};

struct store {
    const struct alloc *alloc;
    struct store_options options;
    struct arena arena;
    struct strmap *words;  /* different tokens */
    struct strmap *labels; /* after renaming; all that were kept */
    struct strmap *wanted; /* labels to keep; none: all */
    struct strmap *map_from;
    struct slice *map_to; /* by id in map_from */
    size_t map_capacity;
    struct strmap *met; /* labels of the inputs, before renaming */
    int64_t *met_as;    /* by id there: what store_find_label gives */
    size_t met_capacity;
    uint32_t *tokens; /* ids in words */
    size_t token_count, token_capacity;
    struct store_sentence *sentences;
    size_t sentence_count, sentence_capacity;
    struct store_mention *mentions;
    size_t mention_count, mention_capacity;
    struct store_name *names;
    size_t name_count, name_capacity;
    struct store_hint *hints;
    size_t hint_count, hint_capacity;
    struct store_rule *rules;
    size_t rule_count, rule_capacity;
    struct store_source *sources;
    size_t source_count, source_capacity;
    struct store_skip *skips;
    size_t skip_count, skip_capacity;
};

enum status store_init(struct store *s, const struct alloc *alloc,
                       const struct store_options *options, struct err *e);
void store_free(struct store *s);

/* Keep only labels named here (after renaming); rename a label. Both are for
 * inputs that are added from then on. */
enum status store_keep_label(struct store *s, struct slice label,
                             struct err *e);
enum status store_map_label(struct store *s, struct slice from, struct slice to,
                            struct err *e);

/* Read a whole input. A bad line is STATUS_SYNTAX with its place. */
enum status store_add_corpus(struct store *s, struct slice name,
                             struct slice data, struct err *e);
enum status store_add_list(struct store *s, struct slice name,
                           struct slice data, struct err *e);
/* What the user says comes first: names that are to be found (a name list),
 * or (drop) names that are none, one a line, '#' for comments. They get a
 * priority that no list can give. */
enum { STORE_USER_PRIORITY = 2000 };
enum status store_add_user(struct store *s, struct slice name, bool drop,
                           struct slice data, struct err *e);
/* label and separator are for NAMES_BARE. */
enum status store_add_names(struct store *s, struct slice name,
                            enum names_format format, struct slice label,
                            struct slice separator, struct slice data,
                            struct err *e);
enum status store_add_rules(struct store *s, struct slice name,
                            struct slice data, struct err *e);

/* Give back the room of the names, when they are selected: their bytes stay,
 * and name_count. */
void store_drop_names(struct store *s);
enum status store_add_hint(struct store *s, struct slice name,
                           struct slice label, struct err *e);

/* A label as it is called after renaming; *kept says whether it is one to
 * keep. */
struct slice store_rename_label(const struct store *s, struct slice label,
                                bool *kept);

/* The i-th label that was named to be renamed or kept and that no input has;
 * false when there are no more. */
bool store_unmet_label(const struct store *s, size_t i, struct slice *label,
                       bool *renamed);

/* The bytes of a token of a sentence. */
static inline struct slice store_word(const struct store *s,
                                      const struct store_sentence *sentence,
                                      size_t i)
{
    return strmap_key(s->words, s->tokens[sentence->first_token + i]);
}

#endif
