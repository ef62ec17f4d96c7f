import Evaluation
import Labels
import TerminalUI

/// Example sentences as cards: gold, teacher's and student's entities side by side.
struct ExampleCards {
  private let examples: ExampleSentences
  /// The types of all entities in the examples, in the order of their names; each has its colour.
  private let types: [String]

  /// How many colours the style sheet has for types.
  private static let colors = 8

  init(_ examples: ExampleSentences) {
    self.examples = examples
    let all = examples.sentences.flatMap { $0.gold + $0.teacher + $0.student }.map(\.type).sorted()
    types = all.indices.filter { $0 == 0 || all[$0] != all[$0 - 1] }.map { all[$0] }
  }

  /// The section; empty without sentences.
  var html: String {
    guard !examples.sentences.isEmpty else { return "" }
    return htmlSection(
      "Examples",
      """
      \(examples.sentences.map(card).joined())<p class="notes">The student is \
      \(htmlEscaped(printable(examples.student))). An entity with a dashed frame and a cross is not in the gold \
      annotation. Sentences are taken at equal distances from those that the student alone, the teacher alone, neither \
      and both read right.</p>

      """)
  }

  private func card(_ sentence: ExampleSentences.Example) -> String {
    let readings = [
      ("gold", sentence.gold), ("teacher", sentence.teacher), ("student", sentence.student),
    ].map { name, spans in
      let isRight = spans == sentence.gold
      let verdict =
        name == "gold" ? "" : isRight ? " <b class=\"right\">✓</b>" : " <b class=\"wrong\">✗</b>"
      return "<div><h4>\(name)\(verdict)</h4>\n<p>\(reading(spans, of: sentence))</p></div>\n"
    }
    return """
      <article class="example">
      <h3>\(sentence.group.text)</h3>
      <div class="readings">
      \(readings.joined())</div>
      </article>

      """
  }

  /// The sentence with marked entities.
  private func reading(
    _ spans: [EntitySpan], of sentence: ExampleSentences.Example
  ) -> String {
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

  private func mark(_ span: EntitySpan, of sentence: ExampleSentences.Example) -> String {
    let words = htmlEscaped(printable(sentence.words[span.words].joined(separator: " ")))
    let color = (types.firstIndex(of: span.type) ?? 0) % ExampleCards.colors
    let isRight = sentence.gold.contains(span)
    return "<mark class=\"type\(color)\(isRight ? "" : " false")\""
      + (isRight ? "" : " title=\"not in the gold annotation\"")
      + ">\(words) <small>\(isRight ? "" : "✗ ")\(htmlEscaped(printable(span.type)))</small></mark>"
  }
}
