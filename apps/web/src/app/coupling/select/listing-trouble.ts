import type { Coupling } from '@koppel/contracts';

/** Exact was not reached or was too busy; it is asked again without anybody's doing. */
const passing = new Set([
  'rate-limited',
  'endpoint-suspended',
  'circuit-open',
  'unavailable',
  'network',
  'timeout',
]);

export interface ListingTrouble {
  readonly heading: string;
  readonly text: string;
}

/** Why Exact's list of administrations did not come, and what to do about it; nothing when it did, or may still come by itself. */
export function listingTrouble(
  connection: Pick<Coupling['connections'][number], 'state' | 'stateReason'> | undefined,
  isListing: boolean,
): ListingTrouble | undefined {
  if (connection?.state !== 'active' || connection.stateReason === null) return undefined;
  const { stateReason } = connection;
  if (isListing && !passing.has(stateReason)) return undefined;
  if (stateReason === 'exact-user-differs') return undefined;
  if (stateReason === 'no-administrations-listed')
    return {
      heading: $localize`:@@listing.noneHeading:Exact toont geen administraties`,
      text: $localize`:@@listing.noneText:Deze Exact-gebruiker heeft nergens rechten. Geef in Exact Online toegang tot de administraties en ververs de lijst, of koppel met een andere gebruiker.`,
    };
  if (stateReason === 'forbidden-division')
    return {
      heading: $localize`:@@listing.outsideHeading:De administratie die in Exact openstaat, valt buiten uw toestemming`,
      text: $localize`:@@listing.outsideText:Exact geeft de lijst alleen via de administratie die u daar het laatst opende. Open in Exact Online een administratie waarvoor u toestemming gaf en ververs de lijst, of koppel opnieuw en vink haar bij Exact aan.`,
    };
  if (passing.has(stateReason))
    return {
      heading: $localize`:@@listing.passingHeading:Exact antwoordt even niet`,
      text: $localize`:@@listing.passingText:Koppel vraagt de lijst vanzelf opnieuw, binnen een minuut. Wat er al stond, staat er nog.`,
    };
  return {
    heading: $localize`:@@listing.failedHeading:De lijst kon niet worden opgehaald`,
    text: $localize`:@@listing.failedText:Exact gaf een antwoord waar Koppel niets mee kan (${stateReason}:REASON:). Ververs de lijst; blijft het zo, koppel dan opnieuw.`,
  };
}
