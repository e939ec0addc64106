#include "model/image.h"

#include "base/digest.h"
#include "base/bytes.h"

static enum status corrupt(struct err *e, size_t pos, const char *what)
{
    enum status s = err_set(e, STATUS_CORRUPT,
                            "damaged lexicon at byte %zu: %s", pos, what);
    if (e != NULL) {
        e->pos = pos;
    }
    return s;
}

static enum status check_header(const char *p, size_t len, struct err *e)
{
    if (len < 8 || memcmp(p, IMAGE_MAGIC, 8) != 0) {
        return err_set(e, STATUS_CORRUPT,
                       "not a compiled lexicon (gaz compile makes one)");
    }
    if (len < IMAGE_HEADER_SIZE) {
        return corrupt(e, len, "the file ends inside its header");
    }
    uint32_t version = bytes_load32(p + 8);
    if (version != IMAGE_VERSION) {
        return err_set(e, STATUS_VERSION,
                       "lexicon format version %u; this gaz reads version %d: "
                       "compile the lexicon again%s",
                       (unsigned)version, IMAGE_VERSION,
                       version > IMAGE_VERSION ? " or use a newer gaz" : "");
    }
    uint64_t size = bytes_load64(p + 16);
    if (size != len) {
        return corrupt(e, len < size ? len : (size_t)size,
                       len < size ? "the file is cut short"
                                  : "there are bytes past its end");
    }
    return STATUS_OK;
}

/* Every section inside the file, aligned, and none over another. */
static enum status check_table(const char *p, size_t len, uint32_t count,
                               struct err *e)
{
    size_t floor = IMAGE_HEADER_SIZE + (size_t)count * IMAGE_SECTION_SIZE;
    for (uint32_t i = 0; i < count; i++) {
        size_t at = IMAGE_HEADER_SIZE + (size_t)i * IMAGE_SECTION_SIZE;
        uint64_t offset = bytes_load64(p + at + 8);
        uint64_t length = bytes_load64(p + at + 16);
        if (offset < floor || offset > len || length > len - offset ||
            offset % IMAGE_ALIGN != 0) {
            return corrupt(e, at, "a section lies outside the file");
        }
        floor = (size_t)(offset + length);
    }
    return STATUS_OK;
}

enum status image_open(const void *data, size_t len, struct image *out,
                       struct err *e)
{
    const char *p = data;
    enum status s = check_header(p, len, e);
    if (s != STATUS_OK) {
        return s;
    }
    uint32_t count = bytes_load32(p + 12);
    if (count > IMAGE_SECTIONS_MAX ||
        IMAGE_HEADER_SIZE + (size_t)count * IMAGE_SECTION_SIZE > len) {
        return corrupt(e, 12, "a section table that does not fit");
    }
    s = check_table(p, len, count, e);
    if (s != STATUS_OK) {
        return s;
    }
    if (digest_xxh64(p + IMAGE_HEADER_SIZE, len - IMAGE_HEADER_SIZE,
                     bytes_load64(p + 8)) != bytes_load64(p + 24)) {
        return corrupt(e, 24, "its checksum is not that of its bytes");
    }
    out->data = p;
    out->len = len;
    out->section_count = count;
    out->version = bytes_load32(p + 8);
    return STATUS_OK;
}

bool image_section(const struct image *image, uint32_t tag, struct slice *out)
{
    for (uint32_t i = 0; i < image->section_count; i++) {
        const char *row =
            image->data + IMAGE_HEADER_SIZE + (size_t)i * IMAGE_SECTION_SIZE;
        if (bytes_load32(row) == tag) {
            *out = slice_of(image->data + bytes_load64(row + 8),
                            (size_t)bytes_load64(row + 16));
            return true;
        }
    }
    return false;
}

void image_section_at(const struct image *image, uint32_t i, char name[5],
                      size_t *size)
{
    const char *row =
        image->data + IMAGE_HEADER_SIZE + (size_t)i * IMAGE_SECTION_SIZE;
    memcpy(name, row, 4);
    name[4] = '\0';
    *size = (size_t)bytes_load64(row + 16);
}
