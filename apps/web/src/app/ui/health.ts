import { Component, computed, input } from '@angular/core';
import type { Dashboard } from '@koppel/contracts';
import { Icon } from './icon.js';
import type { IconName } from './icons.js';

export type HealthState = Dashboard['administrations'][number]['health'];

interface HealthLook {
  readonly icon: IconName;
  readonly tone: 'ok' | 'accent' | 'warn' | 'bad' | 'plain';
  readonly text: string;
}

/** How an administration is doing: in words, with an icon and a colour. */
@Component({
  selector: 'kp-health',
  imports: [Icon],
  template: `
    <span class="kp-badge" [class]="'is-' + look().tone"
      ><kp-icon [name]="look().icon" />{{ look().text }}</span
    >
  `,
})
export class Health {
  readonly state = input.required<HealthState>();
  protected readonly look = computed(() => lookOf(this.state()));
}

function lookOf(state: HealthState): HealthLook {
  switch (state) {
    case 'in-step':
      return { icon: 'check', tone: 'ok', text: $localize`:@@health.inStep:In de pas` };
    case 'busy':
      return { icon: 'refresh', tone: 'accent', text: $localize`:@@health.busy:Bezig` };
    case 'waits-for-you':
      return { icon: 'user', tone: 'warn', text: $localize`:@@health.waits:Wacht op u` };
    case 'reconnect':
      return { icon: 'unlink', tone: 'bad', text: $localize`:@@health.reconnect:Opnieuw koppelen` };
    case 'paused':
      return { icon: 'pause', tone: 'plain', text: $localize`:@@health.paused:Gepauzeerd` };
    case 'access-lost':
      return { icon: 'blocked', tone: 'bad', text: $localize`:@@health.accessLost:Geen toegang` };
    case 'not-active':
      return { icon: 'clock', tone: 'plain', text: $localize`:@@health.notActive:Nog niet actief` };
  }
}
