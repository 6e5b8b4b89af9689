import type { Issue } from '../issues/index.js';
import type { ErasedAccount, Erasure, PartRef } from '../relations/index.js';
import { withoutValues, type WriteIntent } from '../sync/index.js';
import type { InMemoryConflicts } from './in-memory-conflicts.js';
import type { InMemoryIssues } from './in-memory-issues.js';
import type { InMemorySourceParts } from './in-memory-source-parts.js';
import type { InMemorySourceRelations } from './in-memory-source-relations.js';
import type { InMemoryWriteIntents } from './in-memory-write-intents.js';

interface Ports {
  readonly conflicts: InMemoryConflicts;
  readonly issues: InMemoryIssues;
  readonly writeIntents: InMemoryWriteIntents;
  readonly sourceRelations: InMemorySourceRelations;
  readonly sourceParts: InMemorySourceParts;
}

/** Erases in memory what an account left behind, for specs. */
export class InMemoryErasure implements Erasure {
  constructor(private readonly ports: Ports) {}

  async eraseTraces({ sourceId, relationId }: ErasedAccount, now: Date): Promise<void> {
    const { conflicts, issues, sourceRelations, writeIntents } = this.ports;
    const settled = conflicts
      .all()
      .filter((one) => one.relationId === relationId && one.state === 'resolved');
    await conflicts.saveMany(settled.map((one) => ({ ...one, base: null, candidates: [] })));
    await this.emptyWrites((intent) => intent.sourceRelationId === sourceId, now);
    await this.emptyWrites(
      (intent) =>
        intent.sourceRelationId === null && intent.relationId === relationId && intent.state !== 'planned',
      now,
    );
    const [source] = await sourceRelations.findMany([sourceId]);
    const isTheirs = (write: WriteIntent) =>
      write.sourceRelationId === sourceId ||
      (write.sourceRelationId === null && write.relationId === relationId);
    const writes = new Set<unknown>(
      writeIntents
        .all()
        .filter(isTheirs)
        .map(({ id }) => id),
    );
    const isAccounts = (issue: Issue) =>
      source && issue.administrationId === source.administrationId && isAbout(issue, source.exactId);
    for (const issue of issues.all())
      if (isAccounts(issue) || writes.has(issue.params['intentId']))
        await issues.save({ ...issue, params: onlyIds(issue) });
    await sourceRelations.acceptAsBase([sourceId]);
    this.ports.sourceParts.eraseOf(sourceId);
  }

  async eraseTracesOfParts(parts: readonly PartRef[], now: Date): Promise<void> {
    const { issues, writeIntents } = this.ports;
    for (const { administrationId, kind, exactId } of parts) {
      const isThere = (one: { readonly administrationId: unknown }) =>
        one.administrationId === administrationId;
      const isToIt = (one: WriteIntent) =>
        isThere(one) && one.part?.kind === kind && one.part.exactId === exactId;
      await this.emptyWrites(isToIt, now);
      const writes = new Set<unknown>(
        writeIntents
          .all()
          .filter(isToIt)
          .map(({ id }) => id),
      );
      const isAboutIt = ({ params }: Issue) => params['partId'] === exactId || writes.has(params['intentId']);
      for (const issue of issues.all().filter((one) => isThere(one) && isAboutIt(one)))
        await issues.save({ ...issue, params: onlyIds(issue) });
    }
  }

  private async emptyWrites(isMeant: (intent: WriteIntent) => boolean, now: Date): Promise<void> {
    const { writeIntents } = this.ports;
    for (const intent of writeIntents.all().filter(isMeant)) {
      const state = intent.state === 'planned' ? 'superseded' : intent.state;
      const settledAt = intent.settledAt ?? (state === 'superseded' ? now : null);
      if (state === 'sent' || state === 'uncertain') continue;
      await writeIntents.save(withoutValues({ ...intent, state, settledAt }));
    }
  }
}

function isAbout({ params }: Issue, exactId: string): boolean {
  return params['exactId'] === exactId || params['otherExactId'] === exactId;
}

function onlyIds({ params: { exactId, otherExactId, intentId } }: Issue): Issue['params'] {
  return {
    ...(exactId !== undefined && { exactId }),
    ...(otherExactId !== undefined && { otherExactId }),
    ...(intentId !== undefined && { intentId }),
  };
}
