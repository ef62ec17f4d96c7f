"""What Linux tells of the processor."""


def facts():
    """The lines of /proc/cpuinfo about the first core, by name."""
    found = {}
    with open("/proc/cpuinfo") as file:
        for line in file:
            name, _, value = line.partition(":")
            found.setdefault(name.strip(), value.strip())
    return found


def name():
    """Its name, with its numbers: a name may be as bare as "AMD EPYC", on virtual machines above all."""
    known = facts()
    numbers = [f"{what} {known[key]}" for what, key in (("family", "cpu family"), ("model", "model")) if key in known]
    return known.get("model name", "unknown CPU") + (f" ({', '.join(numbers)})" if numbers else "")


def saturates():
    """Whether products of 8-bit integers are summed in 16 bits, which can overflow: on x86-64 without VNNI."""
    flags = facts().get("flags", "").split()
    return bool(flags) and not {"avx512_vnni", "avx_vnni"} & set(flags)
