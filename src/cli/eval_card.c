/* gaz eval --card: the facts of a run. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "cli/eval.h"

enum { FACTS_MAX = 128, VALUE_SIZE = 512 };

struct facts {
    gaz_eval_fact items[FACTS_MAX];
    char values[FACTS_MAX][VALUE_SIZE];
    size_t count;
};

/* The next fact; what does not fit is cut. */
static char *fact(struct facts *f, const char *key)
{
    size_t i = f->count < FACTS_MAX ? f->count++ : FACTS_MAX - 1;
    f->items[i] = (gaz_eval_fact){key, f->values[i]};
    f->values[i][0] = '\0';
    return f->values[i];
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL && slash[1] != '\0' ? slash + 1 : path;
}

/* A file by name, size and hash. Standard input cannot be read again. */
static int file_fact(struct facts *f, const char *key, const char *path)
{
    struct err why = {0};
    struct file_bytes bytes;
    char sum[65];
    if (strcmp(path, "-") == 0) {
        (void)snprintf(fact(f, key), VALUE_SIZE, "standard input");
        return EXIT_OK;
    }
    if (file_load(path, &bytes, &why) != STATUS_OK) {
        return cli_os_error(path, &why);
    }
    gaz_sha256(bytes.data, bytes.len, sum);
    (void)snprintf(fact(f, key), VALUE_SIZE, "%s, %zu bytes, SHA-256 %s",
                   base_name(path), bytes.len, sum);
    file_unload(&bytes);
    return EXIT_OK;
}

/* The options are "name=value" lines. */
static void options_fact(struct facts *f, const char *lines)
{
    char *out = fact(f, "Compile options");
    size_t n = 0;
    for (; *lines != '\0' && n + 3 < VALUE_SIZE; lines++) {
        if (*lines != '\n') {
            out[n++] = *lines;
        } else if (lines[1] != '\0') {
            out[n++] = ',';
            out[n++] = ' ';
        }
    }
    out[n] = '\0';
}

static void source_facts(struct facts *f, const gaz_lexicon *lexicon)
{
    for (size_t i = 0; i < gaz_lexicon_source_count(lexicon); i++) {
        gaz_source_info info;
        if (gaz_lexicon_source(lexicon, i, &info) != GAZ_OK ||
            f->count + 8 > FACTS_MAX) {
            return;
        }
        char *out = fact(f, "Compiled from");
        int n = snprintf(out, VALUE_SIZE, "%.300s, %llu bytes, SHA-256 ",
                         base_name(info.name), (unsigned long long)info.size);
        for (size_t k = 0; k < sizeof info.sha256 && n > 0; k++) {
            n += snprintf(out + n, VALUE_SIZE - (size_t)n, "%02x",
                          info.sha256[k]);
        }
    }
}

/* The processor's name, where the system tells it. */
static int machine_fact(struct facts *f)
{
    struct utsname system;
    char *out = fact(f, "Machine");
    char line[256];
    const char *model = "";
    errno = 0;
    FILE *cpu = fopen("/proc/cpuinfo", "r");
    if (cpu == NULL && errno == ENOMEM) {
        return cli_nomem();
    }
    while (cpu != NULL && fgets(line, sizeof line, cpu) != NULL) {
        char *colon = strchr(line, ':');
        if (strncmp(line, "model name", 10) == 0 && colon != NULL) {
            line[strcspn(line, "\n")] = '\0';
            model = colon + 1 + strspn(colon + 1, " ");
            break;
        }
    }
    if (cpu != NULL) {
        (void)fclose(cpu);
    }
    if (uname(&system) != 0) {
        (void)snprintf(out, VALUE_SIZE, "%s", model);
        return EXIT_OK;
    }
    (void)snprintf(out, VALUE_SIZE, "%.60s: %.60s %.30s, %.200s",
                   system.nodename, system.sysname, system.machine, model);
    return EXIT_OK;
}

static int gather(struct facts *f, const struct eval_args *a, gaz_eval *eval,
                  const char *gold, const struct eval_file *tagger)
{
    (void)snprintf(fact(f, "Program"), VALUE_SIZE, "gaz %s", gaz_version());
    int s = file_fact(f, "Test set", gold);
    (void)snprintf(fact(f, "Test tokens"), VALUE_SIZE, "%llu",
                   (unsigned long long)gaz_eval_tokens(eval));
    const gaz_lexicon *lexicon = tagger->lexicon.lexicon;
    if (s == EXIT_OK && lexicon == NULL && tagger->path != NULL) {
        s = file_fact(f, "Predictions", tagger->path);
    }
    size_t layers = lexicon != NULL ? tagger->lexicon.layer_count : 0;
    for (size_t i = 0; s == EXIT_OK && i < layers; i++) {
        const char *path = cli_lexicon_path(&tagger->lexicon, i);
        if (path == NULL) {
            (void)snprintf(fact(f, "Lexicon"), VALUE_SIZE,
                           "the one inside gaz");
        } else {
            s = file_fact(f, "Lexicon", path);
        }
    }
    if (lexicon != NULL) {
        (void)snprintf(fact(f, "Lexicon entries"), VALUE_SIZE, "%zu",
                       gaz_lexicon_entry_count(lexicon));
        options_fact(f, gaz_lexicon_options(lexicon));
        source_facts(f, lexicon);
    }
    for (size_t i = 0; s == EXIT_OK && i < a->train_count; i++) {
        s = file_fact(f, "Training corpus", a->trains[i]);
    }
    if (tagger->seconds > 0) {
        (void)snprintf(fact(f, "Throughput"), VALUE_SIZE,
                       "%.0f tokens/s on one core",
                       (double)gaz_eval_tokens(eval) / tagger->seconds);
    }
    return s == EXIT_OK ? machine_fact(f) : s;
}

int eval_cards(const struct eval_args *a, gaz_eval *eval, const char *gold,
               const struct eval_file *tagger)
{
    if (a->card_count == 0) {
        return EXIT_OK;
    }
    struct facts *f = calloc(1, sizeof *f);
    if (f == NULL) {
        return cli_nomem();
    }
    int s = gather(f, a, eval, gold, tagger);
    for (size_t i = 0; s == EXIT_OK && i < a->card_count; i++) {
        gaz_error e = {0};
        const char *text = NULL;
        size_t len = 0;
        const char *dot = strrchr(a->cards[i], '.');
        bool latex = dot != NULL && strcmp(dot, ".tex") == 0;
        if (gaz_eval_card(eval, f->items, f->count, latex, &text, &len, &e) !=
            GAZ_OK) {
            s = cli_error(a->cards[i], &e);
        } else {
            s = whole_write(a->cards[i], text, len);
        }
    }
    free(f);
    return s;
}
