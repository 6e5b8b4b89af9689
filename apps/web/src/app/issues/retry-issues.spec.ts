import type { Issue } from '@koppel/contracts';
import { describe, expect, it } from 'vitest';
import type { ApiProblem } from '../api/api-problem.js';
import { retryIssues } from './retry-issues.js';

// Nothing else of an issue matters here.
const check = (id: string, administrationId: string) => ({ id, administrationId, waysOut: [] }) as never;
const write = (id: string, administrationId: string) =>
  ({ id, administrationId, waysOut: [{ kind: 'write-again' }] }) as never;

/** Tries them again, where the server answers some with a problem of that kind. */
async function run(issues: readonly Issue[], problems: Readonly<Record<string, string>> = {}) {
  const asked: string[] = [];
  const { done, skipped, problem } = await retryIssues(issues, (issue) => {
    asked.push(issue.id);
    const kind = problems[issue.id];
    if (kind === undefined) return Promise.resolve({ ok: true, value: issue });
    return Promise.resolve({ ok: false, problem: { kind } as ApiProblem }); // its kind decides
  });
  return { asked, done: done.length, skipped, problem };
}

describe('trying issues again', () => {
  it('asks for one check per administration', async () => {
    const outcome = await run([check('a', '1'), check('b', '2'), check('c', '1')]);
    expect(outcome).toEqual({ asked: ['a', 'b'], done: 3, skipped: 0, problem: undefined });
  });

  it('asks for every write that failed, and for the check beside it', async () => {
    expect((await run([write('a', '1'), write('b', '1'), check('c', '1')])).asked).toEqual(['a', 'b', 'c']);
  });

  it('goes on past writes that were closed meanwhile', async () => {
    const outcome = await run([write('a', '1'), write('b', '1'), write('c', '1')], { a: 'issue-closed' });
    expect(outcome).toEqual({ asked: ['a', 'b', 'c'], done: 2, skipped: 1, problem: undefined });
  });

  it('asks by the next issue of the administration when the first was closed meanwhile', async () => {
    const outcome = await run([check('a', '1'), check('b', '1'), check('c', '1')], { a: 'issue-closed' });
    expect(outcome).toEqual({ asked: ['a', 'b'], done: 2, skipped: 1, problem: undefined });
  });

  it('stops at any other problem', async () => {
    const outcome = await run([write('a', '1'), write('b', '1')], { a: 'unreachable' });
    expect(outcome).toMatchObject({ asked: ['a'], done: 0, problem: { kind: 'unreachable' } });
  });
});
