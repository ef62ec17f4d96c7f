"""A teacher as ONNX, with the graph optimisations that ONNX Runtime has for transformers.

    python export_onnx.py TEACHER OUTPUT
"""
import json
import sys

import torch
from onnxruntime.transformers import optimizer
from transformers import AutoModelForTokenClassification

teacher, output = sys.argv[1:]
model = AutoModelForTokenClassification.from_pretrained(teacher, attn_implementation="eager").eval()
ids = torch.ones(2, 16, dtype=torch.long)
axes = {0: "sentences", 1: "pieces"}
names = ["input_ids", "attention_mask"]
torch.onnx.export(model, (ids, ids), output, input_names=names, output_names=["logits"], opset_version=17,
                  dynamic_axes={name: axes for name in [*names, "logits"]}, dynamo=False)
optimized = optimizer.optimize_model(output, model_type="bert", num_heads=model.config.num_attention_heads,
                                     hidden_size=model.config.hidden_size)
optimized.save_model_to_file(output)
print(json.dumps(optimized.get_fused_operator_statistics()))
