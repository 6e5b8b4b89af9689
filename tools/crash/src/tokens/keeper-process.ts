import { createHttpTransport, ExactError, type Transport } from '@koppel/exact-client';
import { createTokenKeeper, type TokenKeeper } from '@koppel/exact-client/auth';
import { DEMO_CLIENT } from '@koppel/exact-sandbox';
import { connect, DrizzleTokenStore, TokenCipher } from '@koppel/persistence';
import {
  keeperAskSchema,
  keeperSetupSchema,
  type KeeperAnswer,
  type KeeperAsk,
  type KeeperSetup,
} from './keeper-job.js';

/** Long against the pauses of a race, short against a person's patience with this tool. */
const rereadMs = 2_000;

let nowMs = 0;
process.once('message', (message) => {
  const setup = keeperSetupSchema.parse(message);
  const keeper = open(setup);
  process.on('message', (ask) => void answer(keeper, setup.connectionId, keeperAskSchema.parse(ask)));
  process.send?.('ready');
});
process.once('disconnect', () => process.exit(0));

function open({ databaseUrl, exactUrl, encryptionKey, name }: KeeperSetup): TokenKeeper {
  const cipher = new TokenCipher({ currentKeyId: 'k1', keys: { k1: Buffer.from(encryptionKey, 'base64') } });
  return createTokenKeeper({
    store: new DrizzleTokenStore(connect(databaseUrl, { max: 2 }), cipher),
    transport: calledBy(name),
    baseUrl: exactUrl,
    clientId: DEMO_CLIENT.clientId,
    clientSecret: DEMO_CLIENT.clientSecret,
    now: () => new Date(nowMs),
    onReauthRequired: () => undefined,
    rereadMs,
  });
}

function calledBy(name: string): Transport {
  const transport = createHttpTransport();
  return (request) => transport({ ...request, headers: { ...request.headers, 'user-agent': name } });
}

async function answer(keeper: TokenKeeper, connectionId: string, { round, now }: KeeperAsk): Promise<void> {
  nowMs = now;
  process.send?.(await tokenOf(keeper, connectionId, round));
}

async function tokenOf(keeper: TokenKeeper, connectionId: string, round: number): Promise<KeeperAnswer> {
  try {
    return { round, token: await keeper.accessToken(connectionId), failure: null };
  } catch (error) {
    return { round, token: null, failure: error instanceof ExactError ? error.kind : String(error) };
  }
}
