// SHA-256 with the SHA extensions (x86-64: Intel since 2016, AMD since 2017), of which sha256rnds2 does two rounds at once.
#include "CKernels.h"
#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#include <string.h>

bool ck_has_sha256(void) {
  unsigned a, b, c, d;
  return strcmp(ck_instruction_set(), "portable") != 0 && __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b >> 29 & 1);
}

__attribute__((target("sha,sse4.1"))) void ck_sha256(uint32_t *state, const uint32_t *constants, const void *blocks,
                                                     size_t count) {
  const __m128i big_endian = _mm_set_epi64x(0x0C0D0E0F08090A0B, 0x0405060700010203);
  // The instructions hold the state as a, b, e, f and c, d, g, h.
  __m128i cdab = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xB1);
  __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1B);
  __m128i abef = _mm_alignr_epi8(cdab, efgh, 8), cdgh = _mm_blend_epi16(efgh, cdab, 0xF0);
  for (const __m128i *block = blocks; count > 0; count--, block += 4) {
    __m128i before = abef, before_too = cdgh, w[4];
#pragma clang loop unroll(full)
    for (size_t i = 0; i < 16; i++) {
      __m128i *now = &w[i % 4], next = w[(i + 1) % 4], seven = w[(i + 2) % 4], last = w[(i + 3) % 4];
      if (i < 4) {
        *now = _mm_shuffle_epi8(_mm_loadu_si128(block + i), big_endian);
      } else {
        *now = _mm_add_epi32(_mm_sha256msg1_epu32(*now, next), _mm_alignr_epi8(last, seven, 4));
        *now = _mm_sha256msg2_epu32(*now, last);
      }
      __m128i sum = _mm_add_epi32(*now, _mm_loadu_si128((const __m128i *)constants + i));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0E));
    }
    abef = _mm_add_epi32(abef, before);
    cdgh = _mm_add_epi32(cdgh, before_too);
  }
  __m128i feba = _mm_shuffle_epi32(abef, 0x1B), dchg = _mm_shuffle_epi32(cdgh, 0xB1);
  _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xF0));
  _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}
#else
bool ck_has_sha256(void) { return false; }
void ck_sha256(uint32_t *state, const uint32_t *constants, const void *blocks, size_t count) {
  (void)state; (void)constants; (void)blocks; (void)count;
}
#endif
