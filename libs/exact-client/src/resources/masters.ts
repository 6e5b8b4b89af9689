import { z } from 'zod';
import type { CallClass } from '../limits/budget.js';
import type { RowSchema } from '../odata/decode.js';
import { calendarDate, double, flag, guid, int32, localTimestamp } from '../odata/fields.js';
import { reference, requiredText, text } from '../odata/fields.js';
import type { Zone } from '../odata/zone.js';
import type { Context } from '../request.js';
import { publicPage, readPage, type Page, type Resource } from './page.js';

/** `Type` 10 cash, 12 bank, 16 payment service, 20 sales, 21 return invoice, 22 purchase, 23 received return, 90 general. */
export function journalSchema(zone: Zone) {
  return z.object({
    ...common(zone),
    Type: int32,
    Currency: text,
    IsBlocked: flag,
    GLAccount: reference,
    GLAccountCode: text,
  });
}

/** `Percentage` is a fraction (0.21 is 21 %); `VATTransactionType` B both, P purchase, S sales; `Charged` is reverse charge. */
export function vatCodeSchema(zone: Zone) {
  return z.object({
    ...common(zone),
    Percentage: double,
    Type: text,
    VATTransactionType: text,
    EUSalesListing: text,
    Charged: flag,
    IsBlocked: flag,
    Country: text,
  });
}

/** `PaymentMethod` B on credit, I collection, K cash, Q payment service. */
export function paymentConditionSchema(zone: Zone) {
  return z.object({
    ...common(zone),
    PaymentDays: int32,
    PaymentEndOfMonths: int32,
    PaymentMethod: text,
    DiscountPercentage: double,
    DiscountPaymentDays: int32,
  });
}

export function costCenterSchema(zone: Zone) {
  return z.object({ ...common(zone), Active: flag, EndDate: calendarDate });
}

export function costUnitSchema(zone: Zone) {
  return z.object({ ...common(zone), EndDate: calendarDate });
}

/** The small tables without a sync endpoint: read whole, they are a page or two. */
export interface MasterRows {
  readonly journals: z.output<ReturnType<typeof journalSchema>>;
  readonly 'vat-codes': z.output<ReturnType<typeof vatCodeSchema>>;
  readonly 'payment-conditions': z.output<ReturnType<typeof paymentConditionSchema>>;
  readonly 'cost-centers': z.output<ReturnType<typeof costCenterSchema>>;
  readonly 'cost-units': z.output<ReturnType<typeof costUnitSchema>>;
}
/** A small table of an administration. */
export type MasterKind = keyof MasterRows;

/** `next` of the page before; absent for the first. */
export interface MasterCursor {
  readonly next?: string | undefined;
  readonly class: CallClass;
}

export function createMasters(context: Context) {
  const resources = masterResources(context.zone);
  return {
    async mastersPage<K extends MasterKind>(
      kind: K,
      division: number,
      cursor: MasterCursor,
    ): Promise<Page<MasterRows[K]>> {
      // The table below pairs each kind with the schema its rows come from.
      const resource = resources[kind] as Resource<RowSchema>;
      const page = publicPage(await readPage(context, resource, { division, ...cursor }));
      return page as Page<unknown> as Page<MasterRows[K]>;
    },
  };
}

function masterResources(zone: Zone) {
  return {
    journals: { endpoint: 'financial/Journals', schema: journalSchema(zone) },
    'vat-codes': { endpoint: 'vat/VATCodes', schema: vatCodeSchema(zone) },
    'payment-conditions': { endpoint: 'cashflow/PaymentConditions', schema: paymentConditionSchema(zone) },
    // The spelling is Exact's: entity sets are case-sensitive.
    'cost-centers': { endpoint: 'hrm/Costcenters', schema: costCenterSchema(zone) },
    'cost-units': { endpoint: 'hrm/Costunits', schema: costUnitSchema(zone) },
  } satisfies Record<MasterKind, Resource<RowSchema>>;
}

function common(zone: Zone) {
  return {
    ID: guid,
    Division: int32,
    Code: requiredText,
    Description: text,
    Created: localTimestamp(zone),
    Modified: localTimestamp(zone),
  };
}
