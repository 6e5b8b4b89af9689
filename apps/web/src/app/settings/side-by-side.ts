import { Component, computed, input, model, output } from '@angular/core';
import { MatCheckbox } from '@angular/material/checkbox';
import type { AdministrationSettings } from '@koppel/contracts';
import { Icon } from '../ui/icon.js';
import { onlyDifferent, sideBySideRows } from './side-by-side-rows.js';

/** All administrations beside each other; what differs from the first one is marked. */
@Component({
  selector: 'kp-side-by-side',
  imports: [Icon, MatCheckbox],
  templateUrl: './side-by-side.html',
  styles: `
    :host {
      display: block;
      min-width: 0;
    }
    .tools {
      padding: 8px 16px 0;
    }
    thead button {
      padding: 0;
      border: 0;
      background: none;
      color: var(--kp-accent);
      font-weight: 600;
      text-decoration: underline;
      cursor: pointer;
    }
    tbody th {
      position: sticky;
      inset-inline-start: 0;
      background: var(--kp-surface);
      font-size: 13px;
    }
    @media (width <= 700px) {
      tbody th {
        min-width: 136px;
        max-width: 136px;
        padding-inline: 12px;
        hyphens: auto;
        overflow-wrap: anywhere;
        white-space: normal;
      }
    }
    .kind th {
      padding-block: 14px 6px;
      color: var(--kp-ink);
      font-weight: 620;
    }
    td {
      min-width: 170px;
      font-variant-numeric: tabular-nums;
    }
    .is-missing {
      color: var(--kp-warn);
    }
    .kp-badge,
    .inherited {
      margin-inline-start: 6px;
    }
    .inherited {
      color: var(--kp-accent);
      font-size: 12px;
    }
    .none {
      padding: 18px 20px;
    }
  `,
})
export class SideBySide {
  readonly settings = input.required<readonly AdministrationSettings[]>();
  readonly onlyDifferent = model(false);
  readonly open = output<string>();
  protected readonly groups = computed(() => {
    const all = sideBySideRows(this.settings());
    return this.onlyDifferent() ? onlyDifferent(all) : all;
  });
}
