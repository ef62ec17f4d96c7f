// The kernels for any CPU.
#include "CKernels.h"
// ck_packed_product: registers of 4 floats.
#define WIDE
#define PRODUCT_ROWS 2
#define PRODUCT_HALVES 2
#define PRODUCT_TOGETHER 1
// ck_lstm_step: a register of units, and the rows that share one pass over the weights.
#define STEP_UNITS 4
#define STEP_ROWS 3
// ck_int8_product: the largest quantised value of x and weight, and the values that a row of x is filled up to.
#define INT8_LARGEST_VALUE 255
#define INT8_LARGEST_WEIGHT 127
#define INT8_STEP 4
#define KERNEL(name) name##_portable
#include "kernels.inc"
#include "lstm_step.inc"
