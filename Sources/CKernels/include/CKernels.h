// Vector loops, and instructions of the CPU, that Swift cannot write well. One source (kernels.inc), compiled for three
// instruction sets and chosen at run time; every function has a naive twin in Swift, most in the module Kernels, that a test
// holds it to.
//
// Conventions: row-major float32; "n" counts elements; rows x columns; "stride" is the distance of two rows in elements.
// Output arrays may be the input array where a comment says "in place"; otherwise they must not overlap.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The instruction set in use: "avx512", "avx2" or "portable". DISTILL_KERNELS=NAME in the environment forces a lower one.
const char *ck_instruction_set(void);

// Element by element.

/// y[i] += x[i]
void ck_add(const float *x, float *y, size_t n);
/// y[i] += a * x[i]
void ck_scaled_add(float a, const float *x, float *y, size_t n);
/// x[i] *= a
void ck_scale(float a, float *x, size_t n);
/// sum of x[i]^2, accumulated in double in a fixed order
double ck_sum_of_squares(const float *x, size_t n);
/// x[r, c] += bias[c]
void ck_add_bias(float *x, const float *bias, size_t rows, size_t columns);
/// sums[c] += sum over r of x[r, c]
void ck_add_column_sums(const float *x, float *sums, size_t rows, size_t columns);
/// y = GELU(x) = x * Phi(x), with the exact Gaussian distribution function; in place allowed
void ck_gelu(const float *x, float *y, size_t n);
/// dx = dy * GELU'(x); in place on dy or x allowed
void ck_gelu_backward(const float *x, const float *dy, float *dx, size_t n);
/// y = 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))), which approximates GELU; in place allowed
void ck_gelu_tanh(const float *x, float *y, size_t n);
/// dx = dy * the derivative of ck_gelu_tanh; in place on dy or x allowed
void ck_gelu_tanh_backward(const float *x, const float *dy, float *dx, size_t n);
/// y = tanh(x); in place allowed
void ck_tanh(const float *x, float *y, size_t n);
/// dx = dy * (1 - tanh(x)^2); in place on dy or x allowed
void ck_tanh_backward(const float *x, const float *dy, float *dx, size_t n);
/// x = max(x, 0), in place
void ck_relu(float *x, size_t n);
/// dx = dy where x > 0, else 0; in place on dy or x allowed
void ck_relu_backward(const float *x, const float *dy, float *dx, size_t n);
/// Inverted dropout, in place: x[i] = 0 with probability p, else x[i] / (1 - p). Element i is decided by a hash of (key,
/// i) alone, so the backward pass is the same call on the gradient.
void ck_dropout(float *x, size_t n, float p, uint64_t key);

// Rows.

/// y = gamma * (x - mean) / sqrt(variance + epsilon) + beta for each row; mean[rows] and rstd[rows] are kept for the backward pass
void ck_layer_norm(const float *x, const float *gamma, const float *beta, float epsilon, float *y, float *mean,
                   float *rstd, size_t rows, size_t columns);
/// dx = gradient of ck_layer_norm; dgamma and dbeta are accumulated; in place on dy allowed
void ck_layer_norm_backward(const float *x, const float *gamma, const float *mean, const float *rstd, const float *dy,
                            float *dx, float *dgamma, float *dbeta, size_t rows, size_t columns);
/// each row becomes its softmax, in place
void ck_softmax(float *x, size_t rows, size_t columns, size_t stride);

// Attention of one head over one sentence. q, k, v: T x d with the given row stride; probabilities: T x T, contiguous.

/// Floats of scratch that ck_attention needs for T pieces and head size d.
size_t ck_attention_scratch(size_t T, size_t d);
/// Floats of scratch that ck_attention_backward needs.
size_t ck_attention_backward_scratch(size_t T, size_t d);
/// probabilities = softmax(scale * q k^T + b); context = dropout(probabilities) v, written with context_stride. b is NULL for
/// none, or points at the bias of distance 0 among those of the distances -(T - 1) to T - 1: key j has b[j - i] for query i.
void ck_attention(const float *q, const float *k, const float *v, size_t stride, size_t T, size_t d, float scale,
                  const float *bias, float *probabilities, float p, uint64_t key, float *context, size_t context_stride,
                  float *scratch);
/// dq, dk, dv (with d_stride, overwritten) and dbias (accumulated; NULL for none) from dcontext and the kept probabilities
void ck_attention_backward(const float *q, const float *k, const float *v, size_t stride, size_t T, size_t d,
                           float scale, const float *probabilities, float p, uint64_t key, const float *dcontext,
                           size_t context_stride, float *dq, float *dk, float *dv, size_t d_stride, float *dbias,
                           float *scratch);

/// Floats of scratch that ck_attend needs for T pieces and head size d.
size_t ck_attend_scratch(size_t T, size_t d);
/// context = softmax(scale * q k^T + b) v, where no backward pass is needed; b as for ck_attention
void ck_attend(const float *q, const float *k, const float *v, size_t stride, size_t T, size_t d, float scale,
               const float *bias, float *context, size_t context_stride, float *scratch);

// LSTM cell, gates in PyTorch's order i, f, g, o side by side: [B, 4H].

/// gates: pre-activations in, activated gates out; c = f * c_previous + i * g; h = o * tanh(c)
void ck_lstm_cell(float *gates, const float *c_previous, float *c, float *h, size_t B, size_t H);
/// gates: activated gates in, gradient of the pre-activations out. dc: gradient reaching c from the future in, gradient of
/// c_previous out. dh: gradient reaching h.
void ck_lstm_cell_backward(float *gates, const float *c_previous, const float *c, const float *dh, float *dc, size_t B,
                           size_t H);

// Products with a weight that was packed once: what a finished model does again and again.

/// Floats that a packed N x K weight takes.
size_t ck_packed_size(size_t K, size_t N);
/// Packs w [N, K] into panels of 32 outputs, K rows each; the last panel is filled up with zeros.
void ck_pack_weight(const float *w, size_t K, size_t N, float *packed);
/// Packs the transposed matrix of w [K, N], so that ck_packed_product adds x w.
void ck_pack_transposed_weight(const float *w, size_t K, size_t N, float *packed);
/// out[r, n] += sum over k of x[r, k] * w[n, k]
void ck_packed_product(const float *x, size_t x_stride, const float *packed, size_t K, size_t N, float *out,
                       size_t out_stride, size_t rows);

// One time step of one direction of an LSTM for several sentences, with a recurrent weight that was packed once: product
// and cell in one pass. Units stand in blocks of ck_lstm_units(), which the CPU decides; the last block is filled up with
// units whose weights and gates are zero, to P units in all. A row of gates is [P / units, 4 (i, f, g, o), units].

/// The units of a block.
size_t ck_lstm_units(void);
/// Packs weight_hh [4H, H] into 4 * P * H floats.
void ck_lstm_pack(const float *w, size_t H, float *packed);
/// gates[r]: the input half of row r's pre-activations. h, h_next, c: [rows, P]; h goes in, h_next out, c is stepped in
/// place, and the H values of row r's h go to outputs[r], too. A row's result does not depend on the others.
void ck_lstm_step(const float *packed, size_t H, size_t rows, const float *const *gates, float *const *outputs,
                  const float *h, float *h_next, float *c);
/// Whether the step with int8 weights is there (AVX2, best with AVX512-VNNI); the functions below may be called only then.
bool ck_lstm_has_int8(void);
/// The bytes of a weight packed as int8.
size_t ck_lstm_int8_size(size_t H);
/// Packs weight_hh [4H, H] as int8 with a scale for each of its rows: w = scale * q, |q| at most
/// ck_int8_largest_weight().
void ck_lstm_pack_int8(const float *w, size_t H, void *packed);
/// Brings hidden states in -1...1 into the form in which ck_lstm_step_int8 has them: a byte, round(m h) + m + 1 with
/// m = ck_int8_largest_weight().
void ck_lstm_states_int8(const float *h, size_t count, void *states);
/// As ck_lstm_step, but h and h_next are as ck_lstm_states_int8 makes them; gates, c and outputs stay floats.
void ck_lstm_step_int8(const void *packed, size_t H, size_t rows, const float *const *gates, float *const *outputs,
                       const void *h, void *h_next, float *c);
// The same in int8. A weight has a scale for each output, w = scale * q with q in -127...127. A row of x has a scale and a
// zero point, x = scale * (q - zero) with q in 0...255, chosen so that the row's range and 0 just fit. AVX2 takes 7 bits of both,
// -63...63 and 0...127, so that sums of four products fit in 16 bits.

/// Whether the CPU has instructions that make int8 faster than float32: AVX2, or better AVX512-VNNI.
bool ck_multiplies_int8(void);
/// The largest quantised value of x: 255, or 127 where AVX2 multiplies.
int32_t ck_int8_largest_value(void);
/// The largest magnitude of a quantised weight: 127, or 63 where AVX2 multiplies.
int32_t ck_int8_largest_weight(void);
/// Bytes that a quantised row of x takes.
size_t ck_int8_row_size(size_t K);
/// Bytes that a packed N x K weight takes.
size_t ck_int8_packed_size(size_t K, size_t N);
/// Quantises and packs w [N, K], which is finite; scales [N]; sums[n] = sum over k of q[n, k]
void ck_int8_pack(const float *w, size_t K, size_t N, void *packed, float *scales, int32_t *sums);
/// Quantises rows of x, which are finite, to rows of q [ck_int8_row_size]; scales and zeros [rows]
void ck_int8_quantize(const float *x, size_t x_stride, size_t K, void *q, float *scales, int32_t *zeros, size_t rows);
/// out[r, n] = row_scales[r] * scales[n] * (sum over k of q[r, k] * w[n, k] - zeros[r] * sums[n]) + bias[n]. The sums are
/// exact in int32 for K up to 66,000.
void ck_int8_product(const void *q, const float *row_scales, const int32_t *zeros, const void *packed,
                     const float *scales, const int32_t *sums, const float *bias, size_t K, size_t N, float *out,
                     size_t out_stride, size_t rows);
/// ck_int8_product in plain C, for any CPU.
void ck_int8_product_plain(const void *q, const float *row_scales, const int32_t *zeros, const void *packed,
                           const float *scales, const int32_t *sums, const float *bias, size_t K, size_t N, float *out,
                           size_t out_stride, size_t rows);

// The same in bfloat16: the upper half of a float32, rounded to nearest even. Sums are in float32.

/// Whether the CPU multiplies and adds pairs of bfloat16 in one instruction (AVX512-BF16).
bool ck_multiplies_bf16(void);
/// Elements that a rounded row of x takes.
size_t ck_bf16_row_size(size_t K);
/// Elements that a packed N x K weight takes.
size_t ck_bf16_packed_size(size_t K, size_t N);
/// Rounds and packs w [N, K], which is finite.
void ck_bf16_pack(const float *w, size_t K, size_t N, uint16_t *packed);
/// Rounds rows of x, which are finite, to rows of q [ck_bf16_row_size].
void ck_bf16_round(const float *x, size_t x_stride, size_t K, uint16_t *q, size_t rows);
/// out[r, n] = bias[n] + sum over k of q[r, k] * w[n, k]
void ck_bf16_product(const uint16_t *q, const uint16_t *packed, const float *bias, size_t K, size_t N, float *out,
                     size_t out_stride, size_t rows);
/// ck_bf16_product without the instruction, for any CPU.
void ck_bf16_product_plain(const uint16_t *q, const uint16_t *packed, const float *bias, size_t K, size_t N, float *out,
                           size_t out_stride, size_t rows);

// Optimisers.

/// One AdamW step (Loshchilov and Hutter 2019) over n parameters: the gradient is scaled by gradient_scale first;
/// correction1 and correction2 are 1 - beta^step.
void ck_adamw(float *w, const float *g, float *m, float *v, size_t n, float gradient_scale, float learning_rate,
              float beta1, float beta2, float epsilon, float decay, float correction1, float correction2);
/// The same over some rows of tables that are `width` wide.
void ck_adamw_rows(float *w, const float *g, float *m, float *v, const int32_t *rows, size_t count, size_t width,
                   float gradient_scale, float learning_rate, float beta1, float beta2, float epsilon, float decay,
                   float correction1, float correction2);
/// One AdaDelta step (Zeiler 2012) over n parameters: v and u are the running means of the squared gradient and the
/// squared step; the gradient is scaled by gradient_scale first.
void ck_adadelta(float *w, const float *g, float *v, float *u, size_t n, float gradient_scale, float learning_rate,
                 float rho, float epsilon);

// Hashing.

/// Whether the CPU has the SHA extensions; ck_sha256 may be called only then.
bool ck_has_sha256(void);
/// Runs SHA-256's compression function (FIPS 180-4, section 6.2.2) over `count` blocks of 64 bytes: state [8] in place,
/// constants [64] as in section 4.2.2. Its twin is in ContentHash.swift.
void ck_sha256(uint32_t *state, const uint32_t *constants, const void *blocks, size_t count);
