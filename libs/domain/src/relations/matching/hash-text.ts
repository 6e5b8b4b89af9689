/** A text as an integer below 2^53 (two multiplicative hashes of 32 bits). Stable over runs and machines. */
export function hashText(key: string, seed = 0): number {
  let high = 0x811c9dc5 ^ seed;
  let low = 0x9e3779b9 + seed;
  for (let i = 0; i < key.length; i++) {
    const code = key.charCodeAt(i);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ code, 0x85ebca6b) ^ (low >>> 13);
  }
  high ^= high >>> 15;
  low = Math.imul(low ^ (low >>> 16), 0xc2b2ae35);
  return ((high >>> 0) & 0x1fffff) * 2 ** 32 + ((low ^ (low >>> 13)) >>> 0);
}
