import type { AdministrationId, RelationId, SourceRelationId } from '../kernel/index.js';
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
import {
  candidateKeys,
  compareOne,
  countStems,
  sharedKey,
  sharedValues,
  type LearntModel,
  type MatchContext,
  type PairVerdict,
} from './matching/index.js';
import { loadMembers, memberOf, type Positions } from './members.js';
import { linksTo, newRelation } from './new-relation.js';
import { sharesRegistration } from './registration.js';
import type { Comparable } from './source-relations.port.js';

/** A key that more accounts share says little; matching divides such keys in a batch, here they are passed over. */
const sharersMax = 40;
const candidatesMax = 200;

interface Portion {
  readonly tx: CompareTx;
  readonly administrations: Positions;
  /** Accounts without a relation. */
  readonly fresh: readonly SourceRelationId[];
  /** Accounts that have one and say something else than before: only questions can come of it. */
  readonly moved: readonly SourceRelationId[];
}

interface Look {
  readonly comparable: Comparable;
  readonly verdicts: readonly PairVerdict[];
  readonly candidates: ReadonlyMap<string, Comparable>;
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
  const keys = comparables.map(({ record }) => ({
    sourceRelationId: record.id as SourceRelationId, // a record's id is its account's
    keys: candidateKeys(record),
  }));
  await tx.matchKeys.addMany(command.runId, keys);
  const learnt = await tx.matchModel.find();
  const sharers = await tx.matchKeys.findSharers(keys, { sharersMax, limit: candidatesMax });
  let counts = noCounts;
  for (const comparable of comparables) {
    const id = comparable.record.id as SourceRelationId; // a record's id is its account's
    const look = await lookUp(tx, { comparable, sharers: sharers.get(id) ?? [], learnt });
    const placed = comparable.relationId === null ? await place(deps, command, { portion, look }) : noCounts;
    counts = addCounts(addCounts(counts, placed), await askAbout(deps, command, { tx, look }));
  }
  return counts;
}

async function lookUp(
  tx: CompareTx,
  {
    comparable,
    sharers,
    learnt,
  }: {
    readonly comparable: Comparable;
    readonly sharers: readonly SourceRelationId[];
    readonly learnt: LearntModel;
  },
): Promise<Look> {
  const id = comparable.record.id as SourceRelationId; // as above
  const found = await tx.sourceRelations.findComparablesOf(sharers);
  const candidates = found.filter(({ relationId }) => relationId !== null);
  const judgements = (await tx.judgements.findLatestOf([id])).flatMap(({ sourceA, sourceB, verdict }) =>
    verdict === 'unsure' ? [] : [{ a: sourceA, b: sourceB, verdict }],
  );
  const records = candidates.map(({ record }) => record);
  const context = { ...stemsAmong([comparable, ...candidates], learnt), judgements, learnt };
  return {
    comparable,
    verdicts: compareOne(comparable.record, records, context),
    candidates: new Map(candidates.map((candidate) => [candidate.record.id, candidate])),
  };
}

/** Counts how many different names use a value among all that share a key with the account: enough to see that it is shared. */
function stemsAmong(comparables: readonly Comparable[], learnt: LearntModel): MatchContext {
  const stems = new Map<string, string[]>();
  for (const { record } of comparables) {
    for (const { kind, value, stem } of sharedValues(record, learnt)) {
      const key = sharedKey(kind, value);
      stems.set(key, [...(stems.get(key) ?? []), stem]);
    }
  }
  return { stemsUsing: (kind, value) => Math.max(1, countStems(stems.get(sharedKey(kind, value)) ?? [])) };
}

/** The relation that the account joins by itself, as the contact handling allows. */
function targetOf(look: Look, contactHandling: CompareRun['contactHandling']): RelationId | null {
  const target = contactHandling === 'manual' ? null : certainRelation(look);
  if (contactHandling !== 'careful') return target;
  const kin = [...look.candidates.values()].filter(({ record }) =>
    sharesRegistration(record, look.comparable.record),
  );
  return kin.some(({ relationId }) => relationId === target) ? target : null;
}

/** The one relation that the account certainly belongs to; none when it fits several or meets a veto there (C09, C10). */
function certainRelation(look: Look): RelationId | null {
  const relationOf = (verdict: PairVerdict) => {
    const other = verdict.a === look.comparable.record.id ? verdict.b : verdict.a;
    return look.candidates.get(other)?.relationId ?? null;
  };
  const certain = new Set(look.verdicts.filter(({ band }) => band === 'automatic').map(relationOf));
  const vetoed = new Set(look.verdicts.filter(({ vetoes }) => vetoes.length > 0).map(relationOf));
  const [only] = certain;
  return certain.size === 1 && only && !vetoed.has(only) ? only : null;
}

async function place(
  deps: CompareDeps,
  command: CompareRun,
  { portion, look }: { readonly portion: Portion; readonly look: Look },
): Promise<CompareCounts> {
  const { tx, administrations } = portion;
  const id = look.comparable.record.id as SourceRelationId;
  const [source] = await tx.sourceRelations.findManyForUpdate([id]);
  if (source?.state !== 'present') return noCounts;
  const member = memberOf(source, administrations);
  const now = deps.now();
  const target = targetOf(look, command.contactHandling);
  const joined = target && (await join(deps, { tx, administrations }, { member, target }));
  if (!joined) {
    const relation = newRelation(deps.newId(), [member], { now, today: dutchDay(now) });
    await tx.relations.addMany([relation]);
    await tx.links.putMany(linksTo(relation.id, member, { origin: 'own', now }));
  }
  await tx.sourceRelations.acceptAsBase([id]);
  return { ...noCounts, created: 1, relations: joined ? 0 : 1, mergedAutomatically: joined ? 1 : 0 };
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
  await tx.relations.saveMany([joinRelation(relation, [member], now)]);
  await tx.links.putMany(links);
  await tx.actions.addMany([automaticMerge(deps.newId(), target, { members: [member], now })]);
  return true;
}

async function askAbout(
  deps: CompareDeps,
  command: CompareRun,
  { tx, look }: { readonly tx: CompareTx; readonly look: Look },
): Promise<CompareCounts> {
  const questions = look.verdicts
    .filter(({ band }) => band !== 'separate')
    .map((verdict) => questionOf(look, verdict));
  if (questions.length === 0) return noCounts;
  const [self] = await tx.sourceRelations.findComparablesOf([look.comparable.record.id as SourceRelationId]);
  if (!self) return noCounts;
  const comparables = new Map(look.candidates).set(self.record.id, self);
  const facts = { newId: deps.newId, now: deps.now(), runId: command.runId };
  const doublesFirst = [...questions].sort(
    (one, other) => Number(other.double !== null) - Number(one.double !== null),
  );
  return openProposals(tx, { accounts: comparables, questions: doublesFirst }, facts);
}

function questionOf(look: Look, verdict: PairVerdict): Question {
  const otherId = verdict.a === look.comparable.record.id ? verdict.b : verdict.a;
  const administrationId = look.comparable.record.administrationId as AdministrationId; // written by our own adapter
  const isDouble = look.candidates.get(otherId)?.record.administrationId === administrationId;
  if (!isDouble) return { verdict, double: null };
  return {
    verdict,
    double: { administrationId, groupKey: doublesKey(administrationId, [verdict.a, verdict.b]) },
  };
}
