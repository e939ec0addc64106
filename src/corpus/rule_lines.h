/* A reader of rules:
 *
 *     label TAB pattern [TAB key=value,key=value...]
 *
 * '#' begins a comment line, lines of white space are nothing, a byte order
 * mark and CR are no part of a line, white space around a column is dropped
 * (a pattern's own is written \x20 or \t there). Every other line is a rule
 * or an error with its line and column. */
#ifndef GAZ_CORPUS_RULE_LINES_H
#define GAZ_CORPUS_RULE_LINES_H

#include <stdbool.h>

#include "base/slice.h"
#include "base/status.h"
#include "corpus/lines.h"

enum { RULE_PRIORITY_MAX = 1000 };

/* The slices are parts of the input. */
struct rule_line {
    struct slice label;
    struct slice pattern;
    struct slice id;    /* id=, empty when not given */
    struct slice words; /* word=a|b, empty when not given */
    bool fold;          /* case=fold */
    bool inside_words;  /* words=no */
    int priority;
    size_t line;   /* from 1 */
    size_t column; /* of the pattern, from 1 */
};

struct rule_reader {
    struct lines lines;
};

void rule_reader_open(struct rule_reader *r, struct slice text);

/* The next rule; *found false at the end. STATUS_SYNTAX for a bad line. */
enum status rule_reader_next(struct rule_reader *r, struct rule_line *out,
                             bool *found, struct err *e);

#endif
