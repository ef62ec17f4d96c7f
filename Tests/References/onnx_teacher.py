"""Recovers a model's tensors, under the names that transformers gives them, from an ONNX export of a BERT or DistilBERT.

Weights may be in float32, in int8 with QDQ nodes, or in four bits (com.microsoft.MatMulNBits). An exported product has
lost its weight's name, but the bias that is added to it has kept its own.

    pip install onnx numpy safetensors
"""
import re

import numpy as np
import onnx
from onnx import numpy_helper

QUANTIZED = re.compile(r"_(quantized|scale|scales|zero_point|Q4)$")


class Graph:
    def __init__(self, path):
        graph = onnx.load(path).graph
        self.nodes = list(graph.node)
        self.stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
        self.readers = {}
        for node in self.nodes:
            for name in node.input:
                self.readers.setdefault(name, []).append(node)
        # Dequantised tensors under the names of their values, and the names of what they were made from.
        self.origin = {}
        for node in self.nodes:
            if node.op_type == "DequantizeLinear" and node.input[0] in self.stored:
                self.origin[node.output[0]] = node.input[0].removesuffix("_quantized")
                self.stored[node.output[0]] = self.dequantized(self.stored[node.input[0]], node)

    def dequantized(self, q, node):
        """(q - zero point) scale, per tensor, per channel or in blocks along an axis."""
        scale = self.stored[node.input[1]].astype(np.float32)
        zero = self.stored[node.input[2]].astype(np.float32) if len(node.input) > 2 and node.input[2] else np.float32(0)
        axis = attribute(node, "axis", 1)
        block = attribute(node, "block_size", 0)
        if block:
            scale, zero = (np.repeat(v, block, axis)[tuple(map(slice, q.shape))] if np.ndim(v) else v
                           for v in (scale, zero))
        elif scale.ndim == 1 and q.ndim > 1 and scale.size > 1:
            shape = [-1 if n == axis else 1 for n in range(q.ndim)]
            scale, zero = (v.reshape(shape) if np.ndim(v) else v for v in (scale, zero))
        return (q.astype(np.float32) - zero) * scale

    def bias_behind(self, node):
        """The name of the bias that is added to a product, through nodes that quantise."""
        front = list(node.output)
        for _ in range(4):
            readers = [reader for name in front for reader in self.readers.get(name, [])]
            for reader in readers:
                names = [self.origin.get(name, name) for name in reader.input] if reader.op_type == "Add" else []
                for name in names:
                    if name.endswith(".bias"):
                        return name
            front = [out for reader in readers if "QuantizeLinear" in reader.op_type or "DequantizeLinear" in
                     reader.op_type for out in reader.output]
        return None

    def values(self, name):
        """A tensor by its name without the marks of quantisation."""
        if name in self.stored:
            return self.stored[name].astype(np.float32)
        return next(self.stored[value].astype(np.float32) for value, origin in self.origin.items() if origin == name)


def attribute(node, name, default):
    return next((a.i for a in node.attribute if a.name == name), default)


def four_bit_weight(graph, node):
    """The [K, N] weight of a MatMulNBits: two numbers a byte, the low one first, in blocks with a scale each."""
    inner, outputs, block = (attribute(node, name, 0) for name in ("K", "N", "block_size"))

    def halves(bytes_):
        return np.stack([bytes_ & 15, bytes_ >> 4], -1).reshape(outputs, -1).astype(np.float32)

    q = halves(graph.stored[node.input[1]].reshape(outputs, -1)).reshape(outputs, -1, block)
    scales = graph.stored[node.input[2]].reshape(outputs, -1).astype(np.float32)
    zeros = np.full(scales.shape, 8, np.float32)
    if len(node.input) > 3 and node.input[3]:
        zeros = halves(graph.stored[node.input[3]].reshape(outputs, -1))[:, :scales.shape[1]]
    return ((q - zeros[:, :, None]) * scales[:, :, None]).reshape(outputs, -1)[:, :inner].T


def tables(graph):
    """The embedding tables: what is gathered by ids; a quantised one may be dequantised behind the look-up."""
    found = {}
    for node in graph.nodes:
        if node.op_type != "Gather" or node.input[0] not in graph.stored:
            continue
        table = graph.stored[node.input[0]]
        if table.ndim != 2 or table.shape[0] < 2:
            continue
        for reader in graph.readers.get(node.output[0], []):
            if table.dtype in (np.uint8, np.int8) and reader.op_type == "DequantizeLinear":
                table = graph.dequantized(table, reader)
        name = graph.origin.get(node.input[0], node.input[0]).removesuffix("_quantized")
        found[name] = table.astype(np.float32)
    return found


def tensors(path):
    graph = Graph(path)
    found = {name: value.astype(np.float32) for name, value in graph.stored.items()
             if re.search(r"embeddings|LayerNorm|layer_norm", name) and not QUANTIZED.search(name)
             and name not in graph.origin}
    found.update(tables(graph))
    for node in graph.nodes:
        if node.op_type == "MatMulNBits":
            weight = four_bit_weight(graph, node)
        elif node.op_type == "MatMul" and node.input[1] in graph.stored:
            weight = graph.stored[node.input[1]]
        else:
            continue
        bias = graph.bias_behind(node)
        if weight.ndim == 2 and bias:
            found[bias.removesuffix(".bias") + ".weight"] = np.ascontiguousarray(weight.T, np.float32)
            found[bias] = graph.values(bias)
    return {re.sub(r"^(model\.0\.auto_model|auto_model|model)\.", "", name): value for name, value in found.items()}
