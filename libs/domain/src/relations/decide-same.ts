import { err, ok, type Deps, type RelationId, type Result } from '../kernel/index.js';
import type { CreatePicture } from './action.js';
import { writeToAll } from './change-values.js';
import { actionOf, decidedProposal, overtaken, type Decided } from './decide-apart.js';
import type { DecideProposal, DecideProposalError, DecideTx, DecisionDesk } from './decision-desk.js';
import { differingFields, type DifferingField } from './differing-fields.js';
import { sharedFieldNames } from './fields.js';
import { orderedPair } from './judgement.js';
import { linkedMember, type LinkedMember } from './members.js';
import { mergeRelations, type MergedRelations } from './merge-relations.js';
import { closeCreateIssues, endAnswered, moveAlikeCreates, moveCreates } from './move-creates.js';
import { takePicture } from './picture.js';
import type { Proposal } from './proposal.js';
import { judge, saidOf, verdictsOn } from './verdicts.js';

interface SameDecision {
  readonly desk: DecisionDesk;
  readonly command: DecideProposal;
}

/** Makes one relation of the two: links, values, questions about either, judgement, history and writes move together. */
export async function decideSame(
  tx: DecideTx,
  deps: Deps<DecideTx>,
  decision: SameDecision,
): Promise<Result<Decided, DecideProposalError>> {
  const { desk, command } = decision;
  const members = desk.members.flat();
  const differing = differingFields(members, desk.relations, desk.today);
  const refusal = whyNot(decision, members);
  if (refusal) return err(refusal);
  const merged = mergeRelations({
    relations: desk.relations,
    members,
    differing,
    leading: withoutAgreed(command.leading ?? {}, differing),
    bookOn: command.bookOn ?? [],
    byName: command.actor.name,
    now: desk.now,
  });
  await tx.relations.saveMany([merged.survivor, merged.loser]);
  await tx.links.putMany(merged.links);
  await closeConflicts(tx, decision);
  const questions = await moveQuestions(tx, decision, merged);
  const creates = await moveAccountsToMake(tx, merged, { members, now: desk.now });
  await recordMerge(tx, deps, { ...decision, merged, questions, creates });
  const open = {
    relation: merged.survivor,
    members: membersAfter(members, merged),
    administrations: desk.administrations,
  };
  const facts = { kind: 'merge', actor: command.actor, newId: deps.newId, now: desk.now } as const;
  await writeToAll(tx, open, { fields: sharedFieldNames, facts });
  return ok({ relationId: merged.survivor.id, closed: questions.filter(isClosed).map(({ was }) => was) });
}

function whyNot(
  { desk, command }: SameDecision,
  members: readonly LinkedMember[],
): DecideProposalError | undefined {
  const [one, other] = desk.relations;
  if (one.state !== 'active' || other.state !== 'active')
    return { kind: 'changed-meanwhile', version: desk.proposal.version };
  if (desk.members.some((side) => !side.some((member) => member.isLinked)))
    return { kind: 'merge-not-possible', reason: 'account-deleted' };
  // Own companies are never merged with outsiders (product.md 3.15).
  if (one.isIntercompany !== other.isIntercompany)
    return { kind: 'merge-not-possible', reason: 'intercompany' };
  const linked = members.filter((member) => member.isLinked).map(({ source }) => source.id);
  const astray = Object.entries(command.leading ?? {}).filter(([, id]) => !linked.includes(id));
  return astray.length > 0 ? { kind: 'fields-undecided', fields: astray.map(([field]) => field) } : undefined;
}

/** A choice where nothing differs pins nothing. */
function withoutAgreed(
  leading: NonNullable<DecideProposal['leading']>,
  differing: readonly DifferingField[],
): NonNullable<DecideProposal['leading']> {
  const chosen = Object.entries(leading).filter(([field]) => differing.some((one) => one.field === field));
  return Object.fromEntries(chosen);
}

/** The person saw every differing value and chose: nothing is left to dispute. */
async function closeConflicts(tx: DecideTx, { desk, command }: SameDecision): Promise<void> {
  const open = await tx.conflicts.findOpenOfRelations(desk.relations.map(({ id }) => id));
  const closing = { state: 'resolved', resolvedAt: desk.now, resolvedBy: command.actor.name } as const;
  await tx.conflicts.saveMany(
    open.map((conflict) => ({ ...conflict, ...closing, version: conflict.version + 1 })),
  );
}

/** What was to be made for the loser is made for the survivor, unless the two together stand there. */
async function moveAccountsToMake(
  tx: DecideTx,
  { survivor, loser }: MergedRelations,
  { members, now }: { readonly members: readonly LinkedMember[]; readonly now: Date },
): Promise<CreatePicture[]> {
  const between = { from: loser.id, to: survivor.id };
  const moved = [...(await moveCreates(tx, between, now)), ...(await moveAlikeCreates(tx, between, now))];
  const ended = await endAnswered(tx, { relationId: survivor.id, members }, now);
  const creates = [...moved, ...ended.filter(({ id }) => !moved.some((create) => create.id === id))];
  for (const { id: relationId } of [survivor, loser])
    await closeCreateIssues(tx, { relationId, members }, now);
  return creates;
}

interface Moved {
  readonly was: Proposal;
  readonly is: Proposal;
}

function isClosed({ is }: Moved): boolean {
  return is.state !== 'open';
}

/**
 * Open questions about the loser are now about the survivor; what asks the same twice, or nothing, is closed. The one that has
 * something against it stays: what contradicts a pair must not go unseen because another of its accounts fits.
 */
async function moveQuestions(
  tx: DecideTx,
  { desk, command }: SameDecision,
  merged: MergedRelations,
): Promise<Moved[]> {
  const { survivor, loser } = merged;
  const open = await tx.proposals.findOpenOfRelationsForUpdate([survivor.id, loser.id]);
  const strongestFirst = [...open].sort(
    (one, other) =>
      Number(one.isAside) - Number(other.isAside) ||
      other.vetoes.length - one.vetoes.length ||
      other.probability - one.probability ||
      (one.id < other.id ? -1 : 1),
  );
  const moved: Moved[] = [];
  const asked = new Set<string>();
  for (const was of strongestFirst) {
    if (was.id === desk.proposal.id) continue;
    const to = (id: RelationId): RelationId => (id === loser.id ? survivor.id : id);
    const [relationA, relationB] = [to(was.relationA), to(was.relationB)];
    const pair = orderedPair(relationA, relationB).join();
    const isAnswered = relationA === relationB || asked.has(pair);
    asked.add(pair);
    const is = isAnswered ? overtaken(was, desk, command) : { ...was, version: was.version + 1 };
    moved.push({ was, is: { ...is, relationA, relationB } });
  }
  const own = decidedProposal(desk, command, 'same');
  moved.push({ was: desk.proposal, is: { ...own, relationA: survivor.id, relationB: survivor.id } });
  await tx.proposals.saveMany(moved.map(({ is }) => is));
  return moved;
}

async function recordMerge(
  tx: DecideTx,
  deps: Deps<DecideTx>,
  merge: SameDecision & {
    readonly merged: MergedRelations;
    readonly questions: readonly Moved[];
    readonly creates: readonly CreatePicture[];
  },
): Promise<void> {
  const { desk, command, merged, questions, creates } = merge;
  const pairs = [orderedPair(desk.proposal.sourceA, desk.proposal.sourceB)];
  const members = desk.members.flat();
  const sources = members.map(({ source }) => source);
  const before = takePicture({
    relations: desk.relations,
    links: members.flatMap(({ links }) => links),
    proposals: questions.map(({ was }) => was),
    verdicts: await verdictsOn(tx, pairs),
    sources,
    creates,
  });
  await judge(tx, {
    pairs,
    verdict: 'same',
    questionKind: desk.proposal.questionKind,
    actionId: desk.actionId,
    actor: command.actor,
    now: desk.now,
    newId: deps.newId,
  });
  const after = takePicture({
    relations: [merged.survivor, merged.loser],
    links: merged.links,
    proposals: questions.map(({ is }) => is),
    verdicts: saidOf(pairs, 'same'),
    sources,
  });
  await tx.actions.addMany([actionOf(desk, command, { kind: 'merge', before, after })]);
}

function membersAfter(members: readonly LinkedMember[], { links }: MergedRelations): LinkedMember[] {
  return members.map((member) =>
    linkedMember(
      member,
      links.filter((link) => link.sourceRelationId === member.source.id),
    ),
  );
}
