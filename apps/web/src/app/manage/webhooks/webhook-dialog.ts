import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatCheckbox } from '@angular/material/checkbox';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormField, MatInput, MatLabel } from '@angular/material/input';
import { webhookEventType, type WebhookEndpoint, type WebhookEventType } from '@koppel/contracts';
import type { ApiProblem } from '../../api/api-problem.js';
import { eventText } from './webhook-texts.js';

export interface WebhookForm {
  readonly url: string;
  readonly description: string;
  readonly eventTypes: WebhookEventType[];
}

export interface WebhookQuestion {
  readonly endpoint: WebhookEndpoint | undefined;
  /** Keeps what was filled in; a refusal is shown in the dialog, where it can be mended. */
  readonly save: (form: WebhookForm) => Promise<ApiProblem | undefined>;
}

/** Address, description and events of a webhook that is added or changed. */
@Component({
  imports: [MatDialogModule, MatButton, MatCheckbox, MatFormField, MatInput, MatLabel],
  templateUrl: './webhook-dialog.html',
  styles: `
    mat-form-field {
      width: 100%;
      padding-top: 8px;
    }
    fieldset {
      display: grid;
      margin: 14px 0 0;
      padding: 0;
      border: 0;
    }
    .problem {
      margin-top: 10px;
      color: var(--kp-bad);
    }
  `,
})
export class WebhookDialog {
  protected readonly question = inject<WebhookQuestion>(MAT_DIALOG_DATA);
  readonly #ref = inject<MatDialogRef<WebhookDialog>>(MatDialogRef);
  protected readonly types = webhookEventType.options;
  protected readonly eventText = eventText;
  protected readonly url = signal(this.question.endpoint?.url ?? '');
  protected readonly description = signal(this.question.endpoint?.description ?? '');
  protected readonly isAll = signal((this.question.endpoint?.eventTypes ?? []).length === 0);
  protected readonly chosen = signal<ReadonlySet<WebhookEventType>>(
    new Set(this.question.endpoint?.eventTypes),
  );
  protected readonly isBusy = signal(false);
  protected readonly problem = signal<ApiProblem | undefined>(undefined);
  protected readonly missing = computed(() => {
    if (this.url().trim() === '') return 'url';
    return this.isAll() || this.chosen().size > 0 ? undefined : 'events';
  });

  protected toggle(type: WebhookEventType): void {
    const chosen = new Set(this.chosen());
    if (!chosen.delete(type)) chosen.add(type);
    this.chosen.set(chosen);
  }

  protected async submit(): Promise<void> {
    if (this.missing() || this.isBusy()) return;
    this.isBusy.set(true);
    const problem = await this.question.save({
      url: this.url().trim(),
      description: this.description().trim(),
      eventTypes: this.isAll() ? [] : [...this.chosen()],
    });
    this.isBusy.set(false);
    this.problem.set(problem);
    if (!problem) this.#ref.close();
  }
}
