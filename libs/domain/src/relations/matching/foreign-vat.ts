import { validate as austria } from 'stdnum/lib/cjs/at/uid.js';
import { validate as belgium } from 'stdnum/lib/cjs/be/vat.js';
import { validate as bulgaria } from 'stdnum/lib/cjs/bg/vat.js';
import { validate as switzerland } from 'stdnum/lib/cjs/ch/vat.js';
import { validate as cyprus } from 'stdnum/lib/cjs/cy/vat.js';
import { validate as germany } from 'stdnum/lib/cjs/de/vat.js';
import { validate as france } from 'stdnum/lib/cjs/fr/tva.js';
import { validate as unitedKingdom } from 'stdnum/lib/cjs/gb/vat.js';
import { validate as greece } from 'stdnum/lib/cjs/gr/vat.js';
import { validate as ireland } from 'stdnum/lib/cjs/ie/vat.js';
import { validate as luxembourg } from 'stdnum/lib/cjs/lu/tva.js';
import { validate as monaco } from 'stdnum/lib/cjs/mc/tva.js';
import { validate as malta } from 'stdnum/lib/cjs/mt/vat.js';
import { validate as sweden } from 'stdnum/lib/cjs/se/vat.js';
import { validate as southAfrica } from 'stdnum/lib/cjs/za/vat.js';

/**
 * The check of a VAT number per country that stdnum has one for, the Netherlands aside. One by one: all that the package knows of
 * other numbers and countries takes a quarter of a second to load, in every thread.
 */
export const vatChecks: ReadonlyMap<string, (number: string) => { readonly isValid?: boolean }> = new Map([
  ['AT', austria],
  ['BE', belgium],
  ['BG', bulgaria],
  ['CH', switzerland],
  ['CY', cyprus],
  ['DE', germany],
  ['FR', france],
  ['GB', unitedKingdom],
  ['GR', greece],
  ['IE', ireland],
  ['LU', luxembourg],
  ['MC', monaco],
  ['MT', malta],
  ['SE', sweden],
  ['ZA', southAfrica],
]);
