import { Component, input } from '@angular/core';

/** A part of the management page: what it is about at the left, what can be done at the right. */
@Component({
  selector: 'kp-manage-section',
  template: `
    <section [attr.aria-labelledby]="name()">
      <header>
        <h2 [id]="name()">{{ heading() }}</h2>
        @if (text(); as line) {
          <p class="kp-muted">{{ line }}</p>
        }
        <ng-content select="[beside]" />
      </header>
      <div class="content"><ng-content /></div>
    </section>
  `,
  styles: `
    section {
      display: grid;
      grid-template-columns: minmax(200px, 264px) minmax(0, 1fr);
      gap: 16px 40px;
      padding-block: 28px;
      border-top: 1px solid var(--kp-line);
    }
    header p {
      margin-top: 6px;
      font-size: 13px;
    }
    .content {
      display: grid;
      gap: 12px;
      align-content: start;
    }
    @media (width <= 1000px) {
      section {
        grid-template-columns: minmax(0, 1fr);
      }
    }
  `,
})
export class ManageSection {
  /** The id of its heading, unique on the page. */
  readonly name = input.required<string>();
  readonly heading = input.required<string>();
  readonly text = input<string>();
}
