export interface ColumnChoice {
  readonly key: string;
  readonly text: string;
}

/** The columns that the address asks for; the usual ones when it says nothing usable. */
export function columnsIn<C extends string>(
  address: string | undefined,
  known: readonly C[],
  usual: readonly C[],
): ReadonlySet<C> {
  const words = (address ?? '').split(',');
  const asked = known.filter((column) => words.includes(column));
  return new Set(asked.length > 0 ? asked : usual);
}
