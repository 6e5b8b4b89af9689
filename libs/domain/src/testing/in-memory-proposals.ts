import type { ProposalId, RelationId, SourceRelationId } from '../kernel/index.js';
import type { Proposal, Proposals, RelationPair } from '../relations/index.js';

/** Proposals in memory, for specs. */
export class InMemoryProposals implements Proposals {
  private readonly rows = new Map<ProposalId, Proposal>();

  all(): Proposal[] {
    return [...this.rows.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  open(): Proposal[] {
    return this.all().filter((proposal) => proposal.state === 'open');
  }

  async addMany(proposals: readonly Proposal[]): Promise<number> {
    let added = 0;
    for (const proposal of proposals) {
      const isThere = this.open().some(
        ({ sourceA, sourceB }) => sourceA === proposal.sourceA && sourceB === proposal.sourceB,
      );
      if (isThere && proposal.state === 'open') continue;
      this.rows.set(proposal.id, proposal);
      added += 1;
    }
    return added;
  }

  async findById(id: ProposalId): Promise<Proposal | undefined> {
    return this.rows.get(id);
  }

  async findByIdForUpdate(id: ProposalId): Promise<Proposal | undefined> {
    return this.rows.get(id);
  }

  async findOpenPairs(pairs: readonly RelationPair[]): Promise<RelationPair[]> {
    const keyOf = ({ relationA, relationB }: RelationPair) => [relationA, relationB].sort().join();
    const open = new Set(this.open().map(keyOf));
    return pairs.filter((pair) => open.has(keyOf(pair)));
  }

  findOpenOfRelationsForUpdate(ids: readonly RelationId[]): Promise<Proposal[]> {
    return this.findOpenOfRelations(ids);
  }

  async findOpenOfRelations(ids: readonly RelationId[]): Promise<Proposal[]> {
    return this.open().filter(
      ({ relationA, relationB }) => ids.includes(relationA) || ids.includes(relationB),
    );
  }

  async findManyForUpdate(ids: readonly ProposalId[]): Promise<Proposal[]> {
    return this.all().filter((proposal) => ids.includes(proposal.id));
  }

  async findOpenOfSourcesForUpdate(ids: readonly SourceRelationId[]): Promise<Proposal[]> {
    return this.open().filter(({ sourceA, sourceB }) => ids.includes(sourceA) || ids.includes(sourceB));
  }

  async countOpenInGroup(groupKey: string): Promise<number> {
    return this.open().filter((proposal) => proposal.groupKey === groupKey).length;
  }

  async saveMany(proposals: readonly Proposal[]): Promise<void> {
    for (const proposal of proposals) this.rows.set(proposal.id, proposal);
  }
}
