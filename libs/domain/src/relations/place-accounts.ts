import {
  systemActor,
  type AdministrationId,
  type RelationId,
  type SourceRelationId,
} from '../kernel/index.js';
import { createIssuesOf } from '../issues/index.js';
import { dutchDay } from './activity.js';
import { doublesKey, openProposals, type Question } from './ask-questions.js';
import { automaticMerge } from './automatic-merge.js';
import {
  addCounts,
  noCounts,
  type CompareCounts,
  type CompareDeps,
  type CompareRun,
  type CompareTx,
} from './compare-command.js';
import { joinRelation } from './join-relation.js';
import type { Member } from './leading-values.js';
import { loadMembers, memberOf, type Positions } from './members.js';
import { lookAround, neighboursOf, readNeighbours, type Look, type Neighbours } from './neighbours.js';
import { linksTo, newRelation } from './new-relation.js';
import { sharesRegistration } from './registration.js';

interface Portion {
  readonly tx: CompareTx;
  readonly administrations: Positions;
  /** Accounts without a relation. */
  readonly fresh: readonly SourceRelationId[];
  /** Accounts that have one and say something else than before: only questions can come of it. */
  readonly moved: readonly SourceRelationId[];
}

/** Where an account came to be; null when it is gone by now. */
interface Placed {
  readonly relationId: RelationId | null;
  readonly counts: CompareCounts;
}

/** Looks new and changed accounts up by their keys: certain new ones join a relation, the rest gets its own, doubts are asked. */
export async function placeAccounts(
  deps: CompareDeps,
  command: CompareRun,
  portion: Portion,
): Promise<CompareCounts> {
  const { tx } = portion;
  const comparables = await tx.sourceRelations.findComparablesOf([...portion.fresh, ...portion.moved]);
  if (comparables.length === 0) return noCounts;
  const neighbours = await readNeighbours(tx, command, comparables);
  const questions: Question[] = [];
  let counts = noCounts;
  for (const comparable of comparables) {
    const look = lookAround(comparable, neighbours);
    if (comparable.relationId === null) {
      const target = targetOf(look, neighbours, command.contactHandling);
      const placed = await place(deps, { portion, look, target });
      neighbours.accounts.set(comparable.record.id, { ...comparable, relationId: placed.relationId });
      counts = addCounts(counts, placed.counts);
    }
    questions.push(...questionsOf(look, neighbours));
  }
  // Doubles first: between two relations that hold accounts of one administration, that is the question to ask (C10).
  questions.sort((one, other) => Number(other.double !== null) - Number(one.double !== null));
  const facts = { newId: deps.newId, now: deps.now(), runId: command.runId };
  const asked = await openProposals(tx, { accounts: neighbours.accounts, questions }, facts);
  return addCounts(counts, asked);
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
  return kin.some(({ relationId }) => relationId === target) ? target : null;
}

/** The one relation that the account certainly belongs to; none when it fits several or meets a veto there (C09, C10). */
function certainRelation(look: Look, { accounts }: Neighbours): RelationId | null {
  const relationOf = (verdict: { readonly a: string; readonly b: string }) =>
    accounts.get(otherOf(look, verdict))?.relationId ?? null;
  const certain = new Set(look.verdicts.filter(({ band }) => band === 'automatic').map(relationOf));
  const vetoed = new Set(look.verdicts.filter(({ vetoes }) => vetoes.length > 0).map(relationOf));
  const [only] = certain;
  return certain.size === 1 && only && !vetoed.has(only) ? only : null;
}

async function place(
  deps: CompareDeps,
  {
    portion,
    look,
    target,
  }: { readonly portion: Portion; readonly look: Look; readonly target: RelationId | null },
): Promise<Placed> {
  const { tx, administrations } = portion;
  const id = look.comparable.record.id as SourceRelationId; // a record's id is its account's
  const [source] = await tx.sourceRelations.findManyForUpdate([id]);
  if (source?.state !== 'present') return { relationId: null, counts: noCounts };
  const member = memberOf(source, administrations);
  const now = deps.now();
  const joined = target && (await join(deps, { tx, administrations }, { member, target }));
  await tx.sourceRelations.acceptAsBase([id]);
  if (joined) return { relationId: target, counts: { ...noCounts, created: 1, mergedAutomatically: 1 } };
  const relation = newRelation(deps.newId(), [member], { now, today: dutchDay(now) });
  await tx.relations.addMany([relation]);
  await tx.links.putMany(linksTo(relation.id, member, { origin: 'own', now }));
  return { relationId: relation.id, counts: { ...noCounts, created: 1, relations: 1 } };
}

/** False when the relation is gone by now, or has an account in that administration already: that is a double. */
async function join(
  deps: CompareDeps,
  { tx, administrations }: { readonly tx: CompareTx; readonly administrations: Positions },
  { member, target }: { readonly member: Member; readonly target: RelationId },
): Promise<boolean> {
  const [relation] = await tx.relations.findManyForUpdate([target]);
  if (relation?.state !== 'active') return false;
  const others = (await loadMembers(tx, [target], { positions: administrations })).get(target) ?? [];
  const stands = others.some(
    (other) => other.isLinked && other.source.administrationId === member.source.administrationId,
  );
  if (stands) return false;
  const now = deps.now();
  const links = linksTo(target, member, { origin: 'automatic', now });
  const joined = joinRelation(relation, [member], now);
  await tx.relations.saveMany([joined]);
  await tx.links.putMany(links);
  // What people were told of an account that could not be made there.
  const told = createIssuesOf(target, member.source.administrationId);
  await tx.issues.resolve(told, now, systemActor.name);
  await tx.actions.addMany([
    automaticMerge(deps.newId(), joined, { members: [member], stood: relation, now }),
  ]);
  return true;
}

function questionsOf(look: Look, { accounts }: Neighbours): Question[] {
  const administrationId = look.comparable.record.administrationId as AdministrationId; // written by our own adapter
  const asked = look.verdicts.filter(({ band }) => band !== 'separate');
  return asked.map((verdict) => {
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
