import type { Administration } from '../administrations/index.js';
import { asId } from '../kernel/index.js';

/** An available administration; a spec names what it is about. */
export function anAdministration(over: Partial<Administration> = {}): Administration {
  const division = over.division ?? 900_001;
  return {
    id: asId(`00000000-0000-7000-8000-a${String(division).padStart(11, '0')}`),
    connectionId: asId('00000000-0000-7000-8000-c00000000001'),
    region: 'nl',
    division,
    name: `Administratie ${division}`,
    legalName: null,
    number: null,
    kvk: null,
    vat: null,
    country: 'NL',
    currency: 'EUR',
    movedAt: null,
    state: 'available',
    stateReason: null,
    unavailableReason: null,
    code: null,
    codeLockedAt: null,
    writePolicy: { localFields: [] },
    position: 0,
    listedAt: new Date('2026-11-25T08:00:00Z'),
    selectedAt: null,
    activatedAt: null,
    lastSyncedAt: null,
    nextSyncAt: null,
    version: 1,
    ...over,
  };
}
