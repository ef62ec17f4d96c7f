import Corpora
import Distillation
import Files
import Glibc
import Kernels
import Labels
import Layers
import Networks
import Runtime
import StudentFormat
import TestSupport
import Testing

@Suite struct TeacherLabellingTests {
  private let labels = ["O", "B-X", "I-X"]
  private let words = ["EU", "rejects", "German", "call", "[MASK]", "unseen"]

  /// Sentences of one to six words, enough for more than one shard.
  private func corpus(sentences: Int) throws -> String {
    let path = temporaryPath("corpus.conll")
    var random = RandomStream(seed: 1, purpose: .testing)
    let text = (0..<sentences).map { _ in
      (0...random.integer(below: 6)).map { _ in "\(words[random.integer(below: 6)]) NN O\n" }
        .joined()
    }.joined(separator: "\n")
    try AtomicFileWriter.write(text, to: path)
    return path
  }

  private func label(
    _ corpus: String, with teacher: TinyTeacher, as labels: [String], threads: Int,
    precision: Precision = .fp32
  ) throws -> LogitStore {
    let store = temporaryPath("logits")
    let labelling = try TeacherLabelling(
      teachers: [teacher.path], task: .tag, labels: labels,
      workers: Workers(threads), precision: precision)
    _ = try labelling.run(
      [TeacherLabelling.Source(name: corpus) { try CorpusReader(path: corpus) }], into: store,
      key: "key")
    return try LogitStore(path: store)
  }

  @Test func everyWordHasTheLogitsOfItsSentenceAlone() throws {
    let teacher = try TinyTeacher(labels: labels)
    let path = try corpus(sentences: 9000)
    let store = try label(path, with: teacher, as: labels, threads: 2)
    let sentences = try Corpus.read(path: path).examples
    #expect(store.key == "key")
    #expect(store.exampleCount == sentences.count)
    let model = try BERTModel(path: teacher.path)
    // The shards' borders lie at 8,192 sentences.
    for index in [0, 1, 77, 8190, 8191, 8192, 8193, 8999] {
      let input = model.input(sentences[index].words)
      let workspace = Workspace()
      let alone = model.network.logits(
        [input], parameters: model.parameters.base, workspace: workspace)
      #expect(store.rowCount(of: index) == sentences[index].words.count)
      for word in 0..<alone.rows {
        let row = store.row(store.firstRows[index] + word)
        for label in 0..<3 { #expect(abs(row[label] - alone[word, label]) < 1e-5) }
      }
    }
  }

  @Test func columnsFollowTheNamesOfTheLabels() throws {
    let teacher = try TinyTeacher(labels: labels)
    let path = try corpus(sentences: 5)
    let straight = try label(path, with: teacher, as: labels, threads: 1)
    let turned = try label(path, with: teacher, as: ["I-X", "O", "B-X"], threads: 1)
    for row in 0..<straight.rowCount {
      let (a, b) = (straight.row(row), turned.row(row))
      #expect(a[0] == b[1] && a[1] == b[2] && a[2] == b[0])
    }
  }

  @Test(arguments: Precision.allCases) func theBytesDoNotDependOnTheThreads(
    _ precision: Precision
  ) throws {
    let teacher = try TinyTeacher(labels: labels)
    let path = try corpus(sentences: 300)
    let one = try label(path, with: teacher, as: labels, threads: 1, precision: precision)
    let three = try label(path, with: teacher, as: labels, threads: 3, precision: precision)
    #expect(one.precision == precision)
    #expect(one.rowCount == three.rowCount)
    for row in 0..<one.rowCount {
      for label in 0..<3 { #expect(one.row(row)[label] == three.row(row)[label]) }
    }
  }

  @Test func severalTeachersGiveTheMeanOfTheirLogitsWhateverTheirColumnsOrder() throws {
    let turned = ["B-X", "O", "I-X"]
    let teachers = try [TinyTeacher(labels: labels), TinyTeacher(labels: turned, seed: 8)]
    let path = try corpus(sentences: 40)
    let alone = try teachers.map { try label(path, with: $0, as: labels, threads: 1) }
    func together(threads: Int) throws -> LogitStore {
      let store = temporaryPath("logits")
      let labelling = try TeacherLabelling(
        teachers: teachers.map(\.path), task: .tag, labels: labels, workers: Workers(threads))
      let done = try labelling.run(
        [TeacherLabelling.Source(name: path) { try CorpusReader(path: path) }], into: store,
        key: "key")
      #expect(done.pieces == 2 * (done.rows + 2 * done.examples))
      return try LogitStore(path: store)
    }
    let (mean, onThree) = (try together(threads: 1), try together(threads: 3))
    #expect(mean.rowCount == alone[0].rowCount)
    for row in 0..<mean.rowCount {
      for label in 0..<3 {
        let expected = (alone[0].row(row)[label] + alone[1].row(row)[label]) / 2
        #expect(abs(mean.row(row)[label] - expected) < 1e-6)
        #expect(alone[0].row(row)[label] != alone[1].row(row)[label])
        #expect(mean.row(row)[label] == onThree.row(row)[label])
      }
    }
  }

  /// A student teaches by its logits, or under a CRF by the logarithms of its marginals.
  @Test(arguments: [false, true]) func aStudentMayTeachBesideATeacher(_ hasCRF: Bool) throws {
    let teacher = try TinyTeacher(labels: labels)
    let bert = try BERTModel(path: teacher.path)
    let student = try StudentModel(
      labels: ["B-X", "O", "I-X"],
      vocabulary: StudentVocabulary(learnedFrom: words, tokenizer: bert.tokenizer),
      tokenizerOptions: bert.tokenizerOptions, vocabularyPath: bert.vocabularyPath,
      pieceTable: nil, hasCRF: hasCRF, seed: 5)
    for slice in student.network.layout.slices where slice.name.hasPrefix("crf.") {
      for n in slice.range { student.parameters.base[n] = Float(n % 5) / 3 }
    }
    let folder = temporaryPath("student")
    try student.save(to: folder, temperature: 2)
    let path = try corpus(sentences: 30)
    let alone = try label(path, with: teacher, as: labels, threads: 1)
    let store = temporaryPath("logits")
    let labelling = try TeacherLabelling(
      teachers: [teacher.path, folder], task: .tag, labels: labels, workers: Workers(2))
    _ = try labelling.run(
      [TeacherLabelling.Source(name: path) { try CorpusReader(path: path) }], into: store,
      key: "key")
    let mean = try LogitStore(path: store)
    for (index, sentence) in try Corpus.read(path: path).examples.enumerated() {
      let logits = student.network.logits(
        student.inputs(for: [sentence.words]), parameters: student.parameters.base,
        workspace: Workspace())
      let marginals = student.network.crf?.chain(student.parameters.base, temperature: 2)
        .posterior(logits.base, words: logits.rows).marginals
      for word in sentence.words.indices {
        let row = mean.firstRows[index] + word
        for (column, own) in [1, 0, 2].enumerated() {
          let taught = marginals.map { Float(log(max($0[3 * word + own], 1e-7))) }
          let expected = (alone.row(row)[column] + (taught ?? logits[word, own])) / 2
          #expect(abs(mean.row(row)[column] - expected) < 1e-4)
        }
      }
    }
  }

  @Test func otherLabelsAreAnErrorThatListsBoth() throws {
    let teacher = try TinyTeacher(labels: ["O", "B-PER", "I-PER"])
    let path = try corpus(sentences: 1)
    #expect {
      try label(path, with: teacher, as: labels, threads: 1)
    } throws: { error in
      "\(error)".hasSuffix(
        "config.json: the labels O B-PER I-PER; expected O B-X I-X; "
          + "take a tagger of these labels, or fine-tune one: distill-bilstm finetune")
    }
  }

  @Test func aLongSentenceHasEachWordsLogitsFromItsWindow() throws {
    let teacher = try TinyTeacher(labels: labels)
    let path = temporaryPath("long.conll")
    let long = (0..<23).map { words[$0 * $0 % 6] }
    try AtomicFileWriter.write(
      "EU NN O\n\n" + long.map { "\($0) NN O\n" }.joined() + "\ncall NN O\n", to: path)
    let store = try label(path, with: teacher, as: labels, threads: 1)
    #expect((0..<3).map { store.rowCount(of: $0) } == [1, 23, 1])
    // Twelve positions hold ten pieces, one a word here; windows begin at 0, 4, 9 and 13.
    let model = try BERTModel(path: teacher.path)
    let workspace = Workspace()
    for (start, answered) in [(0, 0..<7), (4, 7..<12), (9, 12..<16), (13, 16..<23)] {
      let window = model.input(Array(long[start..<start + 10]))
      #expect(window.windowLengths == [12])
      let alone = model.network.logits(
        [window], parameters: model.parameters.base, workspace: workspace)
      for word in answered {
        let row = store.row(store.firstRows[1] + word)
        for label in 0..<3 { #expect(abs(row[label] - alone[word - start, label]) < 1e-5) }
      }
    }
  }
}
