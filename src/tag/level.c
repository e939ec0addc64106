#include "tag/level.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_X86 1
#else
#define HAVE_X86 0
#endif

#if defined(__aarch64__) && defined(__ARM_NEON)
#define HAVE_NEON 1
#else
#define HAVE_NEON 0
#endif

#if HAVE_X86
static bool has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
}

static bool has_avx512(void)
{
    return has_avx2() && __builtin_cpu_supports("avx512f") &&
           __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512bitalg") &&
           __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512vbmi") &&
           __builtin_cpu_supports("avx512vbmi2");
}
#endif

const struct level *level_choose(enum simd_level wanted)
{
#if HAVE_X86
    if (wanted >= SIMD_AVX512 && has_avx512())
        return &level_avx512;
    if (wanted >= SIMD_AVX2 && has_avx2())
        return &level_avx2;
#endif
#if HAVE_NEON
    if (wanted >= SIMD_NEON)
        return &level_neon;
#endif
    (void)wanted;
    return &level_none;
}
