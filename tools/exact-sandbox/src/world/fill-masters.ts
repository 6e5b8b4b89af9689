import type { Random } from '../random.js';
import type { Division } from '../store/division.js';
import type { Row } from '../store/rows.js';
import { insertRow } from '../store/insert.js';
import { COST_CENTERS, COST_UNITS, GL_CHART, PAYMENT_CONDITIONS, VAT_CODES } from './chart.js';

/** Fills the master data of a division: the same chart everywhere, with small differences per division. */
export function fillMasters(division: Division, random: Random): void {
  const facts = { at: division.profile.createdAt, user: 0 };
  const ledger = fillLedger(division, random);
  for (const [code, description, percentage, extra] of VAT_CODES) {
    const claim = ledger.get('1520');
    const pay = ledger.get('1510');
    const accounts = { GLToClaim: claim?.$row, GLToPay: pay?.$row };
    const values = {
      Code: code,
      Description: description,
      Percentage: percentage,
      Type: 'E',
      ...accounts,
      ...extra,
    };
    insertRow(division, 'VATCodes', { ...facts, values });
  }
  for (const [code, description, days, method] of PAYMENT_CONDITIONS) {
    if (code === '45' && division.ordinal % 2 === 0) continue;
    const values = { Code: code, Description: description, PaymentDays: days, PaymentMethod: method };
    insertRow(division, 'PaymentConditions', { ...facts, values });
  }
  fillJournals(division, ledger);
  for (const [code, description] of COST_CENTERS.slice(0, 7 + (division.ordinal % 2))) {
    insertRow(division, 'Costcenters', {
      ...facts,
      values: {
        Code: code,
        Description: description,
        Active: code !== 'OUD',
      },
    });
  }
  for (const [code, description] of COST_UNITS.slice(0, 5 + (division.ordinal % 2))) {
    insertRow(division, 'Costunits', { ...facts, values: { Code: code, Description: description } });
  }
}

function fillLedger(division: Division, random: Random): ReadonlyMap<string, Row> {
  const facts = { at: division.profile.createdAt, user: 0 };
  const ledger = new Map<string, Row>();
  for (const [code, description, type, balance, vatCode] of GL_CHART) {
    // Every administration lacks a few accounts of its own; the ones that bookings need are always there.
    const isOptional = Number(code) >= 4300 && Number(code) < 4900;
    if (isOptional && random.chance(0.12)) continue;
    const values = {
      Code: code,
      Description:
        division.ordinal % 3 === 2 && code === '8000' ? 'Omzet projecten hoog tarief' : description,
      Type: type,
      BalanceSide: balance[0] ?? 'D',
      BalanceType: balance[1] ?? 'W',
      SearchCode: description.toUpperCase().slice(0, 9),
      VATCode: vatCode === '' ? undefined : vatCode,
      IsBlocked: code === '8090' ? true : undefined,
      UseCostcenter: code === '8020' ? 1 : undefined,
    };
    ledger.set(code, insertRow(division, 'GLAccounts', { ...facts, values }));
  }
  return ledger;
}

function fillJournals(division: Division, ledger: ReadonlyMap<string, Row>): void {
  const facts = { at: division.profile.createdAt, user: 0 };
  const second = division.ordinal % 2 === 0;
  const journals: readonly (readonly [string, string, number, string])[] = [
    ['20', 'Testbank zakelijk', 12, '1100'],
    ...(second ? ([['21', 'Testbank G-rekening', 12, '1110']] as const) : []),
    ['60', 'Inkoopboek', 22, '1600'],
    ['70', 'Verkoopboek', 20, '1300'],
    ...(second ? ([['71', 'Verkoopboek service', 20, '1300']] as const) : []),
    ['90', 'Memoriaal', 90, '2000'],
  ];
  for (const [code, description, type, account] of journals) {
    const bank = type === 12 ? { BankAccountIncludingMask: `NL00TEST00000000${code}` } : {};
    const values = {
      Code: code,
      Description: description,
      Type: type,
      GLAccount: ledger.get(account)?.$row,
      ...bank,
    };
    insertRow(division, 'Journals', { ...facts, values });
  }
}
