/* A name list of any bytes: entries or an error with its place. */
#include "fuzz.h"

#include "corpus/list.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct list_reader r;
    struct list_entry entry;
    struct err e = {0};
    bool found = true;
    size_t line = 0;
    list_open(&r, slice_of((const char *)data, size));
    while (found) {
        if (list_next(&r, &entry, &found, &e) != STATUS_OK) {
            FUZZ_CHECK(e.code == STATUS_SYNTAX || e.code == STATUS_LIMIT);
            FUZZ_CHECK(e.line > line && e.column > 0 && e.message[0] != '\0');
            return 0;
        }
        if (found) {
            FUZZ_CHECK(entry.line > line && entry.name.len > 0 &&
                       entry.label.len > 0);
            line = entry.line;
        }
    }
    return 0;
}
