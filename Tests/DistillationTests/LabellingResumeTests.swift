import Corpora
import Distillation
import Files
import Labels
import Networks
import Runtime
import TestSupport
import Testing

/// A labelling that is cut off keeps its whole shards, and the store ends the same to the byte.
@Suite struct LabellingResumeTests {
  /// Cuts a labelling off after its first shard, by a source that ends in an error.
  private struct CutOff: Error {}

  private let words = ["EU", "rejects", "German", "call"]

  @Test func wholeShardsAreKeptUnderTheSameKeyAlone() throws {
    let corpus = temporaryPath("corpus.conll")
    let text = (0..<9000).map { "\(words[$0 % 4]) NN O\n\(words[$0 / 4 % 4]) NN O\n" }
    try AtomicFileWriter.write(text.joined(separator: "\n"), to: corpus)
    let labelling = try labelling()
    let source = TeacherLabelling.Source(name: corpus) { try CorpusReader(path: corpus) }
    let whole = temporaryPath("logits")
    _ = try labelling.run([source], into: whole, key: "key")
    #expect(Folders.contents(of: whole) == ["index.json"] + shards(2))

    let cut = temporaryPath("logits")
    func cutOff() throws {
      #expect(throws: CutOff.self) {
        try labelling.run(
          [source, TeacherLabelling.Source(name: "none") { throw CutOff() }], into: cut,
          key: "key", resumes: true)
      }
      #expect(Folders.contents(of: cut) == shards(2) + ["partial.json"])
      #expect(throws: FileError.self) { try LogitStore(path: cut) }
    }
    try cutOff()
    // The second shard is half written, as a crash of another program would leave it.
    try put(Array(content(of: "\(cut)/\(shards(2)[1])").dropLast(9)), at: "\(cut)/\(shards(2)[1])")
    let done = try labelling.run([source], into: cut, key: "key", resumes: true)
    #expect(done.keptExamples == 8192 && done.examples == 808)
    #expect(done.keptRows == 2 * 8192 && done.rows == 2 * 808)
    for name in ["index.json"] + shards(2) {
      let isSame = try content(of: "\(cut)/\(name)") == content(of: "\(whole)/\(name)")
      #expect(isSame)
    }
    #expect(Folders.contents(of: cut) == ["index.json"] + shards(2))

    // A number that has changed on disk is found by the shard's hash.
    var bytes = try content(of: "\(cut)/\(shards(2)[1])")
    bytes[bytes.count - 5000] ^= 1
    try put(bytes, at: "\(cut)/\(shards(2)[1])")
    #expect(try labelling.run([source], into: cut, key: "key", resumes: true).examples == 808)
    #expect(try content(of: "\(cut)/\(shards(2)[1])") == content(of: "\(whole)/\(shards(2)[1])"))

    // A whole store of the same key is kept; another key or a wish to start anew keeps nothing.
    #expect(try labelling.run([source], into: cut, key: "key", resumes: true).examples == 0)
    #expect(try labelling.run([source], into: cut, key: "other", resumes: true).examples == 9000)
    try cutOff()
    #expect(try labelling.run([source], into: cut, key: "key", resumes: false).examples == 9000)
  }

  @Test func shardsOfAnotherCorpusAreAnErrorUnderTheSameKey() throws {
    let store = temporaryPath("logits")
    let corpora = try ["EU NN O\n", "EU NN O\nrejects NN O\n", ""].map { text in
      let path = temporaryPath("corpus.conll")
      try AtomicFileWriter.write(text, to: path)
      return TeacherLabelling.Source(name: path) { try CorpusReader(path: path) }
    }
    let labelling = try labelling()
    _ = try labelling.run([corpora[0]], into: store, key: "key")
    for other in corpora[1...] {
      #expect {
        try labelling.run([other], into: store, key: "key", resumes: true)
      } throws: {
        "\($0)"
          == "\(store)/\(shards(1)[0]): 1 sentences of 1 words; expected the corpus' sentences; "
          + "delete the folder and label again"
      }
    }
  }

  private func shards(_ count: Int) -> [String] {
    (0..<count).map { "logits-0000\($0).safetensors" }
  }

  private func labelling() throws -> TeacherLabelling {
    let labels = ["O", "B-X", "I-X"]
    let teacher = try TinyTeacher(labels: labels)
    return try TeacherLabelling(
      teachers: [teacher.path], task: .tag, labels: labels,
      workers: Workers(2))
  }
}
