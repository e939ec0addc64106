#include "text/chars.h"

#include "text/class.h"
#include "text/utf8.h"

enum char_class char_class(uint32_t c)
{
    if (c < 0x80) {
        return class_of_byte[c] == BYTE_WORD    ? CHAR_WORD
               : class_of_byte[c] == BYTE_SPACE ? CHAR_SPACE
                                                : CHAR_SYMBOL;
    }
    if (c == UTF8_INVALID) {
        return CHAR_INVALID;
    }
    char bytes[4];
    size_t n = utf8_write(c, bytes);
    uint32_t code_point = 0;
    switch (class_of_cp((const uint8_t *)bytes, n, &code_point, &n)) {
    case CP_SPACE: return CHAR_SPACE;
    case CP_WORD: return CHAR_WORD;
    case CP_ALONE: return CHAR_IDEOGRAPH;
    case CP_MARK:
    case CP_IGNORE: return CHAR_EXTEND;
    case CP_BAD: return CHAR_INVALID;
    case CP_SYMBOL: break;
    }
    return CHAR_SYMBOL;
}
