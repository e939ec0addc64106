/* Checksums. The image checksum is XXH3-64 (fast, against damage); sources
 * are named by SHA-256, which people can compare with sha256sum. */
#ifndef GAZ_BASE_DIGEST_H
#define GAZ_BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

enum { DIGEST_SHA256_SIZE = 32 };

uint64_t digest_xxh64(const void *data, size_t len, uint64_t seed);
void digest_sha256(const void *data, size_t len,
                   uint8_t out[DIGEST_SHA256_SIZE]);

#endif
