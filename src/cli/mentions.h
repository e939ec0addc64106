/* Mentions as output formats want them: complete, so that no writer looks
 * anything up, and none needs a lexicon. */
#ifndef GAZ_CLI_MENTIONS_H
#define GAZ_CLI_MENTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gaz.h"

/* start and end are bytes of the document; of a corpus (writer_ops.sentence)
 * tokens of the sentence, and text is NULL. Strings are borrowed; those with
 * a length need no NUL behind them. */
struct mention {
    size_t start, end;
    const char *text; /* end - start bytes */
    const char *label;
    const char *id;      /* "" for none */
    const char *version; /* of what is mentioned */
    size_t label_len, id_len;
    size_t version_len; /* 0: none */
    const char *source; /* where its name comes from; NULL: not known */
    size_t line;        /* there, from 1; 0: not known */
    uint32_t type;      /* number of the label */
    float score;        /* negative: not known */
};

/* The labels that mentions can have, by number. */
struct labels {
    const char **names;
    size_t *lens;
    size_t count;
};

/* The labels of a lexicon, which must outlive them; false when memory is
 * out. */
bool labels_of_lexicon(const gaz_lexicon *lexicon, struct labels *out);
void labels_free(struct labels *l); /* zeroed is fine */

/* Makes mentions of what a tagger finds. */
struct mention_maker {
    const gaz_lexicon *lexicon;
    const struct labels *labels;
    bool scored;  /* the lexicon knows of scores */
    bool sources; /* fill source and line, which costs a look-up each */
    struct mention *list;
    size_t capacity;
};

/* The spans of text, whose first byte is byte `base` of the document; of
 * tokens, for text NULL. *out is the maker's and good until its next use.
 * False when memory is out. */
bool mention_make(struct mention_maker *m, const char *text, size_t base,
                  const gaz_span *spans, size_t count,
                  const struct mention **out);
void mention_maker_free(struct mention_maker *m); /* zeroed is fine */

#endif
