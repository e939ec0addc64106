/* Reports for people, written into a buffer. What memory could not hold is
 * told by buf_ok alone; the status is for everything else. */
#ifndef GAZ_EVAL_SCORES_H
#define GAZ_EVAL_SCORES_H

#include <stdbool.h>

#include "base/buf.h"
#include "eval/scorer.h"

/* What conlleval prints, byte for byte; latex as with its -l. Needs
 * PART_CONLLEVAL. */
enum status scores_conlleval(const struct scorer *s, bool latex,
                             struct buf *out, struct err *e);

/* What seqeval's classification_report gives as text, and the newline that
 * print adds. t is the tally of PART_SEQEVAL or PART_STRICT. Where there is
 * no type at all, the original fails; here all averages are 0. */
enum status scores_seqeval(const struct scorer *s, const struct tally *t,
                           int digits, struct buf *out, struct err *e);

enum { SCORES_DIGITS_MAX = 17 };

/* The four schemes of nervaluate, a line each. Needs PART_NERVAL. */
void scores_nervaluate(const struct scorer *s, struct buf *out);

/* The report for people. sample is NULL without a bootstrap of so many
 * rounds. Needs PART_MENTIONS and PART_ALIGN. */
enum status scores_people(const struct scorer *s,
                          const struct sample_result *sample, uint32_t rounds,
                          uint64_t seed, struct buf *out, struct err *e);

/* Everything that was counted, as one JSON document with "schema": 1. Only
 * what was asked of the scorer is in it. sample as above, or NULL. */
enum status scores_json(const struct scorer *s,
                        const struct sample_result *sample, uint32_t rounds,
                        uint64_t seed, struct buf *out, struct err *e);

/* A line of the card that the caller knows: what was trained, on what. */
struct card_fact {
    struct slice key;
    struct slice value;
};

/* The baseline card in Markdown, or in LaTeX: the facts, then the scores in
 * all schemes that were counted. */
enum status scores_card(const struct scorer *s,
                        const struct sample_result *sample, uint32_t rounds,
                        uint64_t seed, const struct card_fact *facts,
                        size_t fact_count, bool latex, struct buf *out,
                        struct err *e);

/* Averages over types as numpy computes them, so that the last digit is the
 * one that seqeval prints. */
struct averages {
    struct prf micro;
    struct prf macro;
    struct prf weighted;
};

/* What reports need of a tally: the types that were counted, as ids sorted by
 * name, and the averages over them. */
struct scores_view {
    const struct scorer *scorer;
    const struct tally *tally;
    uint32_t *ids;
    size_t count;
    struct averages averages;
};

enum status scores_view_open(struct scores_view *v, const struct scorer *s,
                             const struct tally *t, struct err *e);
void scores_view_close(struct scores_view *v);

/* A type's name, right-aligned (or left-aligned) by code points. The type
 * without a name is shown as '_'. */
void scores_name(struct buf *out, struct slice name, size_t width, bool left);

/* Code points of a text, for columns: bytes that continue none. */
size_t scores_width(struct slice s);

#endif
