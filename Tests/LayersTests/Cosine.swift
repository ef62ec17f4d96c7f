import Glibc

func cosine(_ x: Double) -> Double { cos(x) }
