/** Which party each of `count` records is of, as a number, where the pairs (positions) are one party: connected components. */
export function partiesOf(
  count: number,
  pairs: readonly { readonly i: number; readonly j: number }[],
): (position: number) => number {
  const parent = Int32Array.from({ length: count }, (_, position) => position);
  const rootOf = (position: number): number => {
    let at = position;
    for (let up = parent[at] ?? at; up !== at; up = parent[at] ?? at) {
      parent[at] = parent[up] ?? up;
      at = up;
    }
    return at;
  };
  for (const { i, j } of pairs) parent[rootOf(i)] = rootOf(j);
  return rootOf;
}
