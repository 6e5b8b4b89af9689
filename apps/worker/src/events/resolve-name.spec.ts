import { createSocket, type Socket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import { NameUnresolved, resolveName } from './resolve-name.js';

const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) await new Promise<void>((closed) => socket.close(closed));
});

/** A server of DNS: what it answers to a question, or nothing. */
async function aServer(answer: (question: Buffer) => Buffer | undefined): Promise<string> {
  const socket = createSocket('udp4');
  sockets.push(socket);
  socket.on('message', (question, { port, address }) => {
    const said = answer(question);
    if (said) socket.send(said, port, address);
  });
  await new Promise<void>((bound) => socket.bind(0, '127.0.0.1', bound));
  return `127.0.0.1:${socket.address().port}`;
}

/** An answer with one address of IPv4, or none to a question for another kind (RFC 1035, 4.1). */
function withAddress(question: Buffer): Buffer {
  const nameEnd = question.indexOf(0, 12) + 1;
  const asked = question.subarray(12, nameEnd + 4);
  const isIpv4 = question.readUInt16BE(nameEnd) === 1;
  const header = Buffer.from([...question.subarray(0, 2), 0x81, 0x80, 0, 1, 0, isIpv4 ? 1 : 0, 0, 0, 0, 0]);
  const record = [0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 93, 184, 216, 34];
  return Buffer.concat([header, asked, Buffer.from(isIpv4 ? record : [])]);
}

const withoutName = (question: Buffer) => {
  const nothing = withAddress(question).subarray(0, question.indexOf(0, 12) + 5);
  nothing.writeUInt16BE(0x8183, 2);
  nothing.writeUInt16BE(0, 6);
  return nothing;
};

describe('a name of a receiver', () => {
  it('has the addresses that DNS gives', async () => {
    const server = await aServer(withAddress);
    expect(await resolveName('erp.example', [server])).toEqual([{ address: '93.184.216.34', family: 4 }]);
  });

  it('that DNS does not know leads nowhere', async () => {
    const server = await aServer(withoutName);
    await expect(resolveName('erp.example', [server])).rejects.toThrow(NameUnresolved);
  });

  it('whose servers are silent is given up, and holds up no other meanwhile', async () => {
    const silent = await aServer(() => undefined);
    const slow = Array.from({ length: 8 }, (_, at) => resolveName(`slow${at}.example`, [silent]));
    let isOver = false;
    const all = Promise.allSettled(slow).then((ends) => {
      isOver = true;
      return ends;
    });
    const server = await aServer(withAddress);
    expect(await resolveName('erp.example', [server])).toHaveLength(1);
    expect(isOver).toBe(false);
    for (const end of await all)
      expect(end).toMatchObject({ status: 'rejected', reason: { name: 'NameUnresolved' } });
  });

  it('localhost is this machine, whatever DNS says', async () => {
    const server = await aServer(withAddress);
    const addresses = await resolveName('erp.localhost.', [server]);
    expect(addresses.map(({ address }) => address)).toEqual(['127.0.0.1', '::1']);
  });
});
