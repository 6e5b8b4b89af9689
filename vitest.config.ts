import { defineConfig } from 'vitest/config';

const conditions = ['@koppel/source'];
const resolve = { conditions };
const ssr = { resolve: { conditions } };
const exclude = ['**/node_modules/**', '**/dist/**'];

/** Pure specs need nothing; database specs get an embedded Postgres; journeys get the whole product and a browser. */
export default defineConfig({
  test: {
    // Vitest leaves one processor free, which is half of a small machine; most specs wait for a database or a process now and then.
    maxWorkers: '100%',
    projects: [
      {
        resolve,
        ssr,
        test: {
          name: 'pure',
          // Importing was most of the time. The specs mock no module and keep nothing in one, so files can share them.
          isolate: false,
          include: [
            'libs/{domain,contracts}/src/**/*.spec.ts',
            'libs/exact-client/src/**/*.spec.ts',
            'tools/{exact-sandbox,architecture,testing,bench,match}/src/**/*.spec.ts',
            'apps/worker/src/**/!(*.db).spec.ts',
            'apps/api/src/**/!(*.db).spec.ts',
            'apps/web/src/**/*.spec.ts',
          ],
          exclude: [...exclude, '**/*.db.spec.ts'],
          testTimeout: 30_000,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'database',
          // As above: importing Nest, BullMQ and Drizzle anew took longer than most of these files.
          isolate: false,
          include: [
            'libs/persistence/src/**/*.spec.ts',
            'apps/{api,worker}/src/**/*.db.spec.ts',
            'tools/{embedded,demo,crash}/src/**/*.spec.ts',
          ],
          exclude,
          globalSetup: ['libs/persistence/src/testing/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'journeys',
          include: ['apps/web/e2e/**/*.e2e.ts'],
          exclude,
          globalSetup: ['apps/web/e2e/global-setup.ts'],
          fileParallelism: false,
          // After the others: a journey has the machine to itself.
          sequence: { groupOrder: 1 },
          // A page that renders on a busy machine does not answer within vitest's second.
          expect: { poll: { timeout: 60_000 } },
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
