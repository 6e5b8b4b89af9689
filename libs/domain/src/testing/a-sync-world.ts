import type { Administration } from '../administrations/index.js';
import {
  asId,
  systemActor,
  type AdministrationId,
  type Message,
  type SyncRunId,
  type TenantId,
} from '../kernel/index.js';
import type { Link } from '../relations/index.js';
import {
  runStep,
  startRun,
  type OpenRunCommand,
  type RunCompareTx,
  type RunKind,
  type RunStepTx,
  type SendWriteTx,
  type StepOutcome,
  type SyncRun,
  type SyncStep,
} from '../sync/index.js';
import { InMemoryActions } from './in-memory-actions.js';
import { InMemoryActs } from './in-memory-acts.js';
import { InMemoryAdministrations } from './in-memory-administrations.js';
import { InMemoryConnections } from './in-memory-connections.js';
import { InMemoryCouplings } from './in-memory-couplings.js';
import { InMemoryCursors } from './in-memory-cursors.js';
import { InMemoryIssues } from './in-memory-issues.js';
import { InMemoryJudgements } from './in-memory-judgements.js';
import { InMemoryMatchKeys } from './in-memory-match-keys.js';
import { InMemoryMatchModel } from './in-memory-match-model.js';
import { InMemoryLinks } from './in-memory-links.js';
import { InMemoryOutbox } from './in-memory-outbox.js';
import { InMemoryProposals } from './in-memory-proposals.js';
import { InMemoryRelations } from './in-memory-relations.js';
import { InMemoryRelationSource } from './in-memory-relation-source.js';
import { InMemorySourceRelations } from './in-memory-source-relations.js';
import { InMemorySourceStore } from './in-memory-source-store.js';
import { InMemorySyncPolicy } from './in-memory-sync-policy.js';
import { InMemorySyncRuns } from './in-memory-sync-runs.js';
import { InMemorySyncSteps } from './in-memory-sync-steps.js';
import { InMemoryUnitOfWork } from './in-memory-unit-of-work.js';
import { InMemoryWriteIntents } from './in-memory-write-intents.js';
import { sequentialIds } from './sequential-ids.js';

const roundsMax = 1_000;

/** A tenant whose administrations are fetched, with Exact and the store in memory and a clock that the spec moves. */
export class SyncWorld {
  readonly tenantId = asId<TenantId>('00000000-0000-7000-8000-0000000000f2');
  readonly syncRuns = new InMemorySyncRuns();
  readonly syncSteps = new InMemorySyncSteps(() => this.time);
  readonly connections = new InMemoryConnections();
  readonly couplings = new InMemoryCouplings();
  readonly cursors = new InMemoryCursors();
  readonly outbox = new InMemoryOutbox();
  readonly syncPolicy = new InMemorySyncPolicy();
  readonly writeIntents = new InMemoryWriteIntents();
  readonly source = new InMemoryRelationSource();
  readonly sourceStore = new InMemorySourceStore(() =>
    this.syncRuns.all().flatMap((run) => (run.state === 'failed' || run.state === 'cancelled' ? run.id : [])),
  );
  readonly sourceParts = this.sourceStore.sourceParts;
  readonly judgements = new InMemoryJudgements();
  readonly matchKeys = new InMemoryMatchKeys();
  readonly matchModel = new InMemoryMatchModel();
  readonly actions = new InMemoryActions();
  readonly acts = new InMemoryActs();
  readonly links = new InMemoryLinks();
  readonly sourceRelations = new InMemorySourceRelations(this.links);
  readonly relations = new InMemoryRelations(this.links, this.sourceRelations);
  readonly proposals = new InMemoryProposals(this.links, this.sourceStore);
  readonly issues: InMemoryIssues;
  readonly administrations: InMemoryAdministrations;
  readonly uow: InMemoryUnitOfWork<RunStepTx & RunCompareTx & SendWriteTx>;
  time = new Date('2026-11-25T09:00:00Z');
  private readonly ids = sequentialIds(0x5000);
  private owners = 0;

  constructor(readonly companies: readonly Administration[]) {
    this.issues = new InMemoryIssues(this.ids);
    this.administrations = new InMemoryAdministrations(companies);
    const {
      syncRuns,
      syncSteps,
      connections,
      couplings,
      cursors,
      outbox,
      syncPolicy,
      writeIntents,
      sourceStore,
      sourceParts,
      links,
      relations,
      issues,
      administrations,
      judgements,
      matchKeys,
      matchModel,
      actions,
      acts,
      proposals,
      sourceRelations,
    } = this;
    this.uow = new InMemoryUnitOfWork({
      ...{
        syncRuns,
        syncSteps,
        connections,
        couplings,
        cursors,
        outbox,
        syncPolicy,
        writeIntents,
        sourceStore,
        sourceParts,
        links,
        relations,
        issues,
        administrations,
        judgements,
        matchKeys,
        matchModel,
        actions,
        acts,
        proposals,
        sourceRelations,
      },
    });
  }

  get deps() {
    const clocks = { now: () => this.time, uptime: () => this.time.getTime() };
    return { uow: this.uow, ...clocks, newId: this.ids, source: this.source, random: () => 1 };
  }

  /** Links accounts to relations, each as a customer. */
  async link(...pairs: readonly Pick<Link, 'sourceRelationId' | 'relationId'>[]): Promise<void> {
    const rest = { role: 'customer', state: 'linked', origin: 'own', isAlias: false } as const;
    await this.links.putMany(pairs.map((pair) => ({ ...rest, ...pair, linkedAt: this.time })));
  }

  advance(ms: number): void {
    this.time = new Date(this.time.getTime() + ms);
  }

  async start(
    kind: RunKind = 'initial',
    ids: readonly AdministrationId[] = this.companies.map((one) => one.id),
    over: Partial<Pick<OpenRunCommand, 'kinds' | 'trigger'>> = {},
  ): Promise<SyncRunId> {
    const { tenantId } = this;
    const started = await startRun(this.deps, {
      tenantId,
      kind,
      trigger: 'person',
      actor: systemActor,
      administrationIds: ids,
      ...over,
    });
    if (!started.ok) throw new Error(started.error.kind);
    return started.value.runId;
  }

  /** One message of a step, as a worker of its own handles it. */
  step(
    message: Message,
    over: { pagesMax?: number; shouldYield?: () => boolean } = {},
  ): Promise<StepOutcome> {
    if (message.kind !== 'run-step') throw new Error(`no step: ${message.kind}`);
    this.owners += 1;
    const { tenantId } = this;
    const owner = `worker ${this.owners}`;
    return runStep(this.deps, {
      ...message,
      tenantId,
      owner,
      pagesMax: 50,
      shouldYield: () => false,
      ...over,
    });
  }

  /** Handles step messages, also those that follow, until none is left; waits are waited for. */
  async work(): Promise<void> {
    const queue = this.takeMessages();
    for (let round = 0; round < roundsMax; round += 1) {
      const message = queue.shift();
      if (!message) return;
      if (message.kind !== 'run-step') continue;
      const outcome = await this.step(message);
      if (outcome.kind === 'ended' && outcome.nextStepId)
        queue.unshift({ ...message, stepId: outcome.nextStepId });
      if (outcome.kind === 'waiting') {
        this.time = new Date(Math.max(this.time.getTime(), outcome.dueAt.getTime()));
        queue.push(message);
      }
      queue.push(...this.takeMessages().filter((each) => each.kind === 'run-step'));
    }
    throw new Error('steps without end');
  }

  /** Messages sent since the last look; compare-run and others stay in `outbox.sent` too. */
  takeMessages(): Message[] {
    const messages = this.outbox.messages().slice(this.taken);
    this.taken += messages.length;
    return messages;
  }
  private taken = 0;

  async stepOf(runId: SyncRunId, division: number, kind: SyncStep['kind']): Promise<SyncStep> {
    const administration = this.companies.find((one) => one.division === division);
    const steps = await this.syncSteps.findMany(runId);
    const step = steps.find(
      (each) => each.kind === kind && each.administrationId === (administration?.id ?? null),
    );
    if (!step) throw new Error(`no step ${kind} of ${division}`);
    return step;
  }

  async run(runId: SyncRunId): Promise<SyncRun> {
    const run = await this.syncRuns.findById(runId);
    if (!run) throw new Error('no run');
    return run;
  }
}

/** A world with the given administrations, coupled. */
export function aSyncWorld(companies: readonly Administration[]): SyncWorld {
  return new SyncWorld(companies);
}
