import { describe, expect, it } from 'vitest';
import { mostPerDeath } from './pages-again.js';

const endpoint = 'sync/CRM/Accounts';
const page = (division: number, number: number) => ({ division, endpoint, path: `/${division}/${number}` });
const died = (...divisions: number[]) => ({
  tookMs: 1,
  endedMs: 1,
  steps: divisions.map((code) => `${code} ${endpoint}`),
});

describe('pages asked again', () => {
  it('are those of the step that had the most, per death of it: no step hides behind others', () => {
    const pages = [page(1, 1), page(1, 1), page(1, 2), page(1, 2), page(2, 1), page(3, 1)];

    expect(mostPerDeath(pages, [died(1, 2), died(2, 3)])).toBe(2);
    expect(mostPerDeath(pages, [died(1, 2), died(1)])).toBe(1);
  });

  it('are none when every page was asked once, and all of them where nobody is known to have died', () => {
    expect(mostPerDeath([page(1, 1)], [died(1)])).toBe(0);
    expect(mostPerDeath([page(1, 1), page(1, 1), page(1, 1)], [died(2)])).toBe(2);
  });
});
