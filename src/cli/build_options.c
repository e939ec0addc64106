#include "cli/build_options.h"

#include <string.h>

bool cli_is_build_option(const struct cli_given *g)
{
    static const struct cli_option options[] = {CLI_BUILD_OPTIONS};
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        if (strcmp(g->option->name, options[i].name) == 0) {
            return true;
        }
    }
    return false;
}

/* 0 on the command line means none, which the library writes as negative. */
static bool fraction_or_none(const struct cli_given *g, double max, double *out)
{
    if (!cli_fraction(g, 0, max, out)) {
        return false;
    }
    *out = *out > 0 ? *out : -1;
    return true;
}

bool cli_build_option(const struct cli_given *g, gaz_build_options *out)
{
    long n = 0;
    if (cli_is(g, "case")) {
        out->letter_case =
            (gaz_case)(cli_choice(g->option->choices, g->value) + 1);
    } else if (cli_is(g, "select")) {
        out->select = (gaz_select)cli_choice(g->option->choices, g->value);
    } else if (cli_is(g, "plural")) {
        out->plural = 1;
    } else if (cli_is(g, "no-plural")) {
        out->plural = -1;
    } else if (cli_is(g, "min-purity")) {
        return fraction_or_none(g, 1, &out->min_purity);
    } else if (cli_is(g, "smoothing")) {
        return fraction_or_none(g, 1e6, &out->smoothing);
    } else if (cli_is(g, "prior-weight")) {
        return fraction_or_none(g, 1000, &out->prior_weight);
    } else if (cli_is(g, "min-count")) {
        if (!cli_number(g, 0, 1000000000, &n)) {
            return false;
        }
        out->min_count = (uint32_t)n;
    } else if (cli_is(g, "veto")) {
        if (!cli_number(g, 0, 1000000, &n)) {
            return false;
        }
        out->veto = n == 0 ? -1 : (int)n;
    }
    return true;
}

int cli_build_prior(const struct cli_args *args, gaz_build_options *out,
                    struct cli_lexicon *prior)
{
    size_t given = 0;
    bool none = false;
    for (size_t i = 0; i < args->given_count; i++) {
        if (cli_is(&args->given[i], "prior")) {
            given++;
            none = none || strcmp(args->given[i].value, "none") == 0;
        }
    }
    memset(prior, 0, sizeof *prior);
    bool purity = out->select == GAZ_SELECT_PURITY;
    bool used = out->select == GAZ_SELECT_SCORED
                    ? out->prior_weight >= 0
                    : purity && out->prior_weight > 0;
    if (given > 0 && !used && !none) {
        return cli_fail(
            purity ? "--prior needs a --prior-weight above 0 (names are "
                     "selected by purity)"
                   : "--prior is of no use here (--select all, or a "
                     "--prior-weight of 0)");
    }
    if (none && given > 1) {
        return cli_fail("--prior none goes with no other --prior");
    }
    if (none || !used) {
        return EXIT_OK;
    }
    int s = cli_lexicon_open_option(args, "prior", prior);
    out->prior = prior->lexicon;
    return s;
}
