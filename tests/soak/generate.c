/* Text without end, whose mentions are known:
 *
 *     generate names            a name list, NAMES of them
 *     generate text MB [N FILE]...   so much text to standard output; FILE has
 *                               N mentions and is mixed in
 *
 * To standard error go "MB SECONDS" for each 10 MB and at the end the number
 * of mentions that were written. Names are capitalised and what stands between
 * them is not; blocks end in an empty line, so that counts add up. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { NAMES = 100000, BLOCKS = 48, BLOCK = 1 << 20, FILES = 16, MB = 1000000 };

struct block {
    char *text;
    size_t len;
    unsigned long long mentions;
};

static uint64_t state = 88172645463325252u;

static uint32_t next(uint32_t below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)((state >> 32) * below >> 32);
}

/* Name i: one, two or three words, some with symbols; no two are the same and
 * none is part of another. */
static size_t put_name(char *to, uint32_t i)
{
    static const char *const forms[] = {"%s",      "%s %s", "%s-%s",
                                        "%s %s 7", "%s++",  "%s & %s"};
    static const char *const ends[] = {"on", "ix", "ar", "um", "os"};
    char word[16] = "Q";
    char other[16] = "V";
    size_t n = 1;
    for (uint32_t k = i; n < 9; k /= 20) {
        word[n++] = "bcdfghjklmnpqrstvwxz"[k % 20];
        word[n++] = "aeiou"[(k + n) % 5];
    }
    strcpy(word + n, ends[i % 5]);
    snprintf(other + 1, sizeof other - 1, "a%s", ends[i / 6 % 5]);
    return (size_t)sprintf(to, forms[i % 6], word, other);
}

static void fill(struct block *b)
{
    static const char *const words[] = {
        "the",   "system", "is",    "slow", "when",        "many",   "users",
        "write", "to",     "disks", "and",  "that",        "each",   "of",
        "them",  "runs",   "under", "load", "caf\xC3\xA9", "a",      "program",
        "which", "reads",  "this,", "then", "(again)",     "prints", "it"};
    b->text = malloc(BLOCK + 256);
    if (b->text == NULL) {
        exit(3);
    }
    size_t at = 0;
    while (at < BLOCK) {
        if (next(24) == 0) {
            at += put_name(b->text + at, next(NAMES));
            b->mentions++;
            b->text[at++] = ' ';
        }
        const char *w = words[next(sizeof words / sizeof words[0])];
        size_t n = strlen(w);
        memcpy(b->text + at, w, n);
        at += n;
        uint32_t end = next(64);
        const char *gap = end == 0 ? ".\n\n" : end < 4 ? ".\n" : " ";
        strcpy(b->text + at, gap);
        at += strlen(gap);
    }
    memcpy(b->text + at, "it.\n\n", 5);
    b->len = at + 5;
}

static void load(struct block *b, const char *mentions, const char *path)
{
    FILE *f = fopen(path, "rb");
    b->text = malloc(16 * MB);
    b->len =
        f != NULL && b->text != NULL ? fread(b->text, 1, 16 * MB - 2, f) : 0;
    if (b->len == 0) {
        fprintf(stderr, "generate: cannot read %s\n", path);
        exit(3);
    }
    memcpy(b->text + b->len, "\n\n", 2);
    b->len += 2;
    b->mentions = strtoull(mentions, NULL, 10);
    fclose(f);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int text(int argc, char **argv)
{
    static struct block blocks[BLOCKS + FILES];
    uint32_t count = BLOCKS;
    unsigned long long limit = strtoull(argv[2], NULL, 10) * MB;
    unsigned long long written = 0;
    unsigned long long mentions = 0;
    unsigned long long mark = 0;
    for (uint32_t i = 0; i < BLOCKS; i++) {
        fill(&blocks[i]);
    }
    for (int i = 3; i + 1 < argc && count < BLOCKS + FILES; i += 2) {
        load(&blocks[count++], argv[i], argv[i + 1]);
    }
    double start = now();
    while (written < limit) {
        const struct block *b = &blocks[next(count)];
        if (fwrite(b->text, 1, b->len, stdout) != b->len) {
            fputs("generate: cannot write\n", stderr);
            return 3;
        }
        written += b->len;
        mentions += b->mentions;
        if (written / (10 * MB) > mark) {
            mark = written / (10 * MB);
            fprintf(stderr, "%llu %.3f\n", written / MB, now() - start);
        }
    }
    fprintf(stderr, "mentions %llu\n", mentions);
    return fflush(stdout) == 0 ? 0 : 3;
}

int main(int argc, char **argv)
{
    if (argc >= 3 && strcmp(argv[1], "text") == 0) {
        return text(argc, argv);
    }
    for (uint32_t i = 0; i < NAMES; i++) {
        char name[64];
        put_name(name, i);
        printf("%s\tThing\n", name);
    }
    return 0;
}
