#include "cli/match_options.h"

bool cli_match_option(const struct cli_given *g, gaz_tag_options *out)
{
    int choice = g->option->choices != NULL
                     ? cli_choice(g->option->choices, g->value)
                     : 0;
    if (cli_is(g, "inside")) {
        out->inside = true;
    } else if (cli_is(g, "generic")) {
        out->generic = true;
    } else if (cli_is(g, "hyphen")) {
        out->hyphen_join = choice == 1;
    } else if (cli_is(g, "document-names")) {
        out->alone = choice == 1;
    } else if (cli_is(g, "overlap")) {
        out->overlap = (gaz_overlap)choice;
    } else if (cli_is(g, "versions")) {
        out->versions = (gaz_versions)choice;
    } else {
        return false;
    }
    return true;
}
