/* How fast the stage of the rules is, alone: bench_rules LEX.gaz FILE...
 *
 * Prints medians of 9 runs in MB a second of processor time: the prefilter, and
 * all that rules do with no mention of the lexicon given (place checks aside),
 * with the counts that show that the work was done. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "model/lexicon_rules.h"
#include "os/file.h"
#include "tag/prefilter.h"
#include "tag/rules.h"

enum { RUNS = 9 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static void report(const char *what, size_t bytes, double *seconds,
                   uint64_t count)
{
    qsort(seconds, RUNS, sizeof *seconds, by_value);
    printf("%-10s %8.0f MB/s  %llu\n", what,
           (double)bytes / seconds[RUNS / 2] / 1e6, (unsigned long long)count);
}

static bool anywhere(void *context, struct slice text, size_t start, size_t end)
{
    (void)context;
    (void)text;
    return start < end;
}

static uint64_t sift(const struct prefilter *f, struct slice text)
{
    size_t at[PREFILTER_STEP];
    size_t pos = 0;
    uint64_t n = 0;
    while (pos < text.len) {
        n += prefilter_next(f, text, &pos, at, level_choose(SIMD_BEST)->sift);
    }
    return n;
}

static void bench(const struct lexicon *lexicon, struct slice text)
{
    static struct prefilter filter;
    struct err e = {0};
    struct rules *rules = NULL;
    double seconds[RUNS];
    uint64_t passed = 0;
    double start = now();
    if (rules_create(&alloc_default, lexicon, &rules, &e) != STATUS_OK ||
        rules == NULL) {
        fprintf(stderr, "bench_rules: no rules: %s\n", e.message);
        return;
    }
    printf("%u rules compiled in %.1f ms, %zu bytes of text\n",
           (unsigned)lexicon->rule_count, (now() - start) * 1e3, text.len);
    (void)prefilter_init(&filter, &alloc_default, lexicon);
    for (int i = 0; i < RUNS; i++) {
        start = now();
        passed = sift(&filter, text);
        seconds[i] = now() - start;
    }
    report("prefilter", text.len, seconds, passed);
    struct rules_run *run = rules_run_create(&alloc_default, rules, SIMD_BEST);
    const struct span *spans = NULL;
    size_t count = 0;
    for (int i = 0; run != NULL && i < RUNS; i++) {
        start = now();
        (void)rules_apply(run, text, anywhere, NULL, NULL, 0, &spans, &count,
                          &e);
        seconds[i] = now() - start;
    }
    report("rules", text.len, seconds, count);
    struct rules_stats stats = {0};
    if (run != NULL) {
        rules_run_stats(run, &stats);
    }
    printf("tries %llu, given up %llu\n",
           (unsigned long long)stats.tries / RUNS,
           (unsigned long long)stats.limits / RUNS);
    rules_run_free(run);
    rules_free(rules);
}

int main(int argc, char **argv)
{
    struct err e = {0};
    struct file_bytes lexicon_file;
    struct lexicon lexicon;
    struct buf text;
    if (argc < 3) {
        fprintf(stderr, "usage: bench_rules LEX.gaz FILE...\n");
        return 2;
    }
    if (file_load(argv[1], &lexicon_file, &e) != STATUS_OK ||
        lexicon_open(lexicon_file.data, lexicon_file.len, &lexicon, &e) !=
            STATUS_OK) {
        fprintf(stderr, "bench_rules: %s: %s\n", argv[1], e.message);
        return 2;
    }
    buf_init(&text, &alloc_default);
    for (int i = 2; i < argc; i++) {
        struct file_bytes file;
        if (file_load(argv[i], &file, &e) == STATUS_OK) {
            buf_add(&text, file.data, file.len);
            buf_byte(&text, '\n');
            file_unload(&file);
        }
    }
    bench(&lexicon, buf_view(&text));
    buf_free(&text);
    file_unload(&lexicon_file);
    return 0;
}
