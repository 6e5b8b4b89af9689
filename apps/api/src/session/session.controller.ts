import { Controller, Inject } from '@nestjs/common';
import {
  chooseTenantEndpoint,
  getSessionEndpoint,
  notAllowed,
  setLocaleEndpoint,
  signInEndpoint,
  signOutEndpoint,
  tooManyRequests,
  wrongCredentials,
  type Session,
} from '@koppel/contracts';
import { inSystem, type Database } from '@koppel/persistence';
import { findMemberships, setUserLocale } from '@koppel/persistence/tenancy';
import type { Chance } from '../deps.js';
import { Call } from '../http/call.js';
import { ProblemError } from '../http/problem-error.js';
import { Route } from '../http/route.js';
import { CHANCE, DATABASE, IDENTITIES } from '../tokens.js';
import type { Identities } from './identities.js';
import { SignInLimiter } from './sign-in-limiter.js';
import { startSession, toSessionResponse } from './start-session.js';

@Controller()
export class SessionController {
  private readonly limiter: SignInLimiter;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(IDENTITIES) private readonly identities: Identities,
    @Inject(CHANCE) private readonly chance: Chance,
  ) {
    this.limiter = new SignInLimiter(chance.now);
  }

  @Route(signInEndpoint)
  async signIn(@Call() call: Call<typeof signInEndpoint>): Promise<Session> {
    const { email, password } = call.body;
    const waitS = this.limiter.attempt(call.request.ip, email);
    if (waitS > 0) throw new ProblemError(tooManyRequests, {}, { 'retry-after': String(waitS) });
    const userId = await this.identities.byPassword(email, password);
    if (userId === undefined) throw new ProblemError(wrongCredentials);
    this.limiter.succeeded(call.request.ip, email);
    await startSession(call.request, userId, { database: this.database, now: this.chance.now() });
    return toSessionResponse(call.request, this.database);
  }

  @Route(getSessionEndpoint)
  get(@Call() call: Call<typeof getSessionEndpoint>): Promise<Session> {
    return toSessionResponse(call.request, this.database);
  }

  @Route(signOutEndpoint)
  async signOut(@Call() call: Call<typeof signOutEndpoint>): Promise<void> {
    await call.request.session.destroy();
  }

  @Route(chooseTenantEndpoint)
  async chooseTenant(@Call() call: Call<typeof chooseTenantEndpoint>): Promise<Session> {
    const userId = call.caller.session?.userId ?? '';
    const memberships = await inSystem(this.database, (tx) => findMemberships(tx, userId));
    const chosen = memberships.find((one) => one.tenantId === call.body.tenantId);
    if (!chosen) throw new ProblemError(notAllowed);
    call.request.session.tenantId = chosen.tenantId;
    return toSessionResponse(call.request, this.database);
  }

  @Route(setLocaleEndpoint)
  async setLocale(@Call() call: Call<typeof setLocaleEndpoint>): Promise<Session> {
    const userId = call.caller.session?.userId ?? '';
    await inSystem(this.database, (tx) => setUserLocale(tx, userId, call.body.locale));
    return toSessionResponse(call.request, this.database);
  }
}
