import { z } from 'zod';
import { calendarDate, double, flag, guid, int32, int64, localTimestamp } from '../odata/fields.js';
import { requiredText, text } from '../odata/fields.js';
import type { Zone } from '../odata/zone.js';

/**
 * The fields of `crm/Accounts` that a comparison of relations needs (section 5.4). Not among them, on purpose: BSN and everything
 * else about a person's identity. `Code` comes trimmed, `Status` is A none, S suspect, P prospect, C customer; `Type` D is an administration itself.
 */
export function accountFields(zone: Zone) {
  return {
    ID: guid,
    Division: int32,
    Code: text,
    Name: requiredText,
    TradeName: text,
    Status: text,
    IsSupplier: flag,
    Type: text,
    Blocked: flag,
    IsAnonymised: flag,
    StartDate: calendarDate,
    EndDate: calendarDate,
    ChamberOfCommerce: text,
    VATNumber: text,
    RSIN: text,
    Email: text,
    Phone: text,
    Website: text,
    AddressLine1: text,
    AddressLine2: text,
    AddressLine3: text,
    Postcode: text,
    City: text,
    State: text,
    Country: text,
    Language: text,
    PaymentConditionSales: text,
    PaymentConditionPurchase: text,
    SalesVATCode: text,
    PurchaseVATCode: text,
    CreditLineSales: double,
    Modified: localTimestamp(zone),
  };
}

export function accountSchema(zone: Zone) {
  return z.object(accountFields(zone));
}

export function syncAccountSchema(zone: Zone) {
  return z.object({ Timestamp: int64, ...accountFields(zone) });
}

/** A relation of one administration. Names are Exact's own, values are decoded; timestamps are ISO instants, dates `YYYY-MM-DD`. */
export type Account = z.output<ReturnType<typeof accountSchema>>;
/** With its row version, digits of a 64-bit number. */
export type SyncAccount = z.output<ReturnType<typeof syncAccountSchema>>;
