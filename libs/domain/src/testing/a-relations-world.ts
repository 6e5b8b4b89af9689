import type { ActsTx } from '../history/index.js';
import type { AdministrationId, RelationId, SyncRunId, TenantId, SourceRelationId } from '../kernel/index.js';
import { asId } from '../kernel/index.js';
import type { Administration } from '../administrations/index.js';
import {
  compareRun,
  type CompareDeps,
  type CompareRun,
  type CompareTx,
  type FreezeTx,
  type MissingAccountsTx,
  type Relation,
  type SourcePartsTx,
  type SourceRelation,
} from '../relations/index.js';
import type { SyncPolicyTx, SyncRunsTx } from '../sync/index.js';
import { anAdministration } from './an-administration.js';
import { InMemoryActions } from './in-memory-actions.js';
import { InMemoryAdministrations } from './in-memory-administrations.js';
import { InMemoryConflicts } from './in-memory-conflicts.js';
import { InMemoryErasure } from './in-memory-erasure.js';
import { InMemoryFreeze } from './in-memory-freeze.js';
import { InMemoryActs } from './in-memory-acts.js';
import { InMemoryIssues } from './in-memory-issues.js';
import { InMemoryJudgements } from './in-memory-judgements.js';
import { InMemoryLinks } from './in-memory-links.js';
import { InMemoryMatchKeys } from './in-memory-match-keys.js';
import { InMemoryMatchModel } from './in-memory-match-model.js';
import { InMemoryMissingAccounts } from './in-memory-missing-accounts.js';
import { InMemoryOutbox } from './in-memory-outbox.js';
import { InMemoryProposals } from './in-memory-proposals.js';
import { InMemoryRelations } from './in-memory-relations.js';
import { InMemorySourceParts } from './in-memory-source-parts.js';
import { InMemorySourceRelations } from './in-memory-source-relations.js';
import { InMemorySyncPolicy } from './in-memory-sync-policy.js';
import { InMemorySyncRuns } from './in-memory-sync-runs.js';
import { InMemoryUnitOfWork } from './in-memory-unit-of-work.js';
import { InMemoryWriteIntents } from './in-memory-write-intents.js';
import { sequentialIds } from './sequential-ids.js';

type ComparedWith = Partial<
  Pick<CompareRun, 'runKind' | 'contactHandling' | 'onProgress'> &
    Pick<CompareDeps, 'compareAccounts' | 'accountsAtOnce' | 'beforeParties'>
>;

/** A tenant with administrations A, B, C, ... and everything that use cases of relations touch, in memory. */
export class RelationsWorld {
  readonly tenantId = asId<TenantId>('00000000-0000-7000-8000-0000000000f1');
  readonly links = new InMemoryLinks();
  readonly sourceRelations = new InMemorySourceRelations(this.links);
  readonly sourceParts = new InMemorySourceParts(
    (administrationId, exactId) =>
      this.sourceRelations
        .all()
        .find((source) => source.administrationId === administrationId && source.exactId === exactId)?.id,
  );
  readonly relations = new InMemoryRelations(this.links, this.sourceRelations);
  readonly matchKeys = new InMemoryMatchKeys();
  readonly matchModel = new InMemoryMatchModel();
  readonly judgements = new InMemoryJudgements();
  readonly proposals = new InMemoryProposals(this.links, this.sourceRelations);
  readonly actions = new InMemoryActions();
  readonly conflicts = new InMemoryConflicts();
  readonly outbox = new InMemoryOutbox();
  readonly writeIntents = new InMemoryWriteIntents();
  readonly missingAccounts = new InMemoryMissingAccounts(this);
  readonly acts = new InMemoryActs();
  readonly issues: InMemoryIssues;
  readonly administrations: InMemoryAdministrations;
  readonly uow: InMemoryUnitOfWork<
    CompareTx & SyncRunsTx & FreezeTx & SourcePartsTx & ActsTx & SyncPolicyTx & MissingAccountsTx
  >;
  readonly freeze = new InMemoryFreeze();
  readonly syncPolicy = new InMemorySyncPolicy();
  readonly syncRuns = new InMemorySyncRuns();
  private readonly ids = sequentialIds(0x1000);
  private time = new Date('2026-11-25T09:00:00Z');
  private runs = 0;

  constructor(readonly companies: readonly Administration[]) {
    this.issues = new InMemoryIssues(this.ids);
    this.administrations = new InMemoryAdministrations(companies);
    const { sourceRelations, relations, links, matchKeys, judgements, proposals, actions, conflicts } = this;
    const erasure = new InMemoryErasure(this);
    const { administrations, issues, writeIntents, outbox, freeze, matchModel, sourceParts } = this;
    this.uow = new InMemoryUnitOfWork({
      sourceRelations,
      sourceParts,
      relations,
      links,
      matchKeys,
      matchModel,
      judgements,
      proposals,
      actions,
      conflicts,
      erasure,
      administrations,
      issues,
      acts: this.acts,
      writeIntents,
      missingAccounts: this.missingAccounts,
      outbox,
      freeze,
      syncPolicy: this.syncPolicy,
      syncRuns: this.syncRuns,
    });
  }

  /** Every call is a second later than the one before. */
  get deps() {
    return {
      uow: this.uow,
      newId: this.ids,
      now: () => {
        this.time = new Date(this.time.getTime() + 1_000);
        return this.time;
      },
    };
  }

  /** Stores accounts as a run fetched them and compares that run. */
  async sync(
    sources: readonly SourceRelation[],
    over: ComparedWith & { ibans?: Readonly<Record<string, readonly string[]>> } = {},
  ) {
    this.runs += 1;
    const runId = asId<SyncRunId>(`00000000-0000-7000-8000-00000000f${String(this.runs).padStart(3, '0')}`);
    for (const source of sources) this.sourceRelations.put(source, runId, over.ibans?.[source.id] ?? []);
    return this.compare(runId, over);
  }

  /** Compares a run, again when it was compared before. */
  compare(runId: SyncRunId, over: ComparedWith = {}) {
    const { compareAccounts, accountsAtOnce, beforeParties } = over;
    return compareRun(
      {
        ...this.deps,
        ...(compareAccounts && { compareAccounts }),
        ...(accountsAtOnce && { accountsAtOnce }),
        ...(beforeParties && { beforeParties }),
      },
      {
        tenantId: this.tenantId,
        runId,
        runKind: over.runKind ?? 'resync',
        contactHandling: over.contactHandling ?? 'automatic',
        onProgress: over.onProgress ?? (() => undefined),
      },
    );
  }

  /** The active relations, by name and then id. */
  activeRelations(): Relation[] {
    return this.relations
      .all()
      .filter((relation) => relation.state === 'active')
      .sort((one, other) => (one.values.name + one.id < other.values.name + other.id ? -1 : 1));
  }

  /** The relation that an account belongs to. */
  async relationOf(sourceId: string): Promise<Relation> {
    const [link] = await this.links.findOfSources([asId<SourceRelationId>(sourceId)]);
    const [relation] = await this.relations.findMany(link ? [link.relationId] : []);
    if (!relation) throw new Error(`${sourceId} has no relation`);
    return relation;
  }

  /** Ids of the accounts of a relation. */
  async sourcesOf(relationId: RelationId): Promise<string[]> {
    const links = await this.links.findOfRelations([relationId]);
    return [...new Set(links.map((link) => link.sourceRelationId))];
  }
}

/** The id of the nth account or administration of a spec: short to read, sorted by n. */
export function idOf(number: number): string {
  return `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

/** A world of `count` coupled administrations in order of selection; active unless said otherwise. */
export function aRelationsWorld(count = 3, over: Partial<Administration> = {}): RelationsWorld {
  const companies = Array.from({ length: count }, (_, index) =>
    anAdministration({
      id: asId<AdministrationId>(idOf(900 + index)),
      division: 900_001 + index,
      position: index + 1,
      state: 'active',
      ...over,
    }),
  );
  return new RelationsWorld(companies);
}
