import '@angular/localize/init';
import type { WebhookEndpoint } from '@koppel/contracts';
import { describe, expect, it } from 'vitest';
import { eventsText, eventText, stateText } from './webhook-texts.js';

const endpoint: WebhookEndpoint = {
  id: 'e1',
  url: 'https://erp.example/koppel',
  description: '',
  eventTypes: [],
  isEnabled: true,
  disabledReason: null,
  disabledAt: null,
  failingSince: null,
  previousSecretUntil: null,
  createdBy: 'A',
  createdAt: '2026-11-28T00:00:00Z',
  version: 1,
};

describe('the texts of webhooks', () => {
  it('say that no chosen events are all of them', () => {
    expect(eventsText([])).toBe('alles, ook wat later bijkomt');
    expect(eventsText(['sync.failed', 'conflict.opened'])).toBe('Synchronisatie mislukt, Nieuw conflict');
  });

  it('keep the name of an event that is not known yet', () => {
    expect(eventText('invoice.sent')).toBe('invoice.sent');
  });

  it.each([
    [{}, 'Aan'],
    [{ failingSince: '2026-11-27T00:00:00Z' }, 'Neemt niets aan'],
    [{ isEnabled: false, disabledReason: 'person' }, 'Uitgezet'],
    [{ isEnabled: false, disabledReason: 'gone' }, 'Uit: de ontvanger wil niets meer'],
    [{ isEnabled: false, disabledReason: 'failing' }, 'Uit: vijf dagen niets aangenomen'],
  ] as const)('say of %o: %s', (facts, text) => {
    expect(stateText({ ...endpoint, ...facts })).toBe(text);
  });
});
