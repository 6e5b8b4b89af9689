import { describe, expect, it } from 'vitest';
import { asId, type IssueId, type TenantId } from '../kernel/index.js';
import { InMemoryIssues, InMemoryOutbox, InMemoryUnitOfWork, sequentialIds } from '../testing/index.js';
import { causeTable, fillText } from './cause-table.js';
import { ignoreIssue } from './ignore-issue.js';
import { recheckIssue } from './recheck-issue.js';

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
  const tx = { issues, outbox: new InMemoryOutbox() };
  return { deps: { uow: new InMemoryUnitOfWork(tx), now, newId: sequentialIds() }, tx, issue };
}

describe('texts of causes', () => {
  it.each(Object.entries(causeTable))('%s reads in both languages and names the same facts', (_, facts) => {
    const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
    expect(names(facts.title.nl)).toEqual(names(facts.title.en));
    expect(names(facts.explanation.nl)).toEqual(names(facts.explanation.en));
    expect(facts.waysOut.length).toBeGreaterThan(0);
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

describe('recheckIssue', () => {
  it('asks for a resync, and refuses once the issue is closed', async () => {
    const { deps, tx, issue } = await aWorld();

    expect((await recheckIssue(deps, { tenantId, issueId: issue.id })).ok).toBe(true);
    await tx.issues.resolve([issue.causeKey], now(), 'Koppel');
    expect(await recheckIssue(deps, { tenantId, issueId: issue.id })).toMatchObject({
      ok: false,
      error: { kind: 'issue-closed' },
    });
  });
});
