import { ok, type SyncRunId } from '../kernel/index.js';
import { askQuestions } from './ask-questions.js';
import {
  addCounts,
  type CompareCounts,
  type CompareDeps,
  type CompareRun,
  type CompareTx,
  type Findings,
} from './compare-command.js';
import { compareHere } from './compare-here.js';
import { loadJoined } from './joined-accounts.js';
import { learnKinds } from './learn-from-answer.js';
import { asideOf, type LearntModel } from './matching/index.js';
import type { Meter } from './meter.js';
import { placeAlone } from './place-alone.js';
import { placeClusters } from './place-clusters.js';
import { readAccounts } from './read-accounts.js';
import { contradictedSince, readSaid, type SaidSoFar } from './said-so-far.js';
import type { AccountScope } from './source-relations.port.js';
import { storeKeys, type KeyStore } from './store-keys.js';
import { askAgainWhatIsNotAside, dropContraries } from './verdicts.js';

/**
 * Compares all accounts of all administrations, gives those without a relation one, and asks what is not certain. Nothing is
 * kept here per account: accounts come in pages, findings in portions, and what is left alone is asked from the database.
 */
export async function compareEverything(
  deps: CompareDeps,
  command: CompareRun,
  { expected, meter }: Omit<World, 'scope'>,
): Promise<CompareCounts> {
  const keys = storeKeys(deps, command);
  const carryOut = async ({ findings, said }: Found): Promise<CompareCounts> => {
    await keys.forgetEarlier();
    await deps.uow.run(command.tenantId, async (tx) =>
      ok(await keepLearnt(tx, command.runId, { learnt: findings.learnt, said })),
    );
    const placed = await placeClusters(deps, command, { clusters: findings.clusters, meter });
    const alone = await placeAlone(deps, command, meter);
    const asked = await askQuestions(deps, command, { findings, certainPairs: placed.certainPairs });
    await meter.end();
    return addCounts(addCounts(placed.counts, alone), asked);
  };
  return compareScope(deps, command, { scope: null, expected, meter, keys, use: carryOut });
}

/** Which accounts are compared with each other at once. */
export interface World {
  /** Null: everybody. */
  readonly scope: AccountScope | null;
  /** About how many accounts these are. */
  readonly expected: number;
  readonly meter: Meter;
}

/** What was found, beside what persons had said when it was looked for. */
export interface Found {
  readonly findings: Findings;
  readonly said: SaidSoFar;
}

interface Use<T> {
  /** Called where the keys of the accounts are kept, too. */
  readonly use: (found: Found) => Promise<T>;
  readonly keys: KeyStore;
}

/** Compares the accounts of the scope with each other, keeps their keys, and hands over what was found. */
export async function compareScope<T>(
  deps: CompareDeps,
  command: CompareRun,
  { scope, expected, meter, keys, use }: World & Use<T>,
): Promise<T> {
  const joined = await loadJoined(deps, command.tenantId, scope);
  const said = await readSaid(deps, command.tenantId);
  const judgements = [...joined, ...said.judgements];
  const compareAccounts = deps.compareAccounts ?? compareHere;
  const pages = readAccounts(deps, command, { meter, scope });
  return compareAccounts({ pages, judgements, expected, onKeys: keys.add }, async (findings) => {
    await keys.put();
    return use({ findings, said });
  });
}

/**
 * Keeps what was learnt, as that of the run, except for what somebody has spoken against since it began. A kind of
 * question that was set aside since stays so where the answers by now say so: those taught nothing to this comparison.
 */
export async function keepLearnt(
  tx: CompareTx,
  runId: SyncRunId,
  { learnt, said }: { readonly learnt: LearntModel; readonly said: SaidSoFar },
): Promise<void> {
  const before = await tx.matchModel.findToReplace();
  await tx.matchModel.put(runId, learnt);
  // Whoever answers from here on waits for this transaction, and drops it himself.
  await dropContraries(tx, await contradictedSince(tx, said));
  const model = await tx.matchModel.find();
  const since = [...asideOf(before).keys()].filter((kind) => !said.aside.has(kind));
  if (model) await learnKinds(tx, model, since);
  await askAgainWhatIsNotAside(tx);
}
