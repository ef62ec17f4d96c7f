"""The machine's limit: GFLOP/s of a large sgemm in the OpenBLAS that the commands use.

    python limit.py THREADS
"""
import ctypes
import ctypes.util
import json
import sys
import time

import numpy as np

SIZE = 2048
REPEATS = 12
ROW_MAJOR, NO_TRANSPOSE = 101, 111


def measure(threads):
    """The best of several products of square matrices, after two that are not counted."""
    name = ctypes.util.find_library("openblas")
    if name is None:
        raise SystemExit("no libopenblas; install libopenblas-dev")
    library = ctypes.CDLL(name)
    library.openblas_set_num_threads(threads)
    library.openblas_get_corename.restype = ctypes.c_char_p
    library.openblas_get_config.restype = ctypes.c_char_p
    a, b, c = (np.full((SIZE, SIZE), 0.5, dtype=np.float32) for _ in range(3))
    pointers = [m.ctypes.data_as(ctypes.c_void_p) for m in (a, b, c)]
    n, one, zero = ctypes.c_int(SIZE), ctypes.c_float(1), ctypes.c_float(0)
    best = float("inf")
    for repeat in range(REPEATS):
        start = time.perf_counter()
        library.cblas_sgemm(ROW_MAJOR, NO_TRANSPOSE, NO_TRANSPOSE, n, n, n, one, pointers[0], n, pointers[1], n,
                            zero, pointers[2], n)
        if repeat >= 2:
            best = min(best, time.perf_counter() - start)
    return {
        "gflops": 2 * SIZE ** 3 / best / 1e9,
        "core": library.openblas_get_corename().decode(),
        "library": " ".join(library.openblas_get_config().decode().split()[:2]),
    }


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
