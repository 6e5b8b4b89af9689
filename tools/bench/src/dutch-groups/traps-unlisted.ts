import { aCompany, brandName, companyName, surname, type Stage } from './company.js';
import type { Scene } from './party.js';
import { aPlace } from './site.js';
import { seriesNouns, trades } from './words.js';

const list = (text: string): readonly string[] => text.trim().split(/\s*,\s*/);

/** Sister companies by words that no word list of the product has. */
const unlistedRoles = list(`
  Assets, Facilities, Opco, Holdco, Propco, Ventures, Estates, Equity, Retail, Rentals, Academy, Mobiliteit, Circulair, Grondstoffen,
  Topco, Subco, Treasury, Garantie, Borging, Zuiderpark, De Hoef, Stadswerf, Kapitaalbeheer, Dochter, Oud, Nieuw, Belgium, Deutschland,
  Labs, Digital, Energy, Water, Monumenten, Polissen, Verzuim, Opleidingen, Kantine, Wagenpark, Bedrijfsruimten, Fleet, Staffing`);

/** Words of one stem that name two companies of one group; the word lists of the product have most of them. */
const likeRoles = [
  list('Invest, Investments, Investering'),
  list('Project, Projecten, Projects'),
  list('Asset, Assets'),
  list('Service, Services'),
  list('Concept, Concepten, Concepts'),
  list('Dienst, Diensten'),
  list('Holding, Holdings'),
  list('Beheer, Beheersmaatschappij'),
  list('Groep, Group'),
  list('Vastgoed, Vastgoedbeheer'),
  list('Participatie, Participaties'),
  list('Houdster, Houdstermaatschappij'),
  list('Materieel, Materialen'),
];

const likeNumerals = [
  list('Zes, Zeven, Acht'),
  list('Uno, Duo, Trio'),
  list('First, Second, Third'),
  list('K, L, M'),
  list('XXI, XXII, XXIII'),
  list('2019-1, 2019-2, 2020-1'),
  list('Epsilon, Zeta, Sigma'),
  list('Noordoost, Noordwest, Zuidoost'),
];

function sisters(
  { dice, registry, ...rest }: Stage,
  root: string,
  names: readonly string[],
): Scene['parties'] {
  const place = aPlace(dice);
  const domain = registry.domain(root);
  const shared = {
    email: `info@${domain}`,
    website: `www.${domain}`,
    phone: registry.landline(place.areaCode),
  };
  return names.map((name) =>
    aCompany({ dice, registry, ...rest }, name, { place, ...(dice.chance(0.85) ? shared : {}) }),
  );
}

function rootOf(stage: Stage): string {
  return stage.dice.chance(0.5)
    ? companyName(stage)
    : stage.dice.pick([brandName(stage), surname(stage), `${surname(stage)} ${stage.dice.pick(trades)}`]);
}

/** A group whose companies differ by words that nobody has put in a list. */
export function unlistedGroup(stage: Stage): Scene {
  const root = rootOf(stage);
  const roles = stage.dice.several(unlistedRoles, stage.dice.between(1, 4));
  return { tag: 'group', parties: sisters(stage, root, [root, ...roles.map((role) => `${root} ${role}`)]) };
}

/** Companies of one group whose words look like slips of the pen or other numbers of one word. */
export function likeWords(stage: Stage): Scene {
  const root = rootOf(stage);
  const roles = stage.dice.several(stage.dice.pick(likeRoles), 2);
  return {
    tag: 'group',
    parties: sisters(
      stage,
      root,
      roles.map((role) => `${root} ${role}`),
    ),
  };
}

/** A company and its daughter in the same town, which bears the name of the town. */
export function townDaughter(stage: Stage): Scene {
  const { dice, registry } = stage;
  const root = rootOf(stage);
  const place = aPlace(dice);
  const shared = { place, phone: registry.landline(place.areaCode), email: `info@${registry.domain(root)}` };
  const names = [root, `${root} ${place.site.city}`];
  return { tag: 'group', parties: names.map((name) => aCompany(stage, name, shared)) };
}

/** Series by words and letters that are no usual numerals, at the end or in the middle of the name. */
export function unusualSeries(stage: Stage): Scene {
  const { dice } = stage;
  const noun = dice.pick(seriesNouns);
  const root = dice.pick([brandName(stage), surname(stage)]);
  const isInside = dice.chance(0.3);
  const names = dice
    .several(dice.pick(likeNumerals), 2)
    .map((numeral) => (isInside ? `${root} ${numeral} ${noun}` : `${root} ${noun} ${numeral}`));
  return { tag: 'series', parties: sisters(stage, root, names) };
}
