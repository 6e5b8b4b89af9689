import type { Connection } from '@koppel/contracts';
import type { IconName } from '../ui/icons.js';

export interface ConnectionLook {
  readonly icon: IconName;
  readonly tone: 'ok' | 'warn' | 'bad' | 'plain';
  readonly text: string;
  /** What it means and what to do; nothing while all is well. */
  readonly meaning: string | undefined;
}

/** How a consent is doing, in words. */
export function lookOf(connection: Pick<Connection, 'state' | 'stateReason'>): ConnectionLook {
  switch (connection.state) {
    case 'active':
      return {
        icon: 'check',
        tone: 'ok',
        text: $localize`:@@connectionState.active:Verbonden`,
        meaning: undefined,
      };
    case 'refresh-unknown':
      return {
        icon: 'clock',
        tone: 'warn',
        text: $localize`:@@connectionState.unknown:Wordt nagekeken`,
        meaning: $localize`:@@connectionState.unknownText:Een antwoord van Exact ging verloren. Koppel kijkt zelf of de toestemming nog geldt; u hoeft niets te doen.`,
      };
    case 'reauth-required':
      return {
        icon: 'warning',
        tone: 'bad',
        text: $localize`:@@connectionState.broken:Verbroken door Exact`,
        meaning: brokenText(connection.stateReason),
      };
    case 'disconnected':
      return {
        icon: 'unlink',
        tone: 'plain',
        text: $localize`:@@connectionState.off:Losgemaakt`,
        meaning: $localize`:@@connectionState.offText:De toestemming is vernietigd; er wordt niets opgehaald of geschreven. Alles wat u instelde staat er nog: koppel opnieuw om verder te gaan.`,
      };
  }
}

function brokenText(reason: string | null): string {
  if (reason === 'exact-user-differs')
    return $localize`:@@connectionState.differs:Er gaf een Exact-gebruiker toestemming die niet bij uw administraties kan. Koppel opnieuw met een gebruiker die dat wel kan.`;
  if (reason === 'old-token')
    return $localize`:@@connectionState.oldToken:Waarschijnlijk gaf dezelfde Exact-gebruiker daarna toestemming voor een andere organisatie; Exact houdt er per gebruiker maar één in leven. Koppel opnieuw met een Exact-gebruiker die alleen voor deze organisatie is; alles wat u instelde blijft staan.`;
  if (reason === 'no-administrations-listed')
    return $localize`:@@connectionState.noneListed:Exact toont deze gebruiker geen administraties meer. Herstel de rechten in Exact en koppel opnieuw.`;
  return $localize`:@@connectionState.brokenText:Exact accepteert de toestemming niet meer. Koppel opnieuw: administraties, codes, matches en instellingen blijven staan.`;
}
