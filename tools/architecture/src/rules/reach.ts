import { isForTests, type SourceTree, type Violation } from '../source-tree.js';

/** Only `config.ts` reads the environment. */
export function environmentOnlyInConfig(tree: SourceTree): Violation[] {
  return tree
    .filter(({ path }) => !isForTests(path) && !path.endsWith('/config.ts'))
    .flatMap(({ path, environmentReads }) =>
      environmentReads.map((line) => ({ path, line, message: 'reads process.env outside config.ts' })),
    );
}

/** Only the relay and the sweeper add to a queue, so that no job exists that Postgres does not know of. */
export function queueOnlyFromOutbox(tree: SourceTree): Violation[] {
  const mayAdd = /^apps\/worker\/src\/(.*\/)?(outbox-relay|sweeper)\.ts$/;
  return tree
    .filter(({ path }) => /^(apps|libs)\//.test(path) && !isForTests(path) && !mayAdd.test(path))
    .flatMap(({ path, calls }) =>
      calls
        .filter(({ receiver, name }) => name === 'addBulk' || (name === 'add' && /queue/i.test(receiver)))
        .map(({ receiver, name, line }) => ({
          path,
          line,
          message: `adds to a queue (${receiver}.${name}): add a message to the outbox`,
        })),
    );
}

/** Listens on the operator's port, and calls nobody. */
const metricsServer = /^apps\/(api|worker)\/src\/metrics\/serve-metrics\.ts$/;

/** Goes to the addresses of integrators, with bounds and a judgement of its own. */
const webhookSender = 'apps/worker/src/events/post-event.ts';

/**
 * Only `transport.ts` of the client goes to the network, so that limits, time-outs and the journal cannot be passed by; and what
 * sends webhooks, which never goes to Exact.
 */
export function networkOnlyInTransport(tree: SourceTree): Violation[] {
  const network = /^(node:)?(http|https|http2)$|^undici$/;
  return tree
    .filter(
      ({ path }) =>
        /^(libs|apps\/(api|worker))\//.test(path) &&
        !isForTests(path) &&
        path !== 'libs/exact-client/src/transport.ts' &&
        path !== webhookSender,
    )
    .flatMap(({ path, calls, imports }) => [
      ...calls
        .filter(({ receiver, name }) => name === 'fetch' && ['', 'globalThis'].includes(receiver))
        .map(({ line }) => ({ path, line, message: 'calls fetch outside transport.ts' })),
      ...imports
        .filter(
          ({ specifier, isTypeOnly }) => network.test(specifier) && !isTypeOnly && !metricsServer.test(path),
        )
        .map(({ specifier, line }) => ({ path, line, message: `imports ${specifier} outside transport.ts` })),
    ]);
}

/** An entry names what it exports. */
export function noExportAll(tree: SourceTree): Violation[] {
  return tree.flatMap(({ path, exportsAll }) =>
    exportsAll.map((line) => ({ path, line, message: 'exports everything of another file' })),
  );
}

/** What stands in a `testing` folder is for specs, journeys and tools. */
export function testingOnlyForTests(tree: SourceTree): Violation[] {
  return tree
    .filter(({ path }) => !isForTests(path))
    .flatMap(({ path, imports }) =>
      imports
        .filter(
          ({ specifier }) =>
            /(^|\/)testing(\/|$)/.test(specifier) &&
            !specifier.startsWith('@angular/') &&
            !specifier.startsWith('@nestjs/'),
        )
        .map(({ specifier, line }) => ({ path, line, message: `imports ${specifier}, which is for tests` })),
    );
}
