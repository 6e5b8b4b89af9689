import type { Transport, TransportRequest, TransportResponse } from '../transport.js';
import { anAnswer } from './answers.js';

/** A token endpoint after section 1.4: single-use rotating refresh tokens and the 570 s rule. Counts what it was asked. */
export class TokenEndpoint {
  calls = 0;
  oldTokenUses = 0;
  /** Answers that replace the real ones, in turn, after the endpoint has acted. */
  readonly spoiled: (TransportResponse | Error)[] = [];
  /** Awaited between acting and answering, so that a test can hold an answer back. */
  beforeAnswer: () => Promise<void> = () => Promise.resolve();
  private generation = 1;
  private issuedAt: number;

  constructor(private readonly now: () => Date) {
    this.issuedAt = now().getTime();
  }

  get refreshToken(): string {
    return `RT${this.generation}`;
  }

  get accessToken(): string {
    return `AT${this.generation}`;
  }

  readonly transport: Transport = async (request) => {
    this.calls += 1;
    const answer = this.act(request);
    await this.beforeAnswer();
    const spoiled = this.spoiled.shift();
    if (spoiled instanceof Error) throw spoiled;
    return spoiled ?? answer;
  };

  private act(request: TransportRequest): TransportResponse {
    const form = new URLSearchParams(request.body);
    if (form.get('refresh_token') !== this.refreshToken) {
      this.oldTokenUses += 1;
      return anOAuthError(401, 'unauthorized_client', 'Old refresh token used.');
    }
    if (this.now().getTime() - this.issuedAt < 570_000) {
      return anOAuthError(400, 'access_denied', 'Rate limit exceeded: access_token not expired');
    }
    this.generation += 1;
    this.issuedAt = this.now().getTime();
    return aGrant(this.accessToken, this.refreshToken);
  }
}

export function aGrant(accessToken: string, refreshToken: string): TransportResponse {
  return anAnswer({
    body: { access_token: accessToken, token_type: 'bearer', expires_in: '600', refresh_token: refreshToken },
  });
}

export function anOAuthError(status: number, error: string, description: string): TransportResponse {
  return anAnswer({ status, body: { error, error_description: description } });
}
