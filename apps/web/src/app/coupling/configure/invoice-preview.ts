import { Component, computed, input } from '@angular/core';

const yearDigits = 4;
const codeDigits = 3;

/** The next invoice number in its three parts: year, administration code, sequence. */
@Component({
  selector: 'kp-invoice-preview',
  template: `
    @if (parts(); as part) {
      <span>{{ part.year }}</span><span class="code">{{ part.code }}</span
      ><span>{{ part.sequence }}</span>
    } @else {
      <span class="none">–</span>
    }
  `,
  styles: `
    :host {
      font-variant-numeric: tabular-nums;
      letter-spacing: 0.02em;
      white-space: nowrap;
    }
    .code {
      margin: 0 1px;
      padding: 1px 3px;
      border-radius: 3px;
      background: var(--kp-accent-soft);
      color: var(--kp-accent-strong);
      font-weight: 620;
    }
    .none {
      color: var(--kp-ink-3);
    }
  `,
})
export class InvoicePreview {
  readonly number = input.required<string | null>();
  protected readonly parts = computed(() => {
    const number = this.number();
    return number === null
      ? undefined
      : {
          year: number.slice(0, yearDigits),
          code: number.slice(yearDigits, yearDigits + codeDigits),
          sequence: number.slice(yearDigits + codeDigits),
        };
  });
}
