/* Readers of other programs' name lists, which give what corpus/list.h gives:
 *
 *   NAMES_SPACY     EntityRuler patterns, a JSON object a line:
 *                   {"label", "pattern": string or [{"LOWER": ...}, ...],
 *                   "id"}; a token is told by LOWER (any case), or by TEXT or
 *                   ORTH (as written)
 *   NAMES_REGEXNER  Stanford RegexNER: pattern TAB label [TAB labels that it
 *                   may overwrite [TAB priority [TAB group]]]
 *   NAMES_BARE      GATE's .lst: a name a line, then, behind a separator,
 *                   features name=value; 'id' is used. The label comes from
 *                   lists.def
 *
 * What a name list cannot say (other token attributes, operators, regular
 * expressions) is an error that is marked as such. */
#ifndef GAZ_CORPUS_NAMES_H
#define GAZ_CORPUS_NAMES_H

#include "base/buf.h"
#include "corpus/list.h"

enum names_format { NAMES_SPACY, NAMES_REGEXNER, NAMES_BARE };

struct names_reader {
    enum names_format format;
    struct lines lines;
    struct slice label;     /* NAMES_BARE: of all names */
    struct slice separator; /* NAMES_BARE: before features; empty: none */
    bool unsupported;       /* the last error is of something that a list cannot
                               say, not of a malformed line */
    struct buf name, label_text, id; /* what the entry's slices point into */
};

void names_open(struct names_reader *r, enum names_format format,
                struct slice text, const struct alloc *alloc);
void names_close(struct names_reader *r);

/* As list_next; the entry is good until the next call. After an error the
 * reading can go on with the next line. letter_case is UNSET where the format
 * means 'as written'. */
enum status names_next(struct names_reader *r, struct list_entry *out,
                       bool *found, struct err *e);

#endif
