#include "CBundledCorpus.h"

// C23's #embed keeps a corpus in the object file as it is; a Swift literal of the same bytes
// takes the compiler half a minute.

static const unsigned char gazette_train[] = {
#embed "../Gazette/gazette.train.conll"
};
static const unsigned char gazette_dev[] = {
#embed "../Gazette/gazette.dev.conll"
};
static const unsigned char gazette_test[] = {
#embed "../Gazette/gazette.test.conll"
};
const bundled_file bundled_gazette_train = {gazette_train, sizeof gazette_train};
const bundled_file bundled_gazette_dev = {gazette_dev, sizeof gazette_dev};
const bundled_file bundled_gazette_test = {gazette_test, sizeof gazette_test};

static const unsigned char verdict_train[] = {
#embed "../Verdict/verdict.train.tsv"
};
static const unsigned char verdict_dev[] = {
#embed "../Verdict/verdict.dev.tsv"
};
static const unsigned char verdict_test[] = {
#embed "../Verdict/verdict.test.tsv"
};
const bundled_file bundled_verdict_train = {verdict_train, sizeof verdict_train};
const bundled_file bundled_verdict_dev = {verdict_dev, sizeof verdict_dev};
const bundled_file bundled_verdict_test = {verdict_test, sizeof verdict_test};

static const unsigned char echo_train[] = {
#embed "../Echo/echo.train.tsv"
};
static const unsigned char echo_dev[] = {
#embed "../Echo/echo.dev.tsv"
};
static const unsigned char echo_test[] = {
#embed "../Echo/echo.test.tsv"
};
const bundled_file bundled_echo_train = {echo_train, sizeof echo_train};
const bundled_file bundled_echo_dev = {echo_dev, sizeof echo_dev};
const bundled_file bundled_echo_test = {echo_test, sizeof echo_test};
