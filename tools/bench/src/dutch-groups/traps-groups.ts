import { aCompany, aPerson, brandName, companyName, initials, surname, type Stage } from './company.js';
import type { Party, Scene } from './party.js';
import { aPlace, nextDoor } from './site.js';
import { brands, givenNames, groupRoles, seriesNouns, towns, townDistricts, trades } from './words.js';

/** Holding, operating company and their sisters: one address, one phone, one mailbox, and each a KvK number of its own. */
export function buildingGroup(stage: Stage): Scene {
  const { dice, registry } = stage;
  const root = dice.chance(0.5) ? companyName(stage) : `${dice.pick([brandName(stage), surname(stage)])}`;
  const place = aPlace(dice);
  const domain = registry.domain(root);
  const shared = {
    email: `info@${domain}`,
    website: `www.${domain}`,
    phone: registry.landline(place.areaCode),
  };
  const iban = registry.iban();
  const names = [root, ...dice.several(groupRoles, dice.between(1, 5)).map((role) => `${root} ${role}`)];
  const parties = names.map((name) =>
    aCompany(stage, name, {
      place: { ...place, site: dice.chance(0.85) ? place.site : nextDoor(place.site, 2) },
      ...(dice.chance(0.75) ? shared : {}),
      ...(dice.chance(0.2) ? { iban } : {}),
    }),
  );
  return { tag: 'group', parties };
}

/** The members of a fiscal unity stand in the books under the VAT number of the unity. */
export function fiscalUnity(stage: Stage): Scene {
  const group = buildingGroup(stage);
  const vat = stage.registry.vat();
  return { tag: 'fiscal-unity', parties: group.parties.map((party) => withValues(party, { vat })) };
}

const numerals = [
  ['I', 'II', 'III', 'IV', 'V', 'VI'],
  ['1', '2', '3', '4', '5', '6'],
  ['A', 'B', 'C', 'D', 'E', 'F'],
  ['Fase 1', 'Fase 2', 'Fase 3', 'Fase 4'],
  ['Blok A', 'Blok B', 'Blok C', 'Blok D'],
  ['2019', '2020', '2021', '2022'],
  ['Noord', 'Zuid', 'Oost', 'West'],
  ['Een', 'Twee', 'Drie', 'Vier'],
  ['Alpha', 'Beta', 'Gamma', 'Delta'],
] as const;

/** A series of companies that differ by a number only. */
export function series(stage: Stage): Scene {
  const { dice, registry } = stage;
  const root = `${dice.pick([brandName(stage), surname(stage)])} ${dice.pick(seriesNouns)}`;
  const place = aPlace(dice);
  const domain = registry.domain(root);
  const shared = {
    email: `beheer@${domain}`,
    website: `www.${domain}`,
    phone: registry.landline(place.areaCode),
  };
  const parties = dice
    .pick(numerals)
    .slice(0, dice.between(2, 4))
    .map((numeral) => aCompany(stage, `${root} ${numeral}`, { place, ...shared }));
  return { tag: 'series', parties };
}

/** One formula, an owner per town or quarter; the formula's website and often its general phone number. */
export function franchise(stage: Stage): Scene {
  const { dice, registry } = stage;
  const brand = dice.chance(0.6) ? dice.pick(brands) : `${brandName(stage)} ${dice.pick(trades)}`;
  const domain = `${brand.toLowerCase().replaceAll(' ', '')}.nl`;
  const phone = dice.chance(0.5) ? registry.landline('088') : null;
  const spots = dice.chance(0.7) ? towns.map(([town]) => town) : townDistricts;
  const own = dice.several(spots, dice.between(2, 5)).filter((spot) => registry.claim(`${brand} ${spot}`));
  const parties = own.map((spot) => {
    const place = aPlace(dice);
    return aCompany(stage, `${brand} ${spot}`, {
      place: towns.some(([town]) => town === spot)
        ? { ...place, site: { ...place.site, city: spot } }
        : place,
      email: dice.chance(0.5) ? `info@${domain}` : `${spot.toLowerCase().replace(/[^a-z]/g, '')}@${domain}`,
      website: `www.${domain}`,
      ...(phone !== null && dice.chance(0.6) ? { phone } : {}),
    });
  });
  return { tag: 'franchise', parties };
}

/** Father and son, or a couple, on one address with one phone and sometimes one mailbox and account. */
export function family(stage: Stage): Scene {
  const { dice, registry } = stage;
  const name = surname(stage);
  const place = aPlace(dice);
  const phone = registry.landline(place.areaCode);
  const [first = 'Jan', second = 'Anna'] = dice.several(givenNames, 2);
  const shared = {
    place,
    ...(dice.chance(0.6) ? { phone } : {}),
    ...(dice.chance(0.3) ? { iban: registry.iban() } : {}),
  };
  const pairs: [string, string][] = [
    [`${first} ${name}`, `${second} ${name}`],
    [`${first.charAt(0)}. ${name}`, `${second.charAt(0)}. ${name}`],
    [`${first} ${name} sr.`, `${first} ${name} jr.`],
    [`${initials(dice)} ${name}`, `${second} ${name}-${surname(stage)}`],
  ];
  const names = pairs[dice.between(0, pairs.length - 1)] ?? [first, second];
  return { tag: 'family', parties: names.map((full) => aPerson(stage, full, shared)) };
}

/** One brand, a company per country. */
export function countries(stage: Stage): Scene {
  const { dice, registry } = stage;
  const brand = `${brandName(stage)} ${dice.pick(['Systems', 'Bouwstoffen', 'Tools', 'Chemie', 'Profielen'])}`;
  const stem = brand.toLowerCase().replaceAll(' ', '');
  const belgian = registry.belgianNumber();
  return {
    tag: 'countries',
    parties: [
      aCompany(stage, `${brand} Nederland`, { website: `www.${stem}.com`, email: `info@${stem}.nl` }),
      aCompany(stage, brand, {
        name: `${brand} ${dice.pick(['België', 'Belgium', 'Benelux'])} ${dice.pick(['NV', 'BV', 'BVBA'])}`,
        kvk: '',
        vat: `BE${belgian}`,
        email: `info@${stem}.be`,
        website: `www.${stem}.com`,
        phone: `+32 3 ${dice.between(200, 899)} ${dice.between(10, 99)} ${dice.between(10, 99)}`,
        street: dice.pick(['Antwerpsesteenweg', 'Boomsesteenweg', 'Noorderlaan', 'Industrielaan']),
        postcode: String(dice.between(1000, 9990)),
        city: dice.pick(['Antwerpen', 'Gent', 'Mechelen', 'Hasselt', 'Brugge']),
        country: 'BE',
      }),
      aCompany(stage, brand, {
        name: `${brand} Deutschland ${dice.pick(['GmbH', 'GmbH & Co. KG'])}`,
        kvk: '',
        vat: '',
        email: `info@${stem}.de`,
        website: `www.${stem}.com`,
        phone: `+49 2821 ${dice.between(100_000, 999_999)}`,
        street: dice.pick(['Industriestraße', 'Bahnhofstraße', 'Gewerbepark', 'Hauptstraße']),
        postcode: String(dice.between(26_000, 52_999)),
        city: dice.pick(['Kleve', 'Emmerich am Rhein', 'Bocholt', 'Nordhorn', 'Köln']),
        country: 'DE',
      }),
    ],
  };
}

/** Associations of owners under one manager: his address, his phone, his mailbox, and names that differ by a building. */
export function ownersAssociations(stage: Stage): Scene {
  const { dice, registry } = stage;
  const place = aPlace(dice);
  const manager = `${brandName(stage)} VvE Beheer`;
  const domain = registry.domain(manager);
  const shared = {
    place,
    email: `vve@${domain}`,
    website: `www.${domain}`,
    phone: registry.landline(place.areaCode),
  };
  const street = aPlace(dice).site.street;
  const first = dice.between(1, 60) * 2;
  const names = [
    `VvE ${street} ${first}-${first + 24}`,
    `VvE ${street} ${first + 26}-${first + 60}`,
    `Vereniging van Eigenaars ${street} ${first + 1}-${first + 41}`,
    `VvE Garage ${street} ${first}`,
  ].slice(0, dice.between(2, 4));
  const clients = names.map((name) => aCompany(stage, name, { ...shared, name, vat: '' }));
  return { tag: 'owners-association', parties: [...clients, aCompany(stage, manager, shared)] };
}

function withValues(party: Party, values: Partial<Party['values']>): Party {
  return { ...party, values: { ...party.values, ...values } };
}
