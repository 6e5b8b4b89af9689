import type { Text } from './cause-facts.js';

type Words = readonly [nl: string, en: string];

/** Kinds of data and fields, by their names in the code. */
const names: Readonly<Record<string, Words>> = {
  accounts: ['relaties', 'relations'],
  contacts: ['contactpersonen', 'contact persons'],
  addresses: ['adressen', 'addresses'],
  'bank-accounts': ['bankrekeningen', 'bank accounts'],
  'gl-accounts': ['grootboekrekeningen', 'ledger accounts'],
  journals: ['dagboeken', 'journals'],
  'vat-codes': ['btw-codes', 'VAT codes'],
  'payment-conditions': ['betalingscondities', 'payment conditions'],
  'cost-centers': ['kostenplaatsen', 'cost centres'],
  'cost-units': ['kostendragers', 'cost units'],
  deleted: ['verwijderingen', 'deletions'],
  compare: ['vergelijken', 'comparing'],
  name: ['naam', 'name'],
  tradeName: ['handelsnaam', 'trade name'],
  kvk: ['KvK-nummer', 'KvK number'],
  vat: ['btw-nummer', 'VAT number'],
  rsin: ['RSIN', 'RSIN'],
  address: ['adres', 'address'],
  email: ['e-mailadres', 'e-mail address'],
  phone: ['telefoonnummer', 'phone number'],
  mobile: ['mobiel nummer', 'mobile number'],
  website: ['website', 'website'],
  firstName: ['voornaam', 'first name'],
  middleName: ['tussenvoegsel', 'middle name'],
  lastName: ['achternaam', 'last name'],
  initials: ['initialen', 'initials'],
  jobTitle: ['functie', 'job title'],
  number: ['rekeningnummer', 'account number'],
  holder: ['rekeninghouder', 'account holder'],
};

/** Reasons in our own words and codes; `$1` takes what the pattern found. What Exact says itself stays as Exact said it. */
const reasons: readonly (readonly [pattern: RegExp, nl: string, en: string])[] = [
  // A consent that is over.
  [/^no-connection$/, 'Er is geen toestemming', 'There is no consent'],
  [
    /^old-token$/,
    'Exact zag een oud token en trok daarom de toestemming in. Waarschijnlijk gaf dezelfde Exact-gebruiker daarna toestemming voor een andere organisatie: geef elke organisatie een eigen Exact-gebruiker',
    'Exact saw an old token and therefore withdrew the consent. The same Exact user probably gave consent for another organisation afterwards: give each organisation an Exact user of its own',
  ],
  [/^expired$/, 'De toestemming is verlopen', 'The consent has expired'],
  [
    /^refused$/,
    'Exact nam de toestemming niet meer aan: ze is ingetrokken, of de gebruiker is niet meer actief',
    'Exact took the consent no more: it was withdrawn, or the user is not active any more',
  ],
  [
    /^answer-unreadable$/,
    'Het antwoord van Exact op de vernieuwing was onleesbaar',
    "Exact's answer to the renewal could not be read",
  ],
  [/^declared$/, 'De toestemming geldt niet meer', 'The consent is not valid any more'],
  [
    /^exact-user-differs$/,
    'Er gaf een Exact-gebruiker toestemming die niet bij uw administraties kan',
    'An Exact user gave consent who cannot reach your administrations',
  ],
  [
    /^key-unavailable$/,
    'De sleutel waarmee de toestemming is opgeborgen, ontbreekt',
    'The key that the consent was stored with is missing',
  ],
  // An administration that is closed, or a right that is missing.
  [/^no-rights$/, 'de gebruiker heeft er geen rechten', 'the user has no rights there'],
  [/^inactive$/, 'de administratie is niet actief', 'the administration is not active'],
  [/^archived$/, 'de administratie is gearchiveerd', 'the administration is archived'],
  [/^blocked$/, 'de administratie is geblokkeerd', 'the administration is blocked'],
  [/^template$/, 'het is een sjabloon of dossier', 'it is a template or a file'],
  [/^not-listed$/, 'Exact noemt de administratie niet meer', 'Exact lists the administration no more'],
  [/^NoDivisionAccess$/, 'de gebruiker heeft geen toegang', 'the user has no access'],
  [/^DivisionBlocked$/, 'de administratie is geblokkeerd', 'the administration is blocked'],
  [/^DivisionOutOfScope$/, 'de toestemming omvat deze administratie niet', 'the consent does not cover it'],
  [/^BlockedCustomer$/, 'de klant is bij Exact geblokkeerd', 'the customer is blocked at Exact'],
  [/^BlockedUser$/, 'de gebruiker is geblokkeerd', 'the user is blocked'],
  [/^InactiveUser$/, 'de gebruiker is niet actief', 'the user is not active'],
  [/^LicenseExpired$/, 'de licentie is verlopen', 'the licence has expired'],
  [/^ApplicationScope$/, 'de toestemming omvat dit niet', 'the consent does not cover this'],
  [/^forbidden$/, 'Exact geeft geen reden', 'Exact gives no reason'],
  [/^the user may not read relations$/, 'de gebruiker mag geen relaties lezen', '$&'],
  // No answer, or none that can be used.
  [/^HTTP (\d+)$/, 'Exact gaf fout $1', 'Exact gave error $1'],
  [
    /^HTTP (\d+), (.+)$/,
    'Exact gaf $2 in plaats van gegevens (HTTP $1)',
    'Exact gave $2 instead of data (HTTP $1)',
  ],
  [/^network (.+)$/, 'de verbinding viel weg ($1)', 'the connection failed ($1)'],
  [/^no answer after (\d+) ms$/, 'geen antwoord binnen $1 ms', 'no answer within $1 ms'],
  [/^unauthorised$/, 'Exact nam het token niet aan', 'Exact did not accept the token'],
  [
    /^token refreshed too early$/,
    'het token kon nog niet worden vernieuwd',
    'the token could not be renewed yet',
  ],
  [/^not sent: too late$/, 'te laat om nog te verzenden', 'too late to be sent'],
  [/^pages lead in a circle$/, 'de bladzijden verwijzen in een kring', '$&'],
  [/^a page leads to (.+)$/, 'een bladzijde verwijst naar $1', '$&'],
  [/^(\w+) is missing$/, '$1 ontbreekt', '$&'],
  [
    /^its worker stopped (\d+) times without progress$/,
    'het werk stopte $1 keer zonder verder te komen',
    '$&',
  ],
  [/^its worker stopped again and again$/, 'het werk stopte steeds opnieuw', '$&'],
  // A write that did not arrive, or of which that is not known.
  [/^the record is not there any more$/, 'het record is er niet meer', '$&'],
  [
    /^Exact took too long to answer what was asked first$/,
    'Exact deed te lang over wat eerst werd gevraagd',
    '$&',
  ],
  [/^its relation is another now$/, 'het hoort intussen bij een andere relatie', '$&'],
  [/^the account was fetched meanwhile$/, 'het record werd intussen opgehaald', '$&'],
  // A webhook that was switched off.
  [/^failing$/, 'elke poging mislukte', 'every attempt failed'],
  [/^gone$/, 'de ontvanger zei dat hij er niet meer is', 'the receiver said that it is gone'],
];

const dropped = /^dropped without a word: (.+)$/;
/** Between the reasons of two failures that are one issue (write-issues.ts). */
const between = ' / ';

/** A fact of an issue as people say it; undefined for one that says itself, such as a name or Exact's own text. */
export function wordsOf(fact: string, value: string): Text | undefined {
  if (fact === 'kind' || fact === 'field') return nameOf(value);
  if (fact !== 'reason') return undefined;
  const parts = value.split(between).map(reasonOf);
  return { nl: parts.map(({ nl }) => nl).join(between), en: parts.map(({ en }) => en).join(between) };
}

/** A part of an address by the address it belongs to. */
function nameOf(value: string): Text | undefined {
  const [name = value] = value.split('.');
  const words = Object.hasOwn(names, name) ? names[name] : undefined;
  return words && { nl: words[0], en: words[1] };
}

function reasonOf(reason: string): Text {
  const fields = dropped.exec(reason)?.[1]?.split(', ');
  if (fields) return droppedWords(fields);
  const known = reasons.find(([pattern]) => pattern.test(reason));
  if (!known) return { nl: reason, en: reason };
  const [pattern, nl, en] = known;
  return { nl: reason.replace(pattern, nl), en: reason.replace(pattern, en) };
}

function droppedWords(fields: readonly string[]): Text {
  const words = fields.map((field) => nameOf(field) ?? { nl: field, en: field });
  return {
    nl: `Exact liet zonder melding weg: ${words.map(({ nl }) => nl).join(', ')}`,
    en: `Exact left out without a word: ${words.map(({ en }) => en).join(', ')}`,
  };
}
