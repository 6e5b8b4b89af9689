import { Component, inject, input, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { MatError, MatFormField, MatInput, MatLabel } from '@angular/material/input';
import { Router } from '@angular/router';
import { signInEndpoint } from '@koppel/contracts';
import { ApiProblem } from '../api/api-problem.js';
import { injectCallEndpoint } from '../api/call-endpoint.js';
import { safeReturnPath } from '../paths.js';
import { Icon } from '../ui/icon.js';
import { Mark } from '../ui/mark.js';
import { CurrentSession } from './current-session.js';
import { rememberLocale, storedLocale, type Locale } from './locale.js';

@Component({
  imports: [ReactiveFormsModule, MatFormField, MatLabel, MatInput, MatError, MatButton, Icon, Mark],
  templateUrl: './sign-in-page.html',
  styleUrl: './sign-in-page.scss',
})
export class SignInPage {
  /** Where to go afterwards. */
  readonly terug = input<string>();
  readonly #router = inject(Router);
  readonly #session = inject(CurrentSession);
  readonly #call = injectCallEndpoint();
  protected readonly problem = signal<ApiProblem | undefined>(undefined);
  protected readonly isBusy = signal(false);
  protected readonly locale = storedLocale();
  protected readonly form = inject(NonNullableFormBuilder).group({
    email: ['', [Validators.required, Validators.email]],
    password: ['', Validators.required],
  });

  protected async signIn(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid || this.isBusy()) return;
    this.isBusy.set(true);
    this.problem.set(undefined);
    const result = await this.#call(signInEndpoint, { body: this.form.getRawValue() });
    this.isBusy.set(false);
    if (!result.ok) return this.problem.set(result.problem);
    const path = safeReturnPath(this.terug());
    // A person's own language counts from here on; it needs a fresh page.
    if (rememberLocale(result.value.user.locale)) return location.assign(path);
    this.#session.set(result.value);
    await this.#router.navigateByUrl(path);
  }

  protected choose(locale: Locale): void {
    if (rememberLocale(locale)) location.reload();
  }
}
