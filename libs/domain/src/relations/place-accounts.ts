import type { AdministrationId, RelationId, SourceRelationId } from '../kernel/index.js';
import { doublesKey, openProposals, type Question } from './open-proposals.js';
import { closeUnlikeDoubles } from './close-unlike-doubles.js';
import {
  addCounts,
  noCounts,
  type CompareCounts,
  type CompareDeps,
  type CompareRun,
} from './compare-command.js';
import type { PairVerdict, ReasonKey } from './matching/index.js';
import { lookAround, neighboursOf, readNeighbours, type Look, type Neighbours } from './neighbours.js';
import { startPlacing, type PlacingWorld } from './placing.js';
import { sharesRegistration } from './registration.js';
import { TargetMembers } from './target-members.js';

interface Portion extends PlacingWorld {
  /** Accounts without a relation. */
  readonly fresh: readonly SourceRelationId[];
  /** Accounts that have one and say something else than before: only questions can come of it. */
  readonly moved: readonly SourceRelationId[];
}

/**
 * Looks new and changed accounts up by their keys: certain new ones join a relation, the rest gets its own, doubts are asked. One
 * after the other, each beside those that have their relation by then, but read and stored all at once.
 */
export async function placeAccounts(
  deps: CompareDeps,
  command: CompareRun,
  portion: Portion,
): Promise<CompareCounts> {
  const { tx } = portion;
  const comparables = await tx.sourceRelations.findComparablesOf([...portion.fresh, ...portion.moved]);
  if (comparables.length === 0) return noCounts;
  const neighbours = await readNeighbours(tx, command, comparables);
  const looks = await lookAround(comparables, neighbours, deps.pause);
  const fresh = looks.filter(({ comparable }) => comparable.relationId === null);
  const targets = command.contactHandling === 'manual' ? [] : standingTargets(fresh, neighbours);
  const placing = await startPlacing(deps, portion, { fresh: fresh.map(idOf), targets });
  const members = await TargetMembers.read(tx, targets, neighbours.accounts);
  const accounts = new Map(neighbours.accounts);
  const heldBy = new Map<Look, ReasonKey>();
  for (const look of fresh) {
    const { record } = look.comparable;
    const choice = chooseRelation(look, { ...neighbours, accounts }, members);
    if (choice.held) heldBy.set(look, choice.held);
    const relationId = placing.place(
      idOf(look),
      allowed(choice.relationId, look, { neighbours: { ...neighbours, accounts }, command }),
    );
    members.add(record, relationId);
    accounts.set(record.id, { ...look.comparable, relationId });
  }
  const placed = await placing.store();
  const moved = comparables.filter(({ relationId }) => relationId !== null);
  await closeUnlikeDoubles(tx, { moved, neighbours }, deps.now());
  const questions = looks.flatMap((look) => questionsOf(look, { ...neighbours, accounts }, heldBy.get(look)));
  // Doubles first: between two relations that hold accounts of one administration, that is the question to ask (C10). Last what
  // answers set aside: where another account of the same two relations is asked about, it is not.
  questions.sort((one, other) => placeOf(one) - placeOf(other));
  const facts = { newId: deps.newId, now: deps.now(), runId: command.runId };
  return addCounts(placed, await openProposals(tx, { accounts, questions }, facts));
}

function idOf({ comparable }: Look): SourceRelationId {
  return comparable.record.id as SourceRelationId; // a record's id is its account's
}

/** The relations that one of the accounts may join by itself, as far as they stand. */
function standingTargets(looks: readonly Look[], { accounts }: Neighbours): RelationId[] {
  const certain = looks.flatMap((look) => certainOf(look).map((id) => accounts.get(id)?.relationId ?? null));
  return [...new Set(certain.filter((id) => id !== null))];
}

function certainOf(look: Look): string[] {
  return look.verdicts.filter(({ band }) => band === 'automatic').map((verdict) => otherOf(look, verdict));
}

/** The relation that the account joins by itself, as the contact handling allows. */
function allowed(
  target: RelationId | null,
  look: Look,
  { neighbours, command }: { readonly neighbours: Neighbours; readonly command: CompareRun },
): RelationId | null {
  if (command.contactHandling === 'manual') return null;
  if (command.contactHandling !== 'careful') return target;
  const kin = neighboursOf(look.comparable, neighbours).filter(({ record }) =>
    sharesRegistration(record, look.comparable.record),
  );
  return kin.some(({ relationId }) => relationId !== null && relationId === target) ? target : null;
}

interface Choice {
  readonly relationId: RelationId | null;
  /** Why there is none though the account is certainly one with another. */
  readonly held?: ReasonKey;
}

/** The one relation that the account certainly belongs to; none when it fits several, another
 * contests it, or it meets a veto there (C07, C09, C10). */
function chooseRelation(look: Look, neighbours: Neighbours, members: TargetMembers): Choice {
  const relationsOf = (ids: Iterable<string>): Set<RelationId> =>
    new Set(
      [...ids].map((id) => neighbours.accounts.get(id)?.relationId ?? null).filter((id) => id !== null),
    );
  const automatic = certainOf(look);
  const certain = relationsOf(automatic);
  const [only] = certain;
  if (!only) return { relationId: null };
  if (certain.size > 1) return { relationId: null, held: 'hold-rival' };
  const isChain = relationsOf(look.vetoed).has(only) || members.keepApart(look, only, neighbours);
  if (isChain) return { relationId: null, held: 'hold-chain' };
  const isContested = automatic.every((id) => look.contested.has(id));
  return isContested ? { relationId: null, held: 'hold-rival' } : { relationId: only };
}

function questionsOf(look: Look, { accounts }: Neighbours, held: ReasonKey | undefined): Question[] {
  const administrationId = look.comparable.record.administrationId as AdministrationId; // written by our own adapter
  return look.verdicts.map((found) => {
    const verdict = withHold(found, held);
    const isDouble = accounts.get(otherOf(look, verdict))?.record.administrationId === administrationId;
    if (!isDouble) return { verdict, double: null };
    return {
      verdict,
      double: { administrationId, groupKey: doublesKey(administrationId, [verdict.a, verdict.b]) },
    };
  });
}

// A certain pair that is asked all the same says why.
function withHold(verdict: PairVerdict, held: ReasonKey | undefined): PairVerdict {
  if (verdict.band !== 'automatic' || held === undefined) return verdict;
  return { ...verdict, reasons: [...verdict.reasons, { key: held, params: {}, weight: 0 }] };
}

function placeOf({ verdict, double }: Question): number {
  if (double !== null) return 0;
  return verdict.isSetAside ? 2 : 1;
}

function otherOf(look: Look, { a, b }: { readonly a: string; readonly b: string }): string {
  return a === look.comparable.record.id ? b : a;
}
