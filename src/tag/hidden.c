#include "tag/hidden.h"

#include "tag/spans.h"

bool hidden_any(const struct span *spans, size_t count, uint32_t label)
{
    size_t i = 0;
    while (i < count && spans[i].label != label) {
        i++;
    }
    return i < count;
}

size_t hidden_drop(struct span *spans, size_t count, uint32_t label)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (spans[i].label != label) {
            spans[kept++] = spans[i];
        }
    }
    return kept;
}

bool hidden_lies_in(const struct span *spans, size_t count, uint32_t label,
                    const struct span *span)
{
    size_t i = spans_first_behind(spans, count, span->start);
    return i < count && spans[i].label == label &&
           spans[i].start <= span->start && span->end <= spans[i].end &&
           span->label != label;
}
