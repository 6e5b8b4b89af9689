import { Component, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatCheckbox } from '@angular/material/checkbox';
import { MatMenu, MatMenuTrigger } from '@angular/material/menu';
import type { ColumnChoice } from './columns-in.js';
import { Icon } from './icon.js';

/** Which columns a list shows; says what the address has to keep. */
@Component({
  selector: 'kp-column-menu',
  imports: [Icon, MatButton, MatCheckbox, MatMenu, MatMenuTrigger],
  template: `
    <button matButton type="button" [matMenuTriggerFor]="choice">
      <kp-icon name="settings" /> <span i18n="@@columns.choose">Kolommen</span>
    </button>
    <mat-menu #choice>
      <div
        class="choice"
        role="presentation"
        (click)="$event.stopPropagation()"
        (keydown.tab)="$event.stopPropagation()"
      >
        @for (column of columns(); track column.key) {
          <mat-checkbox
            [checked]="shown().has(column.key)"
            [disabled]="shown().size === 1 && shown().has(column.key)"
            (change)="toggle(column.key)"
            >{{ column.text }}</mat-checkbox
          >
        }
      </div>
    </mat-menu>
  `,
  styles: `
    .choice {
      display: grid;
      padding: 4px 16px 4px 8px;
    }
    @media (width <= 700px) {
      :host {
        display: none;
      }
    }
  `,
})
export class ColumnMenu {
  readonly columns = input.required<readonly ColumnChoice[]>();
  readonly shown = input.required<ReadonlySet<string>>();
  readonly changed = output<string>();

  protected toggle(key: string): void {
    const next = new Set(this.shown());
    if (!next.delete(key)) next.add(key);
    this.changed.emit(
      this.columns()
        .map((column) => column.key)
        .filter((each) => next.has(each))
        .join(','),
    );
  }
}
