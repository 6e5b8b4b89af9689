import type { WebhookDelivery, WebhookEndpoint } from '@koppel/contracts';

/** What an event says, in a bookkeeper's words. One that this release does not know keeps its own name. */
export function eventText(type: string): string {
  return texts()[type] ?? type;
}

const texts = (): Readonly<Record<string, string>> => ({
  'connection.reauth_required': $localize`:@@event.reauth:Exact vraagt om opnieuw koppelen`,
  'administration.blocked': $localize`:@@event.blocked:Exact sloot een administratie af`,
  'sync.completed': $localize`:@@event.syncCompleted:Synchronisatie klaar`,
  'sync.failed': $localize`:@@event.syncFailed:Synchronisatie mislukt`,
  'relation.created': $localize`:@@event.created:Nieuwe relatie`,
  'relation.updated': $localize`:@@event.updated:Relatie gewijzigd`,
  'relation.merged': $localize`:@@event.merged:Relaties samengevoegd`,
  'relation.deleted': $localize`:@@event.deleted:Relatie verdwenen`,
  'conflict.opened': $localize`:@@event.opened:Nieuw conflict`,
  'conflict.resolved': $localize`:@@event.resolved:Conflict opgelost`,
  'webhook.ping': $localize`:@@event.ping:Testbericht`,
});

export function eventsText(types: readonly string[]): string {
  return types.length === 0
    ? $localize`:@@webhooks.all:alles, ook wat later bijkomt`
    : types.map(eventText).join(', ');
}

export function stateText({ isEnabled, disabledReason, failingSince }: WebhookEndpoint): string {
  if (isEnabled)
    return failingSince === null
      ? $localize`:@@webhooks.on:Aan`
      : $localize`:@@webhooks.failing:Neemt niets aan`;
  switch (disabledReason) {
    case 'gone':
      return $localize`:@@webhooks.gone:Uit: de ontvanger wil niets meer`;
    case 'failing':
      return $localize`:@@webhooks.fiveDays:Uit: vijf dagen niets aangenomen`;
    default:
      return $localize`:@@webhooks.off:Uitgezet`;
  }
}

export function deliveryText(state: WebhookDelivery['state']): string {
  switch (state) {
    case 'waiting':
      return $localize`:@@delivery.waiting:Wacht`;
    case 'delivered':
      return $localize`:@@delivery.delivered:Aangenomen`;
    case 'failed':
      return $localize`:@@delivery.failed:Mislukt`;
  }
}

/** Why an attempt was not taken. */
export function failureText(failure: string): string {
  const known: Readonly<Record<string, string>> = {
    status: $localize`:@@failure.status:niet aangenomen`,
    redirect: $localize`:@@failure.redirect:verwees door; dat volgt Koppel niet`,
    timeout: $localize`:@@failure.timeout:geen antwoord binnen 15 seconden`,
    tls: $localize`:@@failure.tls:het certificaat klopt niet`,
    dns: $localize`:@@failure.dns:het adres bestaat niet`,
    connection: $localize`:@@failure.connection:geen verbinding`,
    'address-refused': $localize`:@@failure.address:het adres is niet openbaar`,
    'backup-restored': $localize`:@@failure.restored:niet meer geprobeerd: een oudere back-up is teruggezet`,
    'secret-unreadable': $localize`:@@failure.secret:vernieuw het geheim; het is niet te lezen`,
  };
  return known[failure] ?? failure;
}
