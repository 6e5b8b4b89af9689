import type { SyncRunId } from '../kernel/index.js';
import { asidePrefix, readLearntModel, type LearntModel } from '../relations/matching/index.js';
import type { MatchModel, ReleasedDirection } from '../relations/index.js';

/** What was learnt, in memory, for specs. */
export class InMemoryMatchModel implements MatchModel {
  private stored: string | null = null;

  async put(_: SyncRunId, model: LearntModel): Promise<void> {
    this.stored = JSON.stringify(model);
  }

  async find(): Promise<LearntModel | undefined> {
    return this.stored === null ? undefined : readLearntModel(JSON.parse(this.stored));
  }

  async dropReleased(direction: ReleasedDirection): Promise<void> {
    const model = await this.find();
    if (!model) return;
    const stay = Object.entries(model.released).filter(
      ([kind]) => kind.startsWith(asidePrefix) !== (direction === 'aside'),
    );
    this.stored = JSON.stringify({ ...model, released: Object.fromEntries(stay) });
  }
}
