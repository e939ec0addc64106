/* A lexicon as it lies in an image: labels, entries with their counts,
 * sources, options. Everything is validated once, at open; the accessors rely
 * on that and take only ids below the counts. */
#ifndef GAZ_MODEL_LEXICON_H
#define GAZ_MODEL_LEXICON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"
#include "base/status.h"
#include "model/entries.h"
#include "model/image.h"
#include "model/index.h"
#include "model/score.h"
#include "text/policy.h"

/* ENTR: model/entries.h.
 * ELAB: pairs of u32 label, u32 count, by falling count, then in
 *       the order in which the inputs brought them. A veto
 *       of a list ('-' for a label) has none.
 * LABL: u32 offsets into STRS, sorted bytewise by name.
 * SRCS: 48 bytes each: u32 name, u32 the origin that its line 0 is (rising),
 *       u64 size, 32 bytes SHA-256.
 * CTXT: 24 bytes for each entry with a context or with a further entry of
 *       its key (its words are then ""), by rising entry: u32 entry,
 *       u32 the entry of the same key to try when the context fails (or
 *       LEXICON_NONE), then u32 offsets into STRS of the words of need, next,
 *       prev and not, parted by '|' ("" where there are none). In not,
 *       '>word' is forbidden right behind the name only, '<word' before it.
 * SCOR: model/score.h; may be missing.
 * META: 24 bytes: u32 tokens of the longest name, u32 folding (text/fold.h),
 *       16 bytes: bit c is set when some name goes on after the ASCII symbol
 *       c and white space, so that a text must not be cut there. */
enum {
    LEXICON_PLURAL = 1,  /* a plural s makes no difference */
    LEXICON_VETO = 2,    /* what matches is no mention, whatever other entries
                            of the same key say */
    LEXICON_CONTEXT = 4, /* it counts in some contexts only */
    LEXICON_GENERIC = 8, /* no name but a common noun, such as 'browser' */
    LEXICON_NO_VERSION = 16, /* a number behind it is not its version */
    LEXICON_NO_SHORT = 32,   /* no short form: its own context must hold */
    LEXICON_FLAGS = 63
};

#define LEXICON_NONE UINT32_MAX

/* The label of names and rules that hide: what they match is found as any
 * other, so that no shorter name in it is, and is no mention in the end. */
#define LEXICON_HIDES "--"

enum {
    LEXICON_META_SIZE = 24,
    LEXICON_CONTEXT_SIZE = 24,
    LEXICON_PAIR_SIZE = 8,
    LEXICON_SOURCE_SIZE = 48,
    LEXICON_LABELS_MAX = 4096
};

struct lexicon_entry {
    struct slice surface;
    struct slice id;
    uint32_t annotated;
    uint32_t occurrences;
    uint32_t first_pair;
    uint32_t pair_count;
    uint32_t label;
    enum policy_case policy;
    bool plural;
    bool veto;
    bool context;
    bool generic;
    bool no_version;
    bool no_short;
    int priority;
};

enum {
    LEXICON_NEED,
    LEXICON_NEXT,
    LEXICON_PREV,
    LEXICON_NOT,
    LEXICON_CONTEXT_WORDS
};

struct lexicon_context {
    uint32_t other; /* an entry, or LEXICON_NONE */
    struct slice words[LEXICON_CONTEXT_WORDS];
};

struct rules;

struct lexicon {
    struct image image;
    struct slice strings;
    struct slice labels;
    struct entries entries;
    struct slice counts;
    struct slice options;
    struct slice sources;
    struct slice contexts;
    struct slice meta;
    struct index index; /* the names, model/index.h */
    bool scored;        /* score is there; the index holds list names only */
    struct score score;
    struct slice rules; /* model/lexicon_rules.h */
    struct slice prefixes;
    struct slice cases;           /* empty: any */
    const struct rules *compiled; /* tag/rules.h; who opens the lexicon may
                                     set it; NULL: rules are not applied */
    uint32_t rule_count;
    uint32_t prefix_count;
    uint32_t label_count;
    uint32_t entry_count;
    uint32_t source_count;
    uint32_t hides; /* the label LEXICON_HIDES, or LEXICON_NONE */
};

/* Borrow and check the image of len bytes at data, which must be aligned to
 * IMAGE_ALIGN bytes. */
enum status lexicon_open(const void *data, size_t len, struct lexicon *out,
                         struct err *e);

/* From META: tokens of the longest name; whether a name goes on after an ASCII
 * symbol and white space. */
uint32_t lexicon_tokens_max(const struct lexicon *l);
bool lexicon_goes_on_after(const struct lexicon *l, unsigned char symbol);

struct slice lexicon_label(const struct lexicon *l, uint32_t label);
void lexicon_entry(const struct lexicon *l, uint32_t entry,
                   struct lexicon_entry *out);
/* The same without surface and id, which are empty: a third of the time. */
void lexicon_facts(const struct lexicon *l, uint32_t entry,
                   struct lexicon_entry *out);
/* The id's place in the strings: the same for the same id; 0: none. */
uint32_t lexicon_id(const struct lexicon *l, uint32_t entry);
/* Its LEXICON_* flags or its priority alone, in far less time. */
static inline unsigned lexicon_flags(const struct lexicon *l, uint32_t entry)
{
    return entries_flags(&l->entries, entry);
}
int lexicon_priority(const struct lexicon *l, uint32_t entry);
bool lexicon_has_version(const struct lexicon *l, uint32_t entry);
bool lexicon_any_generic(const struct lexicon *l);
bool lexicon_is_generic(const struct lexicon *l, uint32_t entry);
/* Its id alone, NUL-terminated. */
const char *lexicon_id_text(const struct lexicon *l, uint32_t entry);
/* k below pair_count. */
void lexicon_pair(const struct lexicon *l, const struct lexicon_entry *entry,
                  uint32_t k, uint32_t *label, uint32_t *count);
/* False when the entry has no context. */
bool lexicon_context(const struct lexicon *l, uint32_t entry,
                     struct lexicon_context *out);
/* Its `other` alone, LEXICON_NONE without a context. */
uint32_t lexicon_other(const struct lexicon *l, uint32_t entry);
/* Where an entry comes from: a source, and its line there or 0. */
void lexicon_origin(const struct lexicon *l, uint32_t entry, uint32_t *source,
                    uint32_t *line);
/* Has it learned from corpora how far its names are to be trusted? */
bool lexicon_has_trust(const struct lexicon *l);
/* How likely it is that an occurrence of an entry is a mention, 0 to 1; 1
 * for what is none. */
float lexicon_trust(const struct lexicon *l, uint32_t entry);
/* sha256 points to 32 bytes inside the image. */
void lexicon_source(const struct lexicon *l, uint32_t i, struct slice *name,
                    const char **sha256, uint64_t *size);

#endif
