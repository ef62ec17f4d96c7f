// The kernels for any CPU.
#include "CKernels.h"
// ck_packed_product: registers of 4 floats.
#define WIDE
#define PRODUCT_ROWS 2
#define PRODUCT_TOGETHER 1
#define KERNEL(name) name##_portable
#include "kernels.inc"
