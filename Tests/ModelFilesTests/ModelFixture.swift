import TestSupport

/// The path of a fixture of this module.
func modelFixture(_ name: String) -> String { fixture("ModelFilesTests/Fixtures/\(name)") }
