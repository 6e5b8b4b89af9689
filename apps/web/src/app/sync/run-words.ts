import { dataKind, type SyncRun } from '@koppel/contracts';
import { formatCount, formatTime } from '../ui/format.js';
import { kindText } from './kind-text.js';

export type RunPart = SyncRun['administrations'][number]['parts'][number];
export type RunAdministration = SyncRun['administrations'][number];
type RunEvent = SyncRun['events'][number];

/** Why a part waits, in words, with the time it goes on. */
export function waitText(
  part: RunPart,
  budget: RunAdministration['budget'],
  locale: string,
): string | undefined {
  const at = part.resumesAt === null ? '' : formatTime(part.resumesAt, locale);
  switch (part.waitReason) {
    case 'minute-limit':
      return $localize`:@@wait.minute:Exact staat ${budget.minuteAllowed}:ALLOWED: vragen per minuut toe; verder om ${at}:TIME:`;
    case 'day-limit':
      return $localize`:@@wait.day:De ${formatCount(budget.dayAllowed, locale)}:ALLOWED: vragen van vandaag zijn op; verder om ${at}:TIME:`;
    case 'retry':
      return $localize`:@@wait.retry:Exact antwoordde niet goed; nieuwe poging om ${at}:TIME:`;
    case 'reconnect':
      return $localize`:@@wait.reconnect:Wacht tot u opnieuw koppelt met Exact Online`;
    case 'paused':
      return $localize`:@@wait.paused:Gepauzeerd`;
    case null:
      return undefined;
  }
}

/** A notable moment of a run as a sentence. A key that this version does not know is shown as it is. */
export function eventText(event: RunEvent, locale: string): string {
  const parsed = dataKind.safeParse(event.params['kind']);
  const kind = parsed.success ? kindText(parsed.data) : String(event.params['kind'] ?? '');
  const records = Number(event.params['records'] ?? event.params['count'] ?? 0); // `count`: runs of an earlier version
  const count = formatCount(records, locale);
  const until = event.params['until'] === undefined ? '' : formatTime(String(event.params['until']), locale);
  switch (event.key) {
    case 'run-started':
      return $localize`:@@event.started:Begonnen`;
    case 'administration-fetched':
      return records === 1
        ? $localize`:@@event.fetchedOne:Alles opgehaald: 1 record`
        : $localize`:@@event.fetched:Alles opgehaald: ${count}:COUNT: records`;
    case 'limit-reached':
      return event.params['window'] === 'day'
        ? $localize`:@@event.dayLimit:Daglimiet van Exact bereikt; verder om ${until}:TIME:`
        : $localize`:@@event.minuteLimit:Minuutlimiet van Exact bereikt; verder om ${until}:TIME:`;
    case 'retrying':
      return $localize`:@@event.retrying:${kind}:KIND: lukte niet; nieuwe poging om ${until}:TIME:`;
    case 'exact-silent':
      return $localize`:@@event.silent:Exact Online antwoordt niet; volgende poging om ${until}:TIME:`;
    case 'resumed':
      return $localize`:@@event.resumed:${kind}:KIND: hervat bij ${count}:COUNT: records`;
    case 'part-failed':
      return $localize`:@@event.failed:${kind}:KIND: mislukt`;
    case 'part-retried':
      return $localize`:@@event.retried:${kind}:KIND: opnieuw geprobeerd`;
    case 'access-lost':
      return $localize`:@@event.accessLost:Geen toegang meer; de andere administraties gaan door`;
    case 'reconnect-needed':
      return $localize`:@@event.reconnect:Exact accepteert de toestemming niet meer`;
    case 'stood-aside':
      return $localize`:@@event.stoodAside:Wacht te lang om de andere op te houden; de volgende synchronisatie gaat hier verder`;
    case 'records-rejected':
      return records === 1
        ? $localize`:@@event.rejectedOne:1 record niet overgenomen`
        : $localize`:@@event.rejected:${count}:COUNT: records niet overgenomen`;
    case 'full-read':
      return $localize`:@@event.fullRead:Wordt in zijn geheel opnieuw gelezen`;
    case 'paused':
      return $localize`:@@event.paused:Gepauzeerd`;
    case 'continued':
      return $localize`:@@event.continued:Hervat`;
    case 'comparing':
      return $localize`:@@event.comparing:Vergelijken begonnen`;
    case 'creates-left':
      return $localize`:@@event.createsLeft:Meer dan ${count}:COUNT: nieuwe contacten in andere administraties aan te maken; wat daarboven komt, wordt bij het eerste gebruik gemaakt`;
    case 'completed':
      return $localize`:@@event.completed:Klaar`;
    case 'failed':
      return $localize`:@@event.runFailed:Gestopt met fouten`;
    case 'cancelled':
      return $localize`:@@event.cancelled:Afgebroken`;
    default:
      return event.key;
  }
}
