import type { Dice } from './dice.js';
import type { Party, PartyValues } from './party.js';
import type { Registry } from './registry.js';
import { aPlace, type Place } from './site.js';
import { brandEnds, givenNames, surnames, syllables, trades } from './words.js';

/** What scenes are made from. */
export interface Stage {
  readonly dice: Dice;
  readonly registry: Registry;
}

/** A name that nobody else is likely to have: "Treviquin". */
export function brandName({ dice }: Stage): string {
  const parts = Array.from({ length: dice.between(2, 3) }, () => dice.pick(syllables));
  const word = parts.join('') + dice.pick(brandEnds);
  return word.charAt(0).toUpperCase() + word.slice(1);
}

export function surname({ dice }: Stage): string {
  return dice.chance(0.15) ? `${dice.pick(surnames)}-${dice.pick(surnames)}` : dice.pick(surnames);
}

/** How a company is called, its legal form left out. */
export function companyName(stage: Stage): string {
  const { dice } = stage;
  const trade = dice.pick(trades);
  const family = surname(stage);
  const kind = dice.next();
  if (kind < 0.3) return `${brandName(stage)} ${trade}`;
  if (kind < 0.5) return `${trade} ${family}`;
  if (kind < 0.65) return `${family} ${trade}`;
  if (kind < 0.73) return `Gebr. ${family} ${trade}`;
  if (kind < 0.8) return `${family} & Zn. ${trade}`;
  if (kind < 0.86) return `${family} & ${dice.pick(surnames)} ${trade}`;
  if (kind < 0.93) return `${initials(dice)} ${family} ${trade}`;
  return `${brandName(stage)} ${dice.pick(['Nederland', 'Europe', 'Groep', 'Techniek', 'Industrie', '2000'])}`;
}

export function initials(dice: Dice): string {
  return Array.from({ length: dice.between(1, 3) }, () => `${dice.pick([...'ABCDEFGHJKLMNPRSTW'])}.`).join(
    '',
  );
}

/** A private limited company at a place; `overrides` is what the scene decides. */
export function aCompany(
  stage: Stage,
  name: string,
  given: Partial<PartyValues> & { place?: Place } = {},
): Party {
  const { dice, registry } = stage;
  const { place = aPlace(dice), ...overrides } = given;
  const domain = registry.domain(name);
  const values: PartyValues = {
    kind: 'company',
    name: `${name} ${dice.pick(['B.V.', 'B.V.', 'B.V.', 'BV', 'N.V.'])}`,
    kvk: registry.kvk(),
    vat: registry.vat(),
    iban: registry.iban(),
    email: `${dice.pick(['info', 'info', 'administratie', 'facturen', 'crediteuren', 'boekhouding'])}@${domain}`,
    phone: registry.landline(place.areaCode),
    website: `www.${domain}`,
    ...place.site,
    ...overrides,
  };
  return { values, variants: ordinaryVariants(stage, values, place) };
}

/** A private person; no registration numbers. */
export function aPerson(
  stage: Stage,
  name: string,
  given: Partial<PartyValues> & { place?: Place } = {},
): Party {
  const { dice, registry } = stage;
  const { place = aPlace(dice), ...overrides } = given;
  const mailbox = name
    .toLowerCase()
    .replace(/[^a-z]+/g, '.')
    .replace(/^\.|\.$/g, '');
  const provider = dice.pick([
    'gmail.com',
    'hotmail.com',
    'ziggo.nl',
    'kpnmail.nl',
    'outlook.com',
    'xs4all.nl',
  ]);
  const values: PartyValues = {
    kind: 'person',
    name,
    kvk: '',
    vat: '',
    iban: registry.iban(),
    email: dice.chance(0.7) ? `${mailbox}${dice.between(1, 99_999)}@${provider}` : '',
    phone: registry.mobile(),
    website: '',
    ...place.site,
    ...overrides,
  };
  return { values };
}

export function personName(stage: Stage): string {
  return `${stage.dice.pick(givenNames)} ${surname(stage)}`;
}

// What the bookkeepers of several companies know of one supplier: another mailbox, the post-office box, where it was before.
function ordinaryVariants(stage: Stage, values: PartyValues, place: Place): Partial<PartyValues>[] {
  const { dice, registry } = stage;
  const domain = values.email.split('@')[1] ?? '';
  const variants: Partial<PartyValues>[] = [{}, {}, {}];
  if (place.alias) variants.push({ city: place.alias });
  if (domain) variants.push({ email: `${dice.pick(givenNames).toLowerCase()}@${domain}` });
  if (dice.chance(0.25)) variants.push({ phone: registry.mobile() });
  if (dice.chance(0.2)) variants.push({ iban: registry.iban() });
  if (dice.chance(0.15)) {
    const digits = values.postcode.slice(0, 4);
    variants.push({
      street: 'Postbus',
      houseNumber: String(dice.between(1, 90_000)),
      postcode: `${digits} AA`,
    });
  }
  if (dice.chance(0.08)) variants.push({ ...aPlace(dice).site });
  return variants;
}
