import type { Dice } from './dice.js';
import { streets, towns } from './words.js';

/** A street, a number and a postcode in one of the towns. */
export interface Site {
  readonly street: string;
  readonly houseNumber: string;
  readonly postcode: string;
  readonly city: string;
  readonly country: string;
}

/** A site, and what goes with its town. */
export interface Place {
  readonly site: Site;
  readonly areaCode: string;
  /** What else the town is called. */
  readonly alias?: string;
}

const letters = [...'ABCDEGHJKLMNPRSTVWXZ'];

export function aPlace(dice: Dice): Place {
  const [city, prefix, areaCode, alias] = dice.pick(towns);
  const postcode = `${prefix}${dice.between(11, 99)} ${dice.pick(letters)}${dice.pick(letters)}`;
  const houseNumber = String(dice.between(1, dice.chance(0.8) ? 180 : 900));
  const site = { street: dice.pick(streets), houseNumber, postcode, city, country: 'NL' };
  return { site, areaCode, ...(alias ? { alias } : {}) };
}

/** The same street, another door. */
export function nextDoor(site: Site, by: number): Site {
  return { ...site, houseNumber: String(Number.parseInt(site.houseNumber, 10) + by) };
}
