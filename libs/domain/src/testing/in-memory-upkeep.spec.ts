import { InMemoryInvoiceNumbers } from './in-memory-invoice-numbers.js';
import { InMemorySettings } from './in-memory-settings.js';
import { describeInvoiceNumbersContract } from './invoice-numbers.contract.js';
import { describeSettingsContract } from './settings.contract.js';

describeInvoiceNumbersContract(async () => new InMemoryInvoiceNumbers());
describeSettingsContract(async () => new InMemorySettings());
