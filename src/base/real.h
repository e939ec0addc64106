/* exp and log of our own: the same bits on every machine, which the C
 * library's need not give. Relative error below 1e-10. */
#ifndef GAZ_BASE_REAL_H
#define GAZ_BASE_REAL_H

/* e^x; 0 below -700, e^700 above 700. */
double real_exp(double x);

/* The natural logarithm of a normal x > 0. */
double real_log(double x);

/* log(e^a + e^b). */
double real_log_add(double a, double b);

#endif
