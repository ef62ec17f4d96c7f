// Chooses the instruction set once and forwards every kernel to its version for it.
#include "CKernels.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

// X(result, return keyword, name, parameters, arguments)
#define KERNELS(X)                                                                                                     \
  X(void, , ck_add, (const float *x, float *y, size_t n), (x, y, n))                                                   \
  X(void, , ck_scaled_add, (float a, const float *x, float *y, size_t n), (a, x, y, n))                                \
  X(void, , ck_scale, (float a, float *x, size_t n), (a, x, n))                                                        \
  X(double, return, ck_sum_of_squares, (const float *x, size_t n), (x, n))                                             \
  X(void, , ck_add_bias, (float *x, const float *bias, size_t r, size_t c), (x, bias, r, c))                           \
  X(void, , ck_add_column_sums, (const float *x, float *sums, size_t r, size_t c), (x, sums, r, c))                    \
  X(void, , ck_gelu, (const float *x, float *y, size_t n), (x, y, n))                                                  \
  X(void, , ck_gelu_backward, (const float *x, const float *dy, float *dx, size_t n), (x, dy, dx, n))                  \
  X(void, , ck_gelu_tanh, (const float *x, float *y, size_t n), (x, y, n))                                             \
  X(void, , ck_gelu_tanh_backward, (const float *x, const float *dy, float *dx, size_t n), (x, dy, dx, n))             \
  X(void, , ck_tanh, (const float *x, float *y, size_t n), (x, y, n))                                                  \
  X(void, , ck_tanh_backward, (const float *x, const float *dy, float *dx, size_t n), (x, dy, dx, n))                  \
  X(void, , ck_relu_backward, (const float *x, const float *dy, float *dx, size_t n), (x, dy, dx, n))                  \
  X(void, , ck_relu, (float *x, size_t n), (x, n))                                                                     \
  X(void, , ck_dropout, (float *x, size_t n, float p, uint64_t key), (x, n, p, key))                                   \
  X(void, , ck_layer_norm,                                                                                             \
    (const float *x, const float *gamma, const float *beta, float epsilon, float *y, float *mean, float *rstd,         \
     size_t r, size_t c),                                                                                              \
    (x, gamma, beta, epsilon, y, mean, rstd, r, c))                                                                    \
  X(void, , ck_layer_norm_backward,                                                                                    \
    (const float *x, const float *gamma, const float *mean, const float *rstd, const float *dy, float *dx,             \
     float *dgamma, float *dbeta, size_t r, size_t c),                                                                 \
    (x, gamma, mean, rstd, dy, dx, dgamma, dbeta, r, c))                                                               \
  X(void, , ck_softmax, (float *x, size_t r, size_t c, size_t stride), (x, r, c, stride))                              \
  X(size_t, return, ck_attention_scratch, (size_t T, size_t d), (T, d))                                                \
  X(void, , ck_attention,                                                                                              \
    (const float *q, const float *k, const float *v, size_t stride, size_t T, size_t d, float scale,                   \
     const float *bias, float *probabilities, float p, uint64_t key, float *context, size_t context_stride,            \
     float *scratch),                                                                                                  \
    (q, k, v, stride, T, d, scale, bias, probabilities, p, key, context, context_stride, scratch))                     \
  X(size_t, return, ck_attention_backward_scratch, (size_t T, size_t d), (T, d))                                       \
  X(void, , ck_attention_backward,                                                                                     \
    (const float *q, const float *k, const float *v, size_t stride, size_t T, size_t d, float scale,                   \
     const float *probabilities, float p, uint64_t key, const float *dcontext, size_t context_stride, float *dq,       \
     float *dk, float *dv, size_t d_stride, float *dbias, float *scratch),                                             \
    (q, k, v, stride, T, d, scale, probabilities, p, key, dcontext, context_stride, dq, dk, dv, d_stride, dbias,       \
     scratch))                                                                                                         \
  X(size_t, return, ck_attend_scratch, (size_t T, size_t d), (T, d))                                                   \
  X(void, , ck_attend,                                                                                                 \
    (const float *q, const float *k, const float *v, size_t stride, size_t T, size_t d, float scale,                   \
     const float *bias, float *context, size_t context_stride, float *scratch),                                        \
    (q, k, v, stride, T, d, scale, bias, context, context_stride, scratch))                                            \
  X(void, , ck_lstm_cell, (float *gates, const float *c_previous, float *c, float *h, size_t B, size_t H),             \
    (gates, c_previous, c, h, B, H))                                                                                   \
  X(void, , ck_lstm_cell_backward,                                                                                     \
    (float *gates, const float *c_previous, const float *c, const float *dh, float *dc, size_t B, size_t H),           \
    (gates, c_previous, c, dh, dc, B, H))                                                                              \
  X(size_t, return, ck_packed_size, (size_t K, size_t N), (K, N))                                                      \
  X(void, , ck_pack_weight, (const float *w, size_t K, size_t N, float *packed), (w, K, N, packed))                    \
  X(void, , ck_pack_transposed_weight, (const float *w, size_t K, size_t N, float *packed), (w, K, N, packed))         \
  X(void, , ck_packed_product,                                                                                         \
    (const float *x, size_t x_stride, const float *packed, size_t K, size_t N, float *out, size_t out_stride,          \
     size_t rows),                                                                                                     \
    (x, x_stride, packed, K, N, out, out_stride, rows))                                                                \
  X(size_t, return, ck_lstm_units, (void), ())                                                                         \
  X(void, , ck_lstm_pack, (const float *w, size_t H, float *packed), (w, H, packed))                                   \
  X(void, , ck_lstm_step,                                                                                              \
    (const float *packed, size_t H, size_t rows, const float *const *gates, float *const *outputs, const float *h,     \
     float *h_next, float *c),                                                                                         \
    (packed, H, rows, gates, outputs, h, h_next, c))                                                                   \
  X(size_t, return, ck_bf16_row_size, (size_t K), (K))                                                                 \
  X(size_t, return, ck_bf16_packed_size, (size_t K, size_t N), (K, N))                                                 \
  X(void, , ck_bf16_pack, (const float *w, size_t K, size_t N, uint16_t *packed), (w, K, N, packed))                   \
  X(void, , ck_bf16_round, (const float *x, size_t x_stride, size_t K, uint16_t *q, size_t rows),                      \
    (x, x_stride, K, q, rows))                                                                                         \
  X(void, , ck_bf16_product_plain,                                                                                     \
    (const uint16_t *q, const uint16_t *packed, const float *bias, size_t K, size_t N, float *out, size_t out_stride,  \
     size_t rows),                                                                                                     \
    (q, packed, bias, K, N, out, out_stride, rows))                                                                    \
  X(void, , ck_adamw,                                                                                                  \
    (float *w, const float *g, float *m, float *v, size_t n, float gradient_scale, float learning_rate, float beta1,   \
     float beta2, float epsilon, float decay, float correction1, float correction2),                                   \
    (w, g, m, v, n, gradient_scale, learning_rate, beta1, beta2, epsilon, decay, correction1, correction2))            \
  X(void, , ck_adamw_rows,                                                                                             \
    (float *w, const float *g, float *m, float *v, const int32_t *rows, size_t count, size_t width,                    \
     float gradient_scale, float learning_rate, float beta1, float beta2, float epsilon, float decay,                  \
     float correction1, float correction2),                                                                            \
    (w, g, m, v, rows, count, width, gradient_scale, learning_rate, beta1, beta2, epsilon, decay, correction1,         \
     correction2))                                                                                                     \
  X(void, , ck_adadelta,                                                                                               \
    (float *w, const float *g, float *v, float *u, size_t n, float gradient_scale, float learning_rate, float rho,     \
     float epsilon),                                                                                                   \
    (w, g, v, u, n, gradient_scale, learning_rate, rho, epsilon))

// Those in int8, whose numbers have 8 bits where the CPU has AVX512-VNNI and 7 where AVX2 multiplies them.
#define INT8_KERNELS(X)                                                                                                \
  X(int32_t, return, ck_int8_largest_value, (void), ())                                                                \
  X(int32_t, return, ck_int8_largest_weight, (void), ())                                                               \
  X(size_t, return, ck_int8_row_size, (size_t K), (K))                                                                 \
  X(size_t, return, ck_int8_packed_size, (size_t K, size_t N), (K, N))                                                 \
  X(void, , ck_int8_pack, (const float *w, size_t K, size_t N, void *packed, float *scales, int32_t *sums),            \
    (w, K, N, packed, scales, sums))                                                                                   \
  X(void, , ck_int8_quantize,                                                                                          \
    (const float *x, size_t x_stride, size_t K, void *q, float *scales, int32_t *zeros, size_t rows),                  \
    (x, x_stride, K, q, scales, zeros, rows))                                                                          \
  X(void, , ck_int8_product_plain,                                                                                     \
    (const void *q, const float *row_scales, const int32_t *zeros, const void *packed, const float *scales,            \
     const int32_t *sums, const float *bias, size_t K, size_t N, float *out, size_t out_stride, size_t rows),          \
    (q, row_scales, zeros, packed, scales, sums, bias, K, N, out, out_stride, rows))

enum instruction_set { portable, avx2, avx512 };

static enum instruction_set choose(void) {
  enum instruction_set best = portable;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("x86-64-v3")) best = avx2;
  if (__builtin_cpu_supports("x86-64-v4")) best = avx512;
  const char *wish = getenv("DISTILL_KERNELS");
  if (wish && strcmp(wish, "portable") == 0) best = portable;
  if (wish && strcmp(wish, "avx2") == 0 && best > avx2) best = avx2;
#endif
  return best;
}

static enum instruction_set chosen, chosen_for_int8;
static bool has_vnni, has_bf16;

__attribute__((constructor)) static void choose_once(void) {
  chosen = choose();
#if defined(__x86_64__)
  has_vnni = chosen == avx512 && __builtin_cpu_supports("avx512vnni");
  has_bf16 = chosen == avx512 && __builtin_cpu_supports("avx512bf16");
#endif
  chosen_for_int8 = chosen == avx512 && !has_vnni ? avx2 : chosen;
}

const char *ck_instruction_set(void) {
  static const char *const names[] = {"portable", "avx2", "avx512"};
  return names[chosen];
}

#define DECLARE(R, ret, name, parameters, arguments)                                                                   \
  R name##_portable parameters;                                                                                        \
  R name##_avx2 parameters;                                                                                            \
  R name##_avx512 parameters;
KERNELS(DECLARE)
INT8_KERNELS(DECLARE)

#if defined(__x86_64__)
#define FORWARD_AS(set, R, ret, name, parameters, arguments)                                                           \
  R name parameters {                                                                                                  \
    switch (set) {                                                                                                     \
      case avx512: ret name##_avx512 arguments; break;                                                                 \
      case avx2: ret name##_avx2 arguments; break;                                                                     \
      default: ret name##_portable arguments; break;                                                                   \
    }                                                                                                                  \
  }
#else
#define FORWARD_AS(set, R, ret, name, parameters, arguments)                                                           \
  R name parameters { ret name##_portable arguments; }
#endif
#define FORWARD(R, ret, name, parameters, arguments) FORWARD_AS(chosen, R, ret, name, parameters, arguments)
#define FORWARD_INT8(R, ret, name, parameters, arguments)                                                              \
  FORWARD_AS(chosen_for_int8, R, ret, name, parameters, arguments)
KERNELS(FORWARD)
INT8_KERNELS(FORWARD_INT8)

// The int8 step has a version for AVX512-VNNI and one for AVX2, which also serves AVX-512 without VNNI; elsewhere the
// caller takes the float one.
#if defined(__x86_64__)
void ck_lstm_step_int8_avx2(const void *packed, size_t H, size_t rows, const float *const *gates, float *const *outputs,
                            const void *h, void *h_next, float *c, size_t units);
size_t ck_lstm_int8_size_avx2(size_t H);
void ck_lstm_pack_int8_avx2(const float *w, size_t H, void *packed);
void ck_lstm_step_int8_vnni(const void *packed, size_t H, size_t rows, const float *const *gates,
                            float *const *outputs, const void *h, void *h_next, float *c);
size_t ck_lstm_int8_size_vnni(size_t H);
void ck_lstm_pack_int8_vnni(const float *w, size_t H, void *packed);
void ck_lstm_states_int8_avx2(const float *h, size_t count, void *states);
void ck_lstm_states_int8_vnni(const float *h, size_t count, void *states);

bool ck_lstm_has_int8(void) { return chosen >= avx2; }
size_t ck_lstm_int8_size(size_t H) { return has_vnni ? ck_lstm_int8_size_vnni(H) : ck_lstm_int8_size_avx2(H); }
void ck_lstm_pack_int8(const float *w, size_t H, void *packed) {
  if (has_vnni) {
    ck_lstm_pack_int8_vnni(w, H, packed);
  } else {
    ck_lstm_pack_int8_avx2(w, H, packed);
  }
}
void ck_lstm_states_int8(const float *h, size_t count, void *states) {
  if (has_vnni) {
    ck_lstm_states_int8_vnni(h, count, states);
  } else {
    ck_lstm_states_int8_avx2(h, count, states);
  }
}
void ck_lstm_step_int8(const void *packed, size_t H, size_t rows, const float *const *gates, float *const *outputs,
                       const void *h, void *h_next, float *c) {
  if (has_vnni) {
    ck_lstm_step_int8_vnni(packed, H, rows, gates, outputs, h, h_next, c);
  } else {
    ck_lstm_step_int8_avx2(packed, H, rows, gates, outputs, h, h_next, c, ck_lstm_units());
  }
}
#else
bool ck_lstm_has_int8(void) { return false; }
size_t ck_lstm_int8_size(size_t H) { (void)H; return 0; }
void ck_lstm_pack_int8(const float *w, size_t H, void *packed) { (void)w; (void)H; (void)packed; }
void ck_lstm_states_int8(const float *h, size_t count, void *states) { (void)h; (void)count; (void)states; }
void ck_lstm_step_int8(const void *packed, size_t H, size_t rows, const float *const *gates, float *const *outputs,
                       const void *h, void *h_next, float *c) {
  (void)packed; (void)H; (void)rows; (void)gates; (void)outputs; (void)h; (void)h_next; (void)c;
}
#endif
bool ck_multiplies_int8(void) { return chosen >= avx2; }
bool ck_multiplies_bf16(void) { return has_bf16; }

#if defined(__x86_64__)
void ck_int8_product_avx2(const void *q, const float *row_scales, const int32_t *zeros, const void *packed,
                          const float *scales, const int32_t *sums, const float *bias, size_t K, size_t N, float *out,
                          size_t out_stride, size_t rows);
void ck_int8_product_vnni(const void *q, const float *row_scales, const int32_t *zeros, const void *packed,
                          const float *scales, const int32_t *sums, const float *bias, size_t K, size_t N, float *out,
                          size_t out_stride, size_t rows);
void ck_bf16_product_avx512bf16(const uint16_t *q, const uint16_t *packed, const float *bias, size_t K, size_t N,
                                float *out, size_t out_stride, size_t rows);
#endif

void ck_int8_product(const void *q, const float *row_scales, const int32_t *zeros, const void *packed,
                     const float *scales, const int32_t *sums, const float *bias, size_t K, size_t N, float *out,
                     size_t out_stride, size_t rows) {
#if defined(__x86_64__)
  if (has_vnni) {
    ck_int8_product_vnni(q, row_scales, zeros, packed, scales, sums, bias, K, N, out, out_stride, rows);
    return;
  }
  if (chosen_for_int8 == avx2) {
    ck_int8_product_avx2(q, row_scales, zeros, packed, scales, sums, bias, K, N, out, out_stride, rows);
    return;
  }
#endif
  ck_int8_product_plain(q, row_scales, zeros, packed, scales, sums, bias, K, N, out, out_stride, rows);
}

void ck_bf16_product(const uint16_t *q, const uint16_t *packed, const float *bias, size_t K, size_t N, float *out,
                     size_t out_stride, size_t rows) {
#if defined(__x86_64__)
  if (has_bf16) {
    ck_bf16_product_avx512bf16(q, packed, bias, K, N, out, out_stride, rows);
    return;
  }
#endif
  ck_bf16_product_plain(q, packed, bias, K, N, out, out_stride, rows);
}
