import { hash32, mix32, type Random } from '../random.js';
import { CITIES, STREETS, type City } from './vocabulary.js';

/** Where somebody is. */
export interface Place {
  readonly street: string;
  readonly number: string;
  readonly postcode: string;
  readonly city: City;
}

const LETTERS = 'ABCDEGHJKLMNPRSTVWXZ';
const NUMBER_MAX = 290;
const STREET_HASHES = new Map(STREETS.map((street) => [street, hash32(street)]));

/** A made-up address; the same street and number of a city always has the same postcode. */
export function place(random: Random, city: City = random.pick(CITIES)): Place {
  const street = random.pick(STREETS);
  const number = 1 + random.int(NUMBER_MAX);
  const addition = random.chance(0.12) ? random.pick(['a', 'b', ' bis', '-2', ' III', ' hs']) : '';
  return { street, number: `${number}${addition}`, postcode: postcodeOf(city, street, number), city };
}

/** A post-office box in the same city. */
export function postbox(random: Random, city: City): Place {
  const number = 10 + random.int(9_000);
  return {
    street: 'Postbus',
    number: String(number),
    postcode: postcodeOf(city, 'Postbus', number * 20),
    city,
  };
}

function postcodeOf(city: City, street: string, number: number): string {
  const base = (STREET_HASHES.get(street) ?? 7) ^ city.postcodeFrom;
  const digits = city.postcodeFrom + (mix32(base) % city.postcodes);
  const block = mix32(base ^ Math.floor(number / 20));
  const letters = `${LETTERS[block % 20] ?? 'A'}${LETTERS[(block >>> 8) % 20] ?? 'B'}`;
  const safe = letters === 'SA' || letters === 'SD' || letters === 'SS' ? 'AB' : letters;
  return `${digits} ${safe}`;
}

/** A telephone number in national digits: a landline of the city, or a mobile. */
export function phone(random: Random, city: City): string {
  const area = random.chance(0.3) ? '06' : city.area;
  let digits = area;
  while (digits.length < 10)
    digits += String(digits.length === area.length ? 2 + random.int(7) : random.int(10));
  return digits;
}
