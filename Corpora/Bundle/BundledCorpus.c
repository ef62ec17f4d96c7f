#include "CBundledCorpus.h"

// C23's #embed keeps the corpus in the object file as it is; a Swift literal of the same bytes
// takes the compiler half a minute.
static const unsigned char train[] = {
#embed "../Gazette/gazette.train.conll"
};

static const unsigned char dev[] = {
#embed "../Gazette/gazette.dev.conll"
};

static const unsigned char test[] = {
#embed "../Gazette/gazette.test.conll"
};

const unsigned char *bundled_gazette_train(size_t *count) {
  *count = sizeof train;
  return train;
}

const unsigned char *bundled_gazette_dev(size_t *count) {
  *count = sizeof dev;
  return dev;
}

const unsigned char *bundled_gazette_test(size_t *count) {
  *count = sizeof test;
  return test;
}
