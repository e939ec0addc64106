/* A reader of token-a-line corpora (CoNLL, IOB, <s> blocks), one sentence at
 * a time, in memory that does not grow beyond the longest sentence.
 *
 * - Columns are split on TAB alone; where the first token line has no TAB, on
 *   runs of blanks, and then a TAB anywhere later is an error.
 * - A sentence ends at an empty line, a line of white space only, a line
 *   '<s>' or '</s>', in front of a token '-DOCSTART-', or with the input.
 * - Comments, as CoNLL-U has them, stand before a sentence and belong to its
 *   gap: '# key = value', '# newdoc', '# newpar', and where columns are split
 *   on TABs each line with '# ' in front and no TAB.
 * - A byte order mark at the start and CR before LF are no part of a line.
 * - Every line is a token, a break, a comment, or an error with its line and
 *   column. A token line has all the picked columns, none of them empty; where
 *   one is counted from the end, all lines must have as many as the first;
 *   where the token alone is picked and columns are split on blanks, all of a
 *   sentence, and none may read as running text does.
 * - NUL bytes and invalid UTF-8 are bytes like others; UTF-16 is refused. */
#ifndef GAZ_CORPUS_CONLL_H
#define GAZ_CORPUS_CONLL_H

#include "base/alloc.h"
#include "base/slice.h"
#include "base/status.h"
#include "corpus/source.h"

enum { CONLL_FIELDS_MAX = 4 };

struct conll_options {
    /* Which columns to pick, the token first. From 0; negative counts from
     * the end of the line (-1 is the last). */
    int columns[CONLL_FIELDS_MAX];
    size_t column_count; /* 1 .. CONLL_FIELDS_MAX */
    bool break_at_x;     /* conlleval: a first field '-X-' is a break */
};

struct conll_token {
    struct slice line;                    /* the whole line without its end */
    struct slice field[CONLL_FIELDS_MAX]; /* as picked by the options */
    size_t number;                        /* line number, from 1 */
};

/* All slices are good until the next call of conll_next or conll_close. */
struct conll_sentence {
    struct conll_token *tokens;
    size_t count;         /* at least 1 */
    size_t number;        /* of the sentence, from 1 */
    bool begins_document; /* its first token is the mark '-DOCSTART-' */
    /* The lines between the sentence before and this one, ends included:
     * breaks, <s> lines and comments, to be handed through to an output. */
    struct slice gap;
};

struct conll_reader;

/* NULL when memory is out. source and options are copied; the source's
 * context must outlive the reader. */
struct conll_reader *conll_open(const struct alloc *alloc,
                                const struct source *source,
                                const struct conll_options *options);
void conll_close(struct conll_reader *r); /* NULL is fine */

/* The next sentence; *found false at the end, when *out has no tokens and
 * its gap holds the lines after the last sentence. STATUS_SYNTAX for a bad
 * line (with its line and column), else the source's failure or memory; after
 * a failure the reader can only be closed. */
enum status conll_next(struct conll_reader *r, struct conll_sentence *out,
                       bool *found, struct err *e);

#endif
