import type { Administration } from '@koppel/contracts';

export interface WhyUnavailable {
  readonly reason: string;
  readonly remedy: string;
}

/** Why an administration cannot be coupled, and what to do about it in Exact. */
export function whyUnavailable(reason: NonNullable<Administration['unavailableReason']>): WhyUnavailable {
  switch (reason) {
    case 'no-rights':
      return {
        reason: $localize`:@@unavailable.noRights:Geen rechten`,
        remedy: $localize`:@@unavailable.noRightsRemedy:Geef de Exact-gebruiker in Exact Online rechten op relaties in deze administratie, of koppel opnieuw en vink haar bij Exact aan. Ververs daarna de lijst.`,
      };
    case 'inactive':
      return {
        reason: $localize`:@@unavailable.inactive:Niet actief`,
        remedy: $localize`:@@unavailable.inactiveRemedy:Activeer de administratie in Exact Online en ververs de lijst.`,
      };
    case 'archived':
      return {
        reason: $localize`:@@unavailable.archived:Gearchiveerd`,
        remedy: $localize`:@@unavailable.archivedRemedy:Een gearchiveerde administratie is alleen te lezen. Haal haar in Exact Online uit het archief als u haar nog gebruikt.`,
      };
    case 'blocked':
      return {
        reason: $localize`:@@unavailable.blocked:Geblokkeerd`,
        remedy: $localize`:@@unavailable.blockedRemedy:Exact heeft deze administratie geblokkeerd. Neem contact op met Exact of uw accountant.`,
      };
    case 'template':
      return {
        reason: $localize`:@@unavailable.template:Sjabloon`,
        remedy: $localize`:@@unavailable.templateRemedy:Een sjabloon is geen administratie; er valt niets te koppelen.`,
      };
    case 'not-listed':
      return {
        reason: $localize`:@@unavailable.notListed:Niet meer zichtbaar`,
        remedy: $localize`:@@unavailable.notListedRemedy:Exact toont deze administratie niet meer aan deze gebruiker. Herstel de toegang of koppel met een andere Exact-gebruiker.`,
      };
  }
}
