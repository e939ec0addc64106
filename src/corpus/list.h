/* A reader of name lists:
 *
 *     name TAB label [TAB id [TAB key=value,key=value...]]
 *
 * The label '-' is a veto: what matches the name is no mention. The label '--'
 * hides: nor is what lies in it, though it is found (model/lexicon.h).
 * '#' begins a comment line, lines of white space are nothing, a byte order
 * mark and CR are no part of a line, white space around a column is dropped.
 * Every other line is an entry or an error with its line and column. */
#ifndef GAZ_CORPUS_LIST_H
#define GAZ_CORPUS_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"
#include "base/status.h"
#include "corpus/lines.h"

enum list_case {
    LIST_CASE_UNSET,
    LIST_CASE_EXACT,
    LIST_CASE_FOLD,
    LIST_CASE_SMART
};
enum list_plural { LIST_PLURAL_UNSET, LIST_PLURAL_NO, LIST_PLURAL_YES };
enum list_kind {
    LIST_KIND_NAME,
    LIST_KIND_ALIAS,
    LIST_KIND_ACRONYM,
    LIST_KIND_GENERIC
};

/* Context of an ambiguous name, the keys need=, next=, prev=, not=, notnext=
 * and notprev=: it counts when one of the words of need stands in its
 * sentence, or next word follows, or prev word precedes it; and no word of not
 * is within 3 words, none of notnext follows, none of notprev precedes it. */
enum list_context {
    LIST_NEED,
    LIST_NEXT,
    LIST_PREV,
    LIST_NOT,
    LIST_NOT_NEXT,
    LIST_NOT_PREV,
    LIST_CONTEXT_COUNT
};

enum {
    LIST_PRIORITY_MAX = 1000 /* priority=N, -1000 .. 1000 */
};

/* The slices are parts of the input. */
struct list_entry {
    struct slice name;
    struct slice label;
    struct slice id;                          /* empty when not given */
    struct slice context[LIST_CONTEXT_COUNT]; /* a|b|c, empty: not given */
    enum list_case letter_case;
    enum list_plural plural;
    enum list_kind kind;
    int priority;
    bool no_version; /* version=no */
    bool no_short;   /* short=no */
    bool veto;       /* the label is '-' */
    size_t line;     /* from 1 */
};

struct list_reader {
    struct lines lines;
};

/* An entry of that line, all else unset or empty. */
struct list_entry list_entry_of(size_t line);

void list_open(struct list_reader *r, struct slice text);

/* The next entry; *found false at the end. STATUS_SYNTAX for a bad line. */
enum status list_next(struct list_reader *r, struct list_entry *out,
                      bool *found, struct err *e);

#endif
