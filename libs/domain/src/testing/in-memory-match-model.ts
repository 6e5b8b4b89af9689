import type { SyncRunId } from '../kernel/index.js';
import { readLearntModel, type LearntModel } from '../relations/matching/index.js';
import type { MatchModel } from '../relations/index.js';

/** What was learnt, in memory, for specs. */
export class InMemoryMatchModel implements MatchModel {
  private stored: string | null = null;

  async put(_: SyncRunId, model: LearntModel): Promise<void> {
    this.stored = JSON.stringify(model);
  }

  async find(): Promise<LearntModel | undefined> {
    return this.stored === null ? undefined : readLearntModel(JSON.parse(this.stored));
  }

  async dropReleased(): Promise<void> {
    const model = await this.find();
    if (model) this.stored = JSON.stringify({ ...model, released: {} });
  }
}
