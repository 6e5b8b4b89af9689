import { Component, inject, input, output, type OnInit } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { MatError, MatFormField, MatInput, MatLabel } from '@angular/material/input';
import type { SharedValues } from '@koppel/contracts';
import type { ApiProblem } from '../api/api-problem.js';
import { changedValues, formValuesOf, type EditedValues } from './edited-values.js';

/** Edits shared values; only what was changed is sent. */
@Component({
  selector: 'kp-edit-form',
  imports: [ReactiveFormsModule, MatFormField, MatLabel, MatInput, MatError, MatButton],
  templateUrl: './edit-form.html',
  styleUrl: './edit-form.scss',
})
export class EditForm implements OnInit {
  readonly values = input.required<SharedValues>();
  readonly isBusy = input(false);
  readonly problem = input<ApiProblem>();
  readonly save = output<EditedValues>();
  readonly cancelled = output();
  protected readonly form = inject(NonNullableFormBuilder).group({
    name: ['', [Validators.required, Validators.maxLength(200)]],
    tradeName: '',
    kvk: '',
    vat: '',
    rsin: '',
    email: '',
    phone: '',
    website: '',
    line1: '',
    line2: '',
    line3: '',
    postcode: '',
    city: '',
    state: '',
    country: '',
  });

  ngOnInit(): void {
    this.form.setValue(formValuesOf(this.values()));
  }

  protected submit(): void {
    this.form.markAllAsTouched();
    if (this.form.invalid || this.isBusy()) return;
    const changed = changedValues(this.values(), this.form.getRawValue());
    if (Object.keys(changed).length === 0) this.cancelled.emit();
    else this.save.emit(changed);
  }
}
