import { ok } from '../kernel/index.js';
import { askQuestions } from './ask-questions.js';
import {
  addCounts,
  type CompareCounts,
  type CompareDeps,
  type CompareRun,
  type Findings,
} from './compare-command.js';
import { compareHere } from './compare-here.js';
import { loadJoined } from './joined-accounts.js';
import type { Meter } from './meter.js';
import { placeAlone } from './place-alone.js';
import { placeClusters } from './place-clusters.js';
import { readAccounts } from './read-accounts.js';
import { contradictedSince, readSaid, type SaidSoFar } from './said-so-far.js';
import type { AccountScope } from './source-relations.port.js';
import { storeKeys, type KeyStore } from './store-keys.js';
import { dropContraries } from './verdicts.js';

/**
 * Compares all accounts of all administrations, gives those without a relation one, and asks what is not certain. Nothing is
 * kept here per account: accounts come in pages, findings in portions, and what is left alone is asked from the database.
 */
export async function compareEverything(
  deps: CompareDeps,
  command: CompareRun,
  { expected, meter }: Omit<World, 'scope'>,
): Promise<CompareCounts> {
  const carryOut = async ({ findings, said }: Found, keys: KeyStore): Promise<CompareCounts> => {
    await keys.forgetEarlier();
    await keepLearnt(deps, command, { findings, said });
    const placed = await placeClusters(deps, command, { clusters: findings.clusters, meter });
    const alone = await placeAlone(deps, command, meter);
    const asked = await askQuestions(deps, command, { findings, certainPairs: placed.certainPairs });
    await meter.end();
    return addCounts(addCounts(placed.counts, alone), asked);
  };
  return compareScope(deps, command, { scope: null, expected, meter, use: carryOut });
}

/**
 * Compares the accounts of the scope for what they teach of names and answers, and keeps that and their keys; what is found of them is
 * found again later, together with all others, whose keys are kept by then: where something was learnt, accounts are looked up by keys.
 */
export async function learnFromScope(deps: CompareDeps, command: CompareRun, world: World): Promise<void> {
  const keep = async (found: Found, keys: KeyStore): Promise<void> => {
    await keys.forgetEarlier();
    await keepLearnt(deps, command, found);
  };
  await compareScope(deps, command, { ...world, use: keep });
}

interface World {
  /** Null: everybody. */
  readonly scope: AccountScope | null;
  /** About how many accounts these are. */
  readonly expected: number;
  readonly meter: Meter;
}

interface Found {
  readonly findings: Findings;
  readonly said: SaidSoFar;
}

interface Use<T> {
  /** Told where the keys of the accounts are kept by then, too. */
  readonly use: (found: Found, keys: KeyStore) => Promise<T>;
}

async function compareScope<T>(
  deps: CompareDeps,
  command: CompareRun,
  { scope, expected, meter, use }: World & Use<T>,
): Promise<T> {
  const joined = await loadJoined(deps, command.tenantId, scope);
  const said = await readSaid(deps, command.tenantId);
  const judgements = [...joined, ...said.judgements];
  const keys = storeKeys(deps, command);
  const compareAccounts = deps.compareAccounts ?? compareHere;
  const pages = readAccounts(deps, command, { meter, scope });
  return compareAccounts({ pages, judgements, expected, onKeys: keys.add }, async (findings) => {
    await keys.put();
    return use({ findings, said }, keys);
  });
}

async function keepLearnt(deps: CompareDeps, command: CompareRun, { findings, said }: Found): Promise<void> {
  await deps.uow.run(command.tenantId, async (tx) => {
    await tx.matchModel.put(command.runId, findings.learnt);
    // Whoever answers from here on waits for this transaction, and drops it himself.
    await dropContraries(tx, await contradictedSince(tx, said));
    await tx.proposals.askAgainExcept(await tx.matchModel.findAsideKinds());
    return ok(undefined);
  });
}
