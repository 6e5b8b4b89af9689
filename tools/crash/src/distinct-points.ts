/**
 * What leaves something behind that outlives the process: commits, calls of Exact, and the notes of budget and token that stand before and
 * after each of those. All else happens in memory or in a transaction that ends with the process.
 */
const lasting = [/^commit$/, /^mark as sent$/, /^seal$/, /^send /, /^answer of /, /Source\./];

/** The numbers of the points that find another world than the one before: a kill anywhere between two of them is the same kill. */
export function distinctPoints(names: readonly string[]): number[] {
  return names.flatMap((_, index) => {
    const before = names[index - 1];
    return before === undefined || lasting.some((pattern) => pattern.test(before)) ? [index + 1] : [];
  });
}
