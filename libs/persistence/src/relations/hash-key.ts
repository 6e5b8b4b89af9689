const mask32 = 0x1_0000_0000;

/**
 * A 53-bit hash of a key: two 32-bit multiply-xor lanes, joined so that a double holds it exactly. Not for secrets. Stored
 * in match_key_buckets (see packed-keys.ts), so a change of it asks for a new comparison of everything.
 */
export function hashKey(key: string): number {
  let high = 0x9e37_79b9;
  let low = 0x85eb_ca6b;
  for (let index = 0; index < key.length; index += 1) {
    const unit = key.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x01b8_73d3);
    low = Math.imul(low ^ unit, 0x5f35_6495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x7feb_352d) ^ Math.imul(low ^ (low >>> 13), 0x846c_a68b);
  low = Math.imul(low ^ (low >>> 16), 0x7feb_352d) ^ Math.imul(high ^ (high >>> 13), 0x846c_a68b);
  return mask32 * ((high >>> 0) & 0x1f_ffff) + (low >>> 0);
}
