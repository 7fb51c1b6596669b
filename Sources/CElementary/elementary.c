#include "elementary.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

// Two versions of each loop where the linker can choose by processor; both give the same bits.
#if defined(__x86_64__) && defined(__linux__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("avx2", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

static inline uint64_t bits(double x) {
  uint64_t result;
  memcpy(&result, &x, sizeof result);
  return result;
}

static inline double number(uint64_t x) {
  double result;
  memcpy(&result, &x, sizeof result);
  return result;
}

// log 2 in two parts; products of the first with 11-bit integers are exact.
static const double ln2_high = 0x1.62e42feep-1;
static const double ln2_low = 0x1.a39ef35793c76p-33;

// x = 2^k m with m from sqrt(1/2) to sqrt(2), and with f = m - 1, s = f / (2 + f)
//   log m = 2 artanh s = f - f^2 / 2 + s (f^2 / 2 + R(s^2)),   R(z) = 2 z / 3 + 2 z^2 / 5 + ...
// (the arrangement of fdlibm's e_log.c). The coefficients interpolate R at Chebyshev's nodes for
// s^2 <= 0.0295; the error is below 2^-56.
static inline double log_normal(double x) {
  // Exponents biased by 1024 and counted from sqrt(1/2) keep the difference positive.
  const uint64_t shifted = bits(x) - 0x3fe6a09e667f3bcdu + 0x4000000000000000u;
  const double m =
      number(bits(x) - (shifted & 0xfff0000000000000u) + 0x4000000000000000u);
  // An integer in the last bits of 2^52 is converted by subtraction.
  const double k = number((shifted >> 52) | 0x4330000000000000u) - (0x1p52 + 1024);
  const double f = m - 1;
  const double s = f / (2 + f);
  const double z = s * s;
  const double w = z * z;
  const double odd = z * (0x1.5555555555558p-1 +
      w * (0x1.2492492df281ap-2 + w * (0x1.7462b51cb66b1p-3 + w * 0x1.2b5900de53b32p-3)));
  const double even = w * (0x1.99999999952d7p-2 +
      w * (0x1.c71c62e3f11e6p-3 + w * 0x1.39fe51a7c18f9p-3));
  const double half = 0.5 * f * f;
  return k * ln2_high - ((half - (s * (half + (odd + even)) + k * ln2_low)) - f);
}

// A number to be scaled by a power of two: x = k log 2 + r.
typedef struct {
  double k;
  uint64_t exponent;
  double high, low, fraction;
} reduced;

// e^r = 1 + high - (low - fraction), |r| <= log(2) / 2, with c = r - t P(t), t = r^2 and
// fraction = r c / (2 - c), where 2 + t P(t) = r (e^r + 1) / (e^r - 1) = 2 + t / 6 - t^2 / 360 + ...
// (the arrangement of fdlibm's e_exp.c). P interpolates at Chebyshev's nodes; error below 2^-56.
static inline reduced reduce(double x) {
  // Adding 3 * 2^51 rounds to an integer and leaves it in the last bits.
  const double turns = x * 0x1.71547652b82fep+0 + 0x1.8p52;
  reduced result;
  result.exponent = bits(turns);
  result.k = turns - 0x1.8p52;
  result.high = x - result.k * ln2_high;
  result.low = result.k * ln2_low;
  const double r = result.high - result.low;
  const double t = r * r;
  const double c = r - t * (0x1.5555555555553p-3 + t * (-0x1.6c16c16c0ab48p-9 +
      t * (0x1.1566ab5bcf73bp-14 + t * (-0x1.bbd5311697a6ap-20 + t * 0x1.63f1d4d490c22p-25))));
  result.fraction = r * c / (2 - c);
  return result;
}

static inline double exp_normal(double x) {
  const reduced part = reduce(x);
  const double y = 1 - ((part.low - part.fraction) - part.high);
  return number(bits(y) + (part.exponent << 52));
}

// tanh x = m / (m + 2) with m = e^2x - 1 = 2^k (e^r - 1) + (2^k - 1): relatively accurate near zero.
// Beyond 22 the result is 1 to the last bit.
static inline double tanh_any(double x) {
  const double y = x > 22 ? 44 : (x < -22 ? -44 : 2 * x);
  const reduced part = reduce(y);
  const double scale = number(0x3ff0000000000000u + (part.exponent << 52));
  const double fraction = part.high - (part.low - part.fraction);
  const double m = scale * fraction + (scale - 1);
  return m / (m + 2);
}

FOR_EACH_PROCESSOR
void elementary_log(size_t count, const double *restrict x, double *restrict result) {
  uint64_t special = 0;
  for (size_t i = 0; i < count; i++) {
    special |= !(x[i] >= 0x1p-1022 && x[i] <= 0x1.fffffffffffffp+1023);
    result[i] = log_normal(x[i]);
  }
  if (!special) return;
  for (size_t i = 0; i < count; i++)
    if (!(x[i] >= 0x1p-1022 && x[i] <= 0x1.fffffffffffffp+1023)) result[i] = log(x[i]);
}

FOR_EACH_PROCESSOR
void elementary_exp(size_t count, const double *restrict x, double *restrict result) {
  uint64_t special = 0;
  for (size_t i = 0; i < count; i++) {
    special |= !(x[i] >= -708 && x[i] <= 708);
    result[i] = exp_normal(x[i]);
  }
  if (!special) return;
  for (size_t i = 0; i < count; i++)
    if (!(x[i] >= -708 && x[i] <= 708)) result[i] = exp(x[i]);
}

FOR_EACH_PROCESSOR
void elementary_tanh(size_t count, const double *restrict x, double *restrict result) {
  for (size_t i = 0; i < count; i++) result[i] = tanh_any(x[i]);
}

FOR_EACH_PROCESSOR
void elementary_sigmoid(size_t count, const double *restrict x, double *restrict result) {
  uint64_t special = 0;
  for (size_t i = 0; i < count; i++) {
    special |= !(x[i] >= -708 && x[i] <= 708);
    result[i] = 1 / (1 + exp_normal(-x[i]));
  }
  if (!special) return;
  for (size_t i = 0; i < count; i++)
    if (!(x[i] >= -708 && x[i] <= 708)) result[i] = x[i] < 0 ? exp(x[i]) : 1 / (1 + exp(-x[i]));
}
