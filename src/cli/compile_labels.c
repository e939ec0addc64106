#include "cli/compile_labels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/guess.h"

/* A part of an option's value; freed by the caller. */
static char *part(const char *from, size_t len)
{
    char *p = malloc(len + 1);
    if (p != NULL) {
        memcpy(p, from, len);
        p[len] = '\0';
    }
    return p;
}

static int add_labels(gaz_builder *builder, const char *list)
{
    bool more = true;
    while (more) {
        size_t len = strcspn(list, ",");
        gaz_error e = {0};
        char *label = part(list, len);
        gaz_status s = label == NULL ? GAZ_NOMEM
                       : len == 0    ? GAZ_OPTION
                                  : gaz_builder_keep_label(builder, label, &e);
        free(label);
        if (s == GAZ_NOMEM) {
            return cli_nomem();
        }
        if (s != GAZ_OK) {
            return cli_fail("--labels takes names parted by commas");
        }
        more = list[len] == ',';
        list += len + more;
    }
    return EXIT_OK;
}

static int add_map(gaz_builder *builder, const char *value)
{
    const char *equals = strchr(value, '=');
    if (equals == NULL || equals == value || equals[1] == '\0') {
        return cli_fail("--map takes FROM=TO, not '%s'", value);
    }
    gaz_error e = {0};
    char *from = part(value, (size_t)(equals - value));
    gaz_status s = from != NULL
                       ? gaz_builder_map_label(builder, from, equals + 1, &e)
                       : GAZ_NOMEM;
    free(from);
    return s == GAZ_OK      ? EXIT_OK
           : s == GAZ_NOMEM ? cli_nomem()
                            : cli_fail("--map %s: %s", value, e.message);
}

/* Two new names for one label: only one could count. */
static int check_twice(const struct cli_args *args, size_t last)
{
    const char *value = args->given[last].value;
    size_t len = strcspn(value, "=") + 1; /* add_map has seen to it */
    for (size_t i = 0; i < last; i++) {
        const struct cli_given *g = &args->given[i];
        if (cli_is(g, "map") && strncmp(g->value, value, len) == 0 &&
            strcmp(g->value, value) != 0) {
            return cli_fail("--map %s: --map %s has renamed it", value,
                            g->value);
        }
    }
    return EXIT_OK;
}

int compile_labels_name(gaz_builder *builder, const struct cli_args *args)
{
    int s = EXIT_OK;
    for (size_t i = 0; s == EXIT_OK && i < args->given_count; i++) {
        const struct cli_given *g = &args->given[i];
        if (cli_is(g, "labels")) {
            s = add_labels(builder, g->value);
        } else if (cli_is(g, "map")) {
            s = add_map(builder, g->value);
            s = s == EXIT_OK ? check_twice(args, i) : s;
        }
    }
    return s;
}

/* The labels that the inputs have, as many as one reads. */
static void list_met(const gaz_builder *builder, char *out, size_t size)
{
    enum { SHOWN = 20 };
    const char *label = NULL;
    size_t len = 0;
    size_t n = 0;
    out[0] = '\0';
    for (; (label = gaz_builder_met_label(builder, n)) != NULL; n++) {
        if (n < SHOWN && len < size) {
            len += (size_t)snprintf(out + len, size - len, "%s%s",
                                    n > 0 ? ", " : "", label);
        }
    }
    if (n > SHOWN && len < size) {
        (void)snprintf(out + len, size - len, " and %zu more", n - SHOWN);
    }
}

/* What is wrong with a label that was named and that no input has. */
static int tell(const gaz_builder *builder, const char *label, bool renamed)
{
    char met[2000];
    char meant[GUESS_TOLD];
    struct guess guess = {.typed = label, .len = strlen(label)};
    const char *have = NULL;
    for (size_t i = 0; (have = gaz_builder_met_label(builder, i)) != NULL;
         i++) {
        if (strcmp(have, label) == 0) {
            return cli_fail("--labels: --map makes another of the label '%s'; "
                            "name that one",
                            label);
        }
        guess_offer(&guess, have, strlen(have));
    }
    guess_tell(&guess, "", meant, sizeof meant);
    list_met(builder, met, sizeof met);
    return cli_fail("%s: no input has the label '%s'%s; they have %s",
                    renamed ? "--map" : "--labels", label, meant,
                    met[0] != '\0' ? met : "none");
}

int compile_labels_check(const gaz_builder *builder)
{
    int s = EXIT_OK;
    bool renamed = false;
    const char *label = gaz_builder_unmet_label(builder, 0, &renamed);
    for (size_t i = 1; label != NULL; i++) {
        s = tell(builder, label, renamed);
        label = gaz_builder_unmet_label(builder, i, &renamed);
    }
    return s;
}
