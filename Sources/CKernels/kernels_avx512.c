// The kernels for x86-64-v4 (AVX-512).
#include "CKernels.h"
#if defined(__x86_64__)
#pragma clang diagnostic error "-Wignored-attributes"
#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"))), apply_to = function)
// ck_packed_product: 32 registers of 16 floats, which the compiler would halve by itself.
#define WIDE __attribute__((min_vector_width(512)))
#define PRODUCT_ROWS 8
#define PRODUCT_HALVES 2
#define PRODUCT_TOGETHER 4
// ck_lstm_step: a register of units, and the rows that share one pass over the weights.
#define STEP_UNITS 16
#define STEP_ROWS 6
// ck_int8_product: the largest quantised value of x and weight, and the values that a row of x is filled up to.
#define INT8_LARGEST_VALUE 255
#define INT8_LARGEST_WEIGHT 127
#define INT8_STEP 4
#define KERNEL(name) name##_avx512
#include "kernels.inc"
#include "lstm_step.inc"
#pragma clang attribute pop
#include "lstm_int8.inc"
#endif
