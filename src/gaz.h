/* gaz: a lexicon-based gazetteer tagger for technical text.
 *
 * The public interface of libgaz, and the only header a program needs.
 *
 *     gaz_lexicon   a compiled lexicon; immutable, shared by threads
 *     gaz_tagger    scratch memory for scanning; one a thread
 *     gaz_document  a text with markup, and the way back to its bytes
 *     gaz_builder   turns annotated corpora and name lists into a lexicon
 *     gaz_reader    reads token-a-line corpora a sentence at a time
 *     gaz_eval      scores tags as conlleval, seqeval and nervaluate do
 *
 * and beside them gaz_record (a JSON object with a text), gaz_explainer,
 * gaz_linter, gaz_compare, gaz_predictor and gaz_cross.
 *
 * Text is (pointer, length in bytes), is never modified, and may hold NUL
 * bytes and invalid UTF-8. No function does I/O, prints, exits or keeps
 * global state. Handles are opaque, come in create/free pairs, and free
 * takes NULL. Functions that can fail return a gaz_status; results go to
 * out-parameters, which are written on success only. A gaz_error may be NULL
 * where the caller does not want it. */
#ifndef GAZ_H
#define GAZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define GAZ_API __attribute__((visibility("default")))
#else
#define GAZ_API
#endif

/* The library's version, such as "0.1.0". Static memory. */
GAZ_API const char *gaz_version(void);

/* ---- status and errors ------------------------------------------------ */

typedef enum gaz_status {
    GAZ_OK = 0,
    GAZ_NOMEM,   /* the allocator returned NULL */
    GAZ_IO,      /* a read or write callback failed */
    GAZ_SYNTAX,  /* a text input (corpus, list, rule) is malformed */
    GAZ_CORRUPT, /* damaged, or no lexicon at all */
    GAZ_VERSION, /* a lexicon of a format version this build cannot read */
    GAZ_LIMIT,   /* a named limit was exceeded */
    GAZ_OPTION,  /* an option has a value that makes no sense */
    GAZ_EMPTY,   /* nothing to work on: no entry, no token */
    GAZ_CANCEL   /* a callback of the caller's asked to stop */
} gaz_status;

/* What a program can do something about by itself, where the message is for
 * people. Most errors have none, and later versions may know more of them:
 * take an unknown one for none. */
typedef enum gaz_reason {
    GAZ_REASON_NONE = 0,
    GAZ_REASON_BARE_TAG,   /* a corpus' tag has no prefix: try bare types
                              (GAZ_SCHEME_IO; gaz_eval_options.raw) */
    GAZ_REASON_FEW_COLUMNS /* a corpus' line has fewer columns than wanted */
} gaz_reason;

/* What went wrong and where. line and column count from 1 and are 0 where
 * they do not apply; column and pos are in bytes. The message names no file:
 * the caller knows what it handed in. */
typedef struct gaz_error {
    gaz_status code;
    gaz_reason reason;
    size_t line;
    size_t column;
    size_t pos;
    char message[512];
} gaz_error;

/* ---- memory ------------------------------------------------------------ */

/* One function for all: size 0 frees, p NULL allocates; old_size is what was
 * asked for when p was handed out. Returns NULL on failure, p untouched. */
typedef struct gaz_allocator {
    void *(*resize)(void *context, void *p, size_t old_size, size_t size);
    void *context;
} gaz_allocator;

/* ---- the lexicon -------------------------------------------------------- */

typedef struct gaz_lexicon gaz_lexicon;

/* Open a compiled lexicon of len bytes at data, which the caller keeps
 * readable and unchanged until gaz_lexicon_free (a memory map is meant). The
 * image is checked once, here: a damaged one is GAZ_CORRUPT, one of a later
 * format GAZ_VERSION. Memory that is not aligned to 64 bytes is copied.
 * allocator NULL means malloc. */
GAZ_API gaz_status gaz_lexicon_open(const void *data, size_t len,
                                    const gaz_allocator *allocator,
                                    gaz_lexicon **out, gaz_error *e);
GAZ_API void gaz_lexicon_free(gaz_lexicon *lexicon);

/* Several lexicons as one: layers, the lowest first, which must outlive it
 * and be no stacks themselves. Nothing is compiled or copied. Labels are
 * joined by name, entries and sources numbered through. Of mentions that
 * overlap the one of higher priority wins (those of the lowest layer all
 * count as 0), then the one further left, the longer, the one of the upper
 * layer; a list's veto ('-' for a label) takes away mentions of the layers
 * below it. GAZ_LIMIT for more than 64 layers. */
GAZ_API gaz_status gaz_lexicon_stack(const gaz_lexicon *const *layers,
                                     size_t count,
                                     const gaz_allocator *allocator,
                                     gaz_lexicon **out, gaz_error *e);

/* Labels are numbered 0 .. count - 1, sorted bytewise by name. */
GAZ_API size_t gaz_lexicon_label_count(const gaz_lexicon *lexicon);

/* The label of names and rules that hide: what they match takes its place, so
 * that no shorter name in it is found, and is not handed out. */
#define GAZ_HIDES "--"

/* The name of a label, NUL-terminated, owned by the lexicon; NULL for a
 * number that is none. */
GAZ_API const char *gaz_lexicon_label(const gaz_lexicon *lexicon, size_t label);

/* The number of entries (surfaces that can be matched). */
GAZ_API size_t gaz_lexicon_entry_count(const gaz_lexicon *lexicon);

typedef enum gaz_case {
    GAZ_CASE_DEFAULT = 0, /* fold for corpora, smart for lists */
    GAZ_CASE_EXACT,       /* as written */
    GAZ_CASE_FOLD,        /* any case */
    GAZ_CASE_SMART        /* a capital in the name must be one in the text */
} gaz_case;

/* What a lexicon knows of an entry. Strings are owned by the lexicon; id is
 * "" where the source gave none. counts are of the training corpora. */
typedef struct gaz_entry {
    const char *surface;  /* as first written, len bytes */
    size_t surface_len;   /* bytes */
    const char *id;       /* NUL-terminated */
    uint32_t label;       /* the one that is used */
    uint32_t annotated;   /* mentions with this surface, all labels */
    uint32_t occurrences; /* all occurrences of it, mentions included */
    uint32_t label_count; /* how many labels it was seen with; 0 for a
                             list's veto, where label is of no meaning */
    gaz_case letter_case; /* never GAZ_CASE_DEFAULT */
    bool plural;          /* a plural s makes no difference */
    bool generic;         /* a common noun: kind=generic */
    bool veto;            /* what matches is no mention */
    bool context;         /* counts in some contexts only */
    bool no_version;      /* a number behind it is not its version */
    bool no_short;        /* its document does not make it clear */
    int priority;
    uint32_t source; /* the source that first has it */
    uint32_t line;   /* its line there; 0 when counted in corpora */
} gaz_entry;

/* GAZ_OPTION for a number that is none, here and for labels of an entry,
 * rules, sources and sections. */
GAZ_API gaz_status gaz_lexicon_entry(const gaz_lexicon *lexicon, uint32_t entry,
                                     gaz_entry *out);

/* The k-th label of an entry, by falling count, and its count. */
GAZ_API gaz_status gaz_lexicon_entry_label(const gaz_lexicon *lexicon,
                                           uint32_t entry, size_t k,
                                           uint32_t *label, uint32_t *count);

/* The id of an entry or, from the number of entries on, of a rule; "" where
 * the source gave none, or for a number that is none. */
GAZ_API const char *gaz_lexicon_id(const gaz_lexicon *lexicon, uint32_t entry);

/* The patterns that find mentions beside the entries. Strings are owned by
 * the lexicon. */
typedef struct gaz_rule {
    const char *pattern; /* NUL-terminated, as all here */
    const char *id;      /* "" where none was given */
    const char *words;   /* trigger words, a|b, or "" */
    uint32_t label;
    uint32_t source; /* number of its source, see gaz_lexicon_source */
    uint32_t line;   /* there, from 1 */
    int priority;
    bool fold;         /* case=fold */
    bool inside_words; /* words=no */
} gaz_rule;

GAZ_API size_t gaz_lexicon_rule_count(const gaz_lexicon *lexicon);
GAZ_API gaz_status gaz_lexicon_rule(const gaz_lexicon *lexicon, size_t i,
                                    gaz_rule *out);

/* The words of a context key, parted by '|'; "" where it has none. Owned by
 * the lexicon. */
typedef enum gaz_context {
    GAZ_NEED, /* one of these in the sentence, or a mention of an '@Label' */
    GAZ_NEXT, /* or one of these right behind */
    GAZ_PREV, /* or right before */
    GAZ_NOT   /* and none of these near; '>word': right behind, '<word': right
                 before */
} gaz_context;

GAZ_API const char *gaz_lexicon_entry_context(const gaz_lexicon *lexicon,
                                              uint32_t entry,
                                              gaz_context which);

/* Has it learned from corpora how far its names are to be trusted? If not,
 * every gaz_span's score is 1. */
GAZ_API bool gaz_lexicon_scored(const gaz_lexicon *lexicon);

/* The options it was built with, as "name=value" lines. NUL-terminated. */
GAZ_API const char *gaz_lexicon_options(const gaz_lexicon *lexicon);

/* The sources it was built from. */
typedef struct gaz_source_info {
    const char *name;   /* as given to gaz_builder_add, NUL-terminated */
    uint8_t sha256[32]; /* of the source's bytes */
    uint64_t size;      /* bytes */
} gaz_source_info;

GAZ_API size_t gaz_lexicon_source_count(const gaz_lexicon *lexicon);
GAZ_API gaz_status gaz_lexicon_source(const gaz_lexicon *lexicon, size_t i,
                                      gaz_source_info *out);

/* The format version and the bytes of its image; the sections of the image,
 * each with a name of four letters. Of a stack: the lowest layer's, but for
 * the bytes, which are of all. */
GAZ_API uint32_t gaz_lexicon_format(const gaz_lexicon *lexicon);
GAZ_API size_t gaz_lexicon_size(const gaz_lexicon *lexicon);
GAZ_API size_t gaz_lexicon_section_count(const gaz_lexicon *lexicon);
GAZ_API gaz_status gaz_lexicon_section(const gaz_lexicon *lexicon, size_t i,
                                       char name[5], size_t *size);

/* ---- tagging ------------------------------------------------------------ */

typedef struct gaz_tagger gaz_tagger;

/* What becomes of version numbers behind names of systems, applications,
 * languages, libraries and protocols. */
typedef enum gaz_versions {
    GAZ_VERSIONS_APART = 0, /* the span is the name, its version a field */
    GAZ_VERSIONS_INSIDE,    /* a version behind the name is in the span too */
    GAZ_VERSIONS_OFF        /* they are not looked for */
} gaz_versions;

/* What becomes of mentions that overlap. Where nothing else is said, and at
 * one place, the order is: the one further left, the longer, of higher
 * priority, of higher score, with the label whose name sorts first. */
typedef enum gaz_overlap {
    GAZ_OVERLAP_LONGEST = 0, /* none: the leftmost longest stay */
    GAZ_OVERLAP_ALL,         /* every name at every place */
    GAZ_OVERLAP_NO_SUB,      /* those that do not lie in a longer one */
    GAZ_OVERLAP_LONGEST_DOMINANT_RIGHT /* none: where some overlap, the longest
                                          in characters stays, of equals the
                                          rightmost, and so on */
} gaz_overlap;

/* The instructions that the scanner uses: what the machine has, or no more
 * than this. All give the same mentions. */
typedef enum gaz_simd {
    GAZ_SIMD_BEST = 0,
    GAZ_SIMD_NONE,
    GAZ_SIMD_NEON,
    GAZ_SIMD_AVX2,
    GAZ_SIMD_AVX512
} gaz_simd;

/* What a tagger with this option uses here: "none", "neon", "avx2" or
 * "avx512". */
GAZ_API const char *gaz_simd_name(gaz_simd wanted);

/* All zero is the default. */
typedef struct gaz_tag_options {
    bool inside;      /* also find names inside paths, URLs, e-mail addresses
                         and dotted or '::' identifiers */
    bool hyphen_join; /* a hyphen joins: no 'Go' in 'Go-based' */
    bool generic;     /* also common nouns that lists mark kind=generic, such
                         as 'browser' */
    bool alone;       /* each sentence stands alone: nothing counts because
                         its document has made it clear elsewhere */
    gaz_versions versions;
    gaz_simd simd;
    gaz_overlap overlap; /* other than the default takes longer */
    bool hidden;         /* also hand out what only hides (GAZ_HIDES) */
} gaz_tag_options;

/* A mention: bytes start .. end - 1 of the text (tokens for
 * gaz_tag_tokens). entry is below gaz_lexicon_entry_count, or that count plus
 * the number of the rule that found it. */
typedef struct gaz_span {
    size_t start;
    size_t end;
    uint32_t label;
    uint32_t entry;    /* GAZ_ENTRY_NONE: a name that the lexicon does not hold,
                          found by its looks (GAZ_SELECT_SCORED) */
    float score;       /* how likely it is a mention, 0 to 1: calibrated on
                          held-out sentences where scored, else the share of the
                          name's occurrences that were annotated (1: a list's) */
    uint32_t reserved; /* the library's own */
    /* The version number that goes with the name ('12' of 'Debian 12', '3.2'
     * of 'version 3.2 of Python'), in the same units; 0 and 0: none. */
    size_t version_start;
    size_t version_end;
} gaz_span;

#define GAZ_ENTRY_NONE UINT32_MAX

/* A tagger borrows the lexicon, which must outlive it. */
GAZ_API gaz_status gaz_tagger_create(const gaz_lexicon *lexicon,
                                     const gaz_tag_options *options,
                                     gaz_tagger **out, gaz_error *e);
GAZ_API void gaz_tagger_free(gaz_tagger *tagger);

/* Tag a text of len bytes, a document: where it makes a name clear, the same
 * letters count in other places ('the Flux controller', 'with Flux'), and later
 * short forms ('Apache Kafka', then 'Kafka'; 'Foo Bar Protocol (FBP)', then
 * 'FBP'; with rules, 'Acme 9000X', then '9000X', 'the QX731 sensor', then
 * 'QX731', and what the text says is a program, a device ...: 'Foo is a text
 * editor'). The spans do not overlap, stand in order, are owned by the tagger
 * and good until its next use. No memory is allocated once the tagger has seen
 * a text as long as this one, but for the pattern of a rule that is tried for
 * the first time: it is compiled then. GAZ_CORRUPT where a forged lexicon's
 * pattern is none. */
GAZ_API gaz_status gaz_tag(gaz_tagger *tagger, const char *text, size_t len,
                           const gaz_span **spans, size_t *count, gaz_error *e);

/* What the rules of a lexicon have cost a tagger so far. A try of a pattern
 * that takes too many steps is given up; the text goes on without it. */
typedef struct gaz_rule_stats {
    uint64_t tries;
    uint64_t limits;      /* tries that were given up */
    size_t first_limited; /* the rule of the first one, if limits > 0 */
} gaz_rule_stats;

GAZ_API void gaz_tagger_rule_stats(const gaz_tagger *tagger,
                                   gaz_rule_stats *out);

/* A token of a corpus. */
typedef struct gaz_token {
    const char *data;
    size_t len; /* bytes */
} gaz_token;

/* The sentences that gaz_tag_tokens is given from now on make a document, up
 * to the next call of this or of gaz_tag, and what one makes clear counts in
 * those behind it. Without, each is one by itself. */
GAZ_API void gaz_tagger_begin_document(gaz_tagger *tagger);

/* Tag a sentence that is already cut into tokens: mentions begin and end
 * where tokens do, and a span's start and end count tokens. */
GAZ_API gaz_status gaz_tag_tokens(gaz_tagger *tagger, const gaz_token *tokens,
                                  size_t token_count, const gaz_span **spans,
                                  size_t *count, gaz_error *e);

/* Where a long text can be cut so that no mention is lost: the largest
 * offset 0 < n <= len such that tagging text[0..n) and the rest apart gives
 * the mentions of the whole (but for names that only the other part makes
 * clear, if the tagger is not `alone`), or 0 when text holds no such place. */
GAZ_API size_t gaz_tag_cut(const gaz_tagger *tagger, const char *text,
                           size_t len);

/* ---- documents with markup ----------------------------------------------- */

typedef enum gaz_format {
    GAZ_FORMAT_TEXT = 0,
    GAZ_FORMAT_MARKDOWN, /* CommonMark and GitHub's extensions */
    GAZ_FORMAT_HTML
} gaz_format;

/* What a document is made of; any sum of these can be asked for. */
typedef enum gaz_zone {
    GAZ_ZONE_PROSE = 1,
    GAZ_ZONE_INLINE_CODE = 2,
    GAZ_ZONE_CODE = 4,       /* blocks of code */
    GAZ_ZONE_LINK = 8,       /* targets of links and images */
    GAZ_ZONE_ATTRIBUTE = 16, /* titles, alternative texts, descriptions */
    GAZ_ZONE_SCRIPT = 32,    /* scripts, styles and what else is not shown */
    GAZ_ZONE_COMMENT = 64,
    GAZ_ZONE_FRONT_MATTER = 128 /* what Markdown files begin with */
} gaz_zone;
#define GAZ_ZONES_DEFAULT ((unsigned)GAZ_ZONE_PROSE | GAZ_ZONE_INLINE_CODE)

/* Scratch memory for one document after another; one a thread. */
typedef struct gaz_document gaz_document;

GAZ_API gaz_status gaz_document_create(const gaz_allocator *allocator,
                                       gaz_document **out, gaz_error *e);
GAZ_API void gaz_document_free(gaz_document *document);

/* Read len bytes at data, which must stay for as long as the document is
 * used. zones is a sum of gaz_zone, 0 the default. GAZ_LIMIT for 4 GB and
 * more. Any bytes are a document: markup that is not closed ends with it.
 * (md4c, which reads Markdown, allocates with malloc.) */
GAZ_API gaz_status gaz_document_read(gaz_document *document, gaz_format format,
                                     unsigned zones, const char *data,
                                     size_t len, gaz_error *e);

/* The text that is matched: without markup, character references decoded,
 * blocks parted by empty lines, U+FFFC for what is left out of a line. Owned
 * by the document, good until it is read again. */
GAZ_API void gaz_document_text(const gaz_document *document, const char **text,
                               size_t *len);

/* Where bytes start .. end - 1 of that text, start < end, stand in the
 * original: from the first byte of the first to the last of the last. */
GAZ_API void gaz_document_map(const gaz_document *document, size_t start,
                              size_t end, size_t *original_start,
                              size_t *original_end);

/* gaz_tag, but the spans count bytes of the original: what stands there may
 * hold markup ("Mac <b>OS</b> X"). Owned by the document, good until its next
 * use or the tagger's. */
GAZ_API gaz_status gaz_document_tag(gaz_document *document, gaz_tagger *tagger,
                                    const gaz_span **spans, size_t *count,
                                    gaz_error *e);

/* A record: a JSON object on a line, one field of which is a text. All else of
 * it can be handed on byte for byte. One scratch object for one record after
 * another, one a thread. */
typedef struct gaz_record gaz_record;

#define GAZ_RECORD_REPLACED_MAX 4
typedef struct gaz_record_fields {
    const char *text; /* where the text is: a name, or names parted by '.' */
    const char *id;   /* what names the record, likewise; NULL: nothing */
    /* Fields at the top that are left out of what is handed on; NULL: none. */
    const char *replaced[GAZ_RECORD_REPLACED_MAX];
} gaz_record_fields;

GAZ_API gaz_status gaz_record_create(const gaz_allocator *allocator,
                                     gaz_record **out, gaz_error *e);
GAZ_API void gaz_record_free(gaz_record *record);

/* Read len bytes at data, a JSON object as RFC 8259 has it, which must stay
 * while the record is used. line is for errors. GAZ_SYNTAX for what is no
 * JSON, and where the text is missing, twice there, no string or holds half a
 * surrogate pair; GAZ_LIMIT for values nested deeper than 1024. */
GAZ_API gaz_status gaz_record_read(gaz_record *record,
                                   const gaz_record_fields *fields,
                                   const char *data, size_t len, size_t line,
                                   gaz_error *e);

/* The text, decoded; the id, decoded if it is a string, "" if there is none.
 * Good until the record's next use. */
GAZ_API gaz_token gaz_record_text(const gaz_record *record);
GAZ_API gaz_token gaz_record_id(const gaz_record *record);

/* The record in pieces, without the replaced fields. New fields belong in front
 * of the last piece, with a comma before them unless *bare. *had is a sum of
 * 1 << i for each replaced[i] that was there. False when the last read found
 * no whole JSON object. */
GAZ_API bool gaz_record_parts(const gaz_record *record, const gaz_token **parts,
                              size_t *count, bool *bare, unsigned *had);

/* What format a file is in, by the extension of its name (which may be NULL),
 * or else by what it begins with. */
GAZ_API gaz_format gaz_format_guess(const char *name, const char *data,
                                    size_t len);

/* ---- offsets ------------------------------------------------------------ */

typedef enum gaz_unit {
    GAZ_CHARS, /* Unicode code points; a byte of invalid UTF-8 counts one */
    GAZ_BYTES,
    GAZ_UTF16 /* UTF-16 code units; a byte of invalid UTF-8 counts one */
} gaz_unit;

/* The length of a text in a unit. */
GAZ_API size_t gaz_text_length(const char *text, size_t len, gaz_unit unit);

/* ---- explaining --------------------------------------------------------- */

typedef struct gaz_explainer gaz_explainer;

/* Borrows the lexicon. Of the options inside, hyphen_join and generic are
 * looked at. */
GAZ_API gaz_status gaz_explainer_create(const gaz_lexicon *lexicon,
                                        const gaz_tag_options *options,
                                        gaz_explainer **out, gaz_error *e);
GAZ_API void gaz_explainer_free(gaz_explainer *explainer);

/* What the places are counted in that gaz_explain tells; GAZ_BYTES at first,
 * as in a gaz_span. */
GAZ_API void gaz_explainer_unit(gaz_explainer *explainer, gaz_unit unit);

/* For each place of a text where a name of the lexicon stands, why it is a
 * mention or not; of a scored lexicon for each candidate what it weighs; of a
 * stack layer by layer, then how they were settled. For people; *out is the
 * explainer's, NUL-terminated, good until its next use. Slow. */
GAZ_API gaz_status gaz_explain(gaz_explainer *explainer, const char *text,
                               size_t len, const char **out, size_t *out_len,
                               gaz_error *e);

/* The same for a document with markup: what is matched of it is explained, and
 * places are those of the original. */
GAZ_API gaz_status gaz_explain_document(gaz_explainer *explainer,
                                        const gaz_document *document,
                                        const char **out, size_t *out_len,
                                        gaz_error *e);

/* ---- reading corpora ----------------------------------------------------- */

/* Fill buffer with up to size bytes and say how many in *got; 0 ends the
 * input. Anything but GAZ_OK ends the reading with that status and error. */
typedef gaz_status (*gaz_read_fn)(void *context, char *buffer, size_t size,
                                  size_t *got, gaz_error *e);

typedef struct gaz_reader gaz_reader;

typedef struct gaz_sentence {
    const gaz_token *tokens;
    const gaz_token *lines; /* the whole line of each token, no line end */
    size_t count;           /* tokens; 0 at the end of the input */
    size_t first_line;      /* from 1 */
    bool begins_document;   /* the first token is the mark '-DOCSTART-' */
    const char *gap;        /* the breaks and comments before this sentence */
    size_t gap_len;         /* bytes */
} gaz_sentence;

/* token_column counts from 0, negative from the end of the line. */
GAZ_API gaz_status gaz_reader_open(gaz_read_fn read, void *context,
                                   int token_column, gaz_reader **out,
                                   gaz_error *e);
GAZ_API void gaz_reader_close(gaz_reader *reader);

/* The same for a corpus with tags (IOB1, IOB2, IOBES, BILOU or IO). */
GAZ_API gaz_status gaz_reader_open_tags(gaz_read_fn read, void *context,
                                        int token_column, int tag_column,
                                        gaz_reader **out, gaz_error *e);

/* A mention that a corpus annotates: tokens start .. end - 1. */
typedef struct gaz_annotation {
    size_t start;
    size_t end;
    gaz_token label; /* empty for tags without a type */
} gaz_annotation;

/* The mentions of the sentence read last, in order, of a reader with tags;
 * the reader's, good until the next sentence. */
GAZ_API gaz_status gaz_reader_annotations(gaz_reader *reader,
                                          const gaz_annotation **list,
                                          size_t *count, gaz_error *e);

/* The next sentence, good until the next call; count 0 at the end, where gap
 * holds the lines after the last sentence. */
GAZ_API gaz_status gaz_reader_next(gaz_reader *reader, gaz_sentence *out,
                                   gaz_error *e);

/* The text of tokens: joined by single spaces, but for punctuation that
 * stands close in print ('(', ')', ',', '.', ...). Offsets of token i are in
 * starts[i] and ends[i] where these are not NULL. *text is owned by the
 * tagger and good until its next use. */
GAZ_API gaz_status gaz_tokens_text(gaz_tagger *tagger, const gaz_token *tokens,
                                   size_t count, const char **text, size_t *len,
                                   size_t *starts, size_t *ends, gaz_error *e);

/* Do two neighbouring tokens stand in that text without a space between? */
GAZ_API bool gaz_tokens_glued(const gaz_token *before, const gaz_token *after);

/* The tokens of the sentence of a running text that begins at or behind
 * *pos, which moves behind it: cut as annotated corpora are. Punctuation and
 * "'s" stand alone, what is between white space else stays one token. A
 * sentence of more than max tokens, which is at least GAZ_SENTENCE_MIN, is cut
 * there. False at the end of the text. */
GAZ_API bool gaz_sentence_next(const char *text, size_t len, size_t *pos,
                               gaz_token *tokens, size_t max, size_t *count);
#define GAZ_SENTENCE_MIN 32

/* ---- building a lexicon ---------------------------------------------------
 */

typedef enum gaz_input {
    GAZ_INPUT_CORPUS,   /* a token and its tag a line */
    GAZ_INPUT_LIST,     /* name TAB label [TAB id [TAB key=value,...]] */
    GAZ_INPUT_SPACY,    /* spaCy's EntityRuler patterns, a JSON object a line */
    GAZ_INPUT_REGEXNER, /* Stanford RegexNER: pattern TAB label ... */
    GAZ_INPUT_RULES,    /* label TAB pattern [TAB key=value,...] */
    GAZ_INPUT_KEEP,     /* a name list whose names are always found: they come
                           before all that corpora, lists and rules say */
    GAZ_INPUT_DROP /* a name a line: what matches it is no mention, whatever
                      else is said */
} gaz_input;

typedef enum gaz_scheme {
    GAZ_SCHEME_AUTO = 0, /* any mixture of the prefixes B I E S L U */
    GAZ_SCHEME_IO        /* tags are bare types or O */
} gaz_scheme;

/* Which names of corpora become entries. */
typedef enum gaz_select {
    GAZ_SELECT_PURITY = 0, /* those that are mostly mentions where they occur */
    GAZ_SELECT_ALL,        /* every annotated name */
    GAZ_SELECT_SCORED      /* every one, and in a text a trained score of the
                              name and of what stands around it decides;
                              names that were never seen are found too */
} gaz_select;

/* All zero is the default. */
typedef struct gaz_build_options {
    gaz_select select;
    gaz_case letter_case;
    int plural; /* 1 fold plurals, -1 do not, 0 default: as case */
    /* Keep names with (n + a p0) / (N + a) >= min_purity: n mentions, N
     * occurrences, a the smoothing, p0 = sum n / sum N over all names of one
     * token, or over all of several. For GAZ_SELECT_PURITY. Of a name that
     * the prior has too: (n + a p0 + w) / (N + a + w), w the prior's weight. */
    double min_purity;  /* 0: default 0.35; negative: no limit */
    double smoothing;   /* a; 0: default 1; negative: none */
    bool tune;          /* choose these two by 5-fold cross-validation */
    uint32_t min_count; /* keep names annotated at least this often */
    int veto;           /* spellings never annotated in so many occurrences
                           do not match; 0: default 1, negative: off */
    int token_column;   /* of corpora; from 0, negative from the end */
    int tag_column;     /* the same as token_column: the one behind it */
    gaz_scheme scheme;
    /* May be NULL: a lexicon whose names are hints; they become no entries.
     * GAZ_SELECT_SCORED learns from the corpora what it says of a span that it
     * is one of them, and of which label; for GAZ_SELECT_PURITY see above.
     * Read by gaz_builder_create only (gaz_cross_run: while it runs). */
    const gaz_lexicon *prior;
    /* By purity, w: so many mentions more. Scored: what is learned of hints
     * is taken so many times. 0: default (by purity 0, scored 1); negative:
     * the prior is not used. */
    double prior_weight;
    bool skip_unsupported; /* leave out what a name list cannot say, see
                              gaz_builder_skipped; else it is GAZ_SYNTAX */
} gaz_build_options;

typedef struct gaz_builder gaz_builder;

GAZ_API gaz_status gaz_builder_create(const gaz_build_options *options,
                                      const gaz_allocator *allocator,
                                      gaz_builder **out, gaz_error *e);
GAZ_API void gaz_builder_free(gaz_builder *builder);

/* Keep only this label (after renaming); may be called for several. This and
 * the next count for the inputs that are added from then on. */
GAZ_API gaz_status gaz_builder_keep_label(gaz_builder *builder,
                                          const char *label, gaz_error *e);

/* Rename a label of the inputs. GAZ_OPTION for a new name that no list can
 * have (such as '-'). */
GAZ_API gaz_status gaz_builder_map_label(gaz_builder *builder, const char *from,
                                         const char *to, gaz_error *e);

/* The i-th label that one of these two has named and no input has had, NULL
 * when there are no more: a slip of the pen, most likely, that leaves a name
 * out or a label as it was. *renamed, which may be NULL, tells which of them.
 * Hints (gaz_build_options.prior) count for what is to be renamed. */
GAZ_API const char *gaz_builder_unmet_label(const gaz_builder *builder,
                                            size_t i, bool *renamed);

/* The i-th label that the inputs have had, before renaming, in the order that
 * they came in; NULL when there are no more. Both are NUL-terminated and the
 * builder's. */
GAZ_API const char *gaz_builder_met_label(const gaz_builder *builder, size_t i);

/* Add an input of len bytes; the bytes are not needed after the call. name
 * is for the report and the lexicon's list of sources. A bad line ends the
 * call with GAZ_SYNTAX and its place; the builder is then of no more use but
 * to be freed. */
GAZ_API gaz_status gaz_builder_add(gaz_builder *builder, gaz_input kind,
                                   const char *name, const char *data,
                                   size_t len, gaz_error *e);

/* Add a list of bare names, one a line, all of one label: GATE's .lst. Behind
 * each separator ("" for none) on a line stands a feature name=value, of which
 * id is used. */
GAZ_API gaz_status gaz_builder_add_names(gaz_builder *builder, const char *name,
                                         const char *label,
                                         const char *separator,
                                         const char *data, size_t len,
                                         gaz_error *e);

/* The i-th line that was left out because a name list cannot say it: its
 * source and, in *what, its place and why. False when there are no more. */
GAZ_API bool gaz_builder_skipped(const gaz_builder *builder, size_t i,
                                 const char **source, gaz_error *what);

/* Select and build. The image of *len bytes at *image is owned by the
 * builder. GAZ_EMPTY when no name is left. The same inputs in the same order
 * with the same options give the same bytes. */
GAZ_API gaz_status gaz_builder_finish(gaz_builder *builder, const void **image,
                                      size_t *len, gaz_error *e);

/* After a failed gaz_builder_finish whose error has a place: the name of the
 * source that it is in, owned by the builder; else NULL. */
GAZ_API const char *gaz_builder_error_source(const gaz_builder *builder);

/* After gaz_builder_finish: what became of every name, as TSV with a header
 * line: surface, kept or dropped, why, annotated, occurrences, labels with
 * counts, sources. With GAZ_SELECT_SCORED lines follow that begin with '#' and
 * have no TAB: what gaz_builder_reliability tells. Owned by the builder. */
GAZ_API gaz_status gaz_builder_report(gaz_builder *builder, const char **text,
                                      size_t *len, gaz_error *e);

/* What gaz_builder_finish is doing: a step's name, and how much of all steps
 * together is done. False stops with GAZ_CANCEL. */
typedef bool (*gaz_progress_fn)(void *context, const char *step, size_t done,
                                size_t total);
GAZ_API void gaz_builder_progress(gaz_builder *builder,
                                  gaz_progress_fn progress, void *context);

/* After gaz_builder_finish with GAZ_SELECT_SCORED: how well the scores of
 * spans agree with the share that is right, tried on held-out sentences; as
 * text with a table, owned by the builder. "" where nothing was scored. */
GAZ_API gaz_status gaz_builder_reliability(gaz_builder *builder,
                                           const char **text, gaz_error *e);

/* After gaz_builder_finish with `tune`: what was chosen, and the F1 (0 to 1)
 * of cross-validation with it and with the values given. False where there
 * was nothing to choose from. */
typedef struct gaz_tuned {
    double min_purity;
    double smoothing;
    double f1;
    double f1_before;
} gaz_tuned;

GAZ_API bool gaz_builder_tuned(const gaz_builder *builder, gaz_tuned *out);

typedef struct gaz_build_stats {
    size_t sentences;
    size_t tokens;
    size_t mentions;   /* annotated, after renaming and keeping labels */
    size_t list_names; /* lines of name lists that hold a name */
    size_t rules;      /* patterns, with labels that are kept */
    size_t surfaces;   /* different names seen */
    size_t kept;
} gaz_build_stats;

GAZ_API void gaz_builder_stats(const gaz_builder *builder,
                               gaz_build_stats *out);

/* ---- checking lists -------------------------------------------------------
 */

typedef struct gaz_linter gaz_linter;

/* Something in a list that is wrong (an error) or likely so (a warning).
 * Strings are the linter's. */
typedef struct gaz_problem {
    const char *source; /* as given to gaz_linter_add */
    size_t line;        /* from 1 */
    size_t column;      /* bytes, from 1 */
    bool error;
    const char *check; /* its name, such as "duplicate" */
    const char *message;
} gaz_problem;

GAZ_API gaz_status gaz_linter_create(const gaz_allocator *allocator,
                                     gaz_linter **out, gaz_error *e);
GAZ_API void gaz_linter_free(gaz_linter *linter);

/* Words, one a line in small letters, that no name may be without a case
 * policy or a context; '#' begins a comment line. */
GAZ_API gaz_status gaz_linter_words(gaz_linter *linter, const char *text,
                                    size_t len, gaz_error *e);

/* A label that is good; when none is given, all are. */
GAZ_API gaz_status gaz_linter_label(gaz_linter *linter, const char *label,
                                    gaz_error *e);

/* Read a list of len bytes, which are not needed after the call. */
GAZ_API gaz_status gaz_linter_add(gaz_linter *linter, const char *name,
                                  const char *data, size_t len, gaz_error *e);

/* The same for a file of rules. */
GAZ_API gaz_status gaz_linter_add_rules(gaz_linter *linter, const char *name,
                                        const char *data, size_t len,
                                        gaz_error *e);

/* Hold the lists against each other and try every name; once. All problems,
 * by list, line and column; owned by the linter. */
GAZ_API gaz_status gaz_linter_finish(gaz_linter *linter,
                                     const gaz_problem **problems,
                                     size_t *count, gaz_error *e);

/* ---- scoring --------------------------------------------------------------
 */

/* Reports, each of a named scheme. */
typedef enum gaz_eval_kind {
    GAZ_EVAL_PEOPLE = 0,     /* all there is to see, for people */
    GAZ_EVAL_CONLLEVAL,      /* what the Perl scorer prints, to the byte */
    GAZ_EVAL_SEQEVAL,        /* what seqeval prints, default mode */
    GAZ_EVAL_SEQEVAL_STRICT, /* what seqeval prints, strict mode */
    GAZ_EVAL_NERVALUATE,     /* its four schemes and their counts */
    GAZ_EVAL_JSON            /* all of them, as one document */
} gaz_eval_kind;

/* The tag scheme of strict scoring. AUTO: IOBES or BILOU when their tags are
 * met, else IOB2. With another, a tag outside it is GAZ_SYNTAX. */
typedef enum gaz_eval_tags {
    GAZ_EVAL_TAGS_AUTO = 0,
    GAZ_EVAL_TAGS_IOB2,
    GAZ_EVAL_TAGS_IOBES,
    GAZ_EVAL_TAGS_BILOU
} gaz_eval_tags;

/* Tag a sentence that is cut into tokens: fill tags[0 .. count - 1], each O
 * or PREFIX-TYPE, good until the next call. Anything but GAZ_OK ends the
 * scoring with that status and error. */
typedef gaz_status (*gaz_predict_fn)(void *context, const gaz_token *tokens,
                                     size_t count, gaz_token *tags,
                                     gaz_error *e);

/* Where tags come from. For the gold: read. For a prediction: predict when
 * set, else read when set, else tag_column of the gold input. Columns count
 * from 0, negative ones from the end of the line. */
typedef struct gaz_eval_input {
    gaz_read_fn read;
    gaz_predict_fn predict;
    void *context; /* of read or predict */
    int token_column;
    int tag_column;
} gaz_eval_input;

/* All zero is the default: the report for people, without intervals. */
typedef struct gaz_eval_options {
    unsigned kinds;     /* the reports wanted, as bits 1 << gaz_eval_kind;
                           0 means GAZ_EVAL_PEOPLE alone */
    gaz_eval_tags tags; /* of strict scoring */
    bool raw;           /* tags are bare types or O (conlleval -r) */
    uint32_t bootstrap; /* rounds for 95% intervals, which two sentences or
                           more have; 0: none */
    uint64_t seed;      /* of the bootstrap */
    bool list;          /* collect the list of errors */
    bool page;          /* collect the page of errors */
} gaz_eval_options;

typedef struct gaz_eval gaz_eval;

GAZ_API gaz_status gaz_eval_create(const gaz_eval_options *options,
                                   const gaz_allocator *allocator,
                                   gaz_eval **out, gaz_error *e);
GAZ_API void gaz_eval_free(gaz_eval *eval);

/* Before gaz_eval_run: compare surfaces and sentences with a training corpus.
 * May be called for several. */
GAZ_API gaz_status gaz_eval_train(gaz_eval *eval, const gaz_eval_input *train,
                                  gaz_error *e);

/* Before gaz_eval_run: compare surfaces with a lexicon, which must outlive
 * the eval. Where a training corpus is given too, that one is used. */
GAZ_API gaz_status gaz_eval_lexicon(gaz_eval *eval, const gaz_lexicon *lexicon,
                                    gaz_error *e);

/* Read all sentences and count. Once. GAZ_SYNTAX when gold and prediction
 * have other tokens; *input, which may be NULL, then says which input the
 * error's place is in: 0 the gold, 1 the prediction. */
GAZ_API gaz_status gaz_eval_run(gaz_eval *eval, const gaz_eval_input *gold,
                                const gaz_eval_input *prediction, size_t *input,
                                gaz_error *e);

/* After gaz_eval_run, the reports that were asked for. *text is owned by the
 * eval, NUL-terminated, and good until the next report. latex: for
 * GAZ_EVAL_CONLLEVAL. digits after the point: for the seqeval reports, 0 ..
 * 17. GAZ_OPTION for a kind that was not asked for. */
GAZ_API gaz_status gaz_eval_report(gaz_eval *eval, gaz_eval_kind kind,
                                   bool latex, int digits, const char **text,
                                   size_t *len, gaz_error *e);

/* The F1 (0 .. 1) that a report gives: micro, of nervaluate's the strict
 * scheme's; of JSON that of GAZ_EVAL_PEOPLE. */
GAZ_API gaz_status gaz_eval_f1(gaz_eval *eval, gaz_eval_kind kind, double *f1,
                               gaz_error *e);

/* Tokens scored so far. */
GAZ_API uint64_t gaz_eval_tokens(const gaz_eval *eval);

/* The list of errors as TSV, and the page of errors as HTML under a title.
 * Like gaz_eval_report. */
GAZ_API gaz_status gaz_eval_list(gaz_eval *eval, const char **text, size_t *len,
                                 gaz_error *e);
GAZ_API gaz_status gaz_eval_page(gaz_eval *eval, const char *title,
                                 const char **text, size_t *len, gaz_error *e);

/* A line of the baseline card. */
typedef struct gaz_eval_fact {
    const char *key;
    const char *value;
} gaz_eval_fact;

/* The baseline card in Markdown, or in LaTeX. Like gaz_eval_report; shows the
 * schemes that were counted. */
GAZ_API gaz_status gaz_eval_card(gaz_eval *eval, const gaz_eval_fact *facts,
                                 size_t fact_count, bool latex,
                                 const char **text, size_t *len, gaz_error *e);

/* ---- two taggers on the same gold ------------------------------------------
 */

typedef struct gaz_compare gaz_compare;

/* names are copied. rounds 0 means 1000. */
GAZ_API gaz_status gaz_compare_create(const char *first, const char *second,
                                      uint32_t rounds, uint64_t seed,
                                      const gaz_allocator *allocator,
                                      gaz_compare **out, gaz_error *e);
GAZ_API void gaz_compare_free(gaz_compare *compare);

/* Like gaz_eval_run; *input 2 is the second prediction. */
GAZ_API gaz_status gaz_compare_run(gaz_compare *compare,
                                   const gaz_eval_input *gold,
                                   const gaz_eval_input *first,
                                   const gaz_eval_input *second, size_t *input,
                                   gaz_error *e);

/* The report, for people or as JSON; owned by the compare, NUL-terminated,
 * good until the next one. */
GAZ_API gaz_status gaz_compare_report(gaz_compare *compare, bool json,
                                      const char **text, size_t *len,
                                      gaz_error *e);

/* The mentions that only one gets, as TSV; owned by the compare. */
GAZ_API void gaz_compare_list(const gaz_compare *compare, const char **text,
                              size_t *len);

/* ---- a lexicon as a tagger of sentences ------------------------------------
 */

typedef struct gaz_predictor gaz_predictor;

/* Borrows the lexicon. */
GAZ_API gaz_status gaz_predictor_create(const gaz_lexicon *lexicon,
                                        const gaz_tag_options *options,
                                        gaz_predictor **out, gaz_error *e);
GAZ_API void gaz_predictor_free(gaz_predictor *predictor);

/* A gaz_predict_fn, with the predictor as context: IOB2 tags. */
GAZ_API gaz_status gaz_predictor_tag(void *predictor, const gaz_token *tokens,
                                     size_t count, gaz_token *tags,
                                     gaz_error *e);

/* ---- cross-validation -------------------------------------------------------
 */

typedef struct gaz_cross_options {
    size_t folds; /* at least 2 */
    uint64_t seed;
    bool by_document; /* documents begin at a token '-DOCSTART-' */
} gaz_cross_options;

typedef struct gaz_cross gaz_cross;

/* Read a corpus, build a lexicon of all folds but one, tag that one, score it
 * (exact mentions), for each fold. build's columns and scheme are not looked
 * at: the corpus' input says the columns, and tags have prefixes. */
GAZ_API gaz_status gaz_cross_run(const gaz_cross_options *options,
                                 const gaz_build_options *build,
                                 const gaz_tag_options *tag,
                                 const gaz_eval_input *corpus,
                                 const gaz_allocator *allocator,
                                 gaz_cross **out, gaz_error *e);
GAZ_API void gaz_cross_free(gaz_cross *cross);

/* Mean and spread over the folds, for people or as JSON; owned by the cross,
 * NUL-terminated, good until the next one. */
GAZ_API gaz_status gaz_cross_report(gaz_cross *cross, bool json,
                                    const char **text, size_t *len,
                                    gaz_error *e);

/* The mean F1 (0 .. 1) over the folds. */
GAZ_API double gaz_cross_f1(const gaz_cross *cross);

/* ---- checksums --------------------------------------------------------- */

/* SHA-256 of bytes, as 64 hexadecimal digits and a NUL. */
GAZ_API void gaz_sha256(const void *data, size_t len, char out[65]);

#ifdef __cplusplus
}
#endif

#endif
