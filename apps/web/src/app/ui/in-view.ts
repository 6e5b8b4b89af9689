import { afterRenderEffect, Directive, ElementRef, inject, input } from '@angular/core';

/** Brings what is chosen in a row that scrolls into view, without a movement of its own. */
@Directive({ selector: '[kpInView]' })
export class InView {
  readonly kpInView = input.required<boolean>();

  constructor() {
    const { nativeElement } = inject<ElementRef<HTMLElement>>(ElementRef);
    afterRenderEffect(() => {
      if (this.kpInView()) nativeElement.scrollIntoView({ inline: 'nearest', block: 'nearest' });
    });
  }
}
