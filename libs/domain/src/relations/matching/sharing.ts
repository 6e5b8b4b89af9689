import type { Features } from './features.js';
import { hashText } from './hash-text.js';
import type { SharedKind } from './match-record.js';

/** A hash of its own for every kind, so that one text as a domain and as something else are two values. */
export const seeds: Readonly<Record<SharedKind, number>> = {
  phone: 1,
  mail: 2,
  domain: 3,
  address: 4,
  iban: 5,
};

/** The values of a record that others may share. */
export function forEachShared(features: Features, visit: (kind: SharedKind, value: string) => void): void {
  if (features.phone) visit('phone', features.phone);
  if (features.email) visit('mail', features.email);
  if (features.domain) visit('domain', features.domain);
  if (features.addressKey) visit('address', features.addressKey);
  for (const iban of features.ibans) visit('iban', iban);
}

interface Users {
  /** Full hash of each use of a value, and the record that uses it. */
  readonly hashes: Float64Array;
  readonly recordOf: Int32Array;
}

// Only the first name of a record speaks for it; values are hashed, so that a million records need no million strings.
function collectUsers(records: readonly Features[]): Users {
  let capacity = 0;
  for (const features of records) if (features.names.length > 0) capacity += 4 + features.ibans.length;
  const hashes = new Float64Array(capacity);
  const recordOf = new Int32Array(capacity);
  let at = 0;
  for (let r = 0; r < records.length; r++) {
    const features = records[r];
    if (!features || features.names.length === 0) continue;
    forEachShared(features, (kind, value) => {
      hashes[at] = hashText(value, seeds[kind]);
      recordOf[at++] = r;
    });
  }
  return { hashes: hashes.subarray(0, at), recordOf: recordOf.subarray(0, at) };
}

/** Who shares a phone, mailbox, domain, address or account: found once, and walked through as often as needed. */
export class Sharing {
  /** Sorted by value: the upper bits of its hash, and the number of the use. */
  readonly #packed: Float64Array;
  readonly #unit: number;
  readonly #users: Users;

  constructor(records: readonly Features[]) {
    this.#users = collectUsers(records);
    const { hashes } = this.#users;
    const unit = 2 ** Math.ceil(Math.log2(hashes.length + 1));
    this.#unit = unit;
    this.#packed = new Float64Array(hashes.length);
    for (let e = 0; e < hashes.length; e++) this.#packed[e] = Math.floor((hashes[e] ?? 0) / unit) * unit + e;
    this.#packed.sort();
  }

  /** Visits the records of every value that two or more of them use: positions, smallest first. */
  forEach(visit: (members: readonly number[], hash: number) => void): void {
    const packed = this.#packed;
    const perUnit = 1 / this.#unit; // a power of two, so exact
    const upper = (at: number): number => Math.floor((packed[at] ?? 0) * perUnit);
    let start = 0;
    for (let i = 1; i <= packed.length; i++) {
      if (i < packed.length && upper(i) === upper(start)) continue;
      if (i - start > 1) {
        const base = upper(start) * this.#unit;
        const entries = Array.from(packed.subarray(start, i), (value) => value - base);
        visitExact(entries, { ...this.#users, visit });
      }
      start = i;
    }
  }
}

// Equal in the upper bits is nearly always equal; the whole hash decides.
function visitExact(
  entries: readonly number[],
  { hashes, recordOf, visit }: Users & { visit: (members: readonly number[], hash: number) => void },
): void {
  const first = hashes[entries[0] ?? 0] ?? 0;
  const same = entries.filter((entry) => hashes[entry] === first);
  if (same.length > 1)
    visit(
      same.map((entry) => recordOf[entry] ?? 0),
      first,
    );
  if (same.length === entries.length) return;
  visitExact(
    entries.filter((entry) => hashes[entry] !== first),
    { hashes, recordOf, visit },
  );
}
