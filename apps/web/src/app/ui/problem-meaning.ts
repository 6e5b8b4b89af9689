import type { ApiProblem } from '../api/api-problem.js';

/** What a problem means for the reader and what to do, for those whose title does not say it already. */
export function meaningOf(problem: Pick<ApiProblem, 'kind'>): string {
  switch (problem.kind) {
    case 'unreachable':
    case 'service-unavailable':
      return $localize`:@@meaning.unreachable:Wat u hebt opgeslagen is bewaard. Zodra er weer verbinding is kunt u verder.`;
    case 'storage-full':
      return $localize`:@@meaning.storageFull:Zodra er weer ruimte is kunt u verder; opnieuw aanmelden of laden is niet nodig.`;
    case 'malformed-answer':
      return $localize`:@@meaning.malformed:Er draait waarschijnlijk een nieuwere versie. Helpt opnieuw laden niet, meld het dan met de referentie.`;
    case 'internal-error':
      return $localize`:@@meaning.internal:Wij hebben hiervan een melding. Er is niets half opgeslagen; u kunt het opnieuw proberen.`;
    case 'not-allowed':
      return $localize`:@@meaning.notAllowed:Vraag een beheerder van uw organisatie om dit te doen, of om uw rol te wijzigen.`;
    case 'not-found':
      return $localize`:@@meaning.notFound:Het is verwijderd of het adres klopt niet.`;
    case 'changed-meanwhile':
      return $localize`:@@meaning.changed:Iemand anders was u voor. Bekijk de nieuwe gegevens en doe het zo nodig opnieuw.`;
    case 'wrong-step':
      return $localize`:@@meaning.wrongStep:De koppeling is intussen verder of juist nog niet zo ver. Ga naar de stap die nu aan de beurt is.`;
    case 'sync-already-running':
      return $localize`:@@meaning.running:Er is er maar één tegelijk. U kunt bekijken hoe ver die is.`;
    case 'connection-broken':
      return $localize`:@@meaning.connection:Koppel opnieuw met Exact Online. Codes, keuzes en instellingen blijven zoals ze zijn.`;
    case 'exact-user-differs':
      return $localize`:@@meaning.exactUser:Die gebruiker kan bij geen van uw gekoppelde administraties. Er is niets gewijzigd: de koppeling werkt door met de gebruiker die er al was. Koppel opnieuw met een gebruiker die er wel bij kan.`;
    case 'exact-user-elsewhere':
      return $localize`:@@meaning.exactUserElsewhere:Exact houdt per gebruiker één toestemming in leven: twee organisaties met dezelfde gebruiker verbreken elkaars koppeling. Er is niets gewijzigd. Koppel met een Exact-gebruiker die alleen voor deze organisatie is.`;
    case 'relations-frozen':
      return $localize`:@@meaning.frozen:Na het synchroniseren en matchen kunt u contacten weer wijzigen.`;
    case 'too-many-requests':
      return $localize`:@@meaning.tooMany:Wacht een minuut en probeer het dan opnieuw.`;
    default:
      return $localize`:@@meaning.default:Er is niets gewijzigd.`;
  }
}
