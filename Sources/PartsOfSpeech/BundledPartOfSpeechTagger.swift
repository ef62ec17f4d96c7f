import CPartsOfSpeech
import Corpora
import Files
import Runtime
import StudentFormat
import Tagger

/// The tagger that is part of the program: a student that has learnt the parts of speech of the corpus Gazette, which are
/// those of the Penn Treebank.
///
/// What it is, how it was made and how often it is right stands in Corpora/PartsOfSpeech/README.md. Its answers are the same
/// for any number of threads.
public struct BundledPartOfSpeechTagger: PartOfSpeechTagger {
  /// Its name for the log.
  public var name: String { "the bundled tagger" }

  private let workers: Workers
  /// The sentences that one thread takes at a time.
  private static let sentencesInPiece = 256
  /// Opened when it is needed first.
  private static let model = Result { try TaggerModel(folder) }

  /// The directory that takes the place of one on disk; its name is for messages.
  private static var folder: StudentFolder {
    let names = StudentFolder(path: "bundled-parts-of-speech")
    let files = [
      (names.configurationPath, part_of_speech_configuration),
      (names.weightsPath, part_of_speech_weights), (names.piecesPath, part_of_speech_pieces),
      (names.tokenizerPath, part_of_speech_tokenizer),
      (names.charactersPath, part_of_speech_characters),
    ]
    return StudentFolder(
      path: names.path,
      embedded: files.map { path, file in
        MappedFile(
          path: path,
          embedded: UnsafeRawBufferPointer(start: file.bytes, count: file.count))
      })
  }

  /// Makes a tagger that uses so many threads; nil for as many as there are processors.
  public init(threads: Int? = nil) { workers = Workers(threads) }

  /// The hash of its files.
  public var key: String {
    ContentHash.key(of: Self.folder.embedded.map { ContentHash.sha256($0.bytes) })
  }

  /// One part of speech of the Penn Treebank for each word of each sentence.
  ///
  /// - Throws: `DataError` if the embedded files are damaged.
  public func tags(for sentences: [[String]]) throws -> [[String]] {
    let model = try Self.model.get()
    let size = Self.sentencesInPiece
    let pieces = (sentences.count + size - 1) / size
    return workers.map(pieces) { piece in
      let range = piece * size..<min((piece + 1) * size, sentences.count)
      // A tag is written as the student's label "B-NN".
      return Tagger(model: model).tag(sentences: Array(sentences[range])).map { tags in
        tags.map { String($0.dropFirst(2)) }
      }
    }.flatMap(\.self)
  }
}
