/** One line of CSV (RFC 4180), with its line end; cells are quoted only where they must be. */
export function toCsvLine(cells: readonly string[]): string {
  return `${cells.map(toCell).join(',')}\n`;
}

function toCell(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
