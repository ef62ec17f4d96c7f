"""A student directory in ONNX Runtime on one thread: words per second in bulk, and the time of one sentence alone.

    python tag_onnxruntime.py STUDENT CORPUS PREDICTIONS fp32|int8
"""
import sys

import numpy
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

import cpu
import tagging

# PyTorch's gates are i, f, g, o; those of ONNX are i, o, f, c.
GATES = (0, 3, 1, 2)


def exported(model):
    """The BiLSTM and the classifier over word vectors, [T, B, I], with each sentence's length, as the best labels, [T, B]."""
    state = {name: tensor.numpy() for name, tensor in model.state_dict().items()}

    def gates(name):
        both = [state[f"lstm.{name}_l0{direction}"] for direction in ("", "_reverse")]
        return numpy.stack([numpy.concatenate([numpy.split(w, 4)[g] for g in GATES]) for w in both])

    weights = {
        "W": gates("weight_ih"), "R": gates("weight_hh"),
        "B": numpy.concatenate([gates("bias_ih"), gates("bias_hh")], axis=1),
        "C": state["classifier.weight"].T.copy(), "c": state["classifier.bias"],
        "shape": numpy.array([0, 0, -1]),
    }
    nodes = [
        helper.make_node("LSTM", ["x", "W", "R", "B", "lengths"], ["y"], direction="bidirectional",
                         hidden_size=model.lstm.hidden_size),
        helper.make_node("Transpose", ["y"], ["words"], perm=[0, 2, 1, 3]),
        helper.make_node("Reshape", ["words", "shape"], ["states"]),
        helper.make_node("MatMul", ["states", "C"], ["products"]),
        helper.make_node("Add", ["products", "c"], ["logits"]),
        helper.make_node("ArgMax", ["logits"], ["best"], axis=2, keepdims=0),
    ]
    graph = helper.make_graph(
        nodes, "student",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["T", "B", model.lstm.input_size]),
         helper.make_tensor_value_info("lengths", TensorProto.INT32, ["B"])],
        [helper.make_tensor_value_info("best", TensorProto.INT64, ["T", "B"])],
        [numpy_helper.from_array(array, name) for name, array in weights.items()])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


class Tagger(tagging.Tagger):
    """The same features, with ONNX Runtime in place of PyTorch behind the word vectors."""

    def __init__(self, directory, precision):
        super().__init__(directory)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
        model = exported(self.model)
        onnx.checker.check_model(model)
        path = f"student-{precision}.onnx"
        if precision == "int8":
            quantize_dynamic(model, path, per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=["LSTM"],
                             reduce_range=cpu.saturates())
        else:
            onnx.save(model, path)
        self.session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def best(self, sentences):
        lengths = numpy.array([len(rows) for rows in sentences], numpy.int32)
        x = numpy.zeros((lengths[0], len(sentences), self.table.shape[1]), numpy.float32)
        table = self.table.numpy()
        for n, rows in enumerate(sentences):
            x[:len(rows), n] = table[rows]
        best = self.session.run(["best"], {"x": x, "lengths": lengths})[0]
        sizes = [int((lengths > step).sum()) for step in range(lengths[0])]
        return [label for step, size in enumerate(sizes) for label in best[step, :size].tolist()], sizes


directory, path, predictions, precision = sys.argv[1:]
tagging.report(Tagger(directory, precision), path, predictions)
