// The int8 product with AVX512-VNNI, whose vpdpbusd multiplies 64 pairs of bytes and adds each four products to a sum.
#include "CKernels.h"
#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang diagnostic error "-Wignored-attributes"
#pragma clang attribute push(__attribute__((target("arch=x86-64-v4,avx512vnni"), min_vector_width(512))), apply_to = function)

#define PANEL 32
// The rows that share one pass over a panel: 24 registers of sums, 2 of weights, 1 of the row's bytes.
#define TILE 12

struct int8_product {
  const uint8_t *q;
  const float *row_scales;
  const int32_t *zeros;
  const int8_t *packed;
  const float *scales;
  const int32_t *sums;
  const float *bias;
  float *out;
  size_t row, out_stride, columns;
};

// rows (a constant, at most TILE) rows from r on times the panel whose first output is `first`.
static inline __attribute__((always_inline)) void tile(const struct int8_product *p, const size_t rows, size_t r,
                                                       size_t first) {
  const int8_t *panel = p->packed + first * p->row;
  const uint8_t *q = p->q + r * p->row;
  size_t columns = p->columns - first < PANEL ? p->columns - first : PANEL;
  __mmask16 kept[2] = {columns >= 16 ? 0xFFFF : (__mmask16)((1u << columns) - 1),
                       columns >= 32 ? 0xFFFF : columns > 16 ? (__mmask16)((1u << (columns - 16)) - 1) : 0};
  __m512i dots[TILE][2];
  for (size_t h = 0; h < 2; h++) {
    __m512i sums = _mm512_maskz_loadu_epi32(kept[h], p->sums + first + 16 * h);
#pragma clang loop unroll(full)
    for (size_t i = 0; i < rows; i++) dots[i][h] = _mm512_mullo_epi32(sums, _mm512_set1_epi32(-p->zeros[r + i]));
  }
  for (size_t k = 0; k < p->row; k += 4) {
    __m512i w0 = _mm512_loadu_si512(panel + k * PANEL), w1 = _mm512_loadu_si512(panel + k * PANEL + 64);
#pragma clang loop unroll(full)
    for (size_t i = 0; i < rows; i++) {
      int32_t bytes;
      __builtin_memcpy(&bytes, q + i * p->row + k, 4);
      __m512i x = _mm512_set1_epi32(bytes);
      dots[i][0] = _mm512_dpbusd_epi32(dots[i][0], x, w0);
      dots[i][1] = _mm512_dpbusd_epi32(dots[i][1], x, w1);
    }
  }
#pragma clang loop unroll(full)
  for (size_t h = 0; h < 2; h++) {
    __m512 scale = _mm512_maskz_loadu_ps(kept[h], p->scales + first + 16 * h);
    __m512 bias = _mm512_maskz_loadu_ps(kept[h], p->bias + first + 16 * h);
#pragma clang loop unroll(full)
    for (size_t i = 0; i < rows; i++) {
      __m512 factor = _mm512_mul_ps(scale, _mm512_set1_ps(p->row_scales[r + i]));
      _mm512_mask_storeu_ps(p->out + (r + i) * p->out_stride + first + 16 * h, kept[h],
                            _mm512_fmadd_ps(_mm512_cvtepi32_ps(dots[i][h]), factor, bias));
    }
  }
}

void ck_int8_product_vnni(const void *q, const float *row_scales, const int32_t *zeros, const void *packed,
                          const float *scales, const int32_t *sums, const float *bias, size_t K, size_t N, float *out,
                          size_t out_stride, size_t rows) {
  const struct int8_product p = {q, row_scales, zeros, packed, scales, sums, bias, out, (K + 3) / 4 * 4, out_stride, N};
  for (size_t first = 0; first < N; first += PANEL) {
    size_t r = 0;
    for (; r + TILE <= rows; r += TILE) tile(&p, TILE, r, first);
    for (; r + 4 <= rows; r += 4) tile(&p, 4, r, first);
    for (; r < rows; r++) tile(&p, 1, r, first);
  }
}
#pragma clang attribute pop
#endif
