import { isPhoneSame } from './rules/comparators.js';
import type { RecordTable } from './record-table.js';
import { slot } from './table-row.js';

/**
 * Whether so little agrees between two records that with different names no weight can make them a question: two of bank
 * account, mailbox or domain, and house number or phone must agree, or a registration number. Spares a batch most of its work.
 */
export function haveFewTies(table: RecordTable, i: number, j: number): boolean {
  const isEqual = (at: number): boolean => {
    const value = table.valueOf(i, at);
    return value !== 0 && value === table.valueOf(j, at);
  };
  if (isEqual(slot.kvk) || isEqual(slot.vatRoot) || isEqual(slot.rsin)) return false;
  const isNet = isEqual(slot.email) || isEqual(slot.domain);
  const isDoor = table.valueOf(i, slot.number) === table.valueOf(j, slot.number);
  const isSite = isDoor || arePhonesSame(table, i, j);
  return Number(isIbanShared(table, i, j)) + Number(isNet) + Number(isSite) < 2;
}

function arePhonesSame(table: RecordTable, i: number, j: number): boolean {
  const [a, b] = [table.valueOf(i, slot.phone), table.valueOf(j, slot.phone)];
  if (a === 0 || b === 0) return false;
  return a === b || isPhoneSame(table.texts.textOf(a), table.texts.textOf(b));
}

function isIbanShared(table: RecordTable, i: number, j: number): boolean {
  const [listA, listB] = [table.valueOf(i, slot.ibanList), table.valueOf(j, slot.ibanList)];
  if (listA === 0 && listB === 0) {
    const iban = table.valueOf(i, slot.iban);
    return iban !== 0 && iban === table.valueOf(j, slot.iban);
  }
  const theirs = table.at(j).ibans;
  return table.at(i).ibans.some((iban) => theirs.includes(iban));
}
