import { Component, effect, ElementRef, input, output, signal, untracked, viewChild } from '@angular/core';
import { MatFormField, MatInput, MatLabel, MatPrefix } from '@angular/material/input';
import { Icon } from './icon.js';

const debounceMs = 250;

/** A search box that speaks a quarter of a second after the last key. */
@Component({
  selector: 'kp-search-field',
  imports: [MatFormField, MatInput, MatLabel, MatPrefix, Icon],
  template: `
    <mat-form-field appearance="outline" subscriptSizing="dynamic">
      <mat-label>{{ label() }}</mat-label>
      <kp-icon matPrefix name="search" />
      <input
        #box
        matInput
        type="search"
        [value]="text()"
        (input)="text.set(box.value)"
        (keydown.escape)="box.blur()"
      />
    </mat-form-field>
  `,
  styles: `
    :host {
      display: block;
    }
    mat-form-field {
      width: 100%;
    }
    kp-icon {
      margin: 0 8px 0 12px;
      color: var(--kp-ink-3);
      font-size: 15px;
    }
  `,
})
export class SearchField {
  readonly label = input.required<string>();
  readonly value = input.required<string>();
  readonly changed = output<string>();
  protected readonly text = signal('');
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');

  constructor() {
    effect(() => this.text.set(this.value()));
    effect((onCleanup) => {
      const text = this.text();
      if (text === untracked(this.value)) return;
      const timer = setTimeout(() => this.changed.emit(text), debounceMs);
      onCleanup(() => clearTimeout(timer));
    });
  }

  focus(): void {
    this.box().nativeElement.focus();
  }
}
