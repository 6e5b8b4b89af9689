export {
  allocateInvoiceNumber,
  type AllocateInvoiceNumber,
  type AllocateInvoiceNumberError,
} from './allocate-invoice-number.js';
export { formatInvoiceNumber, isNearlyFull, numberingYear, sequenceMax } from './invoice-number.js';
export type { InvoiceNumber, InvoiceNumbers, InvoiceNumbersTx } from './invoice-numbers.port.js';
