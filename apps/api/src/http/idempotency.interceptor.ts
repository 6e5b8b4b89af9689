import {
  Inject,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import {
  idempotencyKeptHours,
  idempotencyKey,
  idempotencyKeyHeader,
  idempotencyKeyInProgress,
  idempotencyKeyMalformed,
  idempotencyKeyReused,
  idempotencyReplayedHeader,
  takesIdempotencyKey,
  type EndpointShape,
} from '@koppel/contracts';
import { invariant } from '@koppel/domain/kernel';
import { hashOf, inTenant, type EnclosableDatabase, type TokenCipher } from '@koppel/persistence';
import { keepAnswer, takeKey, type AnswerKey } from '@koppel/persistence/idempotency';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import type { Chance } from '../deps.js';
import { CHANCE, CIPHER, DATABASE } from '../tokens.js';
import { callerOf } from './call.js';
import { keepVersion } from './etag.js';
import { fingerprintOf, open, seal, type Answer } from './kept-answers.js';
import { ProblemError } from './problem-error.js';
import { ENDPOINT_METADATA } from './route.js';

const keptMs = idempotencyKeptHours * 3_600_000;

interface Asked {
  readonly key: AnswerKey;
  readonly fingerprint: string;
}

/**
 * A change that is sent with an Idempotency-Key happens once (F10): its effects and the answer to it are one transaction, so that after a crash
 * either both are there or neither is. Comes after RequestContractInterceptor, as what does not fit the contract takes no key, and before
 * AnswerContractInterceptor, so that only what fits is kept and what was kept is given as it was.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    @Inject(DATABASE) private readonly database: EnclosableDatabase,
    @Inject(CIPHER) private readonly cipher: TokenCipher,
    @Inject(CHANCE) private readonly chance: Chance,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const endpoint = Reflect.getMetadata(ENDPOINT_METADATA, context.getHandler()) as
      EndpointShape | undefined;
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    if (!endpoint || !takesIdempotencyKey(endpoint)) return next.handle();
    const key = keyOf(request);
    if (!key) return next.handle();
    const asked = { key, fingerprint: fingerprintOf(request) };
    const handle = () => lastValueFrom(next.handle(), { defaultValue: undefined });
    return from(this.answerOnce(asked, handle, http.getResponse<FastifyReply>()));
  }

  private async answerOnce(
    asked: Asked,
    handle: () => Promise<unknown>,
    reply: FastifyReply,
  ): Promise<unknown> {
    const { answer, isReplay } = await this.database.enclose(asked.key.tenantId, async (tx) => {
      const taken = await takeKey(tx, asked.key, new Date(this.chance.now().getTime() - keptMs));
      if (taken.kind === 'in-progress')
        throw new ProblemError(idempotencyKeyInProgress, {}, { 'retry-after': '1' });
      if (taken.kind === 'answered' && taken.answer.fingerprint !== asked.fingerprint)
        throw new ProblemError(idempotencyKeyReused);
      const kept = taken.kind === 'answered' ? open(this.cipher, asked.key, taken.answer) : undefined;
      if (kept) return { answer: kept, isReplay: true };
      return { answer: await this.answerFirst(asked, handle), isReplay: false };
    });
    if (isReplay) {
      keepVersion(reply.request, answer.value);
      void reply.header(idempotencyReplayedHeader, 'true');
    }
    return answer.value;
  }

  /** Within the enclosing transaction; a refusal takes back all of it, so that the key is free again. */
  private async answerFirst({ key, fingerprint }: Asked, handle: () => Promise<unknown>): Promise<Answer> {
    const answer: Answer = { kind: 'value', value: await handle() };
    const kept = { fingerprint, sealed: seal(this.cipher, key, answer), answeredAt: this.chance.now() };
    await inTenant(this.database, key.tenantId, (tx) => keepAnswer(tx, key, kept));
    return answer;
  }
}

/** The key that the request carries, for its caller alone; undefined when it carries none. */
function keyOf(request: FastifyRequest): AnswerKey | undefined {
  const header = request.headers[idempotencyKeyHeader];
  if (header === undefined) return undefined;
  const key = idempotencyKey.safeParse(header);
  if (!key.success) throw new ProblemError(idempotencyKeyMalformed);
  const caller = callerOf(request);
  invariant(caller?.tenant !== undefined, 'the guard lets nobody in without a tenant');
  return { tenantId: caller.tenant.id, actorId: caller.actor.id, keyHash: hashOf(key.data) };
}
