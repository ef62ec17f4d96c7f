import Kernels
import Runtime
import TestSupport
import Testing

/// FloatBuffer, Matrix, Workspace and ParameterLayout.
@Suite struct MemoryTests {
  @Test(arguments: oddSizes) func buffersAreZeroedAndAligned(_ count: Int) {
    let buffer = FloatBuffer(count: count)
    #expect(buffer.values.count == count && buffer.values.allSatisfy { $0 == 0 })
    #expect(UInt(bitPattern: buffer.base) % 64 == 0)
    for n in 0..<count { buffer.base[n] = 1 }
    buffer.clear()
    #expect(buffer.values.allSatisfy { $0 == 0 })
  }

  @Test func viewsSeeTheirPart() {
    let memory = buffer((0..<24).map { Float($0) })
    let matrix = Matrix(memory.base, rows: 4, columns: 6)
    let inner = matrix.rows(1..<3).columns(2..<5)
    #expect((inner.rows, inner.columns, inner.stride, inner.count) == (2, 3, 6, 6))
    #expect(inner[0, 0] == 8 && inner[1, 2] == 16)
    #expect(!inner.isContiguous && matrix.rows(0..<1).columns(0..<2).isContiguous)
    inner.clear()
    let cleared = Set([8, 9, 10, 14, 15, 16])
    #expect(
      memory.values.enumerated().allSatisfy { ($1 == 0) == ($0 == 0 || cleared.contains($0)) })
    matrix.rows(3..<4).columns(0..<3).copy(from: matrix.rows(0..<1).columns(1..<4))
    #expect((0..<6).map { matrix[3, $0] } == [1, 2, 3, 21, 22, 23])
    withExtendedLifetime(memory) {}
  }

  @Test func aWorkspaceHandsOutMemoryThatDoesNotOverlap() {
    let workspace = Workspace(capacity: 64)
    for round in 0..<3 {
      workspace.reset()
      let matrices = (0..<50).map { n in
        workspace.matrix(1 + n % 7, (n * n) % 300 + (n == 20 ? 200_000 : 0))
      }
      for (n, matrix) in matrices.enumerated() {
        #expect(UInt(bitPattern: matrix.base) % 64 == 0)
        matrix.base.update(repeating: Float(n + 1), count: matrix.count)
      }
      for (n, matrix) in matrices.enumerated() {
        #expect((0..<matrix.count).allSatisfy { matrix.base[$0] == Float(n + 1) })
      }
      if round > 0 {
        // After the first round all fits into one block, one matrix behind the other.
        for (matrix, next) in zip(matrices, matrices.dropFirst()) {
          #expect(next.base - matrix.base == (matrix.count + 15) & ~15)
        }
      }
    }
  }

  @Test func zerosAreZeroAgainAfterAReset() {
    let workspace = Workspace(capacity: 100)
    workspace.matrix(5, 7).base.update(repeating: 3, count: 35)
    workspace.reset()
    let zeros = workspace.zeros(5, 7)
    #expect((0..<35).allSatisfy { zeros.base[$0] == 0 })
    withExtendedLifetime(workspace) {}
  }

  @Test func aLayoutPutsTensorsOneBehindAnother() {
    var layout = ParameterLayout()
    let (a, b, c) = (layout.add("a", 3, 4), layout.add("b", 5), layout.add("c", 2, 3, 4))
    #expect(layout.slices == [a, b, c])
    #expect([a, b, c].map(\.range) == [0..<12, 12..<17, 17..<41])
    #expect(layout.count == 41)
    #expect(layout.slice(named: "b") == b && layout.slice(named: "d") == nil)
    let memory = buffer((0..<41).map { Float($0) })
    let views = [a, b, c].map { $0.matrix(in: memory.base) }
    #expect(views.map(\.rows) == [3, 1, 6] && views.map(\.columns) == [4, 5, 4])
    #expect(views[0][2, 3] == 11 && views[1][0, 0] == 12 && views[2][5, 3] == 40)
    #expect(b.pointer(in: memory.base).pointee == 12)
    withExtendedLifetime(memory) {}
  }

  @Test func thePeakOfTheMemoryIsInBytes() {
    #expect(ProcessMemory.peak > 1 << 20)
  }
}
