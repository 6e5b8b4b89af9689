import { describe, expect, it } from 'vitest';
import { leavePage } from './leave-page.js';
import { UnsavedWork } from './unsaved-work.js';

describe('leaving a page', () => {
  it('is free when the page never came to stand, as below a coupling that could not be read', () => {
    expect(leavePage(null)).toBe(true);
  });

  it('is what the page answers', async () => {
    expect(await leavePage({ mayLeave: () => Promise.resolve(false) })).toBe(false);
  });
});

describe('unsaved work', () => {
  it('is what the page at hand holds, as it stands when asked', () => {
    const work = new UnsavedWork();
    const drafts: string[] = [];
    work.hold(() => drafts);
    expect(work.names()).toEqual([]);
    drafts.push('Jansen Bouw B.V.');
    expect(work.names()).toEqual(['Jansen Bouw B.V.']);
  });

  it('is gone once it was given up, so that it is asked about once', () => {
    const work = new UnsavedWork();
    work.hold(() => ['Jansen Bouw B.V.']);
    work.drop();
    expect(work.names()).toEqual([]);
  });

  it('of the next page stays when the page before it is let go', () => {
    const work = new UnsavedWork();
    const letGo = work.hold(() => ['Jansen Bouw B.V.']);
    work.hold(() => ['De Vries Installatie B.V.']);
    letGo();
    expect(work.names()).toEqual(['De Vries Installatie B.V.']);
  });
});
