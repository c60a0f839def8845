import { newId } from '@florin/database';
import { type EventType, makeEvent, type OutgoingEvent } from '@florin/events';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { cancelled, registered, requested } from './make-events.ts';
import { paymentFor, walletOfUser } from './read-ledger.ts';
import { type RunningPayment, startPayment } from './start-payment.ts';

function outgoing(event: { type: EventType; data: { userId: string } }): OutgoingEvent {
  const { topic, key } = makeEvent(event.type, { sequence: 1, data: event.data as never });
  return { topic, key, event: event as OutgoingEvent['event'] };
}

/** From topic to ledger and back to a topic, through Kafka. */
describe('the payment service', () => {
  let payment: RunningPayment;

  before(async () => {
    payment = await startPayment({ WALLET_OPENING_CREDIT_MINOR: '1000' });
  });
  after(() => payment.stop());

  it('is ready once it has keys, database and consumer', async () => {
    await eventually(async () => {
      const { status, body } = await payment.get('/health/ready');
      expect(body).to.deep.equal({
        status: 'ok',
        checks: { database: 'ok', keys: 'ok', sessions: 'ok', backlog: 'ok', kafka: 'ok', consumer: 'ok' },
      });
      expect(status).to.equal(200);
    });
  });

  it('opens a wallet, charges a purchase and refunds it, by event, and publishes the outcomes', async () => {
    const alice = newId();
    const request = requested({ userId: alice, totalMinor: 300 });
    await payment.publish(outgoing(registered(alice)));
    await eventually(() => walletOfUser(payment.db, alice));
    await payment.publish(outgoing(request), outgoing(request));
    await eventually(async () => {
      expect(await paymentFor(payment.db, request.data.purchaseId)).to.include({ status: 'charged', version: 1 });
    });
    expect((await payment.get('/v1/wallet', { id: alice })).body.data).to.include({ balanceMinor: 700 });
    await payment.publish(outgoing(cancelled(request.data)));
    await eventually(async () => {
      expect((await payment.get('/v1/wallet', { id: alice })).body.data).to.include({ balanceMinor: 1000, version: 3 });
      expect(await payment.db('outbox').select()).to.have.length(0);
    });
  });
});
