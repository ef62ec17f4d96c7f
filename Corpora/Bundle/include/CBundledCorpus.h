#ifndef C_BUNDLED_CORPUS_H
#define C_BUNDLED_CORPUS_H

#include <stddef.h>

// The bytes of a corpus file, embedded at compile time and valid for the life of the program.
typedef struct {
  const unsigned char *bytes;
  size_t count;
} bundled_file;

// The three parts of each corpus that lies in a folder beside this one.
extern const bundled_file bundled_gazette_train;
extern const bundled_file bundled_gazette_dev;
extern const bundled_file bundled_gazette_test;
extern const bundled_file bundled_verdict_train;
extern const bundled_file bundled_verdict_dev;
extern const bundled_file bundled_verdict_test;
extern const bundled_file bundled_echo_train;
extern const bundled_file bundled_echo_dev;
extern const bundled_file bundled_echo_test;

#endif
