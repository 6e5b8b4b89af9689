import { beforeEach, describe, expect, it } from 'vitest';
import type { Issue, Issues, Trouble } from '../issues/index.js';
import { anAdministration } from './an-administration.js';

const monday = new Date('2026-11-23T09:00:00Z');
const tuesday = new Date('2026-11-24T09:00:00Z');
const double: Trouble = {
  cause: 'double-in-administration',
  causeKey: 'double-in-administration:a:1',
  administrationId: null,
  params: { name: 'Bakker Bouw B.V.', codes: '1001, 1002' },
};
const broken: Trouble = {
  cause: 'connection-broken',
  causeKey: 'connection-broken:c',
  administrationId: null,
  params: { reason: 'Old refresh token used.' },
};

/** What every adapter of Issues does. `make` gives an empty one. */
export function describeIssuesContract(make: () => Promise<Issues>): void {
  describe('Issues', () => {
    let issues: Issues;
    beforeEach(async () => {
      issues = await make();
    });

    it('opens one issue per cause key and counts it when it is seen again', async () => {
      await issues.report([double, broken], monday);
      await issues.report([double], tuesday);

      expect(await issues.findOpenCauseKeys('')).toEqual([
        'connection-broken:c',
        'double-in-administration:a:1',
      ]);
      expect(await issues.countOpenBlocking()).toBe(1);
    });

    it('are read on from a cause key, a portion at a time', async () => {
      const keys = ['walk:a', 'walk:B', 'walk:c', 'walks'];
      await issues.report(
        keys.map((causeKey) => ({ ...double, causeKey })),
        monday,
      );
      const after = async (key: string) =>
        (await issues.findOpenAfter('walk:', { after: key, limit: 2 })).map(({ causeKey }) => causeKey);
      expect(await after('')).toEqual(['walk:B', 'walk:a']);
      expect(await after('walk:a')).toEqual(['walk:c']);
      expect(await after('walk:c')).toEqual([]);
    });

    it('has another version when it says something else, and the same one when it is only seen again', async () => {
      const version = async () => (await issues.findOpen(double.causeKey))[0]?.version;
      await issues.report([double], monday);
      const first = await version();
      await issues.report([double], tuesday);
      expect(await version()).toBe(first);
      await issues.report([{ ...double, params: { ...double.params, codes: '1001, 1003' } }], tuesday);
      expect(await version()).toBe(Number(first) + 1);
    });

    it('closes by cause key, and opens a new one when the cause returns', async () => {
      await issues.report([double], monday);

      expect(await issues.resolve([double.causeKey, 'unknown'], tuesday, 'Koppel')).toBe(1);
      expect(await issues.findOpenCauseKeys('double-')).toEqual([]);
      await issues.report([double], tuesday);
      expect(await issues.findOpenCauseKeys('double-')).toEqual([double.causeKey]);
    });

    it('closes an ignored one too when its cause is gone, so that it opens anew when the cause returns', async () => {
      await issues.report([double], monday);
      const [open] = await issues.findOpen(double.causeKey);
      await issues.save({ ...(open as Issue), state: 'ignored', ignoredReason: 'Bekend', closedAt: monday });
      await issues.report([double], tuesday);
      expect(await issues.findOpenCauseKeys('double-')).toEqual([]);
      expect(await issues.findUnresolvedCauseKeys('double-')).toEqual([double.causeKey]);

      expect(await issues.resolve([double.causeKey], tuesday, 'Koppel')).toBe(1);
      expect(await issues.findUnresolvedCauseKeys('double-')).toEqual([]);
      expect(await issues.findById((open as Issue).id)).toMatchObject({
        state: 'resolved',
        closedBy: 'Koppel',
        ignoredReason: null,
      });
      await issues.report([double], tuesday);
      expect(await issues.findOpenCauseKeys('double-')).toEqual([double.causeKey]);
    });

    it('opens one beside an ignored one only when that is asked for, and closes both by their key', async () => {
      await issues.report([double], monday);
      const [open] = await issues.findOpen(double.causeKey);
      await issues.save({ ...(open as Issue), state: 'ignored', ignoredReason: 'Bekend', closedAt: monday });
      const other = { ...double, params: { name: 'Other' }, isBesideIgnored: true };
      await issues.report([other], tuesday);
      await issues.report([double], tuesday);
      await issues.report([other], tuesday);
      expect(await issues.findOpen(double.causeKey)).toMatchObject([
        { params: { name: 'Other' }, occurrences: 2 },
      ]);
      expect(await issues.findById((open as Issue).id)).toMatchObject({
        state: 'ignored',
        params: double.params,
      });
      expect(await issues.resolve([double.causeKey], tuesday, 'Koppel')).toBe(2);
    });

    it('closes all of some causes that an administration has', async () => {
      const { id: administrationId } = anAdministration();
      const own = { ...double, causeKey: 'own', administrationId };
      const other = { ...broken, causeKey: 'other', administrationId };
      await issues.report([double, own, { ...own, causeKey: 'ignored' }, other], monday);
      const [ignored] = await issues.findOpen('ignored');
      await issues.save({
        ...(ignored as Issue),
        ...({ state: 'ignored', ignoredReason: 'x', closedAt: monday } as const),
      });

      const about = { administrationId, causes: ['double-in-administration', 'fetch-failed'] } as const;
      expect(await issues.resolveOf(about, tuesday, 'Koppel')).toBe(2);
      expect((await issues.findUnresolvedCauseKeys('')).sort()).toEqual([double.causeKey, 'other']);
    });

    it('finds what may still be resolved by its keys, ignored or not', async () => {
      await issues.report([double, broken, { ...double, causeKey: 'double-in-administration:a:2' }], monday);
      const [open] = await issues.findOpen(double.causeKey);
      await issues.save({ ...(open as Issue), state: 'ignored', ignoredReason: 'Bekend', closedAt: monday });
      const keys = async () =>
        (await issues.findUnresolvedForUpdate([double.causeKey, broken.causeKey, 'unknown'])).map(
          ({ causeKey, state }) => [causeKey, state],
        );
      expect(await keys()).toEqual([
        [broken.causeKey, 'open'],
        [double.causeKey, 'ignored'],
      ]);
      await issues.resolve([broken.causeKey], tuesday, 'Koppel');
      expect(await keys()).toEqual([[double.causeKey, 'ignored']]);
      expect(await issues.findUnresolvedForUpdate([])).toEqual([]);
    });

    it('finds open keys by their beginning, taking wildcards literally', async () => {
      await issues.report([double, { ...double, causeKey: 'double%:x' }], monday);

      expect(await issues.findOpenCauseKeys('double%')).toEqual(['double%:x']);
      expect(await issues.findOpen('double%')).toMatchObject([{ causeKey: 'double%:x', state: 'open' }]);
    });

    it('takes a trouble that is reported twice in one call as two sightings', async () => {
      await issues.report([double, double], monday);

      expect(await issues.findOpenCauseKeys('double-')).toHaveLength(1);
    });
  });
}
