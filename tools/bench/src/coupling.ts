import { coupleOnce, recordsOf, resyncOnce, type Coupled } from './couple-once.js';
import { goalTable, isMet, type Goal } from './goal.js';
import { someAccounts } from './some-accounts.js';
import { benchLimits } from './limits.js';

const administrations = 10;
const relationsEach = 20_000;
/** The small world of the linearity figure: a tenth. */
const smallEach = relationsEach / 10;
const changedShare = 0.001;

/** `npm run bench:coupling`: the figures, each beside its bound. Returns whether all are met. */
export async function benchCoupling(log: (line: string) => void): Promise<boolean> {
  const goals = [...(await unthrottled(log)), ...(await benchLimits(log))];
  log(goalTable(goals));
  return goals.every(isMet);
}

async function unthrottled(log: (line: string) => void): Promise<Goal[]> {
  const small = await measure(log, smallEach);
  await small.product.stop();
  const large = await measure(log, relationsEach);
  try {
    const resync = await resyncAfterEdits(log, large);
    const perSecond = large.relations / (large.report.runMs / 1_000);
    const growth = large.report.runMs / small.report.runMs / (large.relations / small.relations);
    return [
      {
        name: `coupling of ${large.relations} relations`,
        value: perSecond,
        unit: 'relations/s',
        must: { atLeast: 4_000 },
      },
      { name: 'worker memory, peak', value: large.workerPeakMb, unit: 'MB', must: { atMost: 600 } },
      { name: 'time for 10 × the relations', value: growth * 10, unit: '×', must: { atMost: 11 } },
      {
        name: `resync of ${changedShare * 100} % changed`,
        value: (resync / large.report.runMs) * 100,
        unit: '% of the first',
        must: { atMost: 5 },
      },
    ];
  } finally {
    await large.product.stop();
  }
}

async function measure(log: (line: string) => void, relations: number): Promise<Coupled> {
  const coupled = await coupleOnce({ divisions: administrations, relations, unthrottled: true, seed: 7 });
  const seconds = (coupled.report.runMs / 1_000).toFixed(1);
  log(
    `${coupled.relations} relations of ${administrations} administrations in ${seconds} s, worker ${coupled.workerPeakMb} MB`,
  );
  return coupled;
}

async function resyncAfterEdits(
  log: (line: string) => void,
  { api, sandbox, relations }: Coupled,
): Promise<number> {
  const edits = await someAccounts(api, Math.round(relations * changedShare));
  for (const [index, { division, id }] of edits.entries())
    await sandbox.editPhone(division, id, `0${100_000_000 + index}`);
  const { run, ms } = await resyncOnce(api);
  const fetched = recordsOf(run, 'accounts');
  log(`resync after ${edits.length} edits: ${fetched} accounts read in ${(ms / 1_000).toFixed(2)} s`);
  if (fetched < edits.length) throw new Error('the resync missed edits');
  return ms;
}
