import JSON
import Kernels
import Networks
import TestSupport
import Testing

@Suite struct PieceTableReductionTests {
  private func fixtureTable() throws -> (table: Matrix, memory: FloatBuffer, reduced: [Double]) {
    let json = try JSONValue.read(path: fixture("NetworksTests/Fixtures/piece_table.json"))
    let memory = FloatBuffer(count: 40 * 7)
    let numbers = try StudentReference.numbers(json["table"])
    #expect(numbers.count == memory.count)
    for (n, number) in numbers.enumerated() { memory.base[n] = Float(number) }
    return (
      Matrix(memory.base, rows: 40, columns: 7), memory,
      try StudentReference.numbers(json["reduced"])
    )
  }

  @Test func equalsNumPysDecomposition() throws {
    let (table, memory, expected) = try fixtureTable()
    let reduced = FloatBuffer(count: 40 * 3)
    PieceTableReduction.reduce(table, into: Matrix(reduced.base, rows: 40, columns: 3))
    withExtendedLifetime((memory, reduced)) {
      #expect(StudentReference.distance(reduced.elements, expected) < 1e-5)
    }
  }

  @Test func isAppliedInChunksAsInOnePiece() throws {
    // 40 rows 60 times over: more than two chunks. Mean, components and scale stay.
    let (table, memory, expected) = try fixtureTable()
    let many = FloatBuffer(count: memory.count * 60)
    for n in 0..<many.count { many.base[n] = memory.base[n % memory.count] }
    let reduced = FloatBuffer(count: 2400 * 3)
    PieceTableReduction.reduce(
      Matrix(many.base, rows: 2400, columns: table.columns),
      into: Matrix(reduced.base, rows: 2400, columns: 3))
    withExtendedLifetime((memory, many, reduced)) {
      #expect(StudentReference.distance(reduced.elements[(2360 * 3)...], expected) < 1e-5)
    }
  }

  @Test func aConstantTableBecomesZero() {
    let table = FloatBuffer(count: 12)
    table.elements.update(repeating: 3)
    let reduced = FloatBuffer(count: 8)
    reduced.elements.update(repeating: 1)
    PieceTableReduction.reduce(
      Matrix(table.base, rows: 4, columns: 3), into: Matrix(reduced.base, rows: 4, columns: 2))
    withExtendedLifetime((table, reduced)) {
      #expect(reduced.elements.allSatisfy { $0 == 0 })
    }
  }
}
