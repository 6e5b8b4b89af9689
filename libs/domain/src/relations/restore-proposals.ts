import { findSurvivor } from './open-relation.js';
import type { Proposal } from './proposal.js';
import type { UndoDesk, UndoTx } from './undo-desk.js';

/**
 * Gives the questions that an act answered or moved their earlier state, unless somebody answered them since or the same
 * pair is asked again already. Their relations are those that their accounts belong to now.
 */
export async function restoreProposals(tx: UndoTx, desk: UndoDesk): Promise<Proposal[]> {
  const { before, after } = desk.action;
  const left = new Map(after.proposals.map((picture) => [picture.id, picture]));
  const current = await tx.proposals.findManyForUpdate(before.proposals.map(({ id }) => id));
  const sources = current.flatMap(({ sourceA, sourceB }) => [sourceA, sourceB]);
  const open = await tx.proposals.findOpenOfSourcesForUpdate(sources);
  const relationOf = new Map(
    (await tx.links.findOfSources(sources)).map((link) => [link.sourceRelationId, link.relationId]),
  );
  const restored: Proposal[] = [];
  for (const proposal of current) {
    const was = before.proposals.find(({ id }) => id === proposal.id);
    if (!was || proposal.state !== left.get(proposal.id)?.state) continue;
    const isAskedAgain = open.some(
      (other) =>
        other.id !== proposal.id && other.sourceA === proposal.sourceA && other.sourceB === proposal.sourceB,
    );
    if (isAskedAgain) continue;
    const relationA =
      relationOf.get(proposal.sourceA) ?? (await findSurvivor(tx, was.relationA))?.id ?? was.relationA;
    const relationB =
      relationOf.get(proposal.sourceB) ?? (await findSurvivor(tx, was.relationB))?.id ?? was.relationB;
    if (relationA === relationB) continue;
    const undecided = { decidedBy: null, decidedByName: null, decidedAt: null, actionId: null };
    const decided = was.state === 'open' ? undecided : {};
    restored.push({
      ...proposal,
      ...decided,
      state: was.state,
      relationA,
      relationB,
      version: proposal.version + 1,
    });
  }
  await tx.proposals.saveMany(restored);
  return restored;
}
