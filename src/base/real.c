#include "base/real.h"

#include <stdint.h>
#include <string.h>

#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF
#endif

static const double LOG2_E = 1.4426950408889634;
static const double LN_2 = 0.69314718055994530942;

/* e^x = 2^n e^r with |r| <= ln 2 / 2, and e^r by its Taylor polynomial. */
double real_exp(double x)
{
    if (x < -700) {
        return 0;
    }
    if (x > 700) {
        x = 700;
    }
    double k = x * LOG2_E;
    int64_t n = (int64_t)(k < 0 ? k - 0.5 : k + 0.5);
    double r = x - (double)n * LN_2;
    double p = 1.0 / 362880;
    p = p * r + 1.0 / 40320;
    p = p * r + 1.0 / 5040;
    p = p * r + 1.0 / 720;
    p = p * r + 1.0 / 120;
    p = p * r + 1.0 / 24;
    p = p * r + 1.0 / 6;
    p = p * r + 1.0 / 2;
    p = p * r + 1;
    p = p * r + 1;
    uint64_t bits = 0;
    memcpy(&bits, &p, sizeof bits);
    bits += (uint64_t)n << 52;
    memcpy(&p, &bits, sizeof bits);
    return p;
}

/* x = 2^n m with m in [1/sqrt 2, sqrt 2]; log m = 2 artanh((m-1)/(m+1)). */
double real_log(double x)
{
    uint64_t bits = 0;
    memcpy(&bits, &x, sizeof bits);
    int64_t n = (int64_t)(bits >> 52) - 1023;
    bits = (bits & 0xfffffffffffffU) | 0x3ff0000000000000U;
    double m = 0;
    memcpy(&m, &bits, sizeof bits);
    if (m > 1.4142135623730951) {
        m /= 2;
        n++;
    }
    double z = (m - 1) / (m + 1);
    double q = z * z;
    double s = 1.0 / 15;
    s = s * q + 1.0 / 13;
    s = s * q + 1.0 / 11;
    s = s * q + 1.0 / 9;
    s = s * q + 1.0 / 7;
    s = s * q + 1.0 / 5;
    s = s * q + 1.0 / 3;
    s = s * q + 1;
    return (double)n * LN_2 + 2 * z * s;
}

double real_log_add(double a, double b)
{
    double high = a > b ? a : b;
    double low = a > b ? b : a;
    return low - high < -40 ? high : high + real_log(1 + real_exp(low - high));
}
