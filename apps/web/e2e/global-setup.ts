import { startProduct } from '@koppel/embedded';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The running product of all journeys: each journey file signs in as its own tenant or goes on where it is. */
    product: { readonly url: string; readonly sandboxUrl: string };
  }
}

/** One real product for the journeys: embedded database, sandbox, api with the built portal, worker. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const product = await startProduct({
    sandbox: {},
    // The journeys start their own resyncs, and see one at a time.
    env: { SEED_DEMO: '1', EXACT_WEBHOOKS: 'off' },
    databaseFlags: ['-c', 'fsync=off'],
  });
  project.provide('product', { url: product.url, sandboxUrl: product.sandboxUrl ?? '' });
  return () => product.stop();
}
