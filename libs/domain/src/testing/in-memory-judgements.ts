import type { SourceRelationId } from '../kernel/index.js';
import type { Judgements, PersonsJudgement } from '../relations/index.js';

/** Judgements in memory, for specs. */
export class InMemoryJudgements implements Judgements {
  private readonly rows: PersonsJudgement[] = [];

  all(): PersonsJudgement[] {
    return [...this.rows];
  }

  async addMany(judgements: readonly PersonsJudgement[]): Promise<void> {
    this.rows.push(...judgements);
  }

  async findLatest(): Promise<PersonsJudgement[]> {
    const inTime = [...this.rows].sort(
      (one, other) => one.at.getTime() - other.at.getTime() || (one.id < other.id ? -1 : 1),
    );
    const latest = new Map(
      inTime.map((judgement) => [`${judgement.sourceA}:${judgement.sourceB}`, judgement]),
    );
    return [...latest].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, judgement]) => judgement);
  }

  async findLatestOf(ids: readonly SourceRelationId[]): Promise<PersonsJudgement[]> {
    const latest = await this.findLatest();
    return latest.filter(({ sourceA, sourceB }) => ids.includes(sourceA) || ids.includes(sourceB));
  }
}
