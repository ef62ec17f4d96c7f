/// Spreads the ranges of `UnicodeData` over pages of 256 scalars; blocks that are alike share a page.
struct CharacterTableBuilder {
  private(set) var pageOfBlock = [UInt16](repeating: 0, count: 0x110000 >> 8)
  private(set) var pages = [UInt32](repeating: 0, count: 256)
  private(set) var mappings = [ScalarMapping()]
  /// The shared pages, each of one value throughout; page 0 is that of no properties.
  private var uniformPages: [(bits: UInt32, page: UInt16)] = [(0, 0)]

  /// Reads all tables; large ranges come first, so that what follows copies few shared pages.
  mutating func fill() {
    pages.reserveCapacity(1 << 16)
    mappings.reserveCapacity(1 << 12)
    add(CharacterProperties.ideograph, at: UnicodeData.ideographs)
    add(CharacterProperties.dropped, at: UnicodeData.dropped)
    add(CharacterProperties.space, at: UnicodeData.spaces)
    add(CharacterProperties.punctuation, at: UnicodeData.punctuation)
    add(CharacterProperties.mark, at: UnicodeData.marks)
    addCombiningClasses()
    addLowercase()
    addDecompositions()
  }

  private mutating func add(_ bits: UInt32, at ranges: StaticString) {
    var numbers = HexadecimalNumbers(ranges)
    var end: UInt32 = 0
    while let gap = numbers.next(), let length = numbers.next() {
      add(bits, from: end + gap, count: length)
      end += gap + length
    }
  }

  private mutating func addCombiningClasses() {
    var numbers = HexadecimalNumbers(UnicodeData.combiningClasses)
    var end: UInt32 = 0
    while let gap = numbers.next(), let length = numbers.next(), let number = numbers.next() {
      add(number << CharacterProperties.classShift, from: end + gap, count: length)
      end += gap + length
    }
  }

  private mutating func addLowercase() {
    var numbers = HexadecimalNumbers(UnicodeData.lowercase)
    var end: UInt32 = 0
    while let gap = numbers.next(), let count = numbers.next(), let step = numbers.next(),
      let target = numbers.next()
    {
      for i in 0..<count {
        let scalar = end + gap + i * step
        map(scalar, CharacterProperties.lowercased) { $0.lowercase = target + i * step }
      }
      end += gap + (count - 1) * step + 1
    }
    map(CharacterTable.dottedCapitalI, CharacterProperties.lowercased) { $0.lowercase = 0x69 }
  }

  private mutating func addDecompositions() {
    var numbers = HexadecimalNumbers(UnicodeData.decompositions)
    var end: UInt32 = 0
    while let gap = numbers.next(), let first = numbers.next(), let second = numbers.next() {
      map(end + gap, CharacterProperties.decomposed) {
        $0.first = first
        $0.second = second
      }
      end += gap + 1
    }
  }

  private mutating func map(
    _ scalar: UInt32, _ flag: UInt32, _ change: (inout ScalarMapping) -> Void
  ) {
    let known = Int(pageOfBlock[Int(scalar >> 8)]) << 8 | Int(scalar & 0xFF)
    var index = CharacterProperties(bits: pages[known]).mapping
    var bits = flag
    if index == 0 {
      index = mappings.count
      mappings.append(ScalarMapping())
      bits |= UInt32(index) << CharacterProperties.mappingShift
    }
    change(&mappings[index])
    add(bits, from: scalar, count: 1)
  }

  private mutating func add(_ bits: UInt32, from start: UInt32, count: UInt32) {
    var scalar = start
    let end = start + count
    while scalar < end {
      let block = Int(scalar >> 8)
      let blockEnd = min(end, (scalar | 0xFF) + 1)
      if scalar & 0xFF == 0, blockEnd - scalar == 256, pageOfBlock[block] == 0 {
        pageOfBlock[block] = uniformPage(bits)
      } else {
        let base = ownPage(of: block) << 8
        for i in scalar..<blockEnd { pages[base | Int(i & 0xFF)] |= bits }
      }
      scalar = blockEnd
    }
  }

  private mutating func uniformPage(_ bits: UInt32) -> UInt16 {
    if let known = uniformPages.first(where: { $0.bits == bits }) { return known.page }
    let page = UInt16(pages.count >> 8)
    pages.append(contentsOf: repeatElement(bits, count: 256))
    uniformPages.append((bits, page))
    return page
  }

  /// The page of a block, copied first where it is shared.
  private mutating func ownPage(of block: Int) -> Int {
    let page = pageOfBlock[block]
    guard let shared = uniformPages.first(where: { $0.page == page }) else { return Int(page) }
    let copy = pages.count >> 8
    pages.append(contentsOf: repeatElement(shared.bits, count: 256))
    pageOfBlock[block] = UInt16(copy)
    return copy
  }
}

/// Reads hexadecimal numbers separated by blanks and line ends.
struct HexadecimalNumbers {
  private let text: UnsafeBufferPointer<UInt8>
  private var index = 0

  init(_ text: StaticString) {
    self.text = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
  }

  mutating func next() -> UInt32? {
    while index < text.count, text[index] <= 0x20 { index += 1 }
    guard index < text.count else { return nil }
    var number: UInt32 = 0
    while index < text.count, text[index] > 0x20 {
      let digit = UInt32(text[index])
      number = number << 4 | (digit < 0x40 ? digit & 0xF : (digit & 0xF) + 9)
      index += 1
    }
    return number
  }
}
