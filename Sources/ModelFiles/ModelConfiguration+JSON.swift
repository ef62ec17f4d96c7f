import Files
import JSON

extension ModelConfiguration {
  /// Reads a parsed `config.json`; absent keys have the defaults of transformers.
  ///
  /// - Parameters:
  ///   - json: The document.
  ///   - file: The file's name for messages.
  /// - Throws: `DataError` if it is no object, describes a model that is not supported, or holds a value out
  ///   of range.
  public init(_ json: JSONValue, file: String) throws(DataError) {
    let fields = try FieldReader(json, file: file)
    self.init(try fields.choice("model_type", among: Architecture.allCases, default: nil))
    source = fields.object
    let keys = architecture.keys
    architectures = try fields.strings("architectures")
    vocabularySize = try fields.integer("vocab_size", in: 1...1 << 24, default: vocabularySize)
    hiddenSize = try fields.integer(keys.hiddenSize, in: 1...1 << 16, default: hiddenSize)
    layerCount = try fields.integer(keys.layerCount, in: 1...1024, default: layerCount)
    headCount = try fields.integer(keys.headCount, in: 1...1024, default: headCount)
    intermediateSize = try fields.integer(
      keys.intermediateSize, in: 1...1 << 18, default: intermediateSize)
    activation = try fields.choice(
      keys.activation, among: Activation.allCases, default: activation,
      synonyms: ["gelu_python": .gelu, "gelu_pytorch_tanh": .geluNew])
    maximumPositions = try fields.integer(
      "max_position_embeddings", in: firstPosition + 1...1 << 20, default: maximumPositions)
    if architecture.hasTokenTypes {
      typeVocabularySize = try fields.integer(
        "type_vocab_size", in: 1...1024, default: typeVocabularySize)
      typesAreWordShapes = source[Self.wordShapesKey] == true
      classifierDropout = try fields.optionalReal("classifier_dropout", in: 0...1)
    }
    if let key = keys.layerNormEpsilon {
      layerNormEpsilon = try fields.real(key, in: 0...1, default: layerNormEpsilon)
    }
    hiddenDropout = try fields.real(keys.hiddenDropout, in: 0...1, default: hiddenDropout)
    attentionDropout = try fields.real(keys.attentionDropout, in: 0...1, default: attentionDropout)
    initializerRange = try fields.real("initializer_range", in: 0...1e3, default: initializerRange)
    if let dropout = architecture.sequenceHead.dropout {
      sequenceDropout = try fields.real(dropout.key, in: 0...1, default: dropout.rate)
    }
    paddingID =
      source["pad_token_id"]?.isNull == true
      ? nil
      : try fields.integer("pad_token_id", in: 0...vocabularySize - 1, default: paddingID ?? 0)
    try check(fields, keys)
    labels = try LabelFields(fields).labels(isClassifier: head != nil)
  }

  /// The key, unknown to transformers, of a model whose token types are the shapes of words.
  private static let wordShapesKey = "token_types_are_word_shapes"

  private func check(_ fields: FieldReader, _ keys: Architecture.Keys) throws(DataError) {
    guard hiddenSize % headCount == 0 else {
      throw fields.failure(
        "\(keys.hiddenSize) \(hiddenSize) with \(keys.headCount) \(headCount)",
        "a number of heads that divides \(keys.hiddenSize)")
    }
    for (key, value) in architecture.defaults.fixedIntegers.sorted(by: { $0.key < $1.key })
    where try fields.integer(key, in: 1...1 << 16, default: value) != value {
      // transformers computes with this value, whatever stands here.
      throw fields.failure("\(key) other than \(value)", "\(value)")
    }
    let positions = try fields.string("position_embedding_type", default: "absolute")
    guard positions == "absolute" else {
      throw fields.failure("position_embedding_type \"\(positions)\"", "\"absolute\"")
    }
    for key in ["is_decoder", "add_cross_attention"] where source[key] == true {
      throw fields.failure("\(key) true", "an encoder", "decoders are not supported")
    }
  }

  /// The document: the keys of the file it was read from, under the values of today, sorted by key.
  public var json: JSONValue {
    var object = source
    object["model_type"] = .string(architecture.rawValue)
    object["architectures"] = .array(architectures.map { .string($0) })
    object["vocab_size"] = .integer(vocabularySize)
    let keys = architecture.keys
    object[keys.hiddenSize] = .integer(hiddenSize)
    object[keys.layerCount] = .integer(layerCount)
    object[keys.headCount] = .integer(headCount)
    object[keys.intermediateSize] = .integer(intermediateSize)
    object[keys.activation] = .string(activation.rawValue)
    object["max_position_embeddings"] = .integer(maximumPositions)
    if architecture.hasTokenTypes {
      object["type_vocab_size"] = .integer(typeVocabularySize)
      if typesAreWordShapes { object[Self.wordShapesKey] = true }
      object["classifier_dropout"] = classifierDropout.map { .number($0) } ?? .null
    }
    if let key = keys.layerNormEpsilon { object[key] = .number(layerNormEpsilon) }
    object[keys.hiddenDropout] = .number(hiddenDropout)
    object[keys.attentionDropout] = .number(attentionDropout)
    object["initializer_range"] = .number(initializerRange)
    object["pad_token_id"] = paddingID.map { .integer($0) } ?? .null
    if head == .sequence, let dropout = architecture.sequenceHead.dropout {
      object[dropout.key] = .number(sequenceDropout)
    }
    object["id2label"] = nil
    object["label2id"] = nil
    object["num_labels"] = nil
    // Weights are written in F32, whatever the file that was read says.
    object["dtype"] = nil
    object["torch_dtype"] = nil
    if !labels.isEmpty {
      let numbered = labels.enumerated()
      object["id2label"] = .object(JSONObject(numbered.map { ("\($0)", .string($1)) }))
      object["label2id"] = .object(JSONObject(numbered.map { ($1, .integer($0)) }))
    }
    return .object(object.sortedByKey())
  }
}
