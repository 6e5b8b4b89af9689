import type { AdministrationId, SourceRelationId, SyncRunId } from '../kernel/index.js';
import type { PartFields, PartReadBack, PartRef, SourcePart, SourceParts } from '../relations/index.js';
import type { PartKind, PartRow, StoreContext } from '../sync/index.js';

interface Row {
  readonly ref: PartRef;
  readonly part: PartRow;
  readonly base: SourcePart['base'];
  readonly state: 'present' | 'deleted';
  readonly seenInRun: SyncRunId | null;
  /** Of a part that Koppel made and nobody has fetched yet. */
  readonly madeFor?: SourceRelationId | null;
  /** What was written last, and when that was read back. */
  readonly written?: PartFields | undefined;
  readonly writtenAt?: Date | undefined;
}

type AccountLookup = (
  administrationId: AdministrationId,
  accountExactId: string,
) => SourceRelationId | undefined;

/** Parts of accounts in memory, for specs. `upsert` is what fetching does. */
export class InMemorySourceParts implements SourceParts {
  private readonly rows = new Map<string, Row>();

  constructor(private readonly accountOf: AccountLookup) {}

  async findUncompared(limit: number, outside: readonly AdministrationId[] = []): Promise<SourcePart[]> {
    return this.present()
      .filter(({ base, administrationId }) => base !== null && !outside.includes(administrationId))
      .slice(0, limit);
  }

  async findOfAccounts(ids: readonly SourceRelationId[]): Promise<SourcePart[]> {
    return this.present().filter(
      ({ sourceRelationId }) => sourceRelationId && ids.includes(sourceRelationId),
    );
  }

  async find(ref: PartRef): Promise<SourcePart | undefined> {
    const row = this.rows.get(keyOf(ref));
    return row?.state === 'present' ? this.toPart(row) : undefined;
  }

  async findMany(refs: readonly PartRef[]): Promise<SourcePart[]> {
    const keys = new Set(refs.map(keyOf));
    return this.present().filter((part) => keys.has(keyOf(part)));
  }

  async acceptAsBase(parts: readonly SourcePart[]): Promise<void> {
    for (const part of parts) {
      const row = this.rows.get(keyOf(part));
      if (row && sameFields(row.part.fields, part.fields)) this.rows.set(keyOf(part), { ...row, base: null });
    }
  }

  async storeReadBack(part: PartReadBack, now: Date): Promise<void> {
    const { administrationId, kind, exactId, fields, base, modifiedAt, written } = part;
    const ref = { administrationId, kind, exactId };
    const known = this.rows.get(keyOf(ref));
    const row = known?.part ?? { exactId, accountExactId: null, rowVersion: null };
    this.rows.set(keyOf(ref), {
      ref,
      part: { ...row, fields, modifiedAt },
      base,
      state: 'present',
      seenInRun: known?.seenInRun ?? null,
      madeFor: part.sourceRelationId,
      written,
      writtenAt: now,
    });
  }

  /** Stores a part as a run fetched it; new ones of a later run wait for a comparison, persons do not. */
  upsert(context: StoreContext, kind: PartKind, part: PartRow): 'inserted' | 'changed' | 'unchanged' {
    const ref = { administrationId: context.administrationId, kind, exactId: part.exactId };
    const known = this.rows.get(keyOf(ref));
    const seenInRun = context.isFullRead ? context.runId : (known?.seenInRun ?? null);
    if (!known) {
      const isFirstRead = context.isFullRead && !context.isReread;
      const base = isFirstRead || kind === 'contact' ? null : {};
      this.rows.set(keyOf(ref), { ref, part, base, state: 'present', seenInRun });
      return 'inserted';
    }
    const version = known.part.rowVersion;
    const isOlder =
      !context.isFullRead && version !== null && part.rowVersion !== null && part.rowVersion <= version;
    const isSame = sameFields(known.part.fields, part.fields);
    if (isOlder || isBeforeOwnWrite(known, part, context) || (isSame && known.state === 'present')) {
      const { rowVersion } = context.isFullRead ? part : known.part;
      this.rows.set(keyOf(ref), { ...known, part: { ...known.part, rowVersion }, seenInRun });
      return 'unchanged';
    }
    const base = isSame ? known.base : (known.base ?? known.part.fields);
    this.rows.set(keyOf(ref), { ref, part, base, state: 'present', seenInRun });
    return 'changed';
  }

  /** What all parts of an account say, also the deleted ones. */
  eraseOf(id: SourceRelationId): void {
    for (const [key, row] of this.rows)
      if (this.toPart(row).sourceRelationId === id)
        this.rows.set(key, { ...row, part: { ...row.part, fields: {} }, base: null, written: undefined });
  }

  markDeleted(ref: PartRef): void {
    const row = this.rows.get(keyOf(ref));
    if (row) this.rows.set(keyOf(ref), { ...row, state: 'deleted', base: null });
  }

  /** Present parts of a kind that the full read of a run did not meet. */
  unseen(
    { administrationId, runId }: Pick<StoreContext, 'administrationId' | 'runId'>,
    kind: PartKind,
  ): PartRef[] {
    return [...this.rows.values()]
      .filter(({ ref }) => ref.administrationId === administrationId && ref.kind === kind)
      .filter(({ state, seenInRun }) => state === 'present' && seenInRun !== runId)
      .map(({ ref }) => ref);
  }

  countPresent(administrationId: AdministrationId, kind: PartKind): number {
    return this.present().filter((part) => part.administrationId === administrationId && part.kind === kind)
      .length;
  }

  private present(): SourcePart[] {
    return [...this.rows.values()]
      .filter(({ state }) => state === 'present')
      .map((row) => this.toPart(row))
      .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  }

  private toPart({ ref, part, base, madeFor }: Row): SourcePart {
    const account = part.accountExactId;
    const fetched = account === null ? undefined : this.accountOf(ref.administrationId, account);
    return { ...ref, sourceRelationId: fetched ?? madeFor ?? null, fields: part.fields, base };
  }
}

function isBeforeOwnWrite(
  { part, written, writtenAt }: Row,
  row: PartRow,
  { writtenSince }: StoreContext,
): boolean {
  if (!written || !writtenAt || writtenAt < writtenSince) return false;
  const hasIt = Object.entries(written).every(([field, value]) => (row.fields[field] ?? null) === value);
  return !hasIt && !isModifiedAfter(row, part.modifiedAt);
}

/** Whether the row was modified after that moment; not when either is unknown. */
export function isModifiedAfter({ modifiedAt }: PartRow, moment: Date | null | undefined): boolean {
  return Boolean(modifiedAt && moment && modifiedAt > moment);
}

function sameFields(one: PartRow['fields'], other: PartRow['fields']): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function keyOf({ administrationId, kind, exactId }: PartRef): string {
  return `${administrationId} ${kind} ${exactId}`;
}
