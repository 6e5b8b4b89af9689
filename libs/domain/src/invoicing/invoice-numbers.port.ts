import type { AdministrationId } from '../kernel/index.js';

/** A number given to an invoice; never changed and never given again. */
export interface InvoiceNumber {
  readonly id: string;
  readonly administrationId: AdministrationId;
  readonly number: string;
  readonly year: number;
  readonly sequence: number;
  /** YYYY-MM-DD. */
  readonly invoiceDate: string;
  /** The ERP's own name for the invoice. */
  readonly reference: string;
  readonly exactEntryNumber: number | null;
  readonly allocatedBy: string;
  readonly allocatedAt: Date;
}

/** Numbers and their series, one per administration and numbering year. */
export interface InvoiceNumbers {
  /** Locks the series until the transaction ends, making it on first use. Answers the next free sequence. */
  lockSeries(administrationId: AdministrationId, year: number): Promise<number>;
  /** Stores the number and moves its series on. Only under the series' lock. */
  add(number: InvoiceNumber): Promise<void>;
  findByReference(administrationId: AdministrationId, reference: string): Promise<InvoiceNumber | undefined>;
}

export interface InvoiceNumbersTx {
  readonly invoiceNumbers: InvoiceNumbers;
}
