import StudentFormat
import Testing

@Suite struct WordShapeTests {
  static let shapes: [(String, WordShape)] = [
    ("", .other), ("house", .other), ("--", .other), ("EU", .allCapitals), ("U.S.", .allCapitals),
    ("AT&T", .allCapitals), ("I", .singleCapital), ("J.", .singleCapital),
    ("London", .initialCapital), ("O'neill", .initialCapital), ("(London", .initialCapital),
    ("Élan", .initialCapital), ("1996", .digit), ("A320", .digit), ("٣", .digit),
    ("iPhone", .mixed), ("McDonald", .mixed), ("eU", .mixed),
  ]

  @Test(arguments: shapes.indices) func shapeIsRecognised(_ index: Int) {
    let (word, shape) = Self.shapes[index]
    #expect(WordShape(of: word) == shape, "\(word)")
  }
}
