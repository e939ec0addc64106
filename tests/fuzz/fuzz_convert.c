/* gaz convert: the first byte says what the input is and what is written, the
 * rest is the input (brat: the text up to the first NUL, then its lines). What
 * is read and written as jsonl can be read again and is then written the same;
 * other outputs are written, or refused with exit code 2. */
#include "fuzz.h"

#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

static const char *const formats[] = {
    "auto",        "conll", "jsonl", "spacy", "prodigy", "doccano",
    "labelstudio", "hf",    "brat",  "xml",   "tsv"};
static const char *const outputs[] = {"spacy", "prodigy", "labelstudio",
                                      "xml",   "conll",   "html",
                                      "tsv",   "md",      "ansi"};

enum {
    FORMATS = sizeof formats / sizeof formats[0],
    OUTPUTS = sizeof outputs / sizeof outputs[0]
};

/* A folder of this process, and the files in it. */
static char folder[64];
static const char *const files[] = {"in.json", "in.ann", "in.txt",
                                    "one",     "two",    "other"};
enum { INPUT, LINES, TEXT, ONE, TWO, OTHER, FILES };
static char paths[FILES][96];

static void remove_all(void)
{
    for (int i = 0; i < FILES; i++) {
        (void)unlink(paths[i]);
    }
    (void)rmdir(folder);
}

static void make_folder(void)
{
    const char *in = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(folder, sizeof folder, "%s/gaz-convert-XXXXXX", in);
    FUZZ_CHECK(mkdtemp(folder) != NULL);
    for (int i = 0; i < FILES; i++) {
        snprintf(paths[i], sizeof paths[i], "%s/%s", folder, files[i]);
    }
    (void)atexit(remove_all);
}

static void save(const char *path, const uint8_t *data, size_t size)
{
    FILE *f = fopen(path, "wb");
    FUZZ_CHECK(f != NULL && fwrite(data, 1, size, f) == size);
    FUZZ_CHECK(fclose(f) == 0);
}

static bool same_files(const char *a, const char *b)
{
    FILE *f = fopen(a, "rb");
    FILE *g = fopen(b, "rb");
    FUZZ_CHECK(f != NULL && g != NULL);
    int x = 0;
    int y = 0;
    while (x == y && x != EOF) {
        x = getc(f);
        y = getc(g);
    }
    (void)fclose(f);
    (void)fclose(g);
    return x == y;
}

static int convert(const char *from, const char *to, const char *in,
                   const char *out)
{
    const struct cli_verb *verb = &cli_verb_convert;
    const char *const names[] = {"from", "to", "output", "drop-overlaps",
                                 "text"};
    const char *const values[] = {from, to, out, NULL, paths[TEXT]};
    bool texts = strcmp(from, "auto") == 0 || strcmp(from, "hf") == 0 ||
                 strcmp(from, "tsv") == 0;
    struct cli_given given[5];
    for (size_t i = 0; i < 5; i++) {
        const struct cli_option *o = verb->options;
        while (strcmp(o->name, names[i]) != 0) {
            o++;
        }
        given[i] = (struct cli_given){o, values[i]};
    }
    const char *inputs[] = {in};
    struct cli_args args = {.given = given,
                            .given_count =
                                texts ? 5 : 4, /* else it is an error */
                            .files = inputs,
                            .file_count = 1};
    int code = verb->run(&args);
    FUZZ_CHECK(code == EXIT_OK || code == EXIT_INPUT);
    FUZZ_CHECK((access(out, F_OK) == 0) == (code == EXIT_OK));
    return code;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (folder[0] == '\0') {
        make_folder();
        cli_common("quiet");
    }
    if (size == 0) {
        return 0;
    }
    const char *from = formats[data[0] % FORMATS];
    const char *to = outputs[data[0] / FORMATS % OUTPUTS];
    const char *in = paths[INPUT];
    data++;
    size--;
    if (strcmp(from, "brat") == 0) {
        const uint8_t *nul = size > 0 ? memchr(data, 0, size) : NULL;
        size_t n = nul != NULL ? (size_t)(nul - data) : size;
        save(paths[TEXT], data, n);
        n += nul != NULL;
        in = paths[LINES];
        save(in, data + n, size - n);
    } else {
        save(paths[TEXT], (const uint8_t *)"some text \xC3\xA9 here", 17);
        save(in, data, size);
    }
    for (int i = ONE; i < FILES; i++) {
        (void)unlink(paths[i]);
    }
    if (convert(from, "jsonl", in, paths[ONE]) == EXIT_OK) {
        FUZZ_CHECK(convert("jsonl", "jsonl", paths[ONE], paths[TWO]) ==
                   EXIT_OK);
        FUZZ_CHECK(same_files(paths[ONE], paths[TWO]));
        (void)convert(from, to, in, paths[OTHER]);
    }
    return 0;
}
