/* Public declarations of the scorer; they are to move into gaz.h. */
#ifndef GAZ_EVAL_DECL_H
#define GAZ_EVAL_DECL_H

#include "gaz.h"

#ifdef __cplusplus
extern "C" {
#endif

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
    uint32_t bootstrap; /* rounds for 95% intervals; 0: none */
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
 * eval and good until the next report. latex: for GAZ_EVAL_CONLLEVAL. digits
 * after the point: for the seqeval reports, 0 .. 17. GAZ_OPTION for a kind
 * that was not asked for. */
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
                                      gaz_compare **out, gaz_error *e);
GAZ_API void gaz_compare_free(gaz_compare *compare);

/* Like gaz_eval_run; *input 2 is the second prediction. */
GAZ_API gaz_status gaz_compare_run(gaz_compare *compare,
                                   const gaz_eval_input *gold,
                                   const gaz_eval_input *first,
                                   const gaz_eval_input *second, size_t *input,
                                   gaz_error *e);

/* The report, for people or as JSON; owned by the compare, good until the
 * next one. */
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
 * (exact mentions), for each fold. build's columns are not looked at; add
 * labels are kept as in the corpus. */
GAZ_API gaz_status gaz_cross_run(const gaz_cross_options *options,
                                 const gaz_build_options *build,
                                 const gaz_tag_options *tag,
                                 const gaz_eval_input *corpus, gaz_cross **out,
                                 gaz_error *e);
GAZ_API void gaz_cross_free(gaz_cross *cross);

/* Mean and spread over the folds, for people or as JSON; owned by the cross,
 * good until the next one. */
GAZ_API gaz_status gaz_cross_report(gaz_cross *cross, bool json,
                                    const char **text, size_t *len,
                                    gaz_error *e);

/* The mean F1 (0 .. 1) over the folds. */
GAZ_API double gaz_cross_f1(const gaz_cross *cross);

/* SHA-256 of bytes, as 64 hexadecimal digits and a NUL. */
GAZ_API void gaz_sha256(const void *data, size_t len, char out[65]);

#ifdef __cplusplus
}
#endif

#endif
