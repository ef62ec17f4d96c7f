"""A teacher as ONNX with int8 weights, a scale for each output, and activations quantised at run time.

    python quantize_onnx.py MODEL.onnx OUTPUT
"""
import json
import sys

import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic

import cpu

model, output = sys.argv[1:]
# Weights of 7 bits cannot overflow where sums have 16; that is as fast, and nearer to fp32.
quantize_dynamic(model, output, per_channel=True, weight_type=QuantType.QInt8, reduce_range=cpu.saturates(),
                 # The fused operators are not in the standard, so that shapes and types cannot be inferred.
                 extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT})
print(json.dumps({}))
