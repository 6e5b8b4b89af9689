import { describe, expect, it } from 'vitest';
import { hashText } from './hash-text.js';

describe('hashText', () => {
  it('spreads keys over 53 bits without a collision among 200,000', () => {
    const hashes = new Set(
      Array.from({ length: 200_000 }, (_, index) => hashText(`kvk:${10_000_000 + index}`)),
    );

    expect(hashes.size).toBe(200_000);
    for (const hash of hashes)
      if (!Number.isSafeInteger(hash) || hash < 0) throw new Error(`unsafe hash ${hash}`);
  });

  it('gives all first bits their share, by which stored keys are divided', () => {
    const buckets = new Map<number, number>();
    for (let index = 0; index < 200_000; index += 1) {
      const bucket = Math.floor(hashText(`phone:${20_000_000 + index}`) / 2 ** 40);
      buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
    }

    expect(buckets.size).toBeGreaterThan(8_100);
    expect(Math.max(...buckets.values())).toBeLessThan(100);
  });
});
