import { createHash } from 'node:crypto';
import type { Account, SyncAccount } from '@koppel/exact-client';
import { tooLong, type AccountRow, type Rejection } from '@koppel/domain/sync';
import type { Address, SourceFields } from '@koppel/domain/relations';

/** Our row of an account that Exact gave, whichever endpoint it came from; `timestamp` is its row version where known. */
export function toAccountRow(account: Account, timestamp: string): AccountRow {
  const fields = fieldsOf(account);
  return {
    exactId: account.ID,
    rowVersion: BigInt(timestamp),
    fields,
    isCustomer: account.Status === 'C',
    isSupplier: fields.local.isSupplier,
    isDivisionAccount: account.Type === 'D',
    isBlocked: fields.local.isBlocked,
    modifiedAt: account.Modified === null ? null : new Date(account.Modified),
    contentHash: hashOf(fields),
  };
}

/** The rows of a page; one that is too long to be meant is a rejection, not a cut value (C04). */
export function toAccountRows(accounts: readonly SyncAccount[]): {
  rows: AccountRow[];
  rejected: Rejection[];
} {
  const rows: AccountRow[] = [];
  const rejected: Rejection[] = [];
  for (const account of accounts) {
    const row = toAccountRow(account, account.Timestamp);
    const reason = tooLong(row.fields);
    if (reason)
      rejected.push({ exactId: row.exactId, rowVersion: row.rowVersion, name: nameOf(account), reason });
    else rows.push(row);
  }
  return { rows, rejected };
}

function nameOf(account: Account): string {
  return `${account.Code ?? ''} ${account.Name}`.trim().slice(0, 100);
}

function fieldsOf(account: Account): SourceFields {
  return {
    shared: {
      name: account.Name,
      tradeName: account.TradeName,
      kvk: account.ChamberOfCommerce,
      vat: account.VATNumber,
      rsin: account.RSIN,
      address: addressOf(account),
      email: account.Email,
      phone: account.Phone,
      website: account.Website,
    },
    local: {
      code: account.Code,
      status: account.Status,
      isSupplier: account.IsSupplier === true,
      isBlocked: account.Blocked === true,
      startsOn: account.StartDate,
      endsOn: account.EndDate,
      paymentConditionSales: account.PaymentConditionSales,
      paymentConditionPurchase: account.PaymentConditionPurchase,
      salesVatCode: account.SalesVATCode,
      purchaseVatCode: account.PurchaseVATCode,
      creditLineSales: account.CreditLineSales,
      language: account.Language,
      // Left out otherwise, so that the hash of everybody else stays what it was.
      ...(account.IsAnonymised === true && { isAnonymised: true as const }),
    },
  };
}

/** Null when nothing but the country, which Exact fills in by itself, is known. */
function addressOf(account: Account): Address | null {
  const { AddressLine1: line1, AddressLine2: line2, AddressLine3: line3 } = account;
  const { Postcode: postcode, City: city, State: state, Country: country } = account;
  const isEmpty = [line1, line2, line3, postcode, city, state].every((part) => part === null);
  return isEmpty ? null : { line1, line2, line3, postcode, city, state, country };
}

const hashLength = 22;

/** 132 bits: enough to tell any two contents apart. */
function hashOf(fields: SourceFields): string {
  return createHash('sha256').update(JSON.stringify(fields)).digest('base64url').slice(0, hashLength);
}
