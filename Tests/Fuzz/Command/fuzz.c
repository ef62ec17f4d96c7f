// fuzz READER [libFuzzer's options and folders]: feeds a reader what libFuzzer makes up.
//
// In C, because SwiftPM renames the main of a Swift program, and libFuzzer brings its own.

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

// From Tests/Fuzz/Readers: the number of a reader, negative for an unknown name; and one input for it.
int32_t fuzzed_reader(const char *name);
void fuzz_reader(int32_t reader, const uint8_t *bytes, size_t count);

static int32_t reader;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  reader = *argc > 1 ? fuzzed_reader((*argv)[1]) : -1;
  if (reader < 0) {
    fputs("The first argument must name a reader, a folder of Tests/Fuzz/Corpus.\n", stderr);
    exit(64);
  }
  (*argv)[1] = (*argv)[0];
  *argv += 1;
  *argc -= 1;
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  fuzz_reader(reader, bytes, count);
  return 0;
}
