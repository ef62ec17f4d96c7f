#include "CPartsOfSpeech.h"

static const unsigned char configuration[] = {
#embed "student/config.json"
};
// Aligned, so that floats can be read where they lie.
static const _Alignas(64) unsigned char weights[] = {
#embed "student/model.safetensors"
};
static const unsigned char pieces[] = {
#embed "student/vocab.txt"
};
static const unsigned char tokenizer[] = {
#embed "student/tokenizer_config.json"
};
static const unsigned char characters[] = {
#embed "student/vocabulary.json"
};
const part_of_speech_file part_of_speech_configuration = {configuration, sizeof configuration};
const part_of_speech_file part_of_speech_weights = {weights, sizeof weights};
const part_of_speech_file part_of_speech_pieces = {pieces, sizeof pieces};
const part_of_speech_file part_of_speech_tokenizer = {tokenizer, sizeof tokenizer};
const part_of_speech_file part_of_speech_characters = {characters, sizeof characters};
