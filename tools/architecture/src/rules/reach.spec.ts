import { describe, expect, it } from 'vitest';
import { describeViolation, plantSourceTree, type SourceTree, type Violation } from '../source-tree.js';
import {
  environmentOnlyInConfig,
  networkOnlyInTransport,
  noExportAll,
  queueOnlyFromOutbox,
  testingOnlyForTests,
} from './reach.js';

const broken = (rule: (tree: SourceTree) => Violation[], files: Record<string, string>): string[] =>
  rule(plantSourceTree(files)).map(describeViolation);

describe('environmentOnlyInConfig', () => {
  it('finds process.env in any spelling outside config.ts', () => {
    const files = {
      'apps/api/src/main.ts': `const port = process.env['PORT'];\nconst { HOME } = process.env;`,
      'apps/api/src/config.ts': `export const config = parse(process.env);`,
      'libs/domain/src/x.spec.ts': `const url = process.env.TEST_REDIS_URL;`,
      'tools/bench/src/main.ts': `console.log(process.env.CI);`,
    };

    expect(broken(environmentOnlyInConfig, files)).toEqual([
      'apps/api/src/main.ts:1 reads process.env outside config.ts',
      'apps/api/src/main.ts:2 reads process.env outside config.ts',
    ]);
  });
});

describe('queueOnlyFromOutbox', () => {
  it('finds a job that is added outside the relay and the sweeper', () => {
    const files = {
      'apps/worker/src/outbox-relay.ts': `await this.queue.addBulk(jobs);`,
      'apps/worker/src/sync/sweeper.ts': `await queue.add('x', {});`,
      'apps/worker/src/sync/fetch.processor.ts': `await this.exactQueue.add('x', {});\nawait this.jobs.addBulk([]);`,
      'apps/worker/src/counts.ts': `seen.add(id);\nawait tx.outbox.add(message);`,
    };

    expect(broken(queueOnlyFromOutbox, files)).toEqual([
      'apps/worker/src/sync/fetch.processor.ts:1 adds to a queue (this.exactQueue.add): add a message to the outbox',
      'apps/worker/src/sync/fetch.processor.ts:2 adds to a queue (this.jobs.addBulk): add a message to the outbox',
    ]);
  });
});

describe('networkOnlyInTransport', () => {
  it('finds every way to the network but transport.ts and what sends webhooks', () => {
    const files = {
      'libs/exact-client/src/transport.ts': `await fetch(url);`,
      'apps/worker/src/events/post-event.ts': `import https from 'node:https';`,
      'libs/exact-client/src/auth/refresh.ts': `await fetch(url);\nawait globalThis.fetch(url);`,
      'apps/api/src/webhooks/send.ts': `import { request } from 'node:https';`,
      'apps/api/src/server.ts': `import type { IncomingMessage } from 'node:http';\nawait store.fetch(id);`,
      'apps/api/src/metrics/serve-metrics.ts': `import { createServer } from 'node:http';\nawait fetch(url);`,
      'apps/web/src/app/events.ts': `await fetch('/v1/events');`,
    };

    expect(broken(networkOnlyInTransport, files)).toEqual([
      'libs/exact-client/src/auth/refresh.ts:1 calls fetch outside transport.ts',
      'libs/exact-client/src/auth/refresh.ts:2 calls fetch outside transport.ts',
      'apps/api/src/webhooks/send.ts:1 imports node:https outside transport.ts',
      'apps/api/src/metrics/serve-metrics.ts:2 calls fetch outside transport.ts',
    ]);
  });
});

describe('noExportAll', () => {
  it('finds export * and lets named exports be', () => {
    const files = {
      'libs/domain/src/sync/index.ts': `export * from './a.js';\nexport { b } from './b.js';\nexport * as c from './c.js';`,
    };

    expect(broken(noExportAll, files)).toEqual([
      'libs/domain/src/sync/index.ts:1 exports everything of another file',
    ]);
  });
});

describe('testingOnlyForTests', () => {
  it('finds production code that imports what is for tests, by path or by name', () => {
    const files = {
      'apps/api/src/main.ts': `import { x } from '@koppel/domain/testing';\nimport { y } from './testing/y.js';\nimport { z } from '@nestjs/testing';`,
      'apps/api/src/main.spec.ts': `import { x } from '@koppel/domain/testing';`,
      'tools/bench/src/run.ts': `import { x } from '@koppel/domain/testing';`,
      'libs/domain/src/testing/a.ts': `import { b } from '../testing/b.js';`,
    };

    expect(broken(testingOnlyForTests, files)).toEqual([
      'apps/api/src/main.ts:1 imports @koppel/domain/testing, which is for tests',
      'apps/api/src/main.ts:2 imports ./testing/y.js, which is for tests',
    ]);
  });
});
