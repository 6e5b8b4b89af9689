import type { CauseFacts, Text } from './cause-facts.js';
import { wordsOf } from './fact-words.js';
import type { IssueCause } from './issue.js';
import { writeCauses } from './write-causes.js';

/** Class, texts and ways out of every cause (product.md 5). One row per cause; the compiler asks for a missing one. */
export const causeTable: Readonly<Record<IssueCause, CauseFacts>> = {
  'double-in-administration': {
    class: 'data',
    isBlocking: false,
    title: { nl: 'Dubbel in één administratie: {name}', en: 'Double inside one administration: {name}' },
    explanation: {
      nl: '{codes} lijken dezelfde relatie. Kies welke u gebruikt, of ruim het dubbel in Exact op; Koppel kijkt daarna vanzelf opnieuw.',
      en: '{codes} look like the same relation. Choose which one you use, or clean up the double in Exact; Koppel checks again by itself.',
    },
    waysOut: ['open-match', 'open-exact', 'recheck', 'ignore'],
  },
  'record-rejected': {
    class: 'data',
    isBlocking: false,
    title: { nl: 'Niet overgenomen: {name}', en: 'Not taken over: {name}' },
    explanation: {
      nl: 'Dit record kan niet worden gelezen: {reason}. De andere records zijn gewoon overgenomen. Verbeter het in Exact en controleer opnieuw.',
      en: 'This record cannot be read: {reason}. The other records were taken over. Correct it in Exact and check again.',
    },
    waysOut: ['open-exact', 'recheck', 'ignore'],
  },
  'value-too-long': {
    class: 'data',
    isBlocking: false,
    title: { nl: 'Waarde te lang: {field} van {name}', en: 'Value too long: {field} of {name}' },
    explanation: {
      nl: '{field} is {length} tekens; er passen er {limit}. Er is niets afgekapt. Kort de waarde in en controleer opnieuw.',
      en: '{field} is {length} characters long; {limit} fit. Nothing was cut. Shorten the value and check again.',
    },
    waysOut: ['open-exact', 'recheck', 'ignore'],
  },
  'no-relations-returned': {
    class: 'permission',
    isBlocking: true,
    title: { nl: 'Exact gaf geen enkele relatie terug', en: 'Exact returned no relation at all' },
    explanation: {
      nl: 'Exact geeft een lege lijst als de gebruiker geen recht heeft om relaties te lezen. Er is niets verwijderd. Geef de Exact-gebruiker het recht, of negeer dit als de administratie echt leeg is.',
      en: 'Exact returns an empty list when the user may not read relations. Nothing was deleted. Grant the Exact user the right, or ignore this when the administration really is empty.',
    },
    waysOut: ['retry', 'ignore'],
  },
  'accounts-missing': {
    class: 'transient',
    isBlocking: true,
    title: { nl: 'Niet alle relaties gelezen', en: 'Not all relations were read' },
    explanation: {
      nl: 'Exact telt {counted} relaties, maar gaf er {count}. Wat er al was blijft staan, en de volgende synchronisatie leest alles opnieuw. Probeer het opnieuw. Negeer dit als er in Exact niets ontbreekt.',
      en: 'Exact counts {counted} relations but gave {count}. What was there stays, and the next synchronisation reads everything again. Try again. Ignore this when nothing is missing in Exact.',
    },
    waysOut: ['retry', 'ignore'],
  },
  'deletions-unproven': {
    class: 'data',
    isBlocking: false,
    title: { nl: 'Verwijderingen niet zeker', en: 'Deletions not certain' },
    explanation: {
      nl: 'Er zijn {count} relaties niet teruggezien, maar het is niet zeker dat ze verwijderd zijn. Er is niets verwijderd.',
      en: '{count} relations were not seen again, but it is not certain that they were deleted. Nothing was deleted.',
    },
    waysOut: ['retry', 'ignore'],
  },
  'part-deletions-unproven': {
    class: 'data',
    isBlocking: false,
    title: { nl: 'Verwijderingen niet zeker: {kind}', en: 'Deletions not certain: {kind}' },
    explanation: {
      nl: 'Van {kind} zijn er {count} van de {present} niet teruggezien, maar het is niet zeker dat ze verwijderd zijn. Er is niets verwijderd.',
      en: 'Of {kind}, {count} of {present} were not seen again, but it is not certain that they were deleted. Nothing was deleted.',
    },
    waysOut: ['retry', 'ignore'],
  },
  'administration-forbidden': {
    class: 'permission',
    isBlocking: true,
    title: { nl: 'Geen toegang meer tot de administratie', en: 'No access to the administration any more' },
    explanation: {
      nl: 'Exact weigert de toegang ({reason}). Deze administratie staat stil; de andere gaan door. Geef de Exact-gebruiker toegang in Exact onder Beheer > Gebruikers > Administraties.',
      en: 'Exact refuses access ({reason}). This administration stands still; the others go on. Grant the Exact user access in Exact under Master data > Users > Companies.',
    },
    waysOut: ['retry', 'open-exact', 'ignore'],
  },
  'right-missing': {
    class: 'permission',
    isBlocking: false,
    title: { nl: 'Recht ontbreekt: {kind}', en: 'Right missing: {kind}' },
    explanation: {
      nl: 'De Exact-gebruiker of de licentie mag {kind} niet lezen. Dit onderdeel is overgeslagen.',
      en: 'The Exact user or the licence may not read {kind}. This part was skipped.',
    },
    waysOut: ['retry', 'ignore'],
  },
  'connection-broken': {
    class: 'permission',
    isBlocking: true,
    title: { nl: 'De verbinding met Exact is verbroken', en: 'The connection with Exact is broken' },
    explanation: {
      nl: '{reason}. Koppel opnieuw, of laat een andere gebruiker toestemming geven. Codes, keuzes en instellingen blijven staan.',
      en: '{reason}. Reconnect, or let another user give consent. Codes, choices and settings stay.',
    },
    waysOut: ['reconnect'],
  },
  'endpoint-suspended': {
    class: 'transient',
    isBlocking: false,
    title: { nl: 'Even gestopt met vragen: {kind}', en: 'Stopped asking for a while: {kind}' },
    explanation: {
      nl: 'Exact gaf meerdere keren dezelfde fout ({status}). Om blokkade te voorkomen vraagt Koppel dit pas na {until} weer.',
      en: 'Exact gave the same error several times ({status}). To avoid a block Koppel asks again only after {until}.',
    },
    waysOut: ['retry', 'ignore'],
  },
  'day-limit-reached': {
    class: 'transient',
    isBlocking: false,
    title: { nl: 'Daglimiet van Exact bereikt', en: "Exact's daily limit reached" },
    explanation: {
      nl: 'Exact beantwoordt voor deze administratie vandaag niets meer. Koppel gaat {until} vanzelf verder waar het was; u hoeft niets te doen.',
      en: 'Exact answers nothing more for this administration today. Koppel goes on by itself where it was on {until}; you need to do nothing.',
    },
    waysOut: ['ignore'],
  },
  'exact-silent': {
    class: 'transient',
    isBlocking: false,
    title: { nl: 'Exact Online antwoordt niet', en: 'Exact Online does not answer' },
    explanation: {
      nl: 'De volgende poging is {until}. Koppel gaat daarna vanzelf verder waar het was; u hoeft niets te doen.',
      en: 'The next attempt is on {until}. After that Koppel goes on by itself where it was; you need to do nothing.',
    },
    waysOut: ['ignore'],
  },
  'fetch-failed': {
    class: 'transient',
    isBlocking: true,
    title: { nl: 'Ophalen mislukt: {kind}', en: 'Fetching failed: {kind}' },
    explanation: {
      nl: 'Na {attempts} pogingen lukte het niet: {reason}. Wat er al was blijft staan.',
      en: 'It did not work after {attempts} attempts: {reason}. What was there stays.',
    },
    waysOut: ['retry', 'ignore'],
  },
  ...writeCauses,
  'bank-account-changed': {
    class: 'data',
    isBlocking: false,
    title: { nl: 'Ander rekeningnummer: {name}', en: 'Other bank account: {name}' },
    explanation: {
      nl: 'In {administration} staat nu {number} (eerst: {was}). Dit is nergens anders geschreven. Bel de relatie op een nummer dat u al kende, en keur het pas dan goed.',
      en: 'In {administration} it now says {number} (before: {was}). This was written nowhere else. Call the relation at a number that you knew already, and approve it only then.',
    },
    waysOut: ['approve', 'reject', 'open-exact'],
  },
  'address-differs': {
    class: 'data',
    isBlocking: false,
    title: { nl: 'Adres verschilt: {name}', en: 'Address differs: {name}' },
    explanation: {
      nl: 'In {administration} staat nu {value}, elders iets anders: {others}. Er is niets overschreven. Neem dit adres overal over, of laat het zo.',
      en: 'In {administration} it now says {value}, elsewhere something else: {others}. Nothing was overwritten. Use this address everywhere, or leave it so.',
    },
    waysOut: ['approve', 'reject', 'open-exact'],
  },
  'contact-differs': {
    class: 'data',
    isBlocking: false,
    title: { nl: 'Contactpersoon verschilt: {name}', en: 'Contact person differs: {name}' },
    explanation: {
      nl: '{person}: in {administration} staat nu {value}, elders iets anders: {others}. Er is niets overschreven. Neem dit overal over, of laat het zo.',
      en: '{person}: in {administration} it now says {value}, elsewhere something else: {others}. Nothing was overwritten. Use this everywhere, or leave it so.',
    },
    waysOut: ['approve', 'reject', 'open-exact'],
  },
  'webhook-disabled': {
    class: 'configuration',
    isBlocking: false,
    title: { nl: 'Webhook uitgezet: {host}', en: 'Webhook switched off: {host}' },
    explanation: {
      nl: 'De ontvanger nam niets meer aan ({reason}), dus Koppel stuurt er niets meer heen. Herstel hem, zet de webhook bij Beheer weer aan en verzend opnieuw wat er sindsdien gebeurde.',
      en: 'The receiver took nothing any more ({reason}), so Koppel sends it nothing. Repair it, switch the webhook on again at Manage, and replay what happened since.',
    },
    waysOut: ['open-webhooks', 'ignore'],
  },
  'unexpected-answer': {
    class: 'transient',
    isBlocking: true,
    title: { nl: 'Onbruikbaar antwoord van Exact: {kind}', en: 'Unusable answer from Exact: {kind}' },
    explanation: {
      nl: 'Exact gaf een antwoord dat geen geldige pagina is ({reason}). Er is niets opgeslagen of verwijderd.',
      en: 'Exact gave an answer that is not a valid page ({reason}). Nothing was stored or deleted.',
    },
    waysOut: ['retry', 'ignore'],
  },
};

/** Of a cause that this release does not know: a later one wrote it, and was taken back. It is shown, and can be put aside. */
const unknownCause: CauseFacts = {
  class: 'bug',
  isBlocking: false,
  title: { nl: 'Melding van een nieuwere versie', en: 'Issue of a newer version' },
  explanation: {
    nl: 'Deze versie van Koppel kent deze melding niet. Een nieuwere versie vertelt wat er is en wat u kunt doen.',
    en: 'This version of Koppel does not know this issue. A newer version tells what it is and what you can do.',
  },
  waysOut: ['recheck', 'ignore'],
};

/** What is known of a cause as it is stored; something general of one that a later release wrote (F93). */
export function factsOfCause(cause: string): CauseFacts {
  return Object.hasOwn(causeTable, cause) ? causeTable[cause as IssueCause] : unknownCause;
}

/** Fills `{name}` with the parameter of that name, in words where it is a code or a moment; an unknown one is left out. */
export function fillText(text: Text, params: Readonly<Record<string, string | number>>): Text {
  const fill = (language: keyof Text) =>
    text[language].replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = params[name] ?? '…';
      return wordsOf(name, String(value))?.[language] ?? spoken(value, locales[language]);
    });
  return { nl: fill('nl'), en: fill('en') };
}

const locales: Readonly<Record<keyof Text, string>> = { nl: 'nl-NL', en: 'en-GB' };
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** With its time zone: the clock of who reads it is not known here. */
function spoken(value: string | number, locale: string): string {
  if (typeof value === 'number' || !moment.test(value)) return String(value);
  const clock = { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Amsterdam', timeZoneName: 'short' };
  const day = { weekday: 'long', day: 'numeric', month: 'long' };
  return new Date(value).toLocaleString(locale, { ...day, ...clock } as Intl.DateTimeFormatOptions);
}
