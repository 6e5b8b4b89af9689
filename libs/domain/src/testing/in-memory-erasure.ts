import type { ErasedAccount, Erasure } from '../relations/index.js';
import type { InMemoryConflicts } from './in-memory-conflicts.js';
import type { InMemoryIssues } from './in-memory-issues.js';
import type { InMemorySourceRelations } from './in-memory-source-relations.js';
import type { InMemoryWriteIntents } from './in-memory-write-intents.js';

interface Ports {
  readonly conflicts: InMemoryConflicts;
  readonly issues: InMemoryIssues;
  readonly writeIntents: InMemoryWriteIntents;
  readonly sourceRelations: InMemorySourceRelations;
}

/** Erases in memory what an account left behind, for specs. */
export class InMemoryErasure implements Erasure {
  constructor(private readonly ports: Ports) {}

  async eraseTraces({ sourceId, relationId }: ErasedAccount, now: Date): Promise<void> {
    const { conflicts, issues, writeIntents, sourceRelations } = this.ports;
    const settled = conflicts
      .all()
      .filter((one) => one.relationId === relationId && one.state === 'resolved');
    await conflicts.saveMany(settled.map((one) => ({ ...one, base: null, candidates: [] })));
    for (const intent of writeIntents.all().filter((one) => one.sourceRelationId === sourceId)) {
      const state = intent.state === 'planned' ? 'superseded' : intent.state;
      const settledAt = intent.settledAt ?? (state === 'superseded' ? now : null);
      if (state === 'sent' || state === 'uncertain') continue;
      await writeIntents.save(
        intent.part
          ? { ...intent, state, settledAt, patch: {}, part: { ...intent.part, was: null } }
          : { ...intent, state, settledAt, patch: {} },
      );
    }
    const [source] = await sourceRelations.findMany([sourceId]);
    for (const issue of issues.all())
      if (issue.administrationId === source?.administrationId && issue.params['exactId'] === source?.exactId)
        await issues.save({ ...issue, params: { exactId: source?.exactId ?? '' } });
    await sourceRelations.acceptAsBase([sourceId]);
  }
}
