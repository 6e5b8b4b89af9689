import type { SyncRunId } from '../kernel/index.js';
import {
  asideOf,
  asidePrefix,
  readLearntModel,
  type LearntAside,
  type LearntModel,
} from '../relations/matching/index.js';
import type { MatchModel, ReleasedDirection } from '../relations/index.js';

/** What was learnt, in memory, for specs. */
export class InMemoryMatchModel implements MatchModel {
  private stored: string | null = null;
  private learntIn: SyncRunId | undefined;

  async put(runId: SyncRunId, model: LearntModel): Promise<void> {
    this.stored = JSON.stringify(model);
    this.learntIn = runId;
  }

  async findRun(): Promise<SyncRunId | undefined> {
    return this.learntIn;
  }

  async find(): Promise<LearntModel | undefined> {
    return this.stored === null ? undefined : readLearntModel(JSON.parse(this.stored));
  }

  async dropReleased(direction: ReleasedDirection, only?: string): Promise<boolean> {
    const model = await this.find();
    if (!model) return false;
    const released = Object.entries(model.released);
    const stay = released.filter(
      ([kind]) => kind.startsWith(asidePrefix) !== (direction === 'aside') || (only ?? kind) !== kind,
    );
    this.stored = JSON.stringify({ ...model, released: Object.fromEntries(stay) });
    return stay.length < released.length;
  }

  async setAside(kind: string, { upTo, answers }: LearntAside): Promise<boolean> {
    const model = await this.find();
    if (!model) return false;
    this.stored = JSON.stringify({
      ...model,
      released: { ...model.released, [kind]: upTo },
      answers: { ...model.answers, [kind]: answers },
    });
    return true;
  }

  async hold(): Promise<boolean> {
    return true;
  }

  findToReplace(): Promise<LearntModel | undefined> {
    return this.find();
  }

  async findAside(): Promise<ReadonlyMap<string, LearntAside>> {
    return asideOf(await this.find());
  }
}
