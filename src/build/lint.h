/* Checks of name lists that need no compilation: of lines on their own
 * (lint_line.c), of lines against each other (lint.c), of rules
 * (lint_rules.c). What they share is in lint_store.c. Nothing is written but
 * problems; all of them, not only the first. */
#ifndef GAZ_BUILD_LINT_H
#define GAZ_BUILD_LINT_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"
#include "base/strmap.h"
#include "corpus/list.h"
#include "corpus/rule_lines.h"

struct lint_problem {
    uint32_t source;
    size_t line;
    size_t column;     /* bytes, from 1 */
    bool error;        /* else a warning */
    const char *check; /* its name, static */
    const char *message;
};

/* A list. text is our copy of it, in which bad lines are made comments, so
 * that the rest can be compiled. */
struct lint_source {
    const char *name;
    char *text;
    size_t len;
    bool rules; /* a file of rules */
};

struct lint_entry {
    struct list_entry entry; /* slices of the source's text */
    uint32_t source;
    size_t column; /* of the name */
};

struct lint_rule {
    struct rule_line line; /* slices of the source's text */
    uint32_t source;
};

struct lint {
    const struct alloc *alloc;
    struct arena arena;
    struct strmap *words;  /* common words, lower case */
    struct strmap *wanted; /* labels that are good; none: all */
    struct strmap *labels; /* that occur */
    struct lint_entry *entries;
    size_t entry_count, entry_capacity;
    struct lint_rule *rules;
    size_t rule_count, rule_capacity;
    struct lint_source *sources;
    size_t source_count, source_capacity;
    struct lint_problem *problems;
    size_t problem_count, problem_capacity;
    struct buf scratch, key;
    bool failed; /* memory ran out; told by lint_finish */
};

enum status lint_init(struct lint *l, const struct alloc *alloc, struct err *e);
void lint_free(struct lint *l); /* zeroed is fine */

/* Common words, one a line; labels that are good. */
enum status lint_add_words(struct lint *l, struct slice text, struct err *e);
enum status lint_add_label(struct lint *l, struct slice label, struct err *e);

/* Read and check a list. Only memory can fail. */
enum status lint_add_list(struct lint *l, struct slice name, struct slice text,
                          struct err *e);

/* The same for a file of rules. */
enum status lint_add_rules(struct lint *l, struct slice name, struct slice text,
                           struct err *e);

/* Hold the entries against each other, and the rules. */
enum status lint_compare(struct lint *l, struct err *e);

/* Put all problems into the order of their places. */
enum status lint_finish(struct lint *l, struct err *e);

/* Add a problem, printf's format. */
void lint_report(struct lint *l, bool error, const char *check, uint32_t source,
                 size_t line, size_t column, const char *format, ...)
    __attribute__((format(printf, 7, 8)));

/* Between these files. Add a source with a copy of its text; take the next
 * line off a text, its end ("\n" or "\r\n") taken off. */
enum status lint_add_source(struct lint *l, struct slice name,
                            struct slice text, struct err *e);
bool lint_next_line(struct slice *rest, struct slice *line);

/* Of lint_rules.c: labels that are asked for, rules against each other. */
void lint_compare_rules(struct lint *l);

/* Of lint_line.c: check a line of any kind for characters that nobody sees. */
void lint_text(struct lint *l, uint32_t source, size_t number,
               struct slice line);

/* Of lint_line.c: check a line (without its end) of a source; its entry, or
 * NULL where it does not parse. */
void lint_line(struct lint *l, uint32_t source, size_t number,
               struct slice line, const struct list_entry *entry);

#endif
