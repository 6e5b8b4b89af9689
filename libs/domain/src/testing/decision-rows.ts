import {
  asId,
  type ActionId,
  type AdministrationId,
  type ConflictId,
  type ProposalId,
  type RelationId,
  type SourceRelationId,
} from '../kernel/index.js';
import {
  emptyPicture,
  type Action,
  type Conflict,
  type PersonsJudgement,
  type Proposal,
} from '../relations/index.js';
import { idOf } from './a-relations-world.js';

export const at = (second: number) => new Date(Date.UTC(2026, 10, 25, 9, 0, second));
export const source = (number: number) => asId<SourceRelationId>(idOf(number));
export const relation = (number: number) => asId<RelationId>(idOf(number));
export const actionId = (number: number) => asId<ActionId>(idOf(number));

export function aJudgement(number: number, over: Partial<PersonsJudgement> = {}): PersonsJudgement {
  return {
    id: idOf(number),
    sourceA: source(1),
    sourceB: source(2),
    verdict: 'same',
    actionId: actionId(700),
    actorId: 'u1',
    actorName: 'Anna',
    at: at(number),
    ...over,
  };
}

export function aProposal(number: number, over: Partial<Proposal> = {}): Proposal {
  return {
    id: asId<ProposalId>(idOf(number)),
    runId: null,
    kind: 'match',
    administrationId: null,
    groupKey: null,
    sourceA: source(number),
    sourceB: source(number + 1),
    relationA: relation(number + 100),
    relationB: relation(number + 101),
    score: 3.25,
    probability: 0.905,
    reasons: [{ key: 'name-equal', params: { value: 'eik' }, weight: 4 }],
    vetoes: [],
    matcherVersion: '1',
    questionKind: null,
    isAside: false,
    teaching: 3,
    state: 'open',
    decidedBy: null,
    decidedByName: null,
    decidedAt: null,
    actionId: null,
    createdAt: at(0),
    version: 1,
    ...over,
  };
}

export function anAction(number: number, over: Partial<Action> = {}): Action {
  return {
    id: actionId(number),
    kind: 'edit',
    actorId: 'u1',
    actorName: 'Anna',
    at: at(number),
    relationIds: [relation(11)],
    administrationId: null,
    before: emptyPicture,
    after: { ...emptyPicture, sources: [{ id: source(1), contentHash: 'h' }] },
    batchId: null,
    undoOf: null,
    undoneBy: null,
    isUndoable: true,
    ...over,
  };
}

export function aConflict(number: number, over: Partial<Conflict> = {}): Conflict {
  return {
    id: asId<ConflictId>(idOf(number)),
    relationId: relation(11),
    field: 'phone',
    base: null,
    candidates: [
      { side: source(1), administrationId: asId<AdministrationId>(idOf(900)), value: '1', changedAt: null },
    ],
    state: 'open',
    openedAt: at(0),
    resolvedAt: null,
    resolvedBy: null,
    version: 1,
    ...over,
  };
}
