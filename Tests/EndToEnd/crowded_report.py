"""Makes a report.json with 40 students, 200 entity types and long names of a smaller one; feeds report.sh.

    python3 crowded_report.py report.json > crowded.json
"""

import copy
import json
import sys

report = json.load(open(sys.argv[1], encoding="utf-8"))
teacher, *students = [student for student in report["students"] if student["seeds"]]
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def crowded(student, index):
    """The student once more, with another name, other costs and 200 types."""
    student = copy.deepcopy(student)
    if student["training"] != "teacher":
        student["name"] = f"bert-small=/srv/models/{LONG}-{index}" if index % 5 == 0 else f"student-{index}"
    student["file_bytes"] = student["file_bytes"] * (20 + index) // 20
    if student["latency_p50_ms"]:
        student["latency_p50_ms"] *= 1 + 0.03 * index
    for seed in student["seeds"]:
        seed["dev_f1"] = [share / 100 for share in range(5, 5 + min(80, 2 * index + 1))]
        seed["per_type"] = [
            {"type": f"{LONG if k % 50 == 0 else 'TYPE'}-{k}", "f1": 0, "gold": 500 - k, "predicted": 480, "correct": 300 - k}
            for k in range(200)
        ]
    return student


report["students"] = [crowded(teacher, 0)] + [crowded(students[i % len(students)], i) for i in range(40)]
report["claims"] = [dict(claim, text=f"{LONG} {claim['text']}") for claim in report["claims"]] * 5
words = (["Der", LONG, "sagte", "nichts", "."] * 6)[:30]
entity = [[f"{LONG}-0", 1, 2], ["TYPE-1", 2, 4]]
report["examples"] = {
    "student": report["students"][5]["name"],
    "sentences": [{"words": words, "gold": entity, "teacher": entity[:1], "student": []}] * 12,
}
report["run"]["corpus"] = f"/data/{LONG}/{LONG}/test.conll"
json.dump(report, sys.stdout)
