import Kernels

extension Architecture {
  /// MPNet, without token types and with one relative position bias in the attention of all layers (Song and others 2020).
  ///
  /// The position table keeps the rows up to the padding piece's id, 1, free.
  public static let mpnet = Architecture(
    "mpnet", title: "MPNet", classPrefix: "MPNet",
    defaults: Defaults(
      vocabularySize: 30_527, paddingID: 1, firstPosition: 2,
      fixedIntegers: ["relative_attention_num_buckets": 32]),
    tensors: Tensors(
      prefix: "mpnet.", layers: "mpnet.encoder.layer",
      layer: TransformerNames(
        query: "attention.attn.q", key: "attention.attn.k", value: "attention.attn.v",
        attentionOutput: "attention.attn.o", attentionNorm: "attention.LayerNorm",
        intermediate: "intermediate.dense", output: "output.dense",
        outputNorm: "output.LayerNorm")),
    hasRelativePositions: true,
    sequenceHead: SequenceHead(
      dense: "classifier.dense", activation: .tanh, output: "classifier.out_proj",
      dropsInput: true),
    specialPieces: SpecialPieces(
      cls: "<s>", sep: "</s>", pad: "<pad>", mask: "<mask>", separatorsInPair: 2))
}
