import '@angular/localize/init';
import { describe, expect, it } from 'vitest';
import { listingTrouble } from './listing-trouble.js';

const said = (stateReason: string | null, state: 'active' | 'reauth-required' = 'active') =>
  listingTrouble({ state, stateReason }, false);

describe('listingTrouble', () => {
  it('is silent when the list came, and when the consent itself is what is wrong', () => {
    expect(said(null)).toBeUndefined();
    expect(said('exact-user-differs')).toBeUndefined();
    expect(said('reused', 'reauth-required')).toBeUndefined();
    expect(listingTrouble(undefined, false)).toBeUndefined();
  });

  it('says what to do in Exact when the administration that is open there was not consented to', () => {
    expect(said('forbidden-division')?.text).toMatch(/Open in Exact Online een administratie waarvoor/);
  });

  it('tells a user without rights from a list that Exact did not give now', () => {
    expect(said('no-administrations-listed')?.text).toMatch(/rechten/);
    expect(said('rate-limited')?.text).toMatch(/vanzelf/);
  });

  it('speaks of what keeps the list waiting, and of no older trouble while it is asked for again', () => {
    const meanwhile = (stateReason: string) => listingTrouble({ state: 'active', stateReason }, true);
    expect(meanwhile('timeout')?.text).toMatch(/vanzelf/);
    expect(meanwhile('forbidden-division')).toBeUndefined();
  });

  it('names what Exact did when it is none of these', () => {
    expect(said('malformed')?.text).toContain('malformed');
  });
});
