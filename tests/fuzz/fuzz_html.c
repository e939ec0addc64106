#include "fuzz_markup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_markup(GAZ_FORMAT_HTML, data, size);
}
