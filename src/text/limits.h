/* Named limits of names and texts.  Each bounds the work per byte of text. */
#ifndef GAZ_TEXT_LIMITS_H
#define GAZ_TEXT_LIMITS_H

enum {
    /* A longer word in a text is in no match; in a name it is an error. */
    LIMIT_WORD = 512,
    LIMIT_NAME = 65000, /* bytes of a name */
    /* A smart-case name must have no more tokens than this: its letters are
       compared one by one at each place where its key is found. */
    LIMIT_SMART_TOKENS = 64,
    LIMIT_CHAIN = 64, /* entries of one folded key */
    LIMIT_TRIES = 64  /* nested names tried at one start: the longest */
};

#endif
