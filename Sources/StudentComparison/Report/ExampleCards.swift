import Evaluation
import Labels
import TerminalUI

/// Examples as cards: gold annotation, teacher's and student's answers side by side.
struct ExampleCards {
  private let examples: ReportExamples
  private let task: TaskKind
  /// The types of all entities in the examples, in the order of their names; each has its colour.
  private let types: [String]

  /// How many colours the style sheet has for types.
  private static let colors = 8

  init(_ examples: ReportExamples, _ task: TaskKind) {
    self.examples = examples
    self.task = task
    let all = examples.examples.flatMap { [$0.gold, $0.teacher, $0.student] }
      .flatMap(\.spans).map(\.type).sorted()
    types = all.indices.filter { $0 == 0 || all[$0] != all[$0 - 1] }.map { all[$0] }
  }

  /// The section; empty without examples.
  var html: String {
    guard !examples.examples.isEmpty else { return "" }
    return htmlSection(
      "Examples",
      """
      \(examples.examples.map(card).joined())<p class="notes">The student is \
      \(htmlEscaped(printable(examples.student))). \(task.labelsWords ? Self.markNote : "")\
      \(task.labelsWords ? "Sentences" : task == .pair ? "Pairs" : "Texts") are taken at equal distances from those that the student alone, the teacher alone, neither \
      and both read right.</p>

      """)
  }

  private static let markNote =
    "An entity with a dashed frame and a cross is not in the gold annotation. "

  private func card(_ example: ReportExamples.Example) -> String {
    let readings = [
      ("gold", example.gold), ("teacher", example.teacher), ("student", example.student),
    ].map { name, answer in
      let isRight = answer == example.gold
      let verdict =
        name == "gold" ? "" : isRight ? " <b class=\"right\">✓</b>" : " <b class=\"wrong\">✗</b>"
      return "<div><h4>\(name)\(verdict)</h4>\n<p>\(reading(answer, of: example))</p></div>\n"
    }
    return """
      <article class="example">
      <h3>\(example.group.text)</h3>
      \(texts(of: example))<div class="readings">
      \(readings.joined())</div>
      </article>

      """
  }

  /// The texts above the readings; empty for a sentence, which each reading shows with its marks.
  private func texts(of example: ReportExamples.Example) -> String {
    guard case .label = example.gold else { return "" }
    return example.texts.map { "<p>\(htmlEscaped(printable($0)))</p>\n" }.joined()
  }

  /// The label, or the sentence with marked entities.
  private func reading(
    _ answer: ReportExamples.Answer, of example: ReportExamples.Example
  ) -> String {
    switch answer {
    case .label(let label): htmlEscaped(printable(label))
    case .entities(let spans): reading(spans, of: example)
    }
  }

  private func reading(_ spans: [EntitySpan], of sentence: ReportExamples.Example) -> String {
    var parts: [String] = []
    var place = 0
    for span in spans where place <= span.words.lowerBound {
      parts += sentence.words[place..<span.words.lowerBound].map { htmlEscaped(printable($0)) }
      parts.append(mark(span, of: sentence))
      place = span.words.upperBound
    }
    return (parts + sentence.words[place...].map { htmlEscaped(printable($0)) })
      .joined(separator: " ")
  }

  private func mark(_ span: EntitySpan, of sentence: ReportExamples.Example) -> String {
    let words = htmlEscaped(printable(sentence.words[span.words].joined(separator: " ")))
    let color = (types.firstIndex(of: span.type) ?? 0) % ExampleCards.colors
    let isRight = sentence.gold.spans.contains(span)
    return "<mark class=\"type\(color)\(isRight ? "" : " false")\""
      + (isRight ? "" : " title=\"not in the gold annotation\"")
      + ">\(words) <small>\(isRight ? "" : "✗ ")\(htmlEscaped(printable(span.type)))</small></mark>"
  }
}

extension ReportExamples.Answer {
  /// The entities; none of a label.
  fileprivate var spans: [EntitySpan] {
    guard case .entities(let spans) = self else { return [] }
    return spans
  }
}

extension ReportExamples {
  /// Texts and pairs with their labels as a section of a report in Markdown; empty for sentences with entities, which need
  /// the marks of a page.
  var markdownSection: String {
    let rows = examples.compactMap { example -> [String]? in
      guard case .label(let gold) = example.gold, case .label(let teacher) = example.teacher,
        case .label(let student) = example.student
      else { return nil }
      return [example.texts.joined(separator: " // "), gold, teacher, student]
    }
    guard !rows.isEmpty else { return "" }
    return "\n## Examples\n\n"
      + markdownTable(
        titles: ["text", "gold", "teacher", student], isNumber: [false, false, false, false],
        rows: rows)
  }
}
