import type { SourceRelationId } from '@koppel/domain/kernel';

const bucketBits = 13;
const hashBits = 53;
const bucketDivisor = 2 ** (hashBits - bucketBits);
const idBytes = 16;
/** The lower 32 bits of the hash, and the account's id. */
const entryBytes = 4 + idBytes;

/** The hashed keys of one account, each once. */
export interface HashedKeys {
  readonly sourceRelationId: SourceRelationId;
  readonly hashes: readonly number[];
}

/** Entries of keys whose hashes begin alike. */
export interface PackedBucket {
  readonly bucket: number;
  readonly entries: Buffer;
}

/** Where a key's entries stand: the first bits of its hash. */
export function bucketOf(hash: number): number {
  return Math.floor(hash / bucketDivisor);
}

/** Packs keys into buckets, in the order of the buckets. */
export function packKeys(sources: readonly HashedKeys[]): PackedBucket[] {
  const sizes = new Map<number, number>();
  for (const { hashes } of sources)
    for (const hash of hashes) sizes.set(bucketOf(hash), (sizes.get(bucketOf(hash)) ?? 0) + 1);
  const order = [...sizes.keys()].sort((one, other) => one - other);
  const bytes = Buffer.allocUnsafe([...sizes.values()].reduce((sum, size) => sum + size, 0) * entryBytes);
  const ends = new Map<number, number>();
  let at = 0;
  for (const bucket of order) {
    ends.set(bucket, at);
    at += (sizes.get(bucket) ?? 0) * entryBytes;
  }
  for (const { sourceRelationId, hashes } of sources) {
    const id = idOf(sourceRelationId);
    for (const hash of hashes)
      ends.set(bucketOf(hash), writeEntry(bytes, ends.get(bucketOf(hash)) ?? 0, { hash, id }));
  }
  return order.map((bucket) => {
    const end = ends.get(bucket) ?? 0;
    return { bucket, entries: bytes.subarray(end - (sizes.get(bucket) ?? 0) * entryBytes, end) };
  });
}

/** The accounts that have the key, each once. */
export function sharersIn(
  buckets: ReadonlyMap<number, readonly Buffer[]>,
  hash: number,
): Set<SourceRelationId> {
  const found = new Set<SourceRelationId>();
  const low = lowBitsOf(hash);
  for (const entries of buckets.get(bucketOf(hash)) ?? [])
    for (let at = 0; at + entryBytes <= entries.length; at += entryBytes)
      if (entries.readUInt32BE(at) === low) found.add(textOf(entries.subarray(at + 4, at + entryBytes)));
  return found;
}

function writeEntry(
  bytes: Buffer,
  at: number,
  entry: { readonly hash: number; readonly id: Buffer },
): number {
  bytes.writeUInt32BE(lowBitsOf(entry.hash), at);
  entry.id.copy(bytes, at + 4);
  return at + entryBytes;
}

function lowBitsOf(hash: number): number {
  return hash % 2 ** 32;
}

function idOf(id: SourceRelationId): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

function textOf(id: Buffer): SourceRelationId {
  const hex = id.toString('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return parts.join('-') as SourceRelationId; // written by packKeys
}
