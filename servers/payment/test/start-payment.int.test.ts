import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { eventually, failureOf } from '@florin/testing';
import { expect } from 'chai';
import { startPayment } from './start-payment.ts';

describe('startPayment', () => {
  it('closes what it has opened when the service cannot start', async () => {
    const taken = createServer().listen(0, '0.0.0.0');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const before = openHandles();
    expect(await failureOf(startPayment({ PAYMENT_PORT: String(port) }))).to.be.instanceOf(Error);
    await eventually(() => expect(openHandles()).to.deep.equal(before));
    taken.close();
  });
});

/** Sockets and servers, which keep a process running. */
function openHandles(): string[] {
  return process.getActiveResourcesInfo().filter((kind) => kind.startsWith('TCP'));
}
