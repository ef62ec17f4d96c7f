#ifndef C_PARTS_OF_SPEECH_H
#define C_PARTS_OF_SPEECH_H

#include <stddef.h>

// The bytes of a file, embedded at compile time and valid for the life of the program.
typedef struct {
  const unsigned char *bytes;
  size_t count;
} part_of_speech_file;

// The files of the student in the folder beside this one.
extern const part_of_speech_file part_of_speech_configuration;
extern const part_of_speech_file part_of_speech_weights;
extern const part_of_speech_file part_of_speech_pieces;
extern const part_of_speech_file part_of_speech_tokenizer;
extern const part_of_speech_file part_of_speech_characters;

#endif
