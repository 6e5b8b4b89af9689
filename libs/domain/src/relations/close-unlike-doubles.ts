import type { SourceRelationId } from '../kernel/index.js';
import { supersede, type CloseQuestionsTx } from './close-questions.js';
import { NearRecords } from './matching/index.js';
import { recordsAround, type Neighbours } from './neighbours.js';
import type { Proposal } from './proposal.js';
import type { Comparable, SourceRelationsTx } from './source-relations.port.js';

/**
 * Closes questions about doubles inside an administration of which one was corrected in Exact, so that nothing says any more that they are one
 * (product.md 3.7b). Both are held against each other directly: that they share no key any more may be for a crowded one.
 */
export async function closeUnlikeDoubles(
  tx: CloseQuestionsTx & SourceRelationsTx,
  { moved, neighbours }: { readonly moved: readonly Comparable[]; readonly neighbours: Neighbours },
  now: Date,
): Promise<void> {
  if (moved.length === 0) return;
  const byId = new Map(moved.map((comparable) => [comparable.record.id, comparable]));
  const open = await tx.proposals.findOpenOfSourcesForUpdate([...byId.keys()] as SourceRelationId[]); // a record's id is its account's
  const doubles = open.filter(({ kind }) => kind === 'double');
  if (doubles.length === 0) return;
  const sides = doubles.flatMap(({ sourceA, sourceB }) => [sourceA, sourceB]);
  const found = await tx.sourceRelations.findComparablesOf([...new Set(sides)]);
  const records = new Map(found.map((comparable) => [comparable.record.id, comparable]));
  const near = new NearRecords(neighbours.learnt);
  const isUnlike = ({ sourceA, sourceB }: Proposal): boolean => {
    const [one, other] = byId.has(sourceA) ? [sourceA, sourceB] : [sourceB, sourceA];
    const [looking, beside] = [byId.get(one), records.get(other)];
    if (!looking || !beside) return false;
    const around = recordsAround(looking, neighbours).filter(({ id }) => id !== other);
    const { verdicts } = near.lookAt(looking.record, {
      candidates: [beside.record],
      around: [...around, beside.record],
      judgements: neighbours.judgements.get(one) ?? [],
    });
    return verdicts.length === 0;
  };
  await supersede(tx, doubles.filter(isUnlike), now);
}
