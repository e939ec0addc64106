#include "text/models.h"

#include <stdbool.h>
#include <string.h>

#include "text/ascii.h"

enum {
    NAME_MIN = 6,  /* bytes of a name that ends in a model */
    MODEL_MIN = 3, /* bytes of a model of one word */
    SIZE_MAX_LEN = 3
};

static size_t word_end(struct slice name, size_t at)
{
    while (at < name.len && name.data[at] != ' ') {
        at++;
    }
    return at;
}

/* A revision ('V2', 'R2', 'Mk3', 'Gen2'), or a measure ('4K', '5G', '64GB')? */
static bool is_common(struct slice word)
{
    size_t letters = 0;
    while (letters < word.len && ascii_letter(word.data[letters])) {
        letters++;
    }
    size_t digits = letters;
    while (digits < word.len && ascii_digit(word.data[digits])) {
        digits++;
    }
    char first = (char)(word.data[0] | 0x20);
    if (letters > 0) {
        return (letters == 1 &&
                (first == 'v' || (first == 'r' && digits < 3))) ||
               (letters == 2 && memcmp(word.data, "Mk", 2) == 0) ||
               (letters == 3 && memcmp(word.data, "Gen", 3) == 0);
    }
    return word.len <= SIZE_MAX_LEN ||
           (word.data[word.len - 1] == 'B' && digits + 2 == word.len);
}

static bool is_model(struct slice end)
{
    size_t word = word_end(end, 0);
    bool digit = false;
    bool capital = false;
    for (size_t i = 0; i < word && !digit; i++) {
        digit = ascii_digit(end.data[i]);
    }
    for (size_t i = 0; digit && i < end.len && !capital; i++) {
        capital = ascii_capital(end.data[i]);
    }
    bool alone = word == end.len;
    return capital && end.len <= MODELS_MAX &&
           !(alone && (end.len < MODEL_MIN || is_common(end))) &&
           !(ascii_letter(end.data[0]) && is_common(slice_of(end.data, word)));
}

size_t models_next(struct slice name, size_t from)
{
    for (size_t i = from; name.len >= NAME_MIN && i + 1 < name.len; i++) {
        if (name.data[i] == ' ' &&
            is_model(slice_of(name.data + i + 1, name.len - i - 1))) {
            return i + 1;
        }
    }
    return 0;
}
