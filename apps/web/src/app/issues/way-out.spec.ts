import { describe, expect, it } from 'vitest';
import { targetOf, type WayOut } from './way-out.js';

const way = (kind: WayOut['kind'], url: string | null = null): WayOut => ({
  kind,
  url,
  label: { nl: '', en: '' },
});
const issue = { cause: 'double-in-administration', administrationId: 'a1' };

describe('targetOf', () => {
  it('leads a double to the pairs inside that administration', () => {
    expect(targetOf(way('open-match'), issue)).toEqual({
      kind: 'page',
      path: '/matchen',
      query: { soort: 'dubbel', administratie: 'a1' },
    });
  });

  it('leads a webhook that was switched off to where it is looked after', () => {
    const off = { cause: 'webhook-disabled', administrationId: null };
    expect(targetOf(way('open-webhooks'), off)).toEqual({
      kind: 'page',
      path: '/beheer',
      query: {},
      fragment: 'webhooks',
    });
  });

  it('leads to the relation that has it already, when there is one here', () => {
    expect(targetOf(way('open-relation', '/relaties/r1'), issue)).toEqual({
      kind: 'page',
      path: '/relaties/r1',
      query: {},
    });
    expect(targetOf(way('open-relation'), issue)).toBeUndefined();
  });

  it('opens Exact only at a web address', () => {
    expect(targetOf(way('open-exact', 'https://start.exactonline.nl/x'), issue)).toMatchObject({
      kind: 'exact',
    });
    expect(targetOf(way('open-exact', 'javascript:alert(1)'), issue)).toBeUndefined();
    expect(targetOf(way('open-exact'), issue)).toBeUndefined();
  });

  it.each(['approve', 'reject', 'ignore'] as const)('leaves %s to its own question', (kind) => {
    expect(targetOf(way(kind), issue)).toEqual({ kind: 'action', action: kind });
  });

  it.each(['retry', 'recheck', 'write-again'] as const)('takes %s as checking again', (kind) => {
    expect(targetOf(way(kind), issue)).toEqual({ kind: 'action', action: 'recheck' });
  });
});
