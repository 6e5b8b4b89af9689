/** A seeded source of chance: the same seed gives the same numbers on every machine. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number in [0, below). */
  int(below: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
}

/** Mixes 32 bits so that neighbouring inputs give unrelated outputs. */
export function mix32(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** Turns a label into 32 bits, to give every part of a world its own stream of chance. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mix32(hash);
}

/** Starts a stream of chance from a seed and a label. */
export function seededRandom(seed: number, label: string): Random {
  let counter = mix32(seed) ^ hash32(label);
  let carry = mix32(counter ^ 0x9e3779b9);
  const next = (): number => {
    counter = (counter + 0x9e3779b9) | 0;
    carry = mix32(carry ^ counter);
    return carry / 0x1_0000_0000;
  };
  return {
    next,
    int: (below) => Math.floor(next() * below),
    chance: (probability) => next() < probability,
    pick: (list) => {
      const item = list[Math.floor(next() * list.length)];
      if (item === undefined) throw new Error('pick from an empty list');
      return item;
    },
  };
}
