import { sql, type SQL } from 'drizzle-orm';
import type { SourceRelationId, SyncRunId, TenantId } from '@koppel/domain/kernel';
import type { KeysOfSource, MatchKeys } from '@koppel/domain/relations';
import type { Tx } from '../database.js';
import { executePrepared } from '../prepared.js';
import { portionsOf } from './arrays.js';
import { bucketOf, packKeys, sharersIn, type HashedKeys, type PackedBucket } from './packed-keys.js';

/** About a hundred kilobytes of entries in hex, of a portion of 20,000 accounts. */
const bucketsPerStatement = 128;
const fewKeys = 64;

interface Portion {
  readonly runId: SyncRunId;
  readonly firstSourceId: SourceRelationId;
  readonly packed: readonly PackedBucket[];
}

/** What becomes of a portion's entries that are there: all entries are given again, or more. */
const replaced = sql`excluded.entries`;
const appended = sql`match_key_buckets.entries || excluded.entries`;

/** Candidate keys over Postgres, packed by their first bits. */
export class DrizzleMatchKeys implements MatchKeys {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async addMany(runId: SyncRunId, sources: readonly KeysOfSource[]): Promise<void> {
    const hashed = this.hash(sources);
    const known = await this.read(hashed);
    const fresh = hashed.map(({ sourceRelationId, hashes }) => ({
      sourceRelationId,
      hashes: hashes.filter((hash) => !sharersIn(known, hash).has(sourceRelationId)),
    }));
    await this.putPacked(runId, fresh, appended);
  }

  async putPortion(runId: SyncRunId, sources: readonly KeysOfSource[]): Promise<void> {
    await this.putPacked(runId, this.hash(sources), replaced);
  }

  async forgetBefore(runId: SyncRunId): Promise<void> {
    await this.tx.execute(sql`delete from match_key_buckets where run_id < ${runId}::uuid`);
  }

  async findSharers(
    of: readonly KeysOfSource[],
    { sharersMax, limit }: { readonly sharersMax: number; readonly limit: number },
  ): Promise<Map<SourceRelationId, SourceRelationId[]>> {
    const hashed = this.hash(of);
    const known = await this.read(hashed);
    return new Map(
      hashed.map(({ sourceRelationId, hashes }) => {
        const few = hashes.map((hash) => sharersIn(known, hash)).filter(({ size }) => size <= sharersMax);
        const others = new Set(few.flatMap((sharers) => [...sharers]));
        others.delete(sourceRelationId);
        return [sourceRelationId, [...others].sort().slice(0, limit)];
      }),
    );
  }

  private async putPacked(runId: SyncRunId, sources: readonly HashedKeys[], onConflict: SQL): Promise<void> {
    const first = sources[0];
    if (!first) return;
    for (const packed of portionsOf(packKeys(sources), bucketsPerStatement))
      await this.put({ runId, firstSourceId: first.sourceRelationId, packed }, onConflict);
  }

  private async put({ runId, firstSourceId, packed }: Portion, onConflict: SQL): Promise<void> {
    const buckets = `{${packed.map(({ bucket }) => bucket).join(',')}}`;
    const entries = `{${packed.map((one) => `"\\\\x${one.entries.toString('hex')}"`).join(',')}}`;
    await executePrepared(
      this.tx,
      sql`
      insert into match_key_buckets (tenant_id, bucket, run_id, first_source_id, entries)
      select ${this.tenantId}::uuid, r.bucket, ${runId}::uuid, ${firstSourceId}::uuid, r.entries
      from unnest(${buckets}::int[], ${entries}::bytea[]) as r(bucket, entries)
      on conflict (tenant_id, bucket, run_id, first_source_id) do update set entries = ${onConflict}`,
    );
  }

  /** What is there of the buckets of some keys. */
  private async read(hashed: readonly HashedKeys[]): Promise<Map<number, Buffer[]>> {
    const wanted = new Set(hashed.flatMap(({ hashes }) => hashes.map(bucketOf)));
    if (wanted.size === 0) return new Map();
    const rows = await this.tx.execute<{ bucket: number; entries: Buffer }>(sql`
      select bucket, entries from match_key_buckets
      where tenant_id = ${this.tenantId}::uuid and bucket = any(${`{${[...wanted].join(',')}}`}::int[])`);
    const known = new Map<number, Buffer[]>();
    for (const { bucket, entries } of rows) known.set(bucket, [...(known.get(bucket) ?? []), entries]);
    return known;
  }

  private hash(sources: readonly KeysOfSource[]): HashedKeys[] {
    return sources.map(({ sourceRelationId, keys }) => ({
      sourceRelationId,
      hashes: onceEach(keys),
    }));
  }
}

/** Some thirty keys at most of nearly every account: looking through them is quicker than a set, which many would want. */
function onceEach(keys: ArrayLike<number>): readonly number[] {
  if (keys.length > fewKeys) return [...new Set(Array.from(keys))];
  const once: number[] = [];
  for (let at = 0; at < keys.length; at += 1) {
    const key = keys[at];
    if (key !== undefined && !once.includes(key)) once.push(key);
  }
  return once;
}
