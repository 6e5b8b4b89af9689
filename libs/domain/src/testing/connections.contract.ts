import { beforeEach, describe, expect, it } from 'vitest';
import type { Connections } from '../administrations/index.js';
import { asId } from '../kernel/index.js';
import { aConnection, someSealedTokens } from './a-connection.js';

/** What every Connections adapter does. `make` gives an empty one. */
export function describeConnectionsContract(make: () => Promise<Connections>): void {
  describe('Connections', () => {
    const dutch = aConnection();
    const belgian = aConnection({ id: asId('00000000-0000-7000-8000-c00000000002'), region: 'be' });
    const tokens = someSealedTokens();
    const issued = { accessIssuedAt: tokens.accessIssuedAt };
    let connections: Connections;

    beforeEach(async () => {
      connections = await make();
      expect(await connections.add(dutch, tokens)).toBe('added');
    });

    it('gives back what was added, by id and by country', async () => {
      await connections.add(belgian, tokens);
      expect(await connections.findMany()).toEqual([
        { ...belgian, ...issued },
        { ...dutch, ...issued },
      ]);
      expect(await connections.findById(dutch.id)).toEqual({ ...dutch, ...issued });
      expect(await connections.findByIdForUpdate(dutch.id)).toEqual({ ...dutch, ...issued });
      expect(await connections.findByRegion('be')).toEqual({ ...belgian, ...issued });
      expect(await connections.findByRegion('de')).toBeUndefined();
    });

    it('keeps one connection per country, and stays usable after the refusal', async () => {
      const second = aConnection({ id: asId('00000000-0000-7000-8000-c00000000003') });
      expect(await connections.add(second, tokens)).toBe('region-taken');
      expect(await connections.findMany()).toHaveLength(1);
    });

    it('saves everything but the tokens', async () => {
      const changed = {
        ...dutch,
        state: 'reauth-required' as const,
        stateReason: 'old-token',
        exactUserName: 'B',
      };
      await connections.save({ ...changed, accessIssuedAt: null });
      expect(await connections.findById(dutch.id)).toEqual({ ...changed, ...issued });
    });

    it('replaces and destroys tokens', async () => {
      const accessIssuedAt = new Date('2026-11-26T08:00:00Z');
      await connections.replaceTokens(dutch.id, someSealedTokens('second', { accessIssuedAt }));
      expect((await connections.findById(dutch.id))?.accessIssuedAt).toEqual(accessIssuedAt);
      await connections.destroyTokens(dutch.id);
      expect((await connections.findById(dutch.id))?.accessIssuedAt).toBeNull();
    });
  });
}
