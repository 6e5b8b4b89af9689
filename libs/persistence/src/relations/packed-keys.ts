import type { SourceRelationId } from '@koppel/domain/kernel';

const bucketBits = 13;
const buckets = 2 ** bucketBits;
const hashBits = 53;
const bucketDivisor = 2 ** (hashBits - bucketBits);
const lowBits = 2 ** 32;
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
  const ends = entryStartsOf(sources).map((entries) => entries * entryBytes);
  const starts = ends.slice();
  const bytes = Buffer.allocUnsafe(starts[buckets] ?? 0);
  for (const { sourceRelationId, hashes } of sources) {
    const id = wordsOf(sourceRelationId);
    for (const hash of hashes) {
      const bucket = bucketOf(hash);
      ends[bucket] = writeEntry(bytes, ends[bucket] ?? 0, { hash, id });
    }
  }
  const packed: PackedBucket[] = [];
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const entries = bytes.subarray(starts[bucket], ends[bucket]);
    if (entries.length > 0) packed.push({ bucket, entries });
  }
  return packed;
}

/** Where the entries of each bucket begin, and after the last one where all end. */
export function entryStartsOf(sources: readonly HashedKeys[]): Uint32Array {
  const starts = new Uint32Array(buckets + 1);
  for (const { hashes } of sources)
    for (const hash of hashes) {
      const after = bucketOf(hash) + 1;
      starts[after] = (starts[after] ?? 0) + 1;
    }
  for (let at = 1; at <= buckets; at += 1) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0);
  return starts;
}

/** As much of a key as is kept: keys that agree in it are one. */
export function placeOf(hash: number): number {
  return placeIn(bucketOf(hash), lowBitsOf(hash));
}

/** The place of a key by what is kept of it. */
export function placeIn(bucket: number, low: number): number {
  return bucket * lowBits + low;
}

/** Memory into which one bucket's entries after the other are read. */
export class Scratch {
  private bytes = Buffer.alloc(0);

  /** The bytes that hex digits stand for; until the next call. */
  read(hex: string): Buffer {
    const length = hex.length / 2;
    if (this.bytes.length < length) this.bytes = Buffer.allocUnsafe(length * 2);
    this.bytes.write(hex, 'hex');
    return this.bytes.subarray(0, length);
  }
}

/** Calls `visit` for each entry with its key's lower bits and where its account stands. */
export function forEachEntry(entries: Buffer, visit: (low: number, idAt: number) => void): void {
  for (let at = 0; at + entryBytes <= entries.length; at += entryBytes)
    visit(entries.readUInt32BE(at), at + 4);
}

/** The account that stands there in packed entries. */
export function idAt(entries: Buffer, at: number): SourceRelationId {
  const hex = entries.toString('hex', at, at + idBytes);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return parts.join('-') as SourceRelationId; // written by packKeys
}

/** An account's id as it stands in packed entries. */
export function bytesOf(id: SourceRelationId): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

function writeEntry(
  bytes: Buffer,
  at: number,
  { hash, id }: { readonly hash: number; readonly id: readonly number[] },
): number {
  let end = bytes.writeUInt32BE(lowBitsOf(hash), at);
  for (const word of id) end = bytes.writeUInt32BE(word, end);
  return end;
}

/** What is kept of a key beside its bucket. */
export function lowBitsOf(hash: number): number {
  return hash % lowBits;
}

/** A uuid as numbers of 32 bits. */
function wordsOf(id: SourceRelationId): readonly number[] {
  const hex = id.replaceAll('-', '');
  return [0, 8, 16, 24].map((at) => Number.parseInt(hex.slice(at, at + 8), 16));
}
