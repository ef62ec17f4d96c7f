// The bfloat16 product with AVX512-BF16, whose vdpbf16ps multiplies 32 pairs and adds each two products to a sum.
#include "CKernels.h"
#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang diagnostic error "-Wignored-attributes"
#pragma clang attribute push(__attribute__((target("arch=x86-64-v4,avx512bf16"), min_vector_width(512))), apply_to = function)

#define PANEL 32
// The rows that share one pass over a panel: 24 registers of sums, 2 of weights, 1 of the row's pair.
#define TILE 12

struct bf16_product {
  const uint16_t *q, *packed;
  const float *bias;
  float *out;
  size_t row, out_stride, columns;
};

// rows (a constant, at most TILE) rows from r on times the panel whose first output is `first`.
static inline __attribute__((always_inline)) void tile(const struct bf16_product *p, const size_t rows, size_t r,
                                                       size_t first) {
  const uint16_t *panel = p->packed + first * p->row;
  const uint16_t *q = p->q + r * p->row;
  size_t columns = p->columns - first < PANEL ? p->columns - first : PANEL;
  __mmask16 kept[2] = {columns >= 16 ? 0xFFFF : (__mmask16)((1u << columns) - 1),
                       columns >= 32 ? 0xFFFF : columns > 16 ? (__mmask16)((1u << (columns - 16)) - 1) : 0};
  __m512 dots[TILE][2];
  for (size_t h = 0; h < 2; h++) {
    __m512 bias = _mm512_maskz_loadu_ps(kept[h], p->bias + first + 16 * h);
#pragma clang loop unroll(full)
    for (size_t i = 0; i < rows; i++) dots[i][h] = bias;
  }
  for (size_t k = 0; k < p->row; k += 2) {
    __m512bh w0 = (__m512bh)_mm512_loadu_si512(panel + k * PANEL);
    __m512bh w1 = (__m512bh)_mm512_loadu_si512(panel + k * PANEL + 32);
#pragma clang loop unroll(full)
    for (size_t i = 0; i < rows; i++) {
      int32_t pair;
      __builtin_memcpy(&pair, q + i * p->row + k, 4);
      __m512bh x = (__m512bh)_mm512_set1_epi32(pair);
      dots[i][0] = _mm512_dpbf16_ps(dots[i][0], x, w0);
      dots[i][1] = _mm512_dpbf16_ps(dots[i][1], x, w1);
    }
  }
#pragma clang loop unroll(full)
  for (size_t h = 0; h < 2; h++)
#pragma clang loop unroll(full)
    for (size_t i = 0; i < rows; i++)
      _mm512_mask_storeu_ps(p->out + (r + i) * p->out_stride + first + 16 * h, kept[h], dots[i][h]);
}

void ck_bf16_product_avx512bf16(const uint16_t *q, const uint16_t *packed, const float *bias, size_t K, size_t N,
                                float *out, size_t out_stride, size_t rows) {
  const struct bf16_product p = {q, packed, bias, out, (K + 1) / 2 * 2, out_stride, N};
  for (size_t first = 0; first < N; first += PANEL) {
    size_t r = 0;
    for (; r + TILE <= rows; r += TILE) tile(&p, TILE, r, first);
    for (; r + 4 <= rows; r += 4) tile(&p, 4, r, first);
    for (; r < rows; r++) tile(&p, 1, r, first);
  }
}
#pragma clang attribute pop
#endif
