/* Named limits of names and texts.  Each bounds the work per byte of text, or
 * the memory that one line of a stranger can take.  Others stand where they
 * are checked: patterns in text/pattern.h, labels in model/lexicon.h, rules in
 * model/lexicon_rules.h, layers in model/stack.h, unpacked bytes in
 * os/unpack.h, lines of texts in os/file.h.  README.md lists them all. */
#ifndef GAZ_TEXT_LIMITS_H
#define GAZ_TEXT_LIMITS_H

enum {
    /* A longer word in a text is in no match; in a name it is an error. */
    LIMIT_WORD = 512,
    LIMIT_NAME = 65000,   /* bytes of a name */
    LIMIT_LINE = 1 << 26, /* bytes of a line of a corpus */
    /* A smart-case name must have no more tokens than this: its letters are
       compared one by one at each place where its key is found. */
    LIMIT_SMART_TOKENS = 64,
    LIMIT_CHAIN = 64, /* entries of one folded key, all of which are tried */
    LIMIT_TRIES = 64  /* nested names tried at one start: the longest */
};

#endif
