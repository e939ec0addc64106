/* Files that the program carries in itself, so that one file is the whole
 * program: the default lexicon and the list of common words. They lie in
 * read-only pages, the lexicon at a multiple of 64 as in a file that is
 * mapped, and are used where they are.
 *
 * GAZ_DEFAULT_FILE is not defined for the program that compiles the lexicon
 * in the first place. */
#ifdef __APPLE__
#define NAME(x) _##x
    .section __TEXT,__const
#else
#define NAME(x) x
    .section .rodata
#endif

    .balign 64
    .globl NAME(embedded_lexicon)
NAME(embedded_lexicon):
lexicon_begin:
#ifdef GAZ_DEFAULT_FILE
    .incbin GAZ_DEFAULT_FILE
#endif
lexicon_end:
    .byte 0

    .balign 64
    .globl NAME(embedded_words)
NAME(embedded_words):
words_begin:
#ifdef GAZ_WORDS_FILE
    .incbin GAZ_WORDS_FILE
#endif
words_end:
    .byte 0

    .balign 8
    .globl NAME(embedded_lexicon_size)
NAME(embedded_lexicon_size):
    .quad lexicon_end - lexicon_begin
    .globl NAME(embedded_words_size)
NAME(embedded_words_size):
    .quad words_end - words_begin

#ifdef __ELF__
    .section .note.GNU-stack,"",%progbits
#endif
