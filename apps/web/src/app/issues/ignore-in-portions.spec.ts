import type { Issue } from '@koppel/contracts';
import { describe, expect, it } from 'vitest';
import type { ApiProblem } from '../api/api-problem.js';
import { ignoreInPortions } from './ignore-in-portions.js';

const issues = Array.from({ length: 120 }, (_, index) => ({ id: `i${index}`, version: index }) as Issue); // all that is sent

async function run(problemAt?: number) {
  const sent: [number, string | undefined][] = [];
  const seen: unknown[] = [];
  const outcome = await ignoreInPortions(issues, {
    send: ({ issues: portion, batchId }) => {
      sent.push([portion.length, batchId]);
      if (sent.length === problemAt)
        return Promise.resolve({ ok: false, problem: { kind: 'unreachable' } as ApiProblem }); // its kind is enough
      return Promise.resolve({ ok: true, value: { batchId: 'b', ignored: portion.length - 1, skipped: 1 } });
    },
    onProgress: (progress) => seen.push(progress?.done),
  });
  return { outcome, sent, seen };
}

describe('ignoring many issues', () => {
  it('is one batch of several portions, and tells how far it is', async () => {
    const { outcome, sent, seen } = await run();
    expect(sent).toEqual([
      [50, undefined],
      [50, 'b'],
      [20, 'b'],
    ]);
    expect(outcome).toEqual({ batchId: 'b', ignored: 117, skipped: 3, problem: undefined });
    expect(seen).toEqual([0, 50, 100, undefined]);
  });

  it('stops at a problem, and what was done before it can be undone', async () => {
    const { outcome, sent } = await run(2);
    expect(sent).toHaveLength(2);
    expect(outcome).toMatchObject({ batchId: 'b', ignored: 49, problem: { kind: 'unreachable' } });
    expect((await run(1)).outcome).toMatchObject({ batchId: undefined, ignored: 0 });
  });
});
