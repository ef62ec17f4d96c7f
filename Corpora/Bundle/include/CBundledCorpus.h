#ifndef C_BUNDLED_CORPUS_H
#define C_BUNDLED_CORPUS_H

#include <stddef.h>

// The three splits of the Gazette corpus as the bytes of their files in ../Gazette, embedded at
// compile time. Each function returns the first byte, valid for the life of the program, and
// stores the number of bytes in count.

const unsigned char *bundled_gazette_train(size_t *count);
const unsigned char *bundled_gazette_dev(size_t *count);
const unsigned char *bundled_gazette_test(size_t *count);

#endif
