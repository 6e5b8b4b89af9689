import { HttpErrorResponse } from '@angular/common/http';
import { problemBody, type ProblemBody } from '@koppel/contracts';

/** What any endpoint can answer besides its own problems, and what goes wrong on the way. */
export type CommonProblemKind =
  | 'invalid-request'
  | 'not-signed-in'
  | 'not-allowed'
  | 'foreign-origin'
  | 'feature-not-enabled'
  | 'too-many-requests'
  | 'internal-error'
  | 'service-unavailable'
  | 'storage-full'
  | 'unreachable'
  | 'malformed-answer';

/** A refusal of the api, or a failure to reach or read it. `reference` is what the helpdesk asks for. */
export class ApiProblem<K extends string = string> extends Error {
  readonly status: number;
  readonly title: string;
  readonly body: ProblemBody | undefined;

  constructor(
    readonly kind: K,
    facts: { readonly status: number; readonly title: string; readonly body?: ProblemBody },
    options?: ErrorOptions,
  ) {
    super(facts.title, options);
    this.status = facts.status;
    this.title = facts.title;
    this.body = facts.body;
  }

  get reference(): string | undefined {
    return this.body?.instance.replace(/^urn:request:/, '');
  }

  get detail(): string | undefined {
    return this.body?.detail;
  }

  /** The complaint about a field of the request body, by JSON pointer. */
  errorAt(pointer: string): string | undefined {
    return this.body?.errors?.find((error) => error.pointer === pointer)?.detail;
  }
}

/** `instanceof` alone would leave the kind open to anything. */
const isApiProblem = (error: unknown): error is ApiProblem => error instanceof ApiProblem;

/** Reads whatever a request can fail with; never throws. */
export function toApiProblem(error: unknown): ApiProblem {
  if (isApiProblem(error)) return error;
  if (!(error instanceof HttpErrorResponse)) return malformedAnswer(error);
  if (error.status === 0) return unreachable(error);
  const body = problemBody.safeParse(bodyOf(error));
  if (!body.success) return error.status >= 500 ? unavailable(error) : malformedAnswer(error);
  return new ApiProblem(
    body.data.kind,
    { status: error.status, title: body.data.title, body: body.data },
    { cause: error },
  );
}

function bodyOf(error: HttpErrorResponse): unknown {
  if (typeof error.error !== 'string') return error.error;
  try {
    return JSON.parse(error.error);
  } catch {
    // Not JSON: a proxy's error page. The caller reports it as such.
    return undefined;
  }
}

const unreachable = (cause: unknown) =>
  new ApiProblem(
    'unreachable',
    {
      status: 0,
      title: $localize`:@@problem.unreachable:Koppel is niet bereikbaar. Controleer uw verbinding; er is niets verloren gegaan.`,
    },
    { cause },
  );

const unavailable = (cause: unknown) =>
  new ApiProblem(
    'service-unavailable',
    {
      status: 503,
      title: $localize`:@@problem.unavailable:Koppel is even niet beschikbaar. Probeer het zo weer.`,
    },
    { cause },
  );

function malformedAnswer(cause: unknown): ApiProblem {
  // The only failure that no log of ours has seen: the api sent it in good faith.
  console.error(cause);
  const title = $localize`:@@problem.malformed:Koppel gaf een antwoord dat dit scherm niet begrijpt. Laad de pagina opnieuw.`;
  return new ApiProblem('malformed-answer', { status: 0, title }, { cause });
}
