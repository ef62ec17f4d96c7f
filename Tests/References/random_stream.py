"""The package's random numbers once more; prints the golden numbers of Tests/RuntimeTests/RandomStreamTests.swift,
and is used by training.py, augmentation.py and classification.py.

xoshiro256** and SplitMix64 after Blackman and Vigna's reference, the bounded integers after Lemire 2019.

    python random_stream.py
"""
MASK = (1 << 64) - 1
PURPOSES = {"initialization": 1, "shuffling": 2, "dropout": 3, "augmentation": 4, "bootstrap": 5, "testing": 6}


def split_mix(state):
    """The next state and its number."""
    state = (state + 0x9E3779B97F4A7C15) & MASK
    z = state
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return state, z ^ (z >> 31)


class RandomStream:
    def __init__(self, seed, purpose, index=0):
        mixer, _ = split_mix(seed)
        mixer, _ = split_mix(mixer ^ (PURPOSES[purpose] * 0xD1342543DE82EF95 & MASK))
        mixer ^= index * 0xAEF17502108EF2D9 & MASK
        self.state = []
        for _ in range(4):
            mixer, number = split_mix(mixer)
            self.state.append(number)

    def next(self):
        s = self.state

        def rotate(x, k):
            return ((x << k) | (x >> (64 - k))) & MASK

        result = rotate(s[1] * 5 & MASK, 7) * 9 & MASK
        shifted = s[1] << 17 & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= shifted
        s[3] = rotate(s[3], 45)
        return result

    def uniform(self):
        return (self.next() >> 11) * 2.0**-53

    def integer(self, bound):
        while True:
            product = self.next() * bound
            if product & MASK >= (1 << 64) % bound:
                return product >> 64

    def shuffle(self, items):
        for last in range(len(items) - 1, 0, -1):
            other = self.integer(last + 1)
            items[last], items[other] = items[other], items[last]


if __name__ == "__main__":
    for seed, purpose, index in [(0, "initialization", 0), (1, "shuffling", 0), (1, "shuffling", 1),
                                 (MASK, "augmentation", 123456789)]:
        stream = RandomStream(seed, purpose, index)
        print(seed, purpose, index, [hex(stream.next()) for _ in range(3)])
    stream = RandomStream(42, "testing")
    print("integers below 10:", [stream.integer(10) for _ in range(12)])
    print("integers below 2^62 + 1:", [stream.integer((1 << 62) + 1) for _ in range(2)])
    items = list(range(10))
    stream.shuffle(items)
    print("shuffled:", items)
    print("uniform:", [(stream.next() >> 11) * 2.0**-53 for _ in range(2)])
