import { asId, ok, type AdministrationId, type SourceRelationId } from '../kernel/index.js';
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
import { inLanes } from './lanes.js';
import { comparePair, type Doubles, type PairVerdict } from './matching/index.js';
import {
  doublesKey,
  openProposals,
  type AskedAccount,
  type AskedAccounts,
  type AskingFacts,
  type Question,
} from './open-proposals.js';

/** Questions per transaction. */
const questionsPerTransaction = 500;

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
    const facts = { newId: deps.newId, now: deps.now(), runId: command.runId };
    const asked = await deps.uow.run(command.tenantId, async (tx) =>
      ok(await tell(tx, command, await askPortion(tx, { open, isOurs }, facts))),
    );
    if (asked.ok) counts = addCounts(counts, asked.value);
  };
  const { doubles, proposals } = found.findings;
  for await (const groups of doubles)
    for (const portion of inPortions(groups.flatMap(doublesOf))) await ask(portion);
  for (const portion of inPortions(found.certainPairs)) await ask(portion.map((pair) => ({ pair })));
  await inLanes(uncertain(proposals), ask);
  return counts;
}

/** Opens a portion of questions, as `openProposals` does. */
async function askPortion(
  tx: CompareTx,
  { open, isOurs }: { readonly open: readonly OpenQuestion[]; readonly isOurs?: (pair: string) => boolean },
  facts: AskingFacts,
): Promise<CompareCounts> {
  const accounts = await loadAccounts(tx, open);
  const questions = questionsOf(open, accounts);
  return openProposals(tx, { accounts, questions, ...(isOurs && { isOurs }) }, facts);
}

/** The same as `askQuestions` for findings that are at hand, in the transaction that placed their accounts. */
export async function askAtOnce(
  tx: CompareTx,
  found: {
    readonly doubles: readonly Doubles[];
    readonly certainPairs: readonly IdPair[];
    readonly proposals: readonly PairVerdict[];
  },
  facts: AskingFacts,
): Promise<CompareCounts> {
  const doubles = await askPortion(tx, { open: found.doubles.flatMap(doublesOf) }, facts);
  const certain = await askPortion(tx, { open: found.certainPairs.map((pair) => ({ pair })) }, facts);
  const uncertain = found.proposals.map((verdict): Question => ({ verdict, double: null }));
  return addCounts(addCounts(doubles, certain), await askPortion(tx, { open: uncertain }, facts));
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

function doublesOf(group: Doubles): Question[] {
  const administrationId = asId<AdministrationId>(group.administrationId);
  const groupKey = doublesKey(administrationId, group.members);
  return group.pairs.map((verdict) => ({ verdict, double: { administrationId, groupKey } }));
}

function* inPortions<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += questionsPerTransaction)
    yield items.slice(start, start + questionsPerTransaction);
}
