import type { Random } from '../random.js';
import { companyVat, iban, kvkNumber, soleTraderVat } from './identifiers.js';
import { capital, slug, type Party } from './party.js';
import { phone, place } from './places.js';
import {
  CHAINS,
  CITIES,
  FIRST_NAMES,
  FREE_MAIL_DOMAINS,
  GROUP_WORDS,
  MAIL_PREFIXES,
  PUBLIC_BODIES,
  SERIES_WORDS,
  SURNAMES,
  SYLLABLES,
  TRADES,
} from './vocabulary.js';

const NUMERALS = ['I', 'II', 'III', 'IV'];
const FACTORING_IBAN_NUMBER = 999_999_937;

/** Makes parties one after another; numbers never repeat. */
export class PartyMaker {
  private count = 0;
  private accountant: Party | undefined;

  constructor(private readonly random: Random) {}

  /** One party, or a few that belong together and are easily taken for one. */
  next(): readonly Party[] {
    const dice = this.random.next();
    if (dice < 0.018) return this.group();
    if (dice < 0.026) return this.series();
    if (dice < 0.034) return this.franchise();
    if (dice < 0.044) return this.fatherAndSon();
    if (dice < 0.064) return [this.clientOfAccountant()];
    if (dice < 0.074) return [{ ...this.company(), iban: iban(FACTORING_IBAN_NUMBER), trap: 'factoring' }];
    if (dice < 0.7) return [this.company()];
    if (dice < 0.82) return [this.soleTrader()];
    if (dice < 0.96) return [this.person()];
    return [this.publicBody()];
  }

  company(): Party {
    const random = this.random;
    const legalForm = random.chance(0.84)
      ? 'B.V.'
      : random.pick(['V.O.F.', 'N.V.', 'C.V.', 'V.O.F.', 'Coöperatie U.A.']);
    return this.business({
      kind: 'company',
      name: this.companyName(),
      legalForm: legalForm,
      vat: companyVat(this.count),
    });
  }

  private companyName(): string {
    const random = this.random;
    const [prefix, surname] = random.pick(SURNAMES);
    const full = prefix === '' ? surname : `${prefix} ${surname}`;
    const [trade] = random.pick(TRADES);
    switch (random.int(8)) {
      case 0:
        return `${trade} ${full}`;
      case 1:
        return `Gebr. ${full} ${trade}`;
      case 2:
        return `${capital(full)} & Zn. ${trade}`;
      case 3:
        return `${capital(full)} & ${random.pick(SURNAMES)[1]} ${trade}`;
      case 4:
      case 5:
        return `${this.brand()} ${trade}`;
      case 6:
        return `${capital(full)} ${trade} ${random.pick(CITIES).name}`;
      default:
        return `${capital(full)} ${trade}`;
    }
  }

  private soleTrader(): Party {
    const random = this.random;
    const [prefix, surname] = random.pick(SURNAMES);
    const full = prefix === '' ? surname : `${prefix} ${surname}`;
    const trader = this.business({
      kind: 'sole-trader',
      name: `${capital(full)} ${random.pick(TRADES)[0]}`,
      legalForm: '',
      vat: soleTraderVat(this.count),
    });
    const named = { ...trader, prefix, lastName: surname };
    return random.chance(0.4) ? { ...named, kvk: '', vat: '' } : named;
  }

  private person(): Party {
    const random = this.random;
    const [prefix, lastName] = random.pick(SURNAMES);
    const firstName = random.pick(FIRST_NAMES);
    const where = place(random);
    const mailName =
      slug(`${firstName}.${prefix}${lastName}`) + (random.chance(0.5) ? String(random.int(99)) : '');
    return {
      id: this.take(),
      kind: 'person',
      name: [firstName, prefix, lastName].filter((part) => part !== '').join(' '),
      legalForm: '',
      kvk: '',
      vat: '',
      iban: iban(this.count),
      email: `${mailName}@${random.pick(FREE_MAIL_DOMAINS)}`,
      phone: phone(random, where.city),
      website: '',
      place: where,
      firstName,
      prefix,
      lastName,
      trap: '',
    };
  }

  private publicBody(): Party {
    const city = this.random.pick(CITIES);
    const body = this.random.pick(PUBLIC_BODIES);
    const party = this.business({
      kind: 'public',
      name: `${body} ${city.name}`,
      legalForm: '',
      vat: companyVat(this.count),
    });
    return { ...party, place: place(this.random, city) };
  }

  /** Holding, property and operating company: one address, one mailbox, sometimes one VAT number (fiscal unity). */
  private group(): readonly Party[] {
    const [prefix, surname] = this.random.pick(SURNAMES);
    const stem = this.random.chance(0.5)
      ? this.brand()
      : capital(prefix === '' ? surname : `${prefix} ${surname}`);
    const first = { ...this.company(), name: `${stem} ${this.random.pick(TRADES)[0]}` };
    const sharesVat = this.random.chance(0.4);
    const sisters = GROUP_WORDS.slice(0, 1 + this.random.int(3)).map((word) => {
      const sister = this.company();
      return {
        ...sister,
        name: `${stem} ${word}`,
        legalForm: 'B.V.',
        place: first.place,
        phone: first.phone,
        email: first.email,
        website: first.website,
        vat: sharesVat ? first.vat : sister.vat,
        trap: 'group',
      };
    });
    return [{ ...first, trap: 'group' }, ...sisters];
  }

  private series(): readonly Party[] {
    const first = this.company();
    const stem = `${this.brand()} ${this.random.pick(SERIES_WORDS)}`;
    return NUMERALS.slice(0, 2 + this.random.int(3)).map((numeral) => ({
      ...this.company(),
      name: `${stem} ${numeral}`,
      legalForm: 'B.V.',
      place: first.place,
      phone: first.phone,
      email: first.email,
      trap: 'series',
    }));
  }

  private franchise(): readonly Party[] {
    const chain = this.random.pick(CHAINS);
    const domain = slug(chain);
    return Array.from({ length: 2 + this.random.int(2) }, () => {
      const city = this.random.pick(CITIES);
      const shop = this.company();
      const email = `${slug(city.name)}@${domain}.example`;
      return {
        ...shop,
        name: `${chain} ${city.name}`,
        place: place(this.random, city),
        email,
        trap: 'franchise',
      };
    });
  }

  private fatherAndSon(): readonly Party[] {
    const father = this.person();
    const son = this.person();
    const initial = father.firstName.slice(0, 1);
    const family = [father.prefix, father.lastName].filter((part) => part !== '').join(' ');
    const shared = { prefix: father.prefix, lastName: father.lastName, place: father.place, trap: 'family' };
    return [
      { ...father, ...shared, name: `${initial}. ${family}` },
      { ...son, ...shared, name: `${initial}. ${family} jr.`, phone: father.phone },
    ];
  }

  private clientOfAccountant(): Party {
    if (!this.accountant || this.random.chance(0.08)) this.accountant = this.company();
    const { phone: telephone, email, place: where } = this.accountant;
    const client = this.company();
    const address = this.random.chance(0.5) ? where : client.place;
    return { ...client, phone: telephone, email, place: address, trap: 'accountant' };
  }

  private business(facts: Pick<Party, 'kind' | 'name' | 'legalForm' | 'vat'>): Party {
    const random = this.random;
    const where = place(random);
    const domain = `${slug(facts.name).replace(/\./g, '').slice(0, 28)}.example`;
    const [prefix, lastName] = random.pick(SURNAMES);
    return {
      ...facts,
      id: this.take(),
      kvk: kvkNumber(this.count),
      iban: iban(this.count),
      email: `${random.pick(MAIL_PREFIXES)}@${domain}`,
      phone: phone(random, where.city),
      website: `www.${domain}`,
      place: where,
      firstName: random.pick(FIRST_NAMES),
      prefix,
      lastName,
      trap: '',
    };
  }

  private brand(): string {
    const { random } = this;
    const letters = random.pick(SYLLABLES) + random.pick(SYLLABLES) + random.pick(SYLLABLES);
    return capital(letters);
  }

  private take(): number {
    this.count += 1;
    return this.count;
  }
}
