import { sql, type SQL } from 'drizzle-orm';
import type { SourceRelationId, SyncRunId, TenantId } from '@koppel/domain/kernel';
import type { KeysOfSource, MatchKeys, SharerBounds, Sharers } from '@koppel/domain/relations';
import type { Tx } from '../database.js';
import { executePrepared } from '../prepared.js';
import { portionsOf } from './arrays.js';
import {
  bucketOf,
  forEachEntry,
  packKeys,
  placeOf,
  Scratch,
  type HashedKeys,
  type PackedBucket,
} from './packed-keys.js';
import { nobody, NumberedIds, SharersFound, shownOf } from './sharers-found.js';

/** About a hundred kilobytes of entries in hex, of a portion of 20,000 accounts. */
const bucketsPerStatement = 128;
/** Under three megabytes of entries in some thousands of rows at a million accounts. */
const bucketsPerLookUp = 128;
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
    const known = new Map(hashed.map(({ sourceRelationId }) => [sourceRelationId, new Set<number>()]));
    const ids = new NumberedIds();
    await this.lookUp(hashed, ids, (place, sharers) => {
      for (const number of sharers) known.get(ids.idOf(number))?.add(place);
    });
    const fresh = hashed.map(({ sourceRelationId, hashes }) => ({
      sourceRelationId,
      hashes: hashes.filter((hash) => !known.get(sourceRelationId)?.has(placeOf(hash))),
    }));
    await this.putPacked(runId, fresh, appended);
  }

  async putPortion(runId: SyncRunId, sources: readonly KeysOfSource[]): Promise<void> {
    await this.putPacked(runId, this.hash(sources), replaced);
  }

  async forgetBefore(runId: SyncRunId): Promise<void> {
    await this.tx.execute(sql`delete from match_key_buckets where run_id < ${runId}::uuid`);
  }

  async findSharers(of: readonly KeysOfSource[], bounds: SharerBounds): Promise<Sharers> {
    const hashed = this.hash(of);
    const found = hashed.map(() => new SharersFound());
    const askedBy = new Map<number, SharersFound | SharersFound[]>();
    for (const [at, { hashes }] of hashed.entries())
      for (const place of hashes.map(placeOf)) {
        const known = askedBy.get(place);
        const own = found[at];
        if (!own) continue;
        if (Array.isArray(known)) known.push(own);
        else askedBy.set(place, known ? [known, own] : own);
      }
    const ids = new NumberedIds();
    await this.lookUp(hashed, ids, (place, sharers) => {
      const shown = shownOf(sharers, ids, bounds);
      for (const one of [askedBy.get(place) ?? []].flat()) one.add(shown);
    });
    return new Map(
      hashed.map(({ sourceRelationId: id }, at) => [id, found[at]?.besides(id, ids, bounds.limit) ?? nobody]),
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

  /** Calls `visit` with the accounts, as numbers, of each place among the keys that has any. Some buckets at a time: all keys of a large tenant would be hundreds of megabytes. */
  private async lookUp(
    hashed: readonly HashedKeys[],
    ids: NumberedIds,
    visit: (place: number, sharers: ReadonlySet<number>) => void,
  ): Promise<void> {
    const places = new Set(hashed.flatMap(({ hashes }) => hashes.map(placeOf)));
    const buckets = new Set(hashed.flatMap(({ hashes }) => hashes.map(bucketOf)));
    const inOrder = [...buckets].sort((one, other) => one - other);
    for (const portion of portionsOf(inOrder, bucketsPerLookUp)) {
      const sharers = new Map<number, Set<number>>();
      const scratch = new Scratch();
      // As text, which is read into one and the same piece of memory: thousands of small pieces outside the heap come back late.
      const rows = await this.tx.execute<{ bucket: number; entries: string }>(sql`
        select bucket, encode(entries, 'hex') as entries from match_key_buckets
        where tenant_id = ${this.tenantId}::uuid and bucket = any(${`{${portion.join(',')}}`}::int[])`);
      for (const { bucket, entries } of rows)
        forEachEntry({ bucket, entries: scratch.read(entries) }, places, (place, id) => {
          const known = sharers.get(place);
          if (known) known.add(ids.numberOf(id));
          else sharers.set(place, new Set([ids.numberOf(id)]));
        });
      for (const [place, numbers] of sharers) visit(place, numbers);
    }
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
