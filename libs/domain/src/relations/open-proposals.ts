import type { IssuesTx, Trouble } from '../issues/index.js';
import {
  asId,
  type AdministrationId,
  type ProposalId,
  type RelationId,
  type SourceRelationId,
} from '../kernel/index.js';
import { noCounts, type CompareCounts } from './compare-command.js';
import { orderedPair } from './judgement.js';
import type { JudgementsTx } from './judgements.port.js';
import type { MatchModelTx } from './match-model.port.js';
import {
  asidePrefix,
  asideReason,
  MATCHER_VERSION,
  type LearntAside,
  type MatchRecord,
  type PairVerdict,
} from './matching/index.js';
import { teachesLast, type Proposal } from './proposal.js';
import type { ProposalsTx } from './proposals.port.js';

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
export type AskedAccounts = ReadonlyMap<string, AskedAccount>;

export interface AskingFacts {
  readonly newId: () => string;
  readonly now: Date;
  readonly runId: Proposal['runId'];
}

export type OpenProposalsTx = JudgementsTx & ProposalsTx & MatchModelTx & IssuesTx;

/**
 * Opens what nobody decided yet and is not open already: one question per pair of relations. What is asked is not set aside any more; what
 * answers set aside is opened apart, or put apart if it is open. Reports groups of doubles.
 */
export async function openProposals(
  tx: OpenProposalsTx,
  portion: {
    readonly accounts: AskedAccounts;
    readonly questions: readonly Question[];
    /** Whether no other portion that is under way asks about this pair of relations; from then on it is this one's. */
    readonly isOurs?: (pair: string) => boolean;
  },
  facts: AskingFacts,
): Promise<CompareCounts> {
  const { accounts, isOurs = () => true } = portion;
  const asked = portion.questions.filter(({ verdict }) => {
    const [one, other] = [accounts.get(verdict.a), accounts.get(verdict.b)];
    return one?.relationId && other?.relationId && one.relationId !== other.relationId;
  });
  const known = await loadKnown(tx, asked, accounts);
  const aside = await asideFor(tx, asked);
  const opened: Proposal[] = [];
  const again: Proposal[] = [];
  const marks: Proposal[] = [];
  const reported = new Map<string, Trouble>();
  for (const question of asked) {
    const { verdict, double } = question;
    const setAside = setAsideBy(question, aside);
    const isAside = setAside !== null;
    const proposal = { ...toProposal(facts, question, accounts), ...setAside };
    const pair = orderedPair(proposal.relationA, proposal.relationB).join();
    if (known.judged.has([verdict.a, verdict.b].join()) || !isOurs(pair)) continue;
    if (known.open.has(pair)) {
      (isAside ? marks : again).push(proposal);
      continue;
    }
    known.open.add(pair);
    opened.push(proposal);
    if (double) reported.set(double.groupKey, troubleOf(question, reported.get(double.groupKey), accounts));
  }
  if (again.length > 0) await tx.proposals.askAgainBetween(again);
  if (marks.length > 0) await tx.proposals.setAside(withoutAsked(marks, again));
  const added = await addAll(tx, opened);
  if (reported.size > 0) await tx.issues.report([...reported.values()], facts.now);
  const doubles = opened.filter((proposal) => proposal.kind === 'double').length;
  return { ...noCounts, asked: Math.max(0, added - doubles), doubles: Math.min(added, doubles) };
}

type AsideKinds = ReadonlyMap<string, LearntAside>;

/** What answers set aside by now, if any of the questions is of such a kind: a word since may have withdrawn it, or have set one more aside. */
async function asideFor(tx: OpenProposalsTx, questions: readonly Question[]): Promise<AsideKinds> {
  const isAny = questions.some(({ verdict }) => verdict.questionKind.startsWith(asidePrefix));
  return isAny ? tx.matchModel.findAside() : new Map();
}

/** Null for a question that is asked. */
function setAsideBy(
  { verdict, double }: Question,
  aside: AsideKinds,
): Pick<Proposal, 'isAside' | 'reasons'> | null {
  const { questionKind, reasons } = verdict;
  const known = aside.get(questionKind);
  if (!known || double) return null;
  if (verdict.isSetAside) return { isAside: true, reasons };
  return verdict.score <= known.upTo
    ? { isAside: true, reasons: [...reasons, asideReason(questionKind, known)] }
    : null;
}

function withoutAsked(marks: readonly Proposal[], asked: readonly Proposal[]): Proposal[] {
  const pairs = new Set(asked.map(({ relationA, relationB }) => orderedPair(relationA, relationB).join()));
  return marks.filter(({ relationA, relationB }) => !pairs.has(orderedPair(relationA, relationB).join()));
}

/** Says how many of those that are asked were added. */
async function addAll(tx: OpenProposalsTx, opened: readonly Proposal[]): Promise<number> {
  const [aside, asked] = [opened.filter(({ isAside }) => isAside), opened.filter(({ isAside }) => !isAside)];
  if (aside.length > 0) await tx.proposals.addMany(aside);
  return asked.length > 0 ? tx.proposals.addMany(asked) : 0;
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

function toProposal(facts: AskingFacts, { verdict, double }: Question, accounts: AskedAccounts): Proposal {
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
    questionKind: verdict.questionKind,
    isAside: false,
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
