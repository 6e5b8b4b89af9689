import { describe, expect, it } from 'vitest';
import { asId, type IssueId, type TenantId } from '../kernel/index.js';
import {
  InMemoryActs,
  InMemoryIssues,
  InMemoryOutbox,
  InMemoryUnitOfWork,
  sequentialIds,
} from '../testing/index.js';
import { causeTable, factsOfCause, fillText } from './cause-table.js';
import { ignoreBatch } from './ignore-batch.js';
import { ignoreIssue } from './ignore-issue.js';
import { reopenIssue, undoIgnoring } from './reopen-issue.js';

const tenantId = asId<TenantId>('00000000-0000-7000-8000-000000000001');
const actor = { id: 'u1', name: 'Anna', kind: 'person' } as const;
const now = () => new Date('2026-11-25T10:00:00Z');
const trouble = {
  cause: 'fetch-failed',
  causeKey: 'fetch-failed:a:accounts',
  administrationId: null,
  params: { kind: 'accounts', attempts: 5, reason: '503' },
} as const;

async function aWorld() {
  const issues = new InMemoryIssues(sequentialIds());
  await issues.report([trouble], now());
  const [issue] = issues.all();
  if (!issue) throw new Error('reported above');
  const tx = { issues, outbox: new InMemoryOutbox(), acts: new InMemoryActs() };
  return { deps: { uow: new InMemoryUnitOfWork(tx), now, newId: sequentialIds() }, tx, issue };
}

describe('texts of causes', () => {
  it.each(Object.entries(causeTable))('%s reads in both languages and names the same facts', (_, facts) => {
    const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
    expect(names(facts.title.nl)).toEqual(names(facts.title.en));
    expect(names(facts.explanation.nl)).toEqual(names(facts.explanation.en));
    expect(facts.waysOut.length).toBeGreaterThan(0);
  });

  it('are general ones for a cause that a later release wrote', () => {
    for (const cause of ['of-a-later-release', 'toString'])
      expect(factsOfCause(cause)).toMatchObject({
        title: { en: 'Issue of a newer version' },
        isBlocking: false,
      });
    expect(factsOfCause('fetch-failed')).toBe(causeTable['fetch-failed']);
  });

  it('says a moment as people do, with its time zone', () => {
    const text = { nl: 'Verder {until}.', en: 'On {until}.' };
    expect(fillText(text, { until: '2026-11-25T23:30:00.000Z' })).toEqual({
      nl: 'Verder donderdag 26 november om 00:30 CET.',
      en: 'On Thursday 26 November at 00:30 CET.',
    });
  });

  it('fills facts in, and a dash for one that is not known', () => {
    expect(fillText({ nl: '{a} en {b}', en: '{a}' }, { a: 1 })).toEqual({ nl: '1 en …', en: '1' });
  });
});

describe('ignoreIssue', () => {
  it('puts an issue aside with the reason, and stays so when the trouble is seen again', async () => {
    const { deps, tx, issue } = await aWorld();
    const command = { tenantId, issueId: issue.id, version: 1, reason: ' echt leeg ', actor };

    expect(await ignoreIssue(deps, command)).toMatchObject({
      ok: true,
      value: { ignoredReason: 'echt leeg' },
    });
    expect((await ignoreIssue(deps, command)).ok).toBe(true);
    await tx.issues.report([trouble], now());
    expect(await tx.issues.countOpenBlocking()).toBe(0);
  });

  it.each([
    [{ reason: '  x ' }, 'reason-missing'],
    [{ version: 9 }, 'changed-meanwhile'],
    [{ issueId: asId<IssueId>('00000000-0000-7000-8000-00000000dead') }, 'not-found'],
  ])('refuses %o with %s', async (over, kind) => {
    const { deps, issue } = await aWorld();
    const command = { tenantId, issueId: issue.id, version: 1, reason: 'geen', actor, ...over };
    expect(await ignoreIssue(deps, { ...command })).toMatchObject({ ok: false, error: { kind } });
  });
});

describe('an ignored issue', () => {
  async function anIgnoredIssue() {
    const world = await aWorld();
    await ignoreIssue(world.deps, { tenantId, issueId: world.issue.id, version: 1, reason: 'klopt', actor });
    const [act] = world.tx.acts.all();
    if (!act) throw new Error('ignoring is an act');
    return { ...world, act };
  }

  it('is open again once somebody reopens it, counts what comes after, and says who did both', async () => {
    const { deps, tx, issue } = await anIgnoredIssue();
    const command = { tenantId, issueId: issue.id, version: 2, actor: { ...actor, name: 'Bram' } };

    expect(await reopenIssue(deps, command)).toMatchObject({
      ok: true,
      value: { state: 'open', ignoredReason: null, closedBy: null, version: 3 },
    });
    await tx.issues.report([trouble], now());

    expect(tx.issues.all()).toMatchObject([{ state: 'open', occurrences: 2 }]);
    expect(tx.acts.all()).toMatchObject([
      { kind: 'ignore-issue', actorName: 'Anna', facts: { reason: 'klopt' } },
      { kind: 'reopen-issue', actorName: 'Bram', undoneBy: null },
    ]);
    expect(tx.acts.all()[0]?.undoneBy).toBe(tx.acts.all()[1]?.id);
    expect((await reopenIssue(deps, command)).ok).toBe(true);
    expect(tx.acts.all()).toHaveLength(2);
  });

  it('is reopened from history too, once', async () => {
    const { deps, tx, act } = await anIgnoredIssue();
    const command = { tenantId, actionId: act.id, actor };

    expect((await undoIgnoring(deps, command)).ok).toBe(true);
    expect(await undoIgnoring(deps, command)).toMatchObject({
      ok: false,
      error: { kind: 'already-undone', byName: 'Anna' },
    });
    const [, reopening] = tx.acts.all();
    expect(await undoIgnoring(deps, { ...command, actionId: reopening!.id })).toMatchObject({
      ok: false,
      error: { kind: 'not-undoable', reason: 'never' },
    });
  });

  it('is locked before its act, by history as by reopening, so that two people do not wait for each other', async () => {
    const { deps, tx, act } = await anIgnoredIssue();
    const locked: string[] = [];
    for (const [name, rows] of [['issue', tx.issues] as const, ['act', tx.acts] as const]) {
      const find = rows.findByIdForUpdate.bind(rows) as (id: string) => Promise<never>;
      rows.findByIdForUpdate = (id: string) => {
        locked.push(name);
        return find(id);
      };
    }
    expect((await undoIgnoring(deps, { tenantId, actionId: act.id, actor })).ok).toBe(true);
    expect(locked).toEqual(['issue', 'act']);
  });

  it('stays ignored for who saw another version, and a solved one stays solved', async () => {
    const { deps, tx, issue } = await anIgnoredIssue();
    const command = { tenantId, issueId: issue.id, version: 1, actor };
    expect(await reopenIssue(deps, command)).toMatchObject({
      ok: false,
      error: { kind: 'changed-meanwhile' },
    });

    await reopenIssue(deps, { ...command, version: 2 });
    await tx.issues.resolve([issue.causeKey], now(), 'Koppel');
    expect(await reopenIssue(deps, { ...command, version: 4 })).toMatchObject({
      ok: false,
      error: { kind: 'issue-closed', state: 'resolved' },
    });
  });
});

describe('ignoreBatch', () => {
  const batchId = '00000000-0000-7000-8000-0000000000ba';
  async function three() {
    const world = await aWorld();
    const troubles = ['b', 'c'].map((key) => ({ ...trouble, causeKey: `fetch-failed:${key}:accounts` }));
    await world.tx.issues.report(troubles, now());
    const issues = world.tx.issues.all();
    const seen = issues.map(({ id: issueId, version }) => ({ issueId, version }));
    const ignore = (over: { reason?: string; issues?: typeof seen } = {}) =>
      ignoreBatch(world.deps, { tenantId, batchId, issues: seen, reason: 'bekend', actor, ...over });
    return { ...world, issues, seen, ignore };
  }
  const states = ({ tx }: { tx: { issues: InMemoryIssues } }) => tx.issues.all().map(({ state }) => state);

  it('puts aside those that are as they were seen, each as an act of the batch', async () => {
    const world = await three();
    await world.tx.issues.save({ ...world.issues[1]!, version: 2 });
    await world.tx.issues.resolve([world.issues[2]!.causeKey], now(), 'Koppel');
    expect(await world.ignore()).toEqual({ ok: true, value: { ignored: 1, skipped: 2 } });
    expect(states(world)).toEqual(['ignored', 'open', 'resolved']);
    expect(world.tx.acts.all()).toMatchObject([{ kind: 'ignore-issue', batchId }]);
  });

  it('counts only what it put aside itself: what somebody else ignored meanwhile has no act in the batch', async () => {
    const world = await three();
    const command = { tenantId, ...world.seen[0]!, reason: 'klopt', actor };
    await ignoreIssue(world.deps, command);
    expect(await world.ignore()).toEqual({ ok: true, value: { ignored: 2, skipped: 1 } });
    expect(await world.ignore()).toEqual({ ok: true, value: { ignored: 0, skipped: 3 } });
    expect(world.tx.acts.all().filter((act) => act.batchId === batchId)).toHaveLength(2);
  });

  it('again adds nothing, and without a reason does nothing', async () => {
    const world = await three();
    expect(await world.ignore({ reason: ' x ' })).toEqual({ ok: false, error: { kind: 'reason-missing' } });
    expect(states(world)).toEqual(['open', 'open', 'open']);
    await world.ignore();
    await world.ignore();
    expect(world.tx.acts.all()).toHaveLength(3);
  });

  it('is taken back as a batch: the act of reopening says of which', async () => {
    const world = await three();
    await world.ignore();
    const [act] = world.tx.acts.all();
    const undone = await undoIgnoring(world.deps, { tenantId, actionId: act!.id, batchId, actor });
    expect(undone.ok).toBe(true);
    expect(world.tx.acts.all().at(-1)).toMatchObject({ kind: 'reopen-issue', batchId });
  });
});
