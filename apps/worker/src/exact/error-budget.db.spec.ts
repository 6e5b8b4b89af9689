import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ExactError, type BudgetedCall } from '@koppel/exact-client';
import { TwoBudgets } from '../testing/two-budgets.js';
import type { PostgresBudget } from './postgres-budget.js';

let two: TwoBudgets;
let workers: readonly PostgresBudget[];
beforeAll(async () => {
  two = await TwoBudgets.open();
});
afterAll(() => two.close());
beforeEach(() => {
  two.begin();
  workers = two.budgets;
});

const aWrite = (endpoint = 'crm/Accounts'): BudgetedCall => ({
  ...{ division: 900_001, endpoint, class: 'resync', isWrite: true },
});

/** A call that left, by one of the workers in turn; or why it did not. */
async function leave(index: number, call = aWrite()) {
  const budget = workers[index % 2]!;
  try {
    await budget.reserve(call);
    return {
      answer: (status: number) => budget.record(call, { status }),
      giveBack: () => budget.giveBack(call),
    };
  } catch (error) {
    if (!(error instanceof ExactError)) throw error;
    return error.failure;
  }
}

/** Those of that many calls at once that left. */
async function leaveAtOnce(count: number, endpoint?: string) {
  const calls = await Promise.all(
    Array.from({ length: count }, (_, index) => leave(index, aWrite(endpoint))),
  );
  const held = calls.filter((call) => 'kind' in call);
  return { sent: calls.filter((call) => 'answer' in call), held };
}

/** Errors of two kinds in turn: three of one kind would close the endpoint. */
async function meetErrors(count: number) {
  for (let index = 0; index < count; index += 1) {
    const call = await leave(index);
    if ('kind' in call) throw new Error(call.kind);
    await call.answer(index % 2 === 0 ? 400 : 404);
  }
}

describe('the errors of one endpoint, of two workers over one database (F3A)', () => {
  it('are no more than eight in an hour, though twelve refused writes would leave at once', async () => {
    await meetErrors(6);
    const { sent, held } = await leaveAtOnce(12);
    expect(sent).toHaveLength(2);
    const resetsAt = new Date(two.clock.now().getTime() + 5_000);
    expect(held).toEqual(
      Array.from({ length: 10 }, () => ({ kind: 'rate-limited', window: 'minute', resetsAt })),
    );

    for (const [index, call] of sent.entries()) await call.answer(index % 2 === 0 ? 400 : 404);
    expect(await leave(0)).toMatchObject({ kind: 'endpoint-suspended' });
    expect((await leaveAtOnce(12, 'crm/Contacts')).sent).toHaveLength(12);
  });

  it('hold nothing up where there are none', async () => {
    expect((await leaveAtOnce(20)).sent).toHaveLength(20);
  });

  it('hold up others only until one under way is answered well, or is not sent', async () => {
    await meetErrors(6);
    const { sent } = await leaveAtOnce(2);
    expect(await leave(0)).toMatchObject({ kind: 'rate-limited' });
    await sent[0]!.answer(200);
    expect(await leave(1)).toHaveProperty('answer');
    expect(await leave(0)).toMatchObject({ kind: 'rate-limited' });
    await sent[1]!.giveBack();
    expect(await leave(1)).toHaveProperty('answer');
  });

  it('do not wait for ever for calls of a worker that died', async () => {
    await meetErrors(6);
    await leaveAtOnce(2);
    two.clock.advance(129_999);
    expect(await leave(0)).toMatchObject({ kind: 'rate-limited' });
    two.clock.advance(5_000);
    expect(await leave(1)).toHaveProperty('answer');
  });
});
