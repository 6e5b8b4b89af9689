import type { Trouble } from '../issues/index.js';
import { asId, ok, type AdministrationId, type ProposalId, type SourceRelationId } from '../kernel/index.js';
import {
  addCounts,
  noCounts,
  type CompareCounts,
  type CompareDeps,
  type CompareRun,
  type CompareTx,
} from './compare-command.js';
import { orderedPair } from './judgement.js';
import {
  comparePair,
  MATCHER_VERSION,
  type Doubles,
  type MatchRecord,
  type Outcome,
  type PairVerdict,
} from './matching/index.js';
import type { Proposal } from './proposal.js';
import type { Comparable } from './source-relations.port.js';

/** Questions per transaction. */
const questionsPerTransaction = 500;

/** A pair that a person should look at. */
export interface Question {
  readonly verdict: PairVerdict;
  /** For doubles: their administration and the issue of their group. */
  readonly double: { readonly administrationId: AdministrationId; readonly groupKey: string } | null;
}

/** Everything that compares leave to a person: uncertain pairs, certain ones under manual handling, doubles with an issue each. */
export async function askQuestions(
  deps: CompareDeps,
  command: CompareRun,
  found: {
    readonly comparables: ReadonlyMap<string, Comparable>;
    readonly outcome: Outcome;
    readonly certain: readonly (readonly [Comparable, Comparable])[];
  },
): Promise<CompareCounts> {
  const matches: Question[] = [
    ...found.certain.map(([one, other]) => comparePair(one.record, other.record)),
    ...found.outcome.proposals,
  ].map((verdict) => ({ verdict, double: null }));
  // Doubles first: between two relations that hold accounts of one administration, that is the question to ask (C10).
  const doubles = found.outcome.doubles.flatMap(questionsOf);
  let counts = noCounts;
  for (const portion of [...inPortions(doubles), ...inPortions(matches)])
    counts = addCounts(
      counts,
      await ask(deps, command, { comparables: found.comparables, questions: portion }),
    );
  return counts;
}

async function ask(
  deps: CompareDeps,
  command: CompareRun,
  portion: { readonly comparables: ReadonlyMap<string, Comparable>; readonly questions: readonly Question[] },
): Promise<CompareCounts> {
  const result = await deps.uow.run(command.tenantId, async (tx) => {
    const counts = await openProposals(tx, portion, {
      newId: deps.newId,
      now: deps.now(),
      runId: command.runId,
    });
    return ok(counts);
  });
  return result.ok ? result.value : noCounts;
}

/** Opens what nobody decided yet and is not open already: one question per pair of relations. Reports groups of doubles. */
export async function openProposals(
  tx: CompareTx,
  portion: { readonly comparables: ReadonlyMap<string, Comparable>; readonly questions: readonly Question[] },
  facts: { readonly newId: () => string; readonly now: Date; readonly runId: CompareRun['runId'] },
): Promise<CompareCounts> {
  const { comparables } = portion;
  const asked = portion.questions.filter(({ verdict }) => {
    const [one, other] = [comparables.get(verdict.a), comparables.get(verdict.b)];
    return one?.relationId && other?.relationId && one.relationId !== other.relationId;
  });
  const known = await loadKnown(tx, asked, comparables);
  const opened: Proposal[] = [];
  const reported = new Map<string, Trouble>();
  for (const question of asked) {
    const { verdict, double } = question;
    const proposal = toProposal(facts, question, comparables);
    const pair = orderedPair(proposal.relationA, proposal.relationB).join();
    if (known.judged.has([verdict.a, verdict.b].join()) || known.open.has(pair)) continue;
    known.open.add(pair);
    opened.push(proposal);
    if (double)
      reported.set(double.groupKey, troubleOf(question, reported.get(double.groupKey), comparables));
  }
  const added = opened.length > 0 ? await tx.proposals.addMany(opened) : 0;
  if (reported.size > 0) await tx.issues.report([...reported.values()], facts.now);
  const doubles = opened.filter((proposal) => proposal.kind === 'double').length;
  return { ...noCounts, asked: Math.max(0, added - doubles), doubles: Math.min(added, doubles) };
}

async function loadKnown(
  tx: CompareTx,
  questions: readonly Question[],
  comparables: ReadonlyMap<string, Comparable>,
): Promise<{ judged: Set<string>; open: Set<string> }> {
  if (questions.length === 0) return { judged: new Set(), open: new Set() };
  const ids = [...new Set(questions.flatMap(({ verdict }) => [verdict.a, verdict.b]))];
  const relationIds = ids.map((id) => comparables.get(id)?.relationId ?? null).filter((id) => id !== null);
  const judgements = await tx.judgements.findLatestOf(ids.map((id) => id as SourceRelationId));
  const open = await tx.proposals.findOpenOfRelations([...new Set(relationIds)]);
  return {
    judged: new Set(judgements.map(({ sourceA, sourceB }) => [sourceA, sourceB].join())),
    open: new Set(open.map(({ relationA, relationB }) => orderedPair(relationA, relationB).join())),
  };
}

function toProposal(
  facts: { readonly newId: () => string; readonly now: Date; readonly runId: CompareRun['runId'] },
  { verdict, double }: Question,
  comparables: ReadonlyMap<string, Comparable>,
): Proposal {
  const relationOf = (id: string) => comparables.get(id)?.relationId as Proposal['relationA']; // the caller filtered
  return {
    id: asId<ProposalId>(facts.newId()),
    runId: facts.runId,
    kind: double ? 'double' : 'match',
    administrationId: double?.administrationId ?? null,
    groupKey: double?.groupKey ?? null,
    sourceA: asId<SourceRelationId>(verdict.a),
    sourceB: asId<SourceRelationId>(verdict.b),
    relationA: relationOf(verdict.a),
    relationB: relationOf(verdict.b),
    score: verdict.score,
    probability: verdict.probability,
    reasons: verdict.reasons,
    vetoes: verdict.vetoes,
    matcherVersion: MATCHER_VERSION,
    state: 'open',
    decidedBy: null,
    decidedByName: null,
    decidedAt: null,
    actionId: null,
    createdAt: facts.now,
    version: 1,
  };
}

function questionsOf(group: Doubles): Question[] {
  const administrationId = asId<AdministrationId>(group.administrationId);
  const groupKey = doublesKey(administrationId, group.members);
  return group.pairs.map((verdict) => ({ verdict, double: { administrationId, groupKey } }));
}

/** The cause key of a group of doubles: stable while its smallest member stays. */
export function doublesKey(administrationId: AdministrationId, members: readonly string[]): string {
  return `double-in-administration:${administrationId}:${[...members].sort()[0] ?? ''}`;
}

function troubleOf(
  { verdict, double }: Question,
  earlier: Trouble | undefined,
  comparables: ReadonlyMap<string, Comparable>,
): Trouble {
  const records = [verdict.a, verdict.b]
    .map((id) => comparables.get(id)?.record)
    .filter((record): record is MatchRecord => record !== undefined);
  const before = typeof earlier?.params['codes'] === 'string' ? earlier.params['codes'].split(', ') : [];
  const codes = [...new Set([...before, ...records.map((record) => record.code?.trim() || record.name)])];
  return {
    cause: 'double-in-administration',
    causeKey: double?.groupKey ?? '',
    administrationId: double?.administrationId ?? null,
    params: {
      name: String(earlier?.params['name'] ?? records[0]?.name ?? ''),
      codes: codes.join(', '),
      count: codes.length,
    },
  };
}

function* inPortions<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += questionsPerTransaction)
    yield items.slice(start, start + questionsPerTransaction);
}
