import '@angular/localize/init';
import type { Administration } from '@koppel/contracts';
import { describe, expect, it } from 'vitest';
import { administrationsCsv, selectColumnsOf } from './select-columns.js';

const bouw: Administration = {
  id: '00000000-0000-0000-0000-000000000001',
  connectionId: '00000000-0000-0000-0000-000000000002',
  region: 'nl',
  division: 3412001,
  name: 'Bouw; A',
  legalName: null,
  number: '1',
  kvk: '10000017',
  vat: null,
  country: 'NL',
  currency: 'EUR',
  state: 'available',
  stateReason: null,
  unavailableReason: 'archived',
  code: null,
  isCodeLocked: false,
  position: 0,
  lastSyncedAt: null,
  nextSyncAt: null,
  version: 1,
};

describe('the columns of administrations', () => {
  it('are all shown until the address names some', () => {
    expect(selectColumnsOf(undefined).size).toBe(6);
    expect([...selectColumnsOf('btw,kvk,onzin')]).toEqual(['kvk', 'btw']);
    expect(selectColumnsOf('onzin').size).toBe(6);
  });

  it('stand in the file with why an administration cannot be coupled and what to do about it', () => {
    const [head, row, end] = administrationsCsv([bouw], 'nl').split('\r\n');
    expect(head).toBe(
      '\ufeffAdministratie;Statutaire naam;Nummer;KvK;Btw-nummer;Land;Valuta;Divisie;Status;Wat te doen',
    );
    expect(row).toMatch(/^"Bouw; A";;1;10000017;;NL;EUR;3412001;Gearchiveerd;/);
    expect(end).toBe('');
  });
});
