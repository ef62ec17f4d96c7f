/// Moves places on a line apart, as little as possible, so that what stands there can be told apart.
///
/// In their order the places shall be at least a distance d apart; the least squares solution is that of isotonic
/// regression on x - i d, found by pooling neighbours that are too close (Barlow and Brunk 1972), and held between bounds.
///
/// - Parameters:
///   - places: The places, in any order.
///   - distance: The distance; less where the bounds leave no room for it.
///   - bounds: Where the places must lie.
/// - Returns: The new places, each where the old one stood in the list.
func spread(
  _ places: [Double], by distance: Double, within bounds: ClosedRange<Double>
) -> [Double] {
  let room = (bounds.upperBound - bounds.lowerBound) / Double(max(places.count - 1, 1))
  let distance = min(distance, room)
  let order = places.indices.sorted { (places[$0], $0) < (places[$1], $1) }
  var pools: [(sum: Double, count: Int)] = []
  for (rank, index) in order.enumerated() {
    var pool = (sum: places[index] - Double(rank) * distance, count: 1)
    while let last = pools.last, last.sum / Double(last.count) > pool.sum / Double(pool.count) {
      pool = (pool.sum + last.sum, pool.count + last.count)
      pools.removeLast()
    }
    pools.append(pool)
  }
  let means = pools.flatMap { repeatElement($0.sum / Double($0.count), count: $0.count) }
  let highest = bounds.upperBound - Double(places.count - 1) * distance
  var spread = places
  for (rank, index) in order.enumerated() {
    spread[index] = min(max(means[rank], bounds.lowerBound), highest) + Double(rank) * distance
  }
  return spread
}
