import { Component } from '@angular/core';

/** Koppel's own mark: two administrations that become one. */
@Component({
  selector: 'kp-mark',
  template: `
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect class="ground" width="32" height="32" rx="8" />
      <path class="line" d="M18.5 12.5v-3a3 3 0 0 0-3-3h-6a3 3 0 0 0-3 3v6a3 3 0 0 0 3 3h3" />
      <rect class="line" x="13.5" y="13.5" width="12" height="12" rx="3" />
    </svg>
  `,
  styles: `
    :host {
      display: inline-flex;
      width: 28px;
      height: 28px;
    }
    .ground {
      fill: #0f5c69;
    }
    .line {
      fill: none;
      stroke: #fff;
      stroke-width: 2.75;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
  `,
})
export class Mark {}
