import { amsterdamOffsetMs, calendarDayMs, wallTimeMs, wallTimeText } from '../odata/amsterdam-time.js';
import type { Division } from '../store/division.js';
import type { Row, Value } from '../store/rows.js';
import { RECORD_KINDS } from '../store/division.js';
import type { World } from '../world/world.js';
import type { RecordSource } from './context.js';

const CUSTOMER_CODE_WIDTH = 18;

/** The rows of `system/Divisions`. */
export function divisionSource(divisions: readonly Division[], current: Division | undefined): RecordSource {
  const ordered = [...divisions].sort((left, right) => left.code - right.code);
  return listSource(
    ordered.map((division) => divisionRow(division, division === current)),
    (row) => String(row.Code),
  );
}

/** Rows that are made for one answer. */
export function listSource(rows: readonly Row[], keyOf: (row: Row) => string): RecordSource {
  return {
    size: rows.length,
    find: (key) => rows.find((row) => keyOf(row) === key),
    *inKeyOrder(after) {
      let isPast = after === undefined;
      for (const row of rows) {
        if (isPast) yield row;
        else if (keyOf(row) === after) isPast = true;
      }
    },
  };
}

function divisionRow(division: Division, isCurrent: boolean): Row {
  const { profile } = division;
  return {
    ...systemRow(division.ordinal, profile.createdAt, division.modifiedAt),
    Code: division.code,
    AddressLine1: profile.street,
    ArchiveDate: division.status === 2 ? Date.UTC(2020, 0, 1) : null,
    BlockingStatus: division.blockingStatus,
    ChamberOfCommerceNumber: profile.kvk,
    City: profile.city,
    Country: 'NL',
    Currency: 'EUR',
    Current: isCurrent,
    Customer: division.guids.encode(RECORD_KINDS.Customers, 0, profile.customerRow),
    CustomerCode: String(profile.customerCode).padStart(CUSTOMER_CODE_WIDTH),
    CustomerName: profile.customerName,
    Description: profile.description,
    DivisionMoveDate: division.movedAt === undefined ? null : wallTimeMs(division.movedAt),
    Email: profile.email,
    Hid: String(profile.hid),
    IsDossierDivision: false,
    IsHRDivision: false,
    IsMainDivision: profile.isMain,
    IsPracticeDivision: false,
    Legislation: 'NL',
    Phone: profile.phone,
    Postcode: profile.postcode,
    StartDate: calendarDayMs(profile.createdAt),
    Status: division.status,
    TemplateCode: 'NL_Base',
    VATNumber: profile.vatNumber,
  };
}

/** Who asks, where that user is, and when. */
export interface MeFacts {
  readonly number: number;
  readonly division: Division | undefined;
  readonly now: number;
}

/** The one row of `current/Me`. */
export function meSource(world: World, { number, division, now }: MeFacts): RecordSource {
  const user = world.users[number];
  const values: Readonly<Record<string, Value>> = {
    UserID: world.userGuid(number),
    AccountingDivision: world.divisions[0]?.code,
    CurrentDivision: division?.code,
    CustomerCode: String(division?.profile.customerCode ?? '').padStart(CUSTOMER_CODE_WIDTH),
    DivisionCustomer: division?.guids.encode(RECORD_KINDS.Customers, 0, division.profile.customerRow),
    DivisionCustomerCode: String(division?.profile.customerCode ?? '').padStart(CUSTOMER_CODE_WIDTH),
    DivisionCustomerName: division?.profile.customerName,
    DivisionCustomerVatNumber: division?.profile.vatNumber,
    DossierDivision: 0,
    Email: user?.username,
    EmployeeID: '00000000-0000-0000-0000-000000000000',
    FirstName: user?.firstName,
    FullName: user?.fullName,
    Gender: 'O',
    IsClientUser: false,
    IsEmployeeSelfServiceUser: false,
    IsMyFirmLiteUser: false,
    IsMyFirmPortalUser: false,
    IsOEIMigrationMandatory: false,
    IsStarterUser: false,
    Language: 'NL',
    LanguageCode: 'nl-NL',
    LastName: user?.lastName,
    Legislation: '128',
    MiddleName: user?.middleName,
    PackageCode: 'EOLAPPCENTER',
    ServerTime: wallTimeText(now).slice(0, 19),
    ServerUtcOffset: amsterdamOffsetMs(now) / 1_000,
    UserName: user?.username,
  };
  return listSource([{ ...systemRow(number, now, now), ...values }], (row) => String(row.UserID));
}

function systemRow(number: number, created: number, modified: number): Row {
  return {
    $row: number,
    $stamp: 0,
    $created: created,
    $modified: modified,
    $creator: 0,
    $modifier: 0,
    $account: -1,
  };
}
