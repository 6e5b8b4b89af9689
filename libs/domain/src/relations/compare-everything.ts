import { ok, type RelationId, type Result, type SourceRelationId } from '../kernel/index.js';
import { askQuestions } from './ask-questions.js';
import {
  addCounts,
  type CompareCounts,
  type CompareDeps,
  type CompareRun,
  type Findings,
} from './compare-command.js';
import { compareHere } from './compare-here.js';
import type { JoinedAccounts } from './links.port.js';
import type { Judgement } from './matching/index.js';
import { meterOf, type Meter } from './meter.js';
import { placeAlone } from './place-alone.js';
import { placeClusters } from './place-clusters.js';
import { countAccounts, readAccounts } from './read-accounts.js';
import { contradictedSince, readSaid, type SaidSoFar } from './said-so-far.js';
import { storeKeys } from './store-keys.js';
import { dropContraries } from './verdicts.js';

/** Relations per read of what is joined already; a tenant has at most a million accounts (50 administrations of 20,000). */
const relationsPerRead = 10_000;
const readsMax = 1_000;

/**
 * Compares all accounts of all administrations, gives those without a relation one, and asks what is not certain. Nothing is
 * kept here per account: accounts come in pages, findings in portions, and what is left alone is asked from the database.
 */
export async function compareEverything(deps: CompareDeps, command: CompareRun): Promise<CompareCounts> {
  const joined = await loadJoined(deps, command);
  const said = await readSaid(deps, command.tenantId);
  const judgements = [...joined, ...said.judgements];
  const expected = await countAccounts(deps, command);
  const meter = meterOf(command, expected * 2);
  const keys = storeKeys(deps, command);
  const compareAccounts = deps.compareAccounts ?? compareHere;
  return compareAccounts(
    { pages: readAccounts(deps, command, meter), judgements, expected, onKeys: keys.add },
    async (findings) => {
      await keys.end();
      const counts = await carryOut(deps, command, { findings, meter, said });
      await meter.end();
      return counts;
    },
  );
}

async function carryOut(
  deps: CompareDeps,
  command: CompareRun,
  { findings, meter, said }: { readonly findings: Findings; readonly meter: Meter; readonly said: SaidSoFar },
): Promise<CompareCounts> {
  await deps.uow.run(command.tenantId, async (tx) => {
    await tx.matchModel.put(command.runId, findings.learnt);
    // Whoever answers from here on waits for this transaction, and drops it himself.
    await dropContraries(tx, await contradictedSince(tx, said));
    return ok(undefined);
  });
  const placed = await placeClusters(deps, command, { clusters: findings.clusters, meter });
  const alone = await placeAlone(deps, command, meter);
  const asked = await askQuestions(deps, command, { findings, certainPairs: placed.certainPairs });
  return addCounts(addCounts(placed.counts, alone), asked);
}

/** The links that stand, which outrank a score as what persons decided does. */
async function loadJoined(deps: CompareDeps, command: CompareRun): Promise<Judgement[]> {
  const judgements: Judgement[] = [];
  let after: RelationId | null = null;
  for (let read = 0; read < readsMax; read += 1) {
    const place: RelationId | null = after;
    const page: Result<JoinedAccounts[], never> = await deps.uow.run(command.tenantId, async (tx) =>
      ok(await tx.links.findJoined(place, relationsPerRead)),
    );
    if (!page.ok) break; // never: reading has no expected failure
    for (const { sourceRelationIds } of page.value) judgements.push(...sameAsFirst(sourceRelationIds));
    after = page.value.at(-1)?.relationId ?? null;
    if (page.value.length < relationsPerRead) break;
  }
  return judgements;
}

function sameAsFirst([first, ...others]: readonly SourceRelationId[]): Judgement[] {
  return first === undefined ? [] : others.map((other) => ({ a: first, b: other, verdict: 'same' }));
}
