import type { IssuesTx, Trouble } from '../issues/index.js';
import {
  asId,
  ok,
  type AdministrationId,
  type ProposalId,
  type RelationId,
  type SourceRelationId,
} from '../kernel/index.js';
import {
  addCounts,
  noCounts,
  tell,
  type CompareCounts,
  type CompareDeps,
  type CompareRun,
  type CompareTx,
  type Findings,
} from './compare-command.js';
import type { IdPair } from './group-plan.js';
import { orderedPair } from './judgement.js';
import { inLanes } from './lanes.js';
import {
  comparePair,
  MATCHER_VERSION,
  type Doubles,
  type MatchRecord,
  type PairVerdict,
} from './matching/index.js';
import type { JudgementsTx } from './judgements.port.js';
import { teachesLast, type Proposal } from './proposal.js';
import type { ProposalsTx } from './proposals.port.js';

/** Questions per transaction. */
const questionsPerTransaction = 500;

/** A pair that a person should look at. */
export interface Question {
  readonly verdict: PairVerdict;
  /** For doubles: their administration and the issue of their group. */
  readonly double: { readonly administrationId: AdministrationId; readonly groupKey: string } | null;
}

/** An account that a question is about; what it says of itself is needed for doubles and for certain pairs only. */
export interface AskedAccount {
  readonly relationId: RelationId | null;
  readonly record: MatchRecord | null;
}
type AskedAccounts = ReadonlyMap<string, AskedAccount>;

/**
 * Everything that comparing leaves to a person. Doubles come first, with an issue each: between two relations that hold accounts of one
 * administration, that is the question to ask (C10). Then certain pairs that a person decides, then uncertain ones, portions of them side by
 * side: one asks about two relations, though several groups can be of one relation, where what was said contradicts itself.
 */
export async function askQuestions(
  deps: CompareDeps,
  command: CompareRun,
  found: { readonly findings: Findings; readonly certainPairs: readonly IdPair[] },
): Promise<CompareCounts> {
  let counts = noCounts;
  // By number: the portions themselves, a kilobyte per question, would all stay in memory.
  const askedBy = new Map<string, number>();
  let portions = 0;
  const ask = async (open: readonly OpenQuestion[]): Promise<void> => {
    const own = portions++;
    const isOurs = (pair: string): boolean => {
      const first = askedBy.get(pair) ?? own;
      askedBy.set(pair, first);
      return first === own;
    };
    const asked = await deps.uow.run(command.tenantId, async (tx) => {
      const accounts = await loadAccounts(tx, open);
      const facts = { newId: deps.newId, now: deps.now(), runId: command.runId };
      const questions = questionsOf(open, accounts);
      return ok(await tell(tx, command, await openProposals(tx, { accounts, questions, isOurs }, facts)));
    });
    if (asked.ok) counts = addCounts(counts, asked.value);
  };
  const { doubles, proposals } = found.findings;
  for await (const groups of doubles)
    for (const portion of inPortions(groups.flatMap(doublesOf))) await ask(portion);
  for (const portion of inPortions(found.certainPairs)) await ask(portion.map((pair) => ({ pair })));
  await inLanes(uncertain(proposals), ask);
  return counts;
}

/** Not a question yet: certain pairs still lack their verdict. */
type OpenQuestion = Question | { readonly pair: IdPair };

async function* uncertain(proposals: Findings['proposals']): AsyncGenerator<readonly Question[]> {
  for await (const verdicts of proposals)
    yield* inPortions(verdicts.map((verdict): Question => ({ verdict, double: null })));
}

async function loadAccounts(tx: CompareTx, open: readonly OpenQuestion[]): Promise<AskedAccounts> {
  const [bare, whole] = [new Set<SourceRelationId>(), new Set<SourceRelationId>()];
  for (const question of open) {
    const needed = 'verdict' in question && question.double === null ? bare : whole;
    for (const id of idsOf(question)) needed.add(id as SourceRelationId); // ids of accounts
  }
  const accounts = new Map<string, AskedAccount>();
  const links = bare.size === 0 ? [] : await tx.links.findOfSources([...bare]);
  for (const { sourceRelationId, relationId, state } of links)
    if (state === 'linked') accounts.set(sourceRelationId, { relationId, record: null });
  const comparables = whole.size === 0 ? [] : await tx.sourceRelations.findComparablesOf([...whole]);
  for (const comparable of comparables) accounts.set(comparable.record.id, comparable);
  return accounts;
}

function idsOf(open: OpenQuestion): readonly string[] {
  return 'pair' in open ? open.pair : [open.verdict.a, open.verdict.b];
}

function questionsOf(open: readonly OpenQuestion[], accounts: AskedAccounts): Question[] {
  return open.flatMap((question) => {
    if ('verdict' in question) return [question];
    const [one, other] = question.pair.map((id) => accounts.get(id)?.record);
    return one && other ? [{ verdict: comparePair(one, other), double: null }] : [];
  });
}

export type OpenProposalsTx = JudgementsTx & ProposalsTx & IssuesTx;

/** Opens what nobody decided yet and is not open already: one question per pair of relations. Reports groups of doubles. */
export async function openProposals(
  tx: OpenProposalsTx,
  portion: {
    readonly accounts: AskedAccounts;
    readonly questions: readonly Question[];
    /** Whether no other portion that is under way asks about this pair of relations; from then on it is this one's. */
    readonly isOurs?: (pair: string) => boolean;
  },
  facts: { readonly newId: () => string; readonly now: Date; readonly runId: Proposal['runId'] },
): Promise<CompareCounts> {
  const { accounts, isOurs = () => true } = portion;
  const asked = portion.questions.filter(({ verdict }) => {
    const [one, other] = [accounts.get(verdict.a), accounts.get(verdict.b)];
    return one?.relationId && other?.relationId && one.relationId !== other.relationId;
  });
  const known = await loadKnown(tx, asked, accounts);
  const opened: Proposal[] = [];
  const reported = new Map<string, Trouble>();
  for (const question of asked) {
    const { verdict, double } = question;
    const proposal = toProposal(facts, question, accounts);
    const pair = orderedPair(proposal.relationA, proposal.relationB).join();
    if (known.judged.has([verdict.a, verdict.b].join()) || known.open.has(pair) || !isOurs(pair)) continue;
    known.open.add(pair);
    opened.push(proposal);
    if (double) reported.set(double.groupKey, troubleOf(question, reported.get(double.groupKey), accounts));
  }
  const added = opened.length > 0 ? await tx.proposals.addMany(opened) : 0;
  if (reported.size > 0) await tx.issues.report([...reported.values()], facts.now);
  const doubles = opened.filter((proposal) => proposal.kind === 'double').length;
  return { ...noCounts, asked: Math.max(0, added - doubles), doubles: Math.min(added, doubles) };
}

async function loadKnown(
  tx: JudgementsTx & ProposalsTx,
  questions: readonly Question[],
  accounts: AskedAccounts,
): Promise<{ judged: Set<string>; open: Set<string> }> {
  if (questions.length === 0) return { judged: new Set(), open: new Set() };
  const ids = [...new Set(questions.flatMap(({ verdict }) => [verdict.a, verdict.b]))];
  const relationOf = relationsAsked(accounts);
  const judgements = await tx.judgements.findLatestOf(ids.map((id) => id as SourceRelationId));
  const pairs = questions.map(({ verdict }) => ({
    relationA: relationOf(verdict.a),
    relationB: relationOf(verdict.b),
  }));
  const open = await tx.proposals.findOpenPairs(pairs);
  return {
    judged: new Set(judgements.map(({ sourceA, sourceB }) => [sourceA, sourceB].join())),
    open: new Set(open.map(({ relationA, relationB }) => orderedPair(relationA, relationB).join())),
  };
}

/** The relation of an account; of one that has none nothing is asked. */
function relationsAsked(accounts: AskedAccounts): (id: string) => RelationId {
  return (id) => accounts.get(id)?.relationId as RelationId; // the caller filtered
}

function toProposal(
  facts: { readonly newId: () => string; readonly now: Date; readonly runId: Proposal['runId'] },
  { verdict, double }: Question,
  accounts: AskedAccounts,
): Proposal {
  const relationOf = relationsAsked(accounts);
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
    teaching: verdict.teaching ?? teachesLast,
    state: 'open',
    decidedBy: null,
    decidedByName: null,
    decidedAt: null,
    actionId: null,
    createdAt: facts.now,
    version: 1,
  };
}

function doublesOf(group: Doubles): Question[] {
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
  accounts: AskedAccounts,
): Trouble {
  const records = [verdict.a, verdict.b]
    .map((id) => accounts.get(id)?.record ?? null)
    .filter((record) => record !== null);
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
