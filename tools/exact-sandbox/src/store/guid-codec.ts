import { mix32 } from '../random.js';

/** What a GUID of the sandbox stands for. */
export interface RecordAddress {
  /** Number of the record kind, 0..31. */
  readonly kind: number;
  /** Number of the division in the world, 0..1023. */
  readonly division: number;
  /** Row number in its table, 0..2^25-1. */
  readonly row: number;
}

const HALF_BITS = 20;
const HALF_MASK = 0xfffff;
const ROUNDS = 4;
const ROW_LOW_BITS = 5;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * Makes GUIDs that carry their own address, so that a million records need no index by GUID: forty bits are a keyed
 * shuffle of kind, division and row, the rest is a check. They look random, and sort randomly.
 */
export class GuidCodec {
  private readonly keys: readonly number[];

  constructor(private readonly seed: number) {
    this.keys = Array.from({ length: ROUNDS }, (_, round) => mix32(seed ^ Math.imul(round + 1, 0x9e3779b1)));
  }

  /** A whole number below 2^40 that sorts as the GUID's text does. */
  sortKey(kind: number, division: number, row: number): number {
    let left = (kind << 15) | (division << ROW_LOW_BITS) | (row & 31);
    let right = row >>> ROW_LOW_BITS;
    for (const key of this.keys) {
      const next = left ^ (mix32(right ^ key) & HALF_MASK);
      left = right;
      right = next;
    }
    return left * (HALF_MASK + 1) + right;
  }

  encode(kind: number, division: number, row: number): string {
    return this.fromSortKey(this.sortKey(kind, division, row));
  }

  /** The address in a GUID, or undefined when this world never gave it out. */
  decode(guid: string): RecordAddress | undefined {
    const sortKey = Number.parseInt(guid.slice(0, 8) + guid.slice(9, 11), 16);
    if (Number.isNaN(sortKey) || this.fromSortKey(sortKey) !== guid.toLowerCase()) return undefined;
    return this.addressOf(sortKey);
  }

  /** The row number behind a sort key. */
  rowOf(sortKey: number): number {
    return this.addressOf(sortKey).row;
  }

  private addressOf(sortKey: number): RecordAddress {
    let left = Math.floor(sortKey / (HALF_MASK + 1));
    let right = sortKey % (HALF_MASK + 1);
    for (let round = ROUNDS - 1; round >= 0; round -= 1) {
      const previous = right ^ (mix32(left ^ (this.keys[round] ?? 0)) & HALF_MASK);
      right = left;
      left = previous;
    }
    const row = right * 32 + (left & 31);
    return { kind: left >>> 15, division: (left >>> ROW_LOW_BITS) & 0x3ff, row };
  }

  private fromSortKey(sortKey: number): string {
    const high = Math.floor(sortKey / 256) >>> 0;
    const low = sortKey % 256;
    const a = mix32(high ^ Math.imul(low + 1, 0x85ebca6b) ^ this.seed);
    const b = mix32(a ^ high);
    const c = mix32(b ^ (low << HALF_BITS));
    return (
      `${word(high)}-${HEX[low] ?? ''}${HEX[a & 255] ?? ''}-4${word(a).slice(2, 5)}-` +
      `${(8 + (b & 3)).toString(16)}${word(b).slice(0, 3)}-${word(c)}${word(a ^ c).slice(4)}`
    );
  }
}

function word(value: number): string {
  const bits = value >>> 0;
  return (
    (HEX[bits >>> 24] ?? '') +
    (HEX[(bits >>> 16) & 255] ?? '') +
    (HEX[(bits >>> 8) & 255] ?? '') +
    (HEX[bits & 255] ?? '')
  );
}
