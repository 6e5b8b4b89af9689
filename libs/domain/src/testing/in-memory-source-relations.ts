import type { AdministrationId, SourceRelationId, SyncRunId } from '../kernel/index.js';
import type { MatchRecord } from '../relations/matching/index.js';
import {
  isExactly,
  sharedFieldNames,
  type AccountScope,
  type Comparable,
  type SharedField,
  type SharedValues,
  type SourceRelation,
  type SourceRelations,
} from '../relations/index.js';
import type { InMemoryLinks } from './in-memory-links.js';

interface Row {
  readonly source: SourceRelation;
  readonly ibans: readonly string[];
  readonly changedInRun: SyncRunId | null;
}

/** Accounts in memory, for specs. `put` stands for what fetching does. */
export class InMemorySourceRelations implements SourceRelations {
  private readonly rows = new Map<SourceRelationId, Row>();
  /** Accounts whose bank accounts nobody compared since they changed. */
  private readonly withNewNumbers = new Set<SourceRelationId>();
  /** How many rows were written through the port: a resync without changes writes none. */
  written = 0;

  constructor(private readonly links: InMemoryLinks) {
    links.isPresent = (id, scope) => {
      const row = this.rows.get(id);
      return row !== undefined && isPresentIn(row, scope);
    };
  }

  /** Stores an account as a run fetched it; the first change since a comparison keeps what was said before as its base. */
  put(source: SourceRelation, changedInRun: SyncRunId | null = null, ibans: readonly string[] = []): void {
    const known = this.rows.get(source.id)?.source;
    const before = known && (known.base ?? known.fields.shared);
    const base = before && !saysExactly(before, source.fields.shared) ? before : (known?.base ?? source.base);
    this.rows.set(source.id, { source: { ...source, base }, ibans, changedInRun });
  }

  /** Stores the bank accounts of an account that is there, as a run fetched them. */
  putNumbers(id: SourceRelationId, ibans: readonly string[]): void {
    const row = this.rows.get(id);
    if (!row) throw new Error(`no account ${id}`);
    this.rows.set(id, { ...row, ibans });
    this.withNewNumbers.add(id);
  }

  all(): SourceRelation[] {
    return this.sorted().map((row) => row.source);
  }

  async findRecords(
    after: SourceRelationId | null,
    limit: number,
    scope: AccountScope | null = null,
  ): Promise<MatchRecord[]> {
    return this.present(after, scope).slice(0, limit).map(recordOf);
  }

  async findUnlinkedRecords(after: SourceRelationId | null, limit: number): Promise<MatchRecord[]> {
    return this.unlinked(after).slice(0, limit).map(recordOf);
  }

  async findUnlinkedByName(after: SourceRelationId | null, limit: number): Promise<SourceRelationId[]> {
    const places = this.unlinked(null).map(placeByName).sort();
    const row = after && this.all().find(({ id }) => id === after);
    if (after && !row) return [];
    const from = row ? placeByName({ source: row }) : '';
    return places
      .filter((place) => place > from)
      .slice(0, limit)
      .map((place) => place.split(' ')[1] as SourceRelationId); // as put together
  }

  async countPresent(): Promise<ReadonlyMap<AdministrationId, number>> {
    const rows = Map.groupBy(this.present(null, null), ({ source }) => source.administrationId);
    return new Map([...rows].map(([id, own]) => [id, own.length]));
  }

  async findNth(administrationId: AdministrationId, nth: number): Promise<SourceRelationId | undefined> {
    return this.present(null, { administrationIds: [administrationId], upTo: null })[nth - 1]?.source.id;
  }

  async countUnlinked(): Promise<number> {
    return this.unlinked(null).length;
  }

  async findUnlinked(after: SourceRelationId | null, limit: number): Promise<SourceRelation[]> {
    return this.unlinked(after)
      .slice(0, limit)
      .map(({ source }) => source);
  }

  async findComparablesOf(ids: readonly SourceRelationId[]): Promise<Comparable[]> {
    const wanted = this.sorted().filter(
      ({ source }) => source.state === 'present' && ids.includes(source.id),
    );
    return Promise.all(wanted.map((row) => this.comparableOf(row)));
  }

  async findMany(ids: readonly SourceRelationId[]): Promise<SourceRelation[]> {
    return this.all().filter((source) => ids.includes(source.id));
  }

  async findManyForUpdate(ids: readonly SourceRelationId[]): Promise<SourceRelation[]> {
    return this.findMany(ids);
  }

  async findChangedIn(
    runId: SyncRunId,
    after: SourceRelationId | null,
    limit: number,
  ): Promise<SourceRelationId[]> {
    return this.sorted()
      .filter((row) => row.changedInRun === runId || row.source.base !== null)
      .filter((row) => row.source.id > (after ?? ''))
      .slice(0, limit)
      .map(({ source }) => source.id);
  }

  async findUnmergedIn(
    runId: SyncRunId,
    after: SourceRelationId | null,
    limit: number,
  ): Promise<SourceRelationId[]> {
    const changed = await this.findChangedIn(runId, after, Number.MAX_SAFE_INTEGER);
    const unmerged: SourceRelationId[] = [];
    for (const source of await this.findMany(changed)) {
      const links = await this.links.findOfSources([source.id]);
      const state = source.state === 'present' ? 'linked' : 'deleted';
      const isStale = links.some((link) => link.state !== state);
      if (links.length > 0 && (isStale || (source.state === 'present' && differs(source))))
        unmerged.push(source.id);
    }
    return unmerged.slice(0, limit);
  }

  async findWithNewNumbers(after: SourceRelationId | null, limit: number): Promise<SourceRelationId[]> {
    const changed = this.present(after, null).filter(({ source }) => this.withNewNumbers.has(source.id));
    const linked: SourceRelationId[] = [];
    for (const { source } of changed)
      if ((await this.links.findOfSources([source.id])).some(({ state }) => state === 'linked'))
        linked.push(source.id);
    return linked.slice(0, limit);
  }

  async acceptAsBase(ids: readonly SourceRelationId[]): Promise<void> {
    for (const id of ids) {
      const row = this.rows.get(id);
      if (!row || row.source.base === null) continue;
      this.rows.set(id, { ...row, source: { ...row.source, base: null } });
      this.written += 1;
    }
  }

  private unlinked(after: SourceRelationId | null): Row[] {
    const linked = new Set(this.links.all().map((link) => link.sourceRelationId));
    return this.present(after, null).filter(({ source }) => !linked.has(source.id));
  }

  private present(after: SourceRelationId | null, scope: AccountScope | null): Row[] {
    return this.sorted().filter((row) => row.source.id > (after ?? '') && isPresentIn(row, scope));
  }

  private sorted(): Row[] {
    return [...this.rows.values()].sort((one, other) => (one.source.id < other.source.id ? -1 : 1));
  }

  private async comparableOf(row: Row): Promise<Comparable> {
    const [link] = await this.links.findOfSources([row.source.id]);
    return { record: recordOf(row), relationId: link?.relationId ?? null };
  }
}

function isPresentIn({ source: { id, state, administrationId } }: Row, scope: AccountScope | null): boolean {
  if (state !== 'present' || !scope) return state === 'present';
  return scope.administrationIds.includes(administrationId) && (scope.upTo === null || id <= scope.upTo);
}

function recordOf({ source, ibans }: Row): MatchRecord {
  const { address, ...shared } = source.fields.shared;
  return {
    id: source.id,
    administrationId: source.administrationId,
    code: source.fields.local.code,
    ...shared,
    ibans,
    addressLine1: address?.line1 ?? null,
    postcode: address?.postcode ?? null,
    city: address?.city ?? null,
    country: address?.country ?? null,
    isBlocked: source.isBlocked,
    isOwnCompany: source.isOwnCompany,
  };
}

function differs({ base, fields }: SourceRelation): boolean {
  return base !== null && !saysExactly(base, fields.shared);
}

/** Whether two sets of shared values are equal to the letter. */
export function saysExactly(one: SharedValues, other: SharedValues): boolean {
  return sharedFieldNames.every((field: SharedField) => isExactly(one[field], other[field]));
}

function placeByName({ source }: { readonly source: SourceRelation }): string {
  const letters = source.fields.shared.name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return `${letters} ${source.id}`;
}
