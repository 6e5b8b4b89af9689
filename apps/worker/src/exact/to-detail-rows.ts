import type {
  AccountAddress,
  BankAccount,
  Contact,
  DeletedRecord,
  MasterRows,
  SyncAddress,
  SyncContact,
  SyncGlAccount,
} from '@koppel/exact-client';
import { DELETED_ENTITY_TYPES } from '@koppel/exact-client';
import type { DeletedRow, MasterRow, PartRow } from '@koppel/domain/sync';

/** A person of a relation; no birth date or number of a person is ever read (product.md 3.20). */
export function toContact(contact: Contact & Partial<Pick<SyncContact, 'Timestamp'>>): PartRow {
  return {
    exactId: contact.ID,
    accountExactId: contact.Account,
    rowVersion: versionOf(contact),
    modifiedAt: momentOf(contact),
    fields: {
      fullName: contact.FullName,
      firstName: contact.FirstName,
      middleName: contact.MiddleName,
      lastName: contact.LastName,
      initials: contact.Initials,
      jobTitle: contact.JobTitleDescription,
      language: contact.Language,
      email: contact.BusinessEmail ?? contact.Email,
      phone: contact.BusinessPhone ?? contact.Phone,
      mobile: contact.BusinessMobile ?? contact.Mobile,
      isMain: contact.IsMainContact === true,
      startsOn: contact.StartDate,
      endsOn: contact.EndDate,
      ...(contact.IsAnonymised === true && { isAnonymised: true }),
    },
  };
}

/** Only sync gives row versions. */
function versionOf({ Timestamp }: { readonly Timestamp?: string | undefined }): bigint | null {
  return Timestamp === undefined ? null : BigInt(Timestamp);
}

function momentOf({ Modified }: { readonly Modified: string | null }): Date | null {
  return Modified === null ? null : new Date(Modified);
}

export const addressTypes: Readonly<Record<number, string>> = {
  1: 'visit',
  2: 'postal',
  3: 'invoice',
  4: 'delivery',
};

export function toAddress(address: AccountAddress & Partial<Pick<SyncAddress, 'Timestamp'>>): PartRow {
  return {
    exactId: address.ID,
    accountExactId: address.Account,
    rowVersion: versionOf(address),
    modifiedAt: momentOf(address),
    fields: {
      type: addressTypes[address.Type ?? 0] ?? 'other',
      isMain: address.Main === true,
      line1: address.AddressLine1,
      line2: address.AddressLine2,
      line3: address.AddressLine3,
      mailbox: address.Mailbox,
      postcode: address.Postcode,
      city: address.City,
      state: address.State,
      country: address.Country,
      phone: address.Phone,
    },
  };
}

export function toBankAccount(account: BankAccount): PartRow {
  return {
    exactId: account.ID,
    accountExactId: account.Account,
    rowVersion: null,
    modifiedAt: momentOf(account),
    fields: {
      iban: account.IBAN,
      number: account.BankAccount,
      bic: account.BICCode,
      holder: account.BankAccountHolderName,
      description: account.Description,
      isMain: account.Main === true,
      isBlocked: account.Blocked === true,
    },
  };
}

export function toLedgerAccount(account: SyncGlAccount): MasterRow {
  return {
    ...master(account, account.IsBlocked === true, {
      type: account.Type,
      balanceSide: account.BalanceSide,
      balanceType: account.BalanceType,
      useCostCenter: account.UseCostcenter,
      useCostUnit: account.UseCostunit,
      vatCode: account.VATCode,
    }),
    rowVersion: BigInt(account.Timestamp),
  };
}

export const toMaster: { [Kind in keyof MasterRows]: (row: MasterRows[Kind]) => MasterRow } = {
  journals: (row) =>
    master(row, row.IsBlocked === true, {
      type: row.Type,
      currency: row.Currency,
      glAccountCode: row.GLAccountCode,
    }),
  'vat-codes': (row) =>
    master(row, row.IsBlocked === true, {
      percentage: row.Percentage,
      vatType: row.Type,
      vatTransaction: row.VATTransactionType,
      isReverseCharge: row.Charged === true,
      country: row.Country,
    }),
  'payment-conditions': (row) =>
    master(row, false, {
      paymentDays: row.PaymentDays,
      paymentEndOfMonths: row.PaymentEndOfMonths,
      paymentMethod: row.PaymentMethod,
    }),
  'cost-centers': (row) => master(row, row.Active === false, { endsOn: row.EndDate }),
  'cost-units': (row) => master(row, false, { endsOn: row.EndDate }),
};

function master(
  row: { readonly ID: string; readonly Code: string; readonly Description: string | null },
  isBlocked: boolean,
  fields: MasterRow['fields'],
): MasterRow {
  return {
    exactId: row.ID,
    code: row.Code,
    description: row.Description ?? '',
    isBlocked,
    rowVersion: null,
    fields,
  };
}

const entities: Readonly<Record<number, DeletedRow['entity']>> = {
  [DELETED_ENTITY_TYPES.accounts]: 'account',
  [DELETED_ENTITY_TYPES.addresses]: 'address',
  [DELETED_ENTITY_TYPES.contacts]: 'contact',
  [DELETED_ENTITY_TYPES['gl-accounts']]: 'gl-account',
};

/** The deletions of kinds that we keep. */
export function toDeletedRows(records: readonly DeletedRecord[]): DeletedRow[] {
  return records.flatMap((record) => {
    const entity = entities[record.EntityType];
    return entity ? [{ entity, exactId: record.EntityKey }] : [];
  });
}
