// The kernels for x86-64-v3 (AVX2 and FMA, 2013).
#include "CKernels.h"
#if defined(__x86_64__)
#pragma clang diagnostic error "-Wignored-attributes"
#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
// ck_packed_product: 16 registers of 8 floats, 12 of them for the sums of 6 rows and half a panel.
#define WIDE
#define PRODUCT_ROWS 6
#define PRODUCT_HALVES 1
#define PRODUCT_TOGETHER 2
// ck_lstm_step: a register of units, and the rows that share one pass over the weights.
#define STEP_UNITS 8
#define STEP_ROWS 3
// ck_int8_product: the largest quantised value of x and weight, and the values that a row of x is filled up to.
#define INT8_LARGEST_VALUE 127
#define INT8_LARGEST_WEIGHT 63
#define INT8_STEP 8
#define KERNEL(name) name##_avx2
#include "kernels.inc"
#include "lstm_step.inc"
#include "int8_avx2.inc"
#pragma clang attribute pop
#endif
