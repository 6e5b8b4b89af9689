import { setTimeout as sleep } from 'node:timers/promises';
import { getSyncRunEndpoint, startResyncEndpoint, type SyncRun } from '@koppel/contracts';
import { ApiClient, ApiRefusal, coupleAll, type CoupleReport } from '@koppel/demo';
import { startProduct, type Product, type SandboxFlags } from '@koppel/embedded';
import { MemoryWatch } from './memory.js';
import { SandboxAdmin } from './sandbox-admin.js';

const resyncMaxMs = 10 * 60 * 1_000;

export interface Coupled {
  readonly product: Product;
  readonly api: ApiClient;
  readonly sandbox: SandboxAdmin;
  readonly report: CoupleReport;
  /** Accounts fetched, over all administrations. */
  readonly relations: number;
  readonly workerPeakMb: number;
}

/** A fresh product, a world of the given size, and the whole coupling over REST. The caller stops the product. */
export async function coupleOnce(flags: SandboxFlags): Promise<Coupled> {
  const product = await startProduct({ sandbox: flags, env: { SEED_DEMO: '1', EXACT_WEBHOOKS: 'off' } });
  const memory = new MemoryWatch(() => product.pidOf('worker'));
  try {
    const api = new ApiClient(product.url);
    const report = await coupleAll(api, {
      email: 'admin@koppel.demo',
      password: 'koppel-demo',
      exact: { username: 'anna@bouwgroep-demo.nl', password: 'demo' },
    });
    const relations = recordsOf(report.run, 'accounts');
    const sandbox = new SandboxAdmin(product.sandboxUrl ?? '');
    return { product, api, sandbox, report, relations, workerPeakMb: memory.peakMb };
  } catch (error) {
    await product.stop();
    throw error;
  } finally {
    memory.stop();
  }
}

export function recordsOf(run: SyncRun, kind: string): number {
  return run.administrations
    .flatMap(({ parts }) => parts)
    .reduce((sum, part) => (part.kind === kind ? sum + part.records : sum), 0);
}

/** Resyncs everything and answers how long it took. */
export async function resyncOnce(api: ApiClient): Promise<{ run: SyncRun; ms: number }> {
  const startedAt = performance.now();
  const { runId } = await api.call(startResyncEndpoint, { body: {} });
  while (performance.now() - startedAt < resyncMaxMs) {
    const run = await api.call(getSyncRunEndpoint, { params: { id: runId } });
    if (run.endedAt !== null) return { run, ms: performance.now() - startedAt };
    await sleep(50);
  }
  throw new Error('the resync did not end in time');
}

const startsMax = 600;
const startEveryMs = 200;

/** The same, after a run that something else began: the product fetches by itself what changed during the first coupling. */
export async function resyncWhenFree(api: ApiClient): ReturnType<typeof resyncOnce> {
  for (let tries = 1; ; tries += 1)
    try {
      return await resyncOnce(api);
    } catch (error) {
      const isBusy = error instanceof ApiRefusal && error.problem.kind === 'sync-already-running';
      if (!isBusy || tries === startsMax) throw error;
      await sleep(startEveryMs);
    }
}
