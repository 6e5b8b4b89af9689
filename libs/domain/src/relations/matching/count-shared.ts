import { applyShared, countStems, sharedKey, sharedValuesOf } from './exclusivity.js';
import type { Features } from './features.js';
import { hashText } from './key-index.js';

/**
 * Counts over all records how many different name stems use each phone, mailbox, domain, bank account and address, and
 * writes the counts into the records' features.
 */
export function countShared(records: readonly Features[]): void {
  const users = collectUsers(records);
  const counts = new Map<number, number>();
  forEachValue(users, (hash, members) => {
    const stems = new Set(members.map((r) => records[r]?.names[0]?.stem ?? ''));
    if (stems.size < 2) return;
    const count = countStems(stems);
    if (count > 1) counts.set(hash, count);
  });
  if (counts.size === 0) return;
  const stemsUsing = (kind: Parameters<typeof sharedKey>[0], value: string): number =>
    counts.get(hashText(sharedKey(kind, value))) ?? 1;
  for (const features of records) applyShared(features, stemsUsing);
}

interface Users {
  readonly hashes: Float64Array;
  readonly order: Uint32Array;
  readonly recordOf: Int32Array;
}

// Only the first name of a record speaks for it; values are hashed, so that a million records need no million strings.
function collectUsers(records: readonly Features[]): Users {
  const hashes: number[] = [];
  const recordOf: number[] = [];
  for (let r = 0; r < records.length; r++) {
    const features = records[r];
    if (!features || features.names.length === 0) continue;
    for (const { kind, value } of sharedValuesOf(features)) {
      hashes.push(hashText(sharedKey(kind, value)));
      recordOf.push(r);
    }
  }
  const keys = Float64Array.from(hashes);
  const order = Uint32Array.from(hashes.keys()).sort((x, y) => (keys[x] ?? 0) - (keys[y] ?? 0));
  return { hashes: keys, order, recordOf: Int32Array.from(recordOf) };
}

function forEachValue(users: Users, visit: (hash: number, members: number[]) => void): void {
  const members: number[] = [];
  let current = -1;
  for (const position of users.order) {
    const hash = users.hashes[position] ?? 0;
    if (hash !== current) {
      if (members.length > 1) visit(current, members);
      members.length = 0;
      current = hash;
    }
    members.push(users.recordOf[position] ?? 0);
  }
  if (members.length > 1) visit(current, members);
}
