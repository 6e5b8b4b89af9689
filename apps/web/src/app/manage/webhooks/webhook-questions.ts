import type { Question } from '../../ui/ask-dialog.js';

export const rotateQuestion = (url: string): Question => ({
  heading: $localize`:@@webhooks.rotateHeading:Nieuw geheim voor ${url}:URL:`,
  lines: [
    $localize`:@@webhooks.rotateEffect:Het oude geheim blijft nog 24 uur geldig: zo lang zet Koppel beide handtekeningen onder elk bericht. Neem het nieuwe binnen die tijd over bij de ontvanger.`,
  ],
  confirm: $localize`:@@webhooks.rotateConfirm:Nieuw geheim maken`,
});

export const removeQuestion = (url: string): Question => ({
  heading: $localize`:@@webhooks.removeHeading:Webhook verwijderen`,
  lines: [
    $localize`:@@webhooks.removeEffect:${url}:URL: krijgt geen berichten meer; ook wat nog wacht gaat niet meer weg. Het overzicht van verzonden berichten verdwijnt mee. Dit kan niet worden teruggedraaid; uitzetten wel.`,
  ],
  confirm: $localize`:@@webhooks.removeConfirm:Verwijderen`,
  isDestructive: true,
});

export const rangeQuestion = (since: string, until: string): Question => ({
  heading: $localize`:@@webhooks.rangeHeading:Periode opnieuw verzenden`,
  lines: [
    $localize`:@@webhooks.rangeEffect:Alle berichten van ${since}:SINCE: tot ${until}:UNTIL: gaan opnieuw naar de ontvanger, ook die hij al aannam. Ze houden hun webhook-id, dus de ontvanger kan dubbele herkennen.`,
  ],
  confirm: $localize`:@@webhooks.rangeConfirm:Opnieuw verzenden`,
});
