import { setTimeout as delay } from 'node:timers/promises';
import type { EndpointShape, Response } from '@koppel/contracts';
import { ApiClient, ApiRefusal } from '@koppel/demo';

/** Five minutes: on a busy machine a killed api needs most of one to come back, and may be killed again. */
const triesMax = 1_200;
const pauseMs = 250;

type Parts<E extends EndpointShape> = Parameters<typeof ApiClient.prototype.call<E>>[1];

/** Looks again when the api could not be had, and acts only when all is calm. */
export class PatientApi extends ApiClient {
  constructor(
    origin: string,
    private readonly whenCalm: () => Promise<void>,
  ) {
    super(origin);
  }

  override async call<E extends EndpointShape>(endpoint: E, parts?: Parts<E>): Promise<Response<E>> {
    if (endpoint.method !== 'GET') await this.whenCalm();
    return untilAnswered(() => super.call(endpoint, parts));
  }
}

/** Asks again while no api could be had; an answer of any other kind is passed on. */
export async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1)
    try {
      return await ask();
    } catch (error) {
      const isOut =
        error instanceof TypeError || (error instanceof ApiRefusal && error.problem.status === 503);
      if (!isOut || tries >= triesMax) throw error;
      await delay(pauseMs);
    }
}
