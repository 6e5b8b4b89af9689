import { describe, expect, it } from 'vitest';
import { hashText, TextHash } from './hash-text.js';

describe('hashText', () => {
  it('spreads keys over 53 bits without a collision among 200,000', () => {
    const hashes = new Set(
      Array.from({ length: 200_000 }, (_, index) => hashText(`kvk:${10_000_000 + index}`)),
    );

    expect(hashes.size).toBe(200_000);
    for (const hash of hashes)
      if (!Number.isSafeInteger(hash) || hash < 0) throw new Error(`unsafe hash ${hash}`);
  });

  it('hashes pieces as the text that they make', () => {
    const whole = hashText('cons:blmprz:Ede');

    expect(new TextHash().add('cons:').add('blmprz:').add('').add('Ede').value()).toBe(whole);
    expect(whole).not.toBe(hashText('cons:blmprz:Eed'));
  });

  it('keeps its numbers, since they are stored', () => {
    expect(hashText('kvk:27005219')).toBe(1590175399475833);
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
