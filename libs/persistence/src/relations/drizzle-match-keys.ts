import { sql, type SQL } from 'drizzle-orm';
import type { SourceRelationId, SyncRunId, TenantId } from '@koppel/domain/kernel';
import type { KeysOfSource, MatchKeys, SharerBounds, Sharers } from '@koppel/domain/relations';
import type { Tx } from '../database.js';
import { executePrepared } from '../prepared.js';
import { portionsOf } from './arrays.js';
import { AskedPlaces } from './asked-places.js';
import {
  forEachEntry,
  idAt,
  packKeys,
  placeIn,
  placeOf,
  Scratch,
  type HashedKeys,
  type PackedBucket,
} from './packed-keys.js';
import { NumberedIds, SharersFound, SharersOfPlace } from './sharers-found.js';

/** About a hundred kilobytes of entries in hex, of a portion of 20,000 accounts. */
const bucketsPerStatement = 128;
/** At a million accounts some five megabytes of entries, twice that as text. */
const bucketsPerLookUp = 64;
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
    const asked = new AskedPlaces(hashed);
    for (const buckets of portionsOf(asked.buckets(), bucketsPerLookUp))
      await this.forEachBucket(buckets, (bucket, entries) => {
        const wanted = asked.askersIn(bucket);
        forEachEntry(entries, (low, at) => {
          if (wanted.has(low)) known.get(idAt(entries, at))?.add(placeIn(bucket, low));
        });
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
    const asked = new AskedPlaces(hashed);
    const ids = new NumberedIds();
    const found = new SharersFound(hashed.length, ids);
    for (const buckets of portionsOf(asked.buckets(), bucketsPerLookUp)) {
      const places = new Map(
        buckets.map((bucket) => [bucket, placesOf(asked.askersIn(bucket), ids, bounds)]),
      );
      await this.forEachBucket(buckets, (bucket, entries) => {
        const here = places.get(bucket);
        forEachEntry(entries, (low, at) => here?.get(low)?.sharers.add(entries, at));
      });
      for (const here of places.values())
        for (const { askers, sharers } of here.values()) found.add(askers, sharers);
    }
    return new Map(
      hashed.map(({ sourceRelationId: id }, asker) => [id, found.besides(asker, id, bounds.limit)]),
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

  /** Calls `visit` with the entries of these buckets, which are gone afterwards. All of a large tenant would be hundreds of megabytes. */
  private async forEachBucket(
    buckets: readonly number[],
    visit: (bucket: number, entries: Buffer) => void,
  ): Promise<void> {
    const scratch = new Scratch();
    // As text, which is read into one and the same piece of memory: thousands of small pieces outside the heap come back late.
    const rows = await this.tx.execute<{ bucket: number; entries: string }>(sql`
      select bucket, encode(entries, 'hex') as entries from match_key_buckets
      where tenant_id = ${this.tenantId}::uuid and bucket = any(${`{${buckets.join(',')}}`}::int[])`);
    for (const { bucket, entries } of rows) visit(bucket, scratch.read(entries));
  }

  private hash(sources: readonly KeysOfSource[]): HashedKeys[] {
    return sources.map(({ sourceRelationId, keys }) => ({
      sourceRelationId,
      hashes: onceEach(keys),
    }));
  }
}

interface AskedPlace {
  readonly askers: readonly number[];
  readonly sharers: SharersOfPlace;
}

function placesOf(
  asked: ReadonlyMap<number, readonly number[]>,
  ids: NumberedIds,
  bounds: SharerBounds,
): Map<number, AskedPlace> {
  const places = [...asked].map(([low, askers]): [number, AskedPlace] => [
    low,
    { askers, sharers: new SharersOfPlace(ids, bounds) },
  ]);
  return new Map(places);
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
