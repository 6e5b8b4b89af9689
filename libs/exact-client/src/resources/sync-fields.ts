import { z } from 'zod';
import {
  calendarDate,
  flag,
  guid,
  int32,
  int64,
  localTimestamp,
  reference,
  requiredText,
  text,
} from '../odata/fields.js';
import type { Zone } from '../odata/zone.js';

/** A person of a relation. Without birth dates, nationality and social security numbers: they are not asked for. */
export function syncContactSchema(zone: Zone) {
  return z.object({
    Timestamp: int64,
    ID: guid,
    Division: int32,
    Account: reference,
    FirstName: text,
    MiddleName: text,
    LastName: text,
    FullName: text,
    Initials: text,
    JobTitleDescription: text,
    Language: text,
    Email: text,
    Phone: text,
    Mobile: text,
    BusinessEmail: text,
    BusinessPhone: text,
    BusinessMobile: text,
    IsMainContact: flag,
    IsAnonymised: flag,
    StartDate: calendarDate,
    EndDate: calendarDate,
    Modified: localTimestamp(zone),
  });
}

/** `Type` 1 visit, 2 postal, 3 invoice, 4 delivery; `Main` is the main address of its type. */
export function syncAddressSchema(zone: Zone) {
  return z.object({
    Timestamp: int64,
    ID: guid,
    Division: int32,
    Account: reference,
    Type: int32,
    Main: flag,
    AddressLine1: text,
    AddressLine2: text,
    AddressLine3: text,
    Mailbox: text,
    Postcode: text,
    City: text,
    State: text,
    Country: text,
    Phone: text,
    Modified: localTimestamp(zone),
  });
}

/** `Type` as in section 4.6 (12 bank, 20 receivable, 22 payable, 110 revenue, …); `UseCostcenter` 0 optional, 1 mandatory, 2 no. */
export const syncGlAccountSchema = z.object({
  Timestamp: int64,
  ID: guid,
  Division: int32,
  Code: requiredText,
  Description: text,
  Type: int32,
  BalanceSide: text,
  BalanceType: text,
  IsBlocked: flag,
  UseCostcenter: int32,
  UseCostunit: int32,
  VATCode: text,
});

/** A person, with its row version. */
export type SyncContact = z.output<ReturnType<typeof syncContactSchema>>;
/** An address, with its row version. */
export type SyncAddress = z.output<ReturnType<typeof syncAddressSchema>>;
/** A ledger account, with its row version. */
export type SyncGlAccount = z.output<typeof syncGlAccountSchema>;
