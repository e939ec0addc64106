#include "base/digest.h"

#include <sha2.h>
#include <xxhash.h>

uint64_t digest_xxh64(const void *data, size_t len, uint64_t seed)
{
    return XXH3_64bits_withSeed(data, len, seed);
}

void digest_sha256(const void *data, size_t len,
                   uint8_t out[DIGEST_SHA256_SIZE])
{
    SHA2_CTX context;
    SHA256Init(&context);
    SHA256Update(&context, data, len);
    SHA256Final(out, &context);
}
