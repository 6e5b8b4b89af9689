import type { Issue } from '@koppel/contracts';
import { describe, expect, it } from 'vitest';
import type { ApiProblem } from '../api/api-problem.js';
import { actOnEach } from './bulk-act.js';

const refused = (kind: string) => ({ ok: false as const, problem: { kind } as ApiProblem }); // its kind decides
const answers: Readonly<Record<string, string>> = {
  taken: 'changed-meanwhile',
  closed: 'issue-closed',
  away: 'unreachable',
};

async function run(ids: readonly string[]) {
  const seen: unknown[] = [];
  const outcome = await actOnEach(
    ids.map((id) => ({ id, version: 1 }) as Issue), // nothing else of an issue matters here
    {
      act: (issue: Issue) => {
        const kind = answers[issue.id];
        return Promise.resolve(kind ? refused(kind) : { ok: true as const, value: { ...issue, version: 2 } });
      },
      onProgress: (progress) => seen.push(progress),
    },
  );
  return { ...outcome, done: outcome.done.map(({ id, version }) => [id, version]), seen };
}

describe('doing one thing to many issues', () => {
  it('counts apart what was done and what somebody else changed or closed meanwhile', async () => {
    expect(await run(['a', 'taken', 'closed', 'b'])).toMatchObject({
      done: [
        ['a', 2],
        ['b', 2],
      ],
      skipped: 2,
      problem: undefined,
    });
  });

  it('tells how far it is before each, and that it is over', async () => {
    const { seen } = await run(['a', 'taken', 'b']);
    expect(seen).toEqual([{ done: 0, total: 3 }, { done: 1, total: 3 }, { done: 2, total: 3 }, undefined]);
  });

  it('stops at any other problem and says what was done before it', async () => {
    expect(await run(['a', 'away', 'b'])).toMatchObject({
      done: [['a', 2]],
      skipped: 0,
      problem: { kind: 'unreachable' },
    });
  });
});
