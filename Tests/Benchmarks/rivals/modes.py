"""What torch.compile makes of a network; each rival takes the faster of that and the eager network.

Sizes are dynamic: one compilation serves all lengths, and one for a single length is no faster (MiniLM-L6, AVX2), so that
padding to few lengths would only add work. Neither is Inductor's freezing, whose outcome is not kept for the next process.
"""
import sys

import torch


def compiled(network, warm_up):
    """The network compiled for inputs of any size; none where torch.compile fails, which is said on standard error.

    It is compiled while `warm_up` runs with it. What would have to be compiled anew after that (a batch of one
    sentence, say) runs eagerly, so that no compilation is ever within a measured time.
    """
    result = torch.compile(network, dynamic=True)
    try:
        warm_up(result)
    # Whatever the compiler stumbles over (no C++ compiler, an operator that it does not know): there is a way without it.
    except Exception as error:
        print(f"torch.compile failed: {type(error).__name__}: {error}", file=sys.stderr)
        return None
    torch.compiler.set_stance("eager_on_recompile")
    return result


def ways(eager, warm_up):
    """The eager network and, where there is one, the compiled one, by mode."""
    other = compiled(eager, warm_up)
    return {"eager": eager} if other is None else {"eager": eager, "compiled": other}


def chosen(mode, ways):
    """What a rival reports about its choice."""
    return {"mode": mode, "compiles": "compiled" in ways}
