import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createTestDatabase } from '@koppel/persistence/testing';
import { CrashPoints, Databases, judge, prepareStage, runRaces, runTrial, Victims } from './index.js';
import type { Surroundings, TrialEnd } from './index.js';

const isBuilt = existsSync(path.resolve(import.meta.dirname, '../dist/victim.js'));
const encryptionKey = randomBytes(32).toString('base64');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'koppel-crash-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('crash points', () => {
  it('are counted by name, and end the process at the chosen one and no other', async () => {
    let kills = 0;
    const points = new CrashPoints(2, () => (kills += 1));
    await points.reach('one');
    const never = points.reach('two').then(() => 'went on');

    expect(await Promise.race([never, new Promise((resolve) => setImmediate(resolve, 'stopped'))])).toBe(
      'stopped',
    );
    expect(points.passed).toEqual(['one', 'two']);
    expect(kills).toBe(1);
  });
});

describe('the judge', () => {
  const counters = {
    ...{ calls: 10, writes: 2, secondRefreshTokenUses: 0, tooEarlyRefreshes: 0 },
    ...{ tooManyPerMinute: 0, tooManyPerDay: 0, countedErrors: 0 },
  };
  interface Over {
    readonly koppel?: readonly string[];
    readonly exact?: readonly string[];
    readonly journal?: Partial<typeof counters>;
  }
  const sceneOf = ({ koppel = ['a 1', 'b 1'], exact = ['x'], journal }: Over) => ({
    ...{ koppel, exact },
    journal: { ...counters, ...journal },
  });
  const anEnd = (over: Over = {}, settled: Over = {}) =>
    ({
      ends: [{ kind: 'lived', points: [] }],
      scene: sceneOf(over),
      settled: sceneOf(settled),
    }) as unknown as TrialEnd;

  it.each([
    ['nothing', {}, 0],
    ['a lost fact', { koppel: ['a 1'] }, 1],
    ['a doubled fact', { koppel: ['a 1', 'b 1', 'b 1'] }, 1],
    ['another value', { exact: ['y'] }, 2],
    ['a second write', { journal: { writes: 3 } }, 1],
    ['a used refresh token', { journal: { secondRefreshTokenUses: 1 } }, 1],
  ] as const)('finds %s, also after settling', (_what, over, found) => {
    expect(judge('resync', anEnd(), anEnd(over))).toHaveLength(found);
    expect(judge('resync', anEnd(), anEnd({}, over))).toHaveLength(found);
  });

  it.each([
    ['one page again', 14, 0],
    ['more than that', 15, 1],
  ] as const)('finds %s', (_what, calls, found) => {
    expect(judge('resync', anEnd(), anEnd({ journal: { calls } }))).toHaveLength(found);
  });

  it('leaves out of a scenario whose jobs may run in any order what each fetch brought, and where cursors ended', () => {
    const usual = { koppel: ['brought 5', 'cursor 17', 'unfetched 0', 'cursors 1'] };
    const fetchedFirst = { koppel: ['brought 3', 'cursor 12', 'unfetched 2', 'cursors 1'] };
    const caughtUp = { koppel: ['brought 2', 'cursor 18', 'unfetched 0', 'cursors 1'] };

    expect(judge('write-back', anEnd(usual, usual), anEnd(fetchedFirst, caughtUp))).toEqual([]);
    expect(judge('resync', anEnd(usual, usual), anEnd(fetchedFirst, caughtUp))).toHaveLength(8);
    expect(judge('write-back', anEnd(usual, usual), anEnd(fetchedFirst, fetchedFirst))).toEqual([
      'Settled, Koppel lacks: unfetched 0',
      'Settled, Koppel has besides: unfetched 2',
    ]);
  });
});

describe.skipIf(!isBuilt)('a worker that is killed', () => {
  it('at a few points of a merge loses and doubles nothing (F72); all points: npm run test:crash', async () => {
    const victims = new Victims(path.join(folder, 'compiled'));
    const databases = new Databases(inject('testDatabase').serverUrl);
    const surroundings: Surroundings = { databases, folder, encryptionKey };
    try {
      const stage = await prepareStage('merge', surroundings);
      const trying = { ...surroundings, stage, victims };
      const undisturbed = await runTrial(trying, undefined);
      const [whole] = undisturbed.ends;
      const points = whole?.kind === 'lived' ? whole.points : [];
      const kindsOfFacts = undisturbed.scene.koppel.map((line) => line.split(' ', 1)[0]);
      expect(kindsOfFacts).toEqual(expect.arrayContaining(['account', 'key', 'link', 'action', 'write']));
      const chosen = ['commit', 'actions.add', 'mark as sent', 'answer of PUT crm/Accounts'].map(
        (name) => points.lastIndexOf(name) + 1,
      );
      for (const point of chosen.filter((each) => each > 0)) {
        const trial = await runTrial(trying, point);
        expect(trial.ends[0]).toEqual({ kind: 'killed' });
        expect(judge('merge', undisturbed, trial)).toEqual([]);
      }
      await databases.drop(stage.template);
    } finally {
      victims.close();
    }
  }, 300_000);
});

describe.skipIf(!isBuilt)('four processes that need one token', () => {
  it('never send a used refresh token, whoever is paused or killed (F41); more: npm run test:tokens', async () => {
    const database = await createTestDatabase();
    try {
      const report = await runRaces({
        databaseUrl: database.url,
        encryptionKey,
        processes: 4,
        expiries: 20,
        seed: 3,
      });
      expect(report).toMatchObject({ expiries: 20, wrong: [] });
      expect(report.kills + report.pauses).toBeGreaterThan(0);
    } finally {
      await database.drop();
    }
  }, 300_000);
});
