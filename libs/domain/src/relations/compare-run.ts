import { ok } from '../kernel/index.js';
import { askAboutLinked } from './ask-about-linked.js';
import { chooseScope } from './choose-scope.js';
import { compareChanges } from './compare-changes.js';
import {
  addCounts,
  noCounts,
  type CompareCounts,
  type CompareDeps,
  type CompareRun,
} from './compare-command.js';
import { compareEverything } from './compare-everything.js';
import { compareLeftOver } from './compare-left-over.js';
import { compareNumbers } from './compare-numbers.js';
import { learnFromScope } from './learn-from-scope.js';
import { meterOf } from './meter.js';
import { readSaid } from './said-so-far.js';
import { storeKeysOfOthers } from './store-keys.js';

/**
 * Compares the accounts of a run and carries out what is certain: relations, links, questions, doubles, three-way merges,
 * write intents. Set-based, in many small transactions, and idempotent: after a crash it is called again and does what is
 * left. One at a time per tenant.
 */
export async function compareRun(deps: CompareDeps, command: CompareRun): Promise<CompareCounts> {
  const isKnown = await isComparedByThisVersion(deps, command);
  const isOfChanges = command.runKind === 'resync' && isKnown;
  const compared = isOfChanges ? noCounts : await compareNew(deps, command, isKnown);
  // Accounts that an earlier, unfinished run had linked may have changed since, and those of an administration that returns.
  const changed = addCounts(compared, await compareChanges(deps, command));
  return isKnown ? addCounts(changed, await compareNumbers(deps, command)) : changed;
}

/**
 * Everything at once, or where that is too much party by party. An administration that joins a large tenant is compared by itself, after what
 * answers teach by now; everybody is, also those that have a relation, where another version of the matcher was there before.
 */
async function compareNew(deps: CompareDeps, command: CompareRun, isKnown: boolean): Promise<CompareCounts> {
  const { scope, expected, present } = await chooseScope(deps, command);
  // Every account counts once when it is read and once when it is placed.
  if (scope === null)
    return compareEverything(deps, command, { expected, meter: meterOf(command, present * 2) });
  const areKeysKept = command.runKind === 'addition' && isKnown;
  const doLearn = !areKeysKept || (await hasAnswers(deps, command));
  const left = await countUnlinked(deps, command);
  const meter = meterOf(command, areKeysKept ? left + (doLearn ? expected : 0) : present * 2);
  const names = areKeysKept ? null : await storeKeysOfOthers(deps, command, { scope, meter });
  if (doLearn) await learnFromScope(deps, command, { scope, expected, meter, names });
  deps.beforeParties?.();
  const doAsk = !areKeysKept && left < present; // of a first coupling none has a relation
  const asked = doAsk ? await askAboutLinked(deps, command, meter) : noCounts;
  const placed = await compareLeftOver(deps, command, { meter, areKeysKept: !areKeysKept });
  await meter.end();
  return addCounts(asked, placed);
}

async function hasAnswers(deps: CompareDeps, { tenantId }: CompareRun): Promise<boolean> {
  return (await readSaid(deps, tenantId)).judgements.some(({ isAnswer }) => isAnswer);
}

async function countUnlinked(deps: CompareDeps, { tenantId }: CompareRun): Promise<number> {
  const count = await deps.uow.run(tenantId, async (tx) => ok(await tx.sourceRelations.countUnlinked()));
  return count.ok ? count.value : 0; // never 0 by failure: counting has no expected one
}

/**
 * Otherwise what is stored of the matcher, keys and all, was made by another: single accounts would find nobody by it. What this run itself
 * has learnt does not count: it may have died before it did what follows from it.
 */
async function isComparedByThisVersion(deps: CompareDeps, { tenantId, runId }: CompareRun): Promise<boolean> {
  const isKnown = await deps.uow.run(tenantId, async (tx) => {
    const model = await tx.matchModel.find();
    return ok(model !== undefined && (await tx.matchModel.findRun()) !== runId);
  });
  return isKnown.ok && isKnown.value;
}
