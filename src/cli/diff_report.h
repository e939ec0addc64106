/* gaz diff's report: a line for each tag that differs, and counts by label. */
#ifndef GAZ_CLI_DIFF_REPORT_H
#define GAZ_CLI_DIFF_REPORT_H

#include "cli/cli.h"
#include "os/out.h"

enum diff_side { DIFF_OLD, DIFF_NEW, DIFF_SIDES };

/* A text and where it lies in its file. */
struct passage {
    const char *file;
    const char *text;
    size_t len;
    size_t line;          /* of its first byte, or of its first token */
    const size_t *tokens; /* starts of tokens, a line each; NULL: bytes */
    size_t token_count;
    bool one_line; /* all of it is in that line of the file */
    /* The report's own: how far lines are counted. */
    size_t seen;
    size_t seen_line;
    size_t line_start;
};

struct diff_report {
    const gaz_lexicon *lexicons[DIFF_SIDES];
    long context; /* bytes of the text that are shown on either side */
    bool summary; /* only count */
    struct out out;
    struct diff_tally *tallies; /* sorted by label */
    size_t tally_count;
};

/* Count by the labels of the lexicons, which are set. False when memory is
 * out. */
bool diff_report_open(struct diff_report *r);
void diff_report_free(struct diff_report *r); /* zeroed is fine */

/* What two lexicons find in a passage, which is written to: lists in order and
 * without overlap, offsets in bytes. */
void diff_report_add(struct diff_report *r, struct passage *p,
                     const gaz_span *const spans[DIFF_SIDES],
                     const size_t counts[DIFF_SIDES]);

/* The table of counts; true when something differs. */
bool diff_report_end(struct diff_report *r);

#endif
