#pragma once

#include <stddef.h>

/// Logarithm, exponential, hyperbolic tangent and logistic function of whole arrays.
///
/// The loops use sums, products, quotients and integer operations only, none of them fused, so that every
/// processor gives the same bits. What the loops do not cover (zero, negative, denormal, infinite or
/// undefined numbers; results that overflow or underflow) is left to the C library, value by value.
/// Largest errors seen, in units of the last place: 0.8, 0.9, 2.4 and 1.6.
void elementary_log(size_t count, const double *restrict x, double *restrict result);
void elementary_exp(size_t count, const double *restrict x, double *restrict result);
void elementary_tanh(size_t count, const double *restrict x, double *restrict result);
void elementary_sigmoid(size_t count, const double *restrict x, double *restrict result);
