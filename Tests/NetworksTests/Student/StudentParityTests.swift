import JSON
import Kernels
import Layers
import Networks
import StudentFormat
import Testing

/// The student against the same network in PyTorch (Tests/References/student.py).
@Suite struct StudentParityTests {
  @Test func featuresEqualTheReferences() throws {
    let reference = try StudentReference()
    let expected = try #require(reference.json["features"]?.object)
    for (word, features) in expected {
      let found = reference.vocabulary.features(of: word)
      #expect(
        found.pieces.map { Int($0) } == features.array?[0].array?.compactMap(\.int), "\(word)")
      #expect(
        found.characters.map { Int($0) } == features.array?[1].array?.compactMap(\.int), "\(word)")
      #expect(Int(found.shape.rawValue) == features.array?[2].int, "\(word)")
    }
  }

  @Test func wordsFindTheirVectorsAsInTheReference() throws {
    let reference = try StudentReference("student_vectors")
    let expected = try #require(reference.json["places"]?.object)
    for (word, place) in expected {
      let features = reference.vocabulary.features(of: word)
      #expect(Int(features.word) == place.int && features.pieces.isEmpty, "\(word)")
    }
  }

  @Test(arguments: StudentReference.names + StudentReference.classifierNames)
  func logitsAndAllGradientsEqualPyTorchs(_ name: String) throws {
    let reference = try StudentReference(name)
    let workspace = Workspace()
    let logits = reference.network.logits(
      reference.inputs, parameters: reference.parameters.base, workspace: workspace)
    let expected = try StudentReference.numbers(reference.json["logits"])
    withExtendedLifetime(workspace) {
      let elements = UnsafeBufferPointer(start: logits.base, count: logits.count)
      #expect(StudentReference.distance(elements, expected) < 1e-5)
    }

    let gradients = reference.gradients().gradients
    for slice in reference.network.layout.slices {
      let expected = try StudentReference.numbers(reference.json["gradients"]?[slice.name])
      let distance = StudentReference.distance(gradients.elements[slice.range], expected)
      #expect(distance < 1e-4, "\(slice.name)")
    }
  }
}
