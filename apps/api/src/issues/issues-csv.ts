import type { Issue } from '@koppel/contracts';
import { csvLine, csvStart, type Language } from '../http/csv.js';

const headings: Readonly<Record<Language, readonly string[]>> = {
  nl: [
    'Id',
    'Administratie',
    'Melding',
    'Uitleg',
    'Soort',
    'Blokkeert',
    'Status',
    'Ontstaan',
    'Laatst gezien',
    'Aantal keer',
    'Gesloten',
    'Gesloten door',
    'Reden',
  ],
  en: [
    'Id',
    'Administration',
    'Issue',
    'Explanation',
    'Class',
    'Blocking',
    'Status',
    'Since',
    'Last seen',
    'Times',
    'Closed',
    'Closed by',
    'Reason',
  ],
};

const classes: Readonly<Record<Issue['class'], Readonly<Record<Language, string>>>> = {
  transient: { nl: 'gaat vanzelf over', en: 'passes by itself' },
  data: { nl: 'gegevens', en: 'data' },
  configuration: { nl: 'instellingen', en: 'settings' },
  permission: { nl: 'rechten', en: 'rights' },
  bug: { nl: 'fout in Koppel', en: 'fault of Koppel' },
};
const states: Readonly<Record<Issue['state'], Readonly<Record<Language, string>>>> = {
  open: { nl: 'open', en: 'open' },
  resolved: { nl: 'opgelost', en: 'resolved' },
  ignored: { nl: 'genegeerd', en: 'ignored' },
};
const yes: Readonly<Record<Language, string>> = { nl: 'ja', en: 'yes' };

/** The first line of the file. */
export function issuesHead(language: Language): string {
  return csvStart(headings[language], language);
}

/** One issue as a line of the file; moments are in UTC. */
export function issueLine(issue: Issue, language: Language): string {
  return csvLine(
    [
      issue.id,
      issue.administrationName,
      issue.title[language],
      issue.explanation[language],
      classes[issue.class][language],
      issue.isBlocking ? yes[language] : '',
      states[issue.state][language],
      issue.openedAt,
      issue.lastSeenAt,
      String(issue.occurrences),
      issue.closedAt,
      issue.closedBy,
      issue.ignoredReason,
    ],
    language,
  );
}
