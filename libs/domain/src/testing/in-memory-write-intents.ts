import type { AdministrationId, RelationId, SourceRelationId, WriteIntentId } from '../kernel/index.js';
import { isAwaitingAnswer } from '../relations/index.js';
import {
  dueOnReturn,
  type AccountWrite,
  type OpenOfPlans,
  type PartWrite,
  type WriteIntent,
  type WriteIntents,
} from '../sync/index.js';

const openStates: readonly WriteIntent['state'][] = ['planned', 'sent', 'uncertain'];

/** Write intents in memory, for specs. */
export class InMemoryWriteIntents implements WriteIntents {
  private readonly rows = new Map<WriteIntentId, WriteIntent>();

  /** How many rows were written, also those that were rolled back. */
  written = 0;

  /** Everything that was meant, in order. */
  all(): WriteIntent[] {
    return [...this.rows.values()];
  }

  async addMany(intents: readonly WriteIntent[]): Promise<void> {
    for (const intent of intents) this.rows.set(intent.id, intent);
    this.written += intents.length;
  }

  async findById(id: WriteIntentId): Promise<WriteIntent | undefined> {
    return this.rows.get(id);
  }

  async findMany(ids: readonly WriteIntentId[]): Promise<WriteIntent[]> {
    return this.all()
      .filter(({ id }) => ids.includes(id))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  findByIdForUpdate(id: WriteIntentId): Promise<WriteIntent | undefined> {
    return this.findById(id);
  }

  async findOpenOf(ids: readonly SourceRelationId[]): Promise<WriteIntent[]> {
    return this.all()
      .filter(
        ({ sourceRelationId: id, state }) => id !== null && ids.includes(id) && openStates.includes(state),
      )
      .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1));
  }

  async findFailedOf(ids: readonly SourceRelationId[], limit: number): Promise<WriteIntent[]> {
    const failed = this.all()
      .filter(({ sourceRelationId: id, state }) => id !== null && ids.includes(id) && state === 'failed')
      .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1));
    const last = new Set(
      ids.flatMap((id) => failed.filter((each) => each.sourceRelationId === id).slice(-limit)),
    );
    return failed.filter((each) => last.has(each));
  }

  async findOpenCreate(
    relationId: RelationId,
    administrationId: AdministrationId,
  ): Promise<AccountWrite | undefined> {
    const open = await this.findOpenCreatesOf([relationId]);
    return open.find((intent) => intent.administrationId === administrationId);
  }

  async findOpenCreatesOf(relationIds: readonly RelationId[]): Promise<AccountWrite[]> {
    return this.all()
      .filter(
        (intent): intent is AccountWrite =>
          intent.part === null &&
          intent.kind === 'create' &&
          relationIds.includes(intent.relationId) &&
          openStates.includes(intent.state),
      )
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async findLastAddressCreatesOf(relationIds: readonly RelationId[]): Promise<PartWrite[]> {
    const creates = this.all()
      .filter(
        (intent): intent is PartWrite =>
          intent.part?.kind === 'address' &&
          intent.kind === 'create' &&
          relationIds.includes(intent.relationId),
      )
      .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1));
    return [
      ...new Map(
        creates.map((intent) => [`${intent.sourceRelationId} ${String(intent.patch['type'])}`, intent]),
      ).values(),
    ];
  }

  async countOpenOfPlans(): Promise<OpenOfPlans[]> {
    const open = this.all().filter(
      ({ state, purpose, dueAt, failure }) =>
        openStates.includes(state) &&
        purpose === 'plan' &&
        dueAt < dueOnReturn &&
        !isAwaitingAnswer({ state, failure }),
    );
    return [...Map.groupBy(open, ({ administrationId }) => administrationId)].map(
      ([administrationId, own]) => {
        const creates = own.filter(({ kind, part }) => kind === 'create' && part === null).length;
        return { administrationId, creates, others: own.length - creates };
      },
    );
  }

  async findOpenPartsIn(
    administrationIds: readonly AdministrationId[],
    after: WriteIntentId | null,
    limit: number,
  ): Promise<PartWrite[]> {
    return this.all()
      .filter((intent): intent is PartWrite => intent.part !== null && openStates.includes(intent.state))
      .filter(
        ({ administrationId, id }) => administrationIds.includes(administrationId) && id > (after ?? ''),
      )
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, limit);
  }

  async makeDue(
    administrationIds: readonly AdministrationId[],
    { now, until }: { readonly now: Date; readonly until: Date },
  ): Promise<WriteIntentId[]> {
    const waiting = this.all().filter(
      ({ state, dueAt, administrationId }) =>
        (state === 'planned' || state === 'uncertain') &&
        dueAt > now &&
        dueAt <= until &&
        administrationIds.includes(administrationId),
    );
    for (const intent of waiting) this.rows.set(intent.id, { ...intent, dueAt: now });
    return waiting.map(({ id }) => id);
  }

  async makeTurnsDue(
    account: SourceRelationId,
    { now, until }: { readonly now: Date; readonly until: Date },
  ): Promise<WriteIntentId[]> {
    const waiting = this.all().filter(
      ({ sourceRelationId, state, attempts, purpose, dueAt }) =>
        sourceRelationId === account &&
        state === 'planned' &&
        attempts === 0 &&
        purpose !== 'plan' &&
        dueAt > now &&
        dueAt <= until,
    );
    for (const intent of waiting) this.rows.set(intent.id, { ...intent, dueAt: now });
    return waiting.map(({ id }) => id);
  }

  async save(intent: WriteIntent): Promise<void> {
    this.rows.set(intent.id, intent);
  }
}
