import type { ActionId, Actor, SourceRelationId } from '../kernel/index.js';
import type { Action } from './action.js';
import { saidOf, verdictsOn, judge, type JudgeTx } from './verdicts.js';
import { orderedPair } from './judgement.js';
import type { OpenRelation, RelationDeskTx } from './open-relation.js';
import { takePicture } from './picture.js';
import type { Proposal } from './proposal.js';
import type { ProposalsTx } from './proposals.port.js';
import { splitOff, type Split, type SplitFacts } from './split-off.js';

export type SplitTx = RelationDeskTx & ProposalsTx & JudgeTx;

export interface SplitCommand {
  readonly ids: ReadonlySet<SourceRelationId>;
  readonly actor: Actor;
  readonly kind: 'unlink' | 'undo';
  readonly actionId: ActionId;
  readonly undoOf?: ActionId;
  readonly facts: SplitFacts;
}

/** Stores a split: relations, links, questions that follow their accounts, judgements and history. */
export async function carryOutSplit(tx: SplitTx, open: OpenRelation, command: SplitCommand): Promise<Split> {
  const { facts } = command;
  const split = splitOff(open.relation, open.members, command);
  await tx.relations.addMany(split.created);
  await tx.relations.saveMany([split.rest]);
  await tx.links.putMany(split.links);
  const questions = await followAccounts(tx, split);
  const staying = open.members.filter(({ source }) => !command.ids.has(source.id));
  const pairs = [...command.ids].flatMap((id) => staying.map(({ source }) => orderedPair(id, source.id)));
  const before = await verdictsOn(tx, pairs);
  await judge(tx, {
    pairs,
    verdict: 'different',
    actionId: command.actionId,
    actor: command.actor,
    now: facts.now,
    newId: facts.newId,
  });
  const sources = open.members.map(({ source }) => source);
  const links = open.members.flatMap((member) => member.links);
  const action: Action = {
    id: command.actionId,
    kind: command.kind,
    actorId: command.actor.id,
    actorName: command.actor.name,
    at: facts.now,
    relationIds: [open.relation.id, ...split.created.map(({ id }) => id)],
    administrationId: null,
    before: takePicture({
      relations: [open.relation],
      links,
      proposals: questions.map(({ was }) => was),
      verdicts: before,
      sources,
    }),
    after: takePicture({
      relations: [split.rest, ...split.created],
      links: split.links,
      proposals: questions.map(({ is }) => is),
      verdicts: saidOf(pairs, 'different'),
      sources,
    }),
    batchId: null,
    undoOf: command.undoOf ?? null,
    undoneBy: null,
    isUndoable: command.kind === 'unlink',
  };
  await tx.actions.addMany([action]);
  return split;
}

/** Open questions are about accounts: they go with the account that leaves. */
async function followAccounts(tx: SplitTx, split: Split): Promise<{ was: Proposal; is: Proposal }[]> {
  const open = await tx.proposals.findOpenOfSourcesForUpdate([...split.relationOf.keys()]);
  const moved = open.map((was) => ({
    was,
    is: {
      ...was,
      relationA: split.relationOf.get(was.sourceA) ?? was.relationA,
      relationB: split.relationOf.get(was.sourceB) ?? was.relationB,
      version: was.version + 1,
    },
  }));
  await tx.proposals.saveMany(moved.map(({ is }) => is));
  return moved;
}
