import { asidePrefix, type Reason } from '../relations/matching/index.js';
import type { AdministrationId, ProposalId, RelationId, SourceRelationId } from '../kernel/index.js';
import type {
  AsideMark,
  Links,
  NotedProposal,
  Proposal,
  Proposals,
  QuestionedPlace,
  RelationPair,
  SourceRelation,
} from '../relations/index.js';

/** Proposals in memory, for specs. */
export class InMemoryProposals implements Proposals {
  private readonly rows = new Map<ProposalId, Proposal>();

  constructor(
    private readonly links: Links,
    private readonly accounts: { all(): readonly SourceRelation[] },
  ) {}

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

  async findAccountInQuestion(
    relationId: RelationId,
    administrationId: AdministrationId,
  ): Promise<SourceRelationId | undefined> {
    const open = (await this.findOpenOfRelations([relationId])).filter(({ isAside }) => !isAside);
    const there = this.accounts
      .all()
      .filter((account) => account.administrationId === administrationId && account.state === 'present');
    for (const { relationA, relationB } of open) {
      const links = await this.links.findOfRelations([relationA === relationId ? relationB : relationA]);
      const linked = links.filter(({ state }) => state === 'linked');
      const found = linked.find(({ sourceRelationId }) => there.some(({ id }) => id === sourceRelationId));
      if (found) return found.sourceRelationId;
    }
    return undefined;
  }

  async findQuestioned(ids: readonly RelationId[]): Promise<QuestionedPlace[]> {
    const places = new Map<string, QuestionedPlace>();
    const asked = this.all().filter(
      ({ state, isAside }) => (state === 'open' || state === 'unsure') && !isAside,
    );
    for (const { relationA, relationB } of asked)
      for (const [relationId, other] of [
        [relationA, relationB],
        [relationB, relationA],
      ] as const) {
        if (!ids.includes(relationId)) continue;
        const links = (await this.links.findOfRelations([other])).filter(({ state }) => state === 'linked');
        const there = this.accounts.all().filter(({ state }) => state === 'present');
        for (const { id, administrationId } of there)
          if (links.some(({ sourceRelationId }) => sourceRelationId === id))
            places.set(relationId + administrationId, { relationId, administrationId });
      }
    return [...places.values()];
  }

  async findManyForUpdate(ids: readonly ProposalId[]): Promise<Proposal[]> {
    return this.all().filter((proposal) => ids.includes(proposal.id));
  }

  async findOpenOfSourcesForUpdate(ids: readonly SourceRelationId[]): Promise<Proposal[]> {
    return this.open().filter(({ sourceA, sourceB }) => ids.includes(sourceA) || ids.includes(sourceB));
  }

  async setAside(marks: readonly AsideMark[]): Promise<number> {
    const marked = marks.flatMap((mark) =>
      this.open()
        .filter(({ kind, isAside }) => kind === 'match' && !isAside)
        .filter(({ sourceA, sourceB }) => sourceA === mark.sourceA && sourceB === mark.sourceB)
        .map((proposal) => ({
          ...proposal,
          ...asideMark(mark),
          isAside: true,
          version: proposal.version + 1,
        })),
    );
    await this.saveMany(marked);
    return marked.length;
  }

  async findOfAsideKinds(limit: number): Promise<NotedProposal[]> {
    return this.all()
      .filter(({ kind, questionKind }) => kind === 'match' && questionKind?.startsWith(asidePrefix))
      .filter(({ state }) => state === 'open' || state === 'same' || state === 'different')
      .reverse()
      .slice(0, limit)
      .map(({ relationA, relationB, score, actionId, questionKind, state }) => {
        return { relationA, relationB, score, actionId, questionKind, state } as NotedProposal; // filtered above
      });
  }

  async setKindAside(questionKind: string, upTo: number, reason: Reason): Promise<number> {
    const marked = this.open().filter(
      (one) => one.kind === 'match' && !one.isAside && one.questionKind === questionKind && one.score <= upTo,
    );
    await this.saveMany(
      marked.map((one) => ({
        ...one,
        isAside: true,
        reasons: [...one.reasons, reason],
        version: one.version + 1,
      })),
    );
    return marked.length;
  }

  async askAgainBetween(pairs: readonly RelationPair[]): Promise<number> {
    const keyOf = ({ relationA, relationB }: RelationPair) => [relationA, relationB].sort().join();
    const keys = new Set(pairs.map(keyOf));
    return this.askAgain((proposal) => keys.has(keyOf(proposal)));
  }

  async askAgainExcept(kinds: readonly string[]): Promise<number> {
    return this.askAgain(({ questionKind }) => questionKind === null || !kinds.includes(questionKind));
  }

  private async askAgain(isMeant: (proposal: Proposal) => boolean): Promise<number> {
    const again = this.open().filter((proposal) => proposal.isAside && isMeant(proposal));
    await this.saveMany(again.map((proposal) => ({ ...proposal, isAside: false })));
    return again.length;
  }

  async countOpenInGroup(groupKey: string): Promise<number> {
    return this.open().filter((proposal) => proposal.groupKey === groupKey).length;
  }

  async saveMany(proposals: readonly Proposal[]): Promise<void> {
    for (const proposal of proposals) this.rows.set(proposal.id, proposal);
  }
}

function asideMark({ questionKind, reasons, vetoes }: AsideMark) {
  return { questionKind, reasons, vetoes };
}
