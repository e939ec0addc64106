/* Labels of the inputs: which are renamed, which are kept, and which of those
 * that the user names the inputs do not have. */
#include "build/store_intake.h"

enum { NOT_ASKED = -2 }; /* beside STORE_LABEL_NONE */

/* What was found for labels that were met no longer holds. */
static void forget(struct store *s)
{
    for (uint32_t i = 0; i < strmap_count(s->met); i++) {
        s->met_as[i] = NOT_ASKED;
    }
}

enum status store_keep_label(struct store *s, struct slice label, struct err *e)
{
    uint32_t id = 0;
    if (!strmap_put(s->wanted, label, &id, NULL)) {
        return err_nomem(e);
    }
    forget(s);
    return STATUS_OK;
}

/* As a list can have it. */
static bool label_is_good(struct slice label)
{
    for (size_t i = 0; i < label.len; i++) {
        unsigned char c = (unsigned char)label.data[i];
        if (c < 0x20 || c == 0x7F) {
            return false;
        }
    }
    return label.len > 0 && label.data[0] != ' ' &&
           label.data[label.len - 1] != ' ' && !slice_is(label, "-");
}

enum status store_map_label(struct store *s, struct slice from, struct slice to,
                            struct err *e)
{
    uint32_t id = 0;
    if (!label_is_good(to)) {
        return err_set(e, STATUS_OPTION,
                       "a label is a word or some, without control characters, "
                       "and not '-', which takes names away in a list");
    }
    enum status st =
        store_grow(s, &s->map_to, &s->map_capacity, strmap_count(s->map_from),
                   sizeof *s->map_to, e);
    struct slice copy = arena_copy(&s->arena, to);
    if (st != STATUS_OK) {
        return st;
    }
    if (copy.data == NULL || !strmap_put(s->map_from, from, &id, NULL)) {
        return err_nomem(e);
    }
    s->map_to[id] = copy;
    forget(s);
    return STATUS_OK;
}

struct slice store_rename_label(const struct store *s, struct slice label,
                                bool *kept)
{
    uint32_t id = 0;
    if (strmap_find(s->map_from, label, &id)) {
        label = s->map_to[id];
    }
    *kept = strmap_count(s->wanted) == 0 || strmap_find(s->wanted, label, &id);
    return label;
}

enum status store_find_label(struct store *s, struct slice label, int64_t *out,
                             struct err *e)
{
    uint32_t met = 0;
    bool added = false;
    enum status st = store_grow(s, &s->met_as, &s->met_capacity,
                                strmap_count(s->met), sizeof *s->met_as, e);
    if (st != STATUS_OK) {
        return st;
    }
    if (!strmap_put(s->met, label, &met, &added)) {
        return err_nomem(e);
    }
    if (added) {
        s->met_as[met] = NOT_ASKED;
    }
    if (s->met_as[met] == NOT_ASKED) {
        bool kept = false;
        uint32_t id = 0;
        label = store_rename_label(s, label, &kept);
        if (kept && !strmap_put(s->labels, label, &id, NULL)) {
            return err_nomem(e);
        }
        s->met_as[met] = kept ? (int64_t)id : STORE_LABEL_NONE;
    }
    *out = s->met_as[met];
    return STATUS_OK;
}

/* Hints have labels too, which renaming makes those of the inputs. */
static bool is_hinted(const struct store *s, struct slice label)
{
    for (size_t i = 0; i < s->hint_count; i++) {
        if (slice_eq(s->hints[i].label, label)) {
            return true;
        }
    }
    return false;
}

bool store_unmet_label(const struct store *s, size_t i, struct slice *label,
                       bool *renamed)
{
    uint32_t id = 0;
    for (uint32_t k = 0; k < strmap_count(s->map_from); k++) {
        *label = strmap_key(s->map_from, k);
        *renamed = true;
        if (!strmap_find(s->met, *label, &id) && !is_hinted(s, *label) &&
            i-- == 0) {
            return true;
        }
    }
    for (uint32_t k = 0; k < strmap_count(s->wanted); k++) {
        *label = strmap_key(s->wanted, k);
        *renamed = false;
        if (!strmap_find(s->labels, *label, &id) && i-- == 0) {
            return true;
        }
    }
    return false;
}
