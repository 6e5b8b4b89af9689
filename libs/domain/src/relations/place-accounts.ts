import type { AdministrationId, RelationId, SourceRelationId } from '../kernel/index.js';
import { doublesKey, openProposals, type Question } from './ask-questions.js';
import {
  addCounts,
  noCounts,
  type CompareCounts,
  type CompareDeps,
  type CompareRun,
} from './compare-command.js';
import type { Sharers } from './match-keys.port.js';
import { lookAround, neighboursOf, readNeighbours, type Look, type Neighbours } from './neighbours.js';
import { startPlacing, type PlacingWorld } from './placing.js';
import { sharesRegistration } from './registration.js';

interface Portion extends PlacingWorld {
  /** Accounts without a relation. */
  readonly fresh: readonly SourceRelationId[];
  /** Accounts that have one and say something else than before: only questions can come of it. */
  readonly moved: readonly SourceRelationId[];
  /** Who shares a key with them; looked up, and their keys kept, when left out. */
  readonly sharers?: Sharers;
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
  const neighbours = await readNeighbours(tx, command, { comparables, known: portion.sharers });
  const looks = lookAround(comparables, neighbours);
  const fresh = looks.filter(({ comparable }) => comparable.relationId === null);
  const placing = await startPlacing(deps, portion, {
    fresh: fresh.map(idOf),
    targets: command.contactHandling === 'manual' ? [] : standingTargets(fresh, neighbours),
  });
  const accounts = new Map(neighbours.accounts);
  for (const look of fresh) {
    const target = targetOf(look, { ...neighbours, accounts }, command.contactHandling);
    const relationId = placing.place(idOf(look), target);
    accounts.set(look.comparable.record.id, { ...look.comparable, relationId });
  }
  const placed = await placing.store();
  const questions = looks.flatMap((look) => questionsOf(look, { ...neighbours, accounts }));
  // Doubles first: between two relations that hold accounts of one administration, that is the question to ask (C10).
  questions.sort((one, other) => Number(other.double !== null) - Number(one.double !== null));
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
function targetOf(
  look: Look,
  neighbours: Neighbours,
  contactHandling: CompareRun['contactHandling'],
): RelationId | null {
  const target = contactHandling === 'manual' ? null : certainRelation(look, neighbours);
  if (contactHandling !== 'careful') return target;
  const kin = neighboursOf(look.comparable, neighbours).filter(({ record }) =>
    sharesRegistration(record, look.comparable.record),
  );
  return kin.some(({ relationId }) => relationId !== null && relationId === target) ? target : null;
}

/** The one relation that the account certainly belongs to; none when it fits several or meets a veto there (C09, C10). */
function certainRelation(look: Look, { accounts }: Neighbours): RelationId | null {
  const relationsOf = (ids: Iterable<string>): Set<RelationId> =>
    new Set([...ids].map((id) => accounts.get(id)?.relationId ?? null).filter((id) => id !== null));
  const certain = relationsOf(certainOf(look));
  const [only] = certain;
  return certain.size === 1 && only && !relationsOf(look.vetoed).has(only) ? only : null;
}

function questionsOf(look: Look, { accounts }: Neighbours): Question[] {
  const administrationId = look.comparable.record.administrationId as AdministrationId; // written by our own adapter
  return look.verdicts.map((verdict) => {
    const isDouble = accounts.get(otherOf(look, verdict))?.record.administrationId === administrationId;
    if (!isDouble) return { verdict, double: null };
    return {
      verdict,
      double: { administrationId, groupKey: doublesKey(administrationId, [verdict.a, verdict.b]) },
    };
  });
}

function otherOf(look: Look, { a, b }: { readonly a: string; readonly b: string }): string {
  return a === look.comparable.record.id ? b : a;
}
