import { aCompany, brandName, companyName, surname, type Stage } from './company.js';
import type { Party, PartyValues, Scene } from './party.js';
import { aPlace, nextDoor } from './site.js';
import { brands, givenNames, trades } from './words.js';

/** An accountant's phone, mailbox and address stand in the records of his clients. */
export function accountant(stage: Stage): Scene {
  const { dice, registry } = stage;
  const place = aPlace(dice);
  const office = aCompany(
    stage,
    `${surname(stage)} ${dice.pick(['Accountants', 'Administraties', 'Belastingadvies'])}`,
    { place },
  );
  const { email, phone, website } = office.values;
  const clients = Array.from({ length: dice.between(3, 9) }, () =>
    aCompany(stage, companyName(stage), {
      ...(dice.chance(0.7) ? { email } : {}),
      ...(dice.chance(0.6) ? { phone } : {}),
      ...(dice.chance(0.15) ? { website } : {}),
      ...(dice.chance(0.4) ? { place } : {}),
      vat: registry.vat(),
    }),
  );
  return { tag: 'accountant', parties: [office, ...clients] };
}

/** A business centre: many doors, one address and one reception. */
export function businessCentre(stage: Stage): Scene {
  const { dice, registry } = stage;
  const place = aPlace(dice);
  const reception = registry.landline(place.areaCode);
  const parties = Array.from({ length: dice.between(4, 10) }, () =>
    aCompany(stage, companyName(stage), { place, ...(dice.chance(0.4) ? { phone: reception } : {}) }),
  );
  return { tag: 'business-centre', parties };
}

/** Suppliers that sold their invoices: the bank account is the factor's. Others pay into one blocked account. */
export function factoring(stage: Stage): Scene {
  const { dice, registry } = stage;
  const iban = registry.iban();
  const parties = Array.from({ length: dice.between(3, 8) }, () => {
    const trade = dice.pick(trades);
    return aCompany(stage, `${surname(stage)} ${trade}`, { iban });
  });
  return { tag: 'factoring', parties };
}

/** A sole trader that became a company: another KvK number, everything else stayed. */
export function converted(stage: Stage): Scene {
  const { dice, registry } = stage;
  const name = companyName(stage);
  const company: Party = { ...aCompany(stage, name), keeps: ['kvk'] };
  const form = dice.pick(['V.O.F.', 'Eenmanszaak', 'vof', '']);
  const before: Party = {
    ...company,
    values: {
      ...company.values,
      name: `${name} ${form}`.trim(),
      kvk: registry.kvk(),
      vat: registry.soleTraderVat(),
    },
  };
  return { tag: 'converted', parties: [before, company] };
}

/** Another owner in the same shop: address and phone stayed, name and number did not. */
export function successor(stage: Stage): Scene {
  const before = aCompany(stage, companyName(stage));
  const { street, houseNumber, postcode, city, phone } = before.values;
  const kept = { street, houseNumber, postcode, city, phone };
  return { tag: 'successor', parties: [before, aCompany(stage, companyName(stage), kept)] };
}

/** Foundation and company, or firm and company, of one name at one address. */
export function otherForm(stage: Stage): Scene {
  const { dice } = stage;
  const name = companyName(stage);
  const company = aCompany(stage, name);
  const other = dice.pick([
    `Stichting ${name}`,
    `${name} V.O.F.`,
    `Stichting Administratiekantoor ${name}`,
    `Coöperatie ${name} U.A.`,
    `${name} C.V.`,
    `Stichting Pensioenfonds ${name}`,
    `Maatschap ${name}`,
    `Personeelsvereniging ${name}`,
    `Bouwcombinatie ${name} - ${surname(stage)} V.O.F.`,
  ]);
  const { street, houseNumber, postcode, city, email, website, phone } = company.values;
  const shared = { street, houseNumber, postcode, city, email, website, phone };
  return { tag: 'other-form', parties: [company, aCompany(stage, name, { ...shared, name: other })] };
}

/** Companies of one common name that have nothing to do with each other. */
export function namesakes(stage: Stage): Scene {
  const { dice } = stage;
  const name = `${dice.pick(trades)} ${surname(stage)}`;
  const parties = Array.from({ length: dice.between(2, 4) }, () => aCompany(stage, name));
  return { tag: 'namesakes', parties };
}

/** Neighbours with like names: 12 and 12 A, or one door on. */
export function neighbours(stage: Stage): Scene {
  const { dice } = stage;
  const place = aPlace(dice);
  const family = surname(stage);
  const [one, other] = dice.several(trades, 2);
  const door = dice.chance(0.5)
    ? { ...place.site, houseNumber: `${place.site.houseNumber}${dice.pick([' A', '-2', 'bis', ' hs'])}` }
    : nextDoor(place.site, 2);
  return {
    tag: 'neighbours',
    parties: [
      aCompany(stage, `${one ?? ''} ${family}`, { place }),
      aCompany(stage, `${other ?? ''} ${family}`, { place: { ...place, site: door } }),
    ],
  };
}

/** One legal entity with a second establishment: the same KvK number and bank account, another address. */
export function branches(stage: Stage): Scene {
  const { dice, registry } = stage;
  const name = `${brandName(stage)} ${dice.pick(trades)}`;
  const company = aCompany(stage, name);
  const place = aPlace(dice);
  const branch = {
    ...place.site,
    phone: registry.landline(place.areaCode),
    name: `${company.values.name} ${place.site.city}`,
  };
  return {
    tag: 'branch',
    parties: [{ ...company, variants: [...(company.variants ?? []), branch, branch] }],
  };
}

/** Trading names and former names: h.o.d.n., v/h, t.h.o.d.n. */
export function tradeName(stage: Stage): Scene {
  const { dice, registry } = stage;
  const owner = `${dice.pick(givenNames).charAt(0)}. ${surname(stage)}`;
  const trade = dice.chance(0.2) ? `${dice.pick(brands)} ${surname(stage)}` : companyName(stage);
  const soleTrader = aCompany(stage, trade, { name: trade, vat: registry.soleTraderVat() });
  const names = [
    `${owner} ${dice.pick(['h.o.d.n.', 'hodn', 't.h.o.d.n.', 'handelend onder de naam', 'H.O.D.N.'])} ${trade}`,
    `${trade} v/h ${companyName(stage)}`,
    `${trade} (${owner})`,
  ];
  const variants = [...(soleTrader.variants ?? []), ...names.map((name) => ({ name }))];
  return { tag: 'trade-name', parties: [{ ...soleTrader, variants }] };
}

/** A careless record between two companies: the name of one, the phone and mailbox of the other. The truth is the name's. */
export function chain(stage: Stage): Scene {
  const one = aCompany(stage, companyName(stage));
  const other = aCompany(stage, companyName(stage));
  const { phone, email, website } = other.values;
  const mixed: Partial<PartyValues> = { kvk: '', vat: '', iban: '', phone, email, website };
  return { tag: 'chain', parties: [{ ...one, fixed: [mixed] }, other] };
}

/** What is no relation at all: collective records, with numbers that mean "unknown". Each stands alone. */
export function collective(stage: Stage): Scene {
  const { dice } = stage;
  const name = dice.pick([
    'Diversen',
    'Contante verkoop',
    'Diverse debiteuren',
    'Onbekend',
    'Kas',
    'Privé',
    'n.v.t.',
    'Nog in te delen',
    'TEST',
  ]);
  const values: PartyValues = {
    kind: 'company',
    name,
    kvk: dice.pick(['', '00000000', '12345678', '99999999']),
    vat: '',
    iban: '',
    email: dice.pick(['', 'geen@geen.nl', 'x@x.nl', 'onbekend@onbekend.nl', 'nvt@nvt.nl']),
    phone: dice.pick(['', '0000000000', '0612345678', '000']),
    website: '',
    street: '',
    houseNumber: '',
    postcode: '',
    city: '',
    country: 'NL',
  };
  return { tag: 'collective', parties: [{ values, isAlone: true }] };
}
