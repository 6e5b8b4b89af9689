import type { CauseFacts } from './cause-facts.js';
import type { WriteIssue } from './write-issues.js';

/** Class, texts and ways out of what people are told of writes to Exact. */
export const writeCauses: Readonly<Record<WriteIssue, CauseFacts>> = {
  'write-refused': {
    class: 'data',
    isBlocking: false,
    title: {
      nl: 'Exact nam een wijziging niet over: {name}',
      en: 'Exact did not take over a change: {name}',
    },
    explanation: {
      nl: 'Exact antwoordde: {reason}. De waarde in Exact is niet veranderd.',
      en: 'Exact answered: {reason}. The value in Exact has not changed.',
    },
    waysOut: ['write-again', 'open-exact', 'ignore'],
  },
  'write-exists': {
    class: 'data',
    isBlocking: false,
    title: { nl: 'Staat al in Exact: {other}', en: 'Already in Exact: {other}' },
    explanation: {
      nl: 'Een wijziging van {name} ging niet door. Exact antwoordde: {reason}. In deze administratie staat het al bij {other}. Verbeter een van de twee, of koppel ze als ze dezelfde zijn, en probeer opnieuw.',
      en: 'A change of {name} did not go through. Exact answered: {reason}. In this administration {other} has it already. Correct one of the two, or link them when they are the same, and try again.',
    },
    waysOut: ['open-relation', 'open-exact', 'write-again', 'ignore'],
  },
  'write-forbidden': {
    class: 'permission',
    isBlocking: false,
    title: { nl: 'Geen recht om te schrijven: {name}', en: 'No right to write: {name}' },
    explanation: {
      nl: 'De Exact-gebruiker of de licentie mag dit in deze administratie niet wijzigen ({reason}). Geef het recht in Exact onder Beheer > Gebruikers > Rechten, en probeer opnieuw.',
      en: 'The Exact user or the licence may not change this in this administration ({reason}). Grant the right in Exact under Master data > Users > Rights, and try again.',
    },
    waysOut: ['write-again', 'open-exact', 'ignore'],
  },
  'ledger-account-unusable': {
    class: 'configuration',
    isBlocking: false,
    title: { nl: 'Grootboekrekening onbruikbaar: {name}', en: 'Ledger account cannot be used: {name}' },
    explanation: {
      nl: 'Exact antwoordde: {reason}. De grootboekrekening is geblokkeerd of van een ander type. Kies in de instellingen een andere, en probeer opnieuw.',
      en: 'Exact answered: {reason}. The ledger account is blocked or of another type. Choose another one in the settings, and try again.',
    },
    waysOut: ['open-settings', 'write-again', 'ignore'],
  },
  'period-closed': {
    class: 'data',
    isBlocking: false,
    title: { nl: 'Periode afgesloten: {name}', en: 'Period closed: {name}' },
    explanation: {
      nl: 'Exact antwoordde: {reason}. Kies een andere periode, of open deze in Exact weer, en probeer opnieuw.',
      en: 'Exact answered: {reason}. Choose another period, or reopen this one in Exact, and try again.',
    },
    waysOut: ['open-exact', 'write-again', 'ignore'],
  },
  'role-missing': {
    class: 'data',
    isBlocking: false,
    title: { nl: 'Geen klant of leverancier: {name}', en: 'Not a customer or supplier: {name}' },
    explanation: {
      nl: 'Exact antwoordde: {reason}. Koppel maakt van een relatie nooit ongevraagd een klant of leverancier. Stel de rol in Exact in, en probeer opnieuw.',
      en: 'Exact answered: {reason}. Koppel never makes a customer or supplier of a relation unasked. Set the role in Exact, and try again.',
    },
    waysOut: ['open-exact', 'write-again', 'ignore'],
  },
  'account-alike': {
    class: 'data',
    isBlocking: false,
    title: {
      nl: 'Niet aangemaakt: lijkt op {name} ({code})',
      en: 'Not created: looks like {name} ({code})',
    },
    explanation: {
      nl: 'Een relatie zou in deze administratie worden aangemaakt, maar daar staat al iets wat erop lijkt. Beslis bij Matchen of het dezelfde is. Is het een andere, dan wordt de relatie alsnog aangemaakt; is het dezelfde, dan wordt het bestaande record gebruikt.',
      en: 'A relation was to be created in this administration, but something like it stands there already. Decide in Match whether it is the same. If it is another one, the relation is created after all; if it is the same, the record that stands there is used.',
    },
    waysOut: ['open-match', 'open-exact', 'ignore'],
  },
  'account-kept': {
    class: 'data',
    isBlocking: false,
    title: {
      nl: 'Aangemaakt bij de andere relatie: {name}',
      en: 'Created at the other relation: {name}',
    },
    explanation: {
      nl: 'Een samenvoeging is ongedaan gemaakt, maar in deze administratie was {name} intussen al aangemaakt, of misschien. Dat record blijft bij de relatie waarmee was samengevoegd. Maak het daar los als het bij {name} hoort, of gebruik {name} hier opnieuw.',
      en: 'A merge was undone, but in this administration {name} was created already meanwhile, or may have been. That record stays at the relation it was merged with. Unlink it there when it belongs to {name}, or use {name} here again.',
    },
    waysOut: ['open-exact', 'ignore'],
  },
  'write-uncertain': {
    class: 'transient',
    isBlocking: false,
    title: {
      nl: 'Onzeker of een wijziging aankwam: {name}',
      en: 'Uncertain whether a change arrived: {name}',
    },
    explanation: {
      nl: 'Er kwam geen bruikbaar antwoord van Exact ({reason}). Koppel kijkt eerst na wat er staat voordat het opnieuw schrijft, en houdt na een aantal keren op; dan kunt u het opnieuw proberen.',
      en: 'No usable answer came from Exact ({reason}). Koppel looks up what stands there before it writes again, and stops after a number of times; then you can try again.',
    },
    waysOut: ['write-again', 'ignore'],
  },
  'reference-invalid': {
    class: 'configuration',
    isBlocking: false,
    title: { nl: 'Onbekende code in Exact: {name}', en: 'Unknown code in Exact: {name}' },
    explanation: {
      nl: 'Exact antwoordde: {reason}. De gekozen code bestaat niet (meer) in deze administratie. De instellingen tonen welke er wel zijn: kies daar een andere, en probeer opnieuw.',
      en: 'Exact answered: {reason}. The code that was chosen does not exist (any more) in this administration. The settings show which ones do: choose another one there, and try again.',
    },
    waysOut: ['open-settings', 'write-again', 'ignore'],
  },
};
