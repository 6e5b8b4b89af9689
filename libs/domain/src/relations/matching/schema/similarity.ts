/** Jaro-Winkler similarity of two words, 0 to 1 (Winkler 1990: prefix of at most 4, weight .1). */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const jaro = jaroSimilarity(a, b);
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}

function jaroSimilarity(a: string, b: string): number {
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  let takenOfA = 0;
  let takenOfB = 0;
  let common = 0;
  const lengthA = Math.min(a.length, lettersMax);
  const lengthB = Math.min(b.length, lettersMax);
  for (let i = 0; i < lengthA; i++) {
    const code = a.charCodeAt(i);
    const last = Math.min(lengthB - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= last; j++) {
      if ((takenOfB & (1 << j)) !== 0 || code !== b.charCodeAt(j)) continue;
      takenOfB |= 1 << j;
      takenOfA |= 1 << i;
      common++;
      break;
    }
  }
  if (common === 0) return 0;
  const transposed = countTransposed([a, takenOfA], [b, takenOfB]) / 2;
  return (common / lengthA + common / lengthB + (common - transposed) / common) / 3;
}

/** Letters of a word that are compared: one bit each. */
const lettersMax = 30;

function countTransposed([a, takenOfA]: [string, number], [b, takenOfB]: [string, number]): number {
  let transposed = 0;
  let j = 0;
  for (let i = 0; i < lettersMax; i++) {
    if ((takenOfA & (1 << i)) === 0) continue;
    while ((takenOfB & (1 << j)) === 0) j++;
    if (a.charCodeAt(i) !== b.charCodeAt(j++)) transposed++;
  }
  return transposed;
}
