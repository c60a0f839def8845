import { Degraded, type HealthCheck } from '@florin/runtime';
import { failureOf } from '@florin/testing';
import { expect } from 'chai';
import sinon from 'sinon';
import { createReadinessChecks } from '../src/readiness-checks.ts';

const away = 'connect ECONNREFUSED';

/** Tells what a load balancer does with the instance. */
async function verdict(check: HealthCheck | undefined): Promise<string> {
  const failure = await failureOf((async () => check?.())());
  if (failure === 'no failure') return 'ok';
  return failure instanceof Degraded ? 'degraded' : 'unavailable';
}

describe('createReadinessChecks', () => {
  let clock: sinon.SinonFakeTimers;
  beforeEach(() => {
    clock = sinon.useFakeTimers({ toFake: ['performance'] });
    clock.tick(1_000);
  });
  afterEach(() => clock.restore());

  type State = {
    isKafkaAway: boolean;
    isOutside: boolean;
    hasStopped: boolean;
    lacksKey: boolean;
    drainedAt?: number;
    publishedAt?: number;
  };
  const checksOf = (state: State) => {
    const fail = (isFailing: boolean, text: string): void => {
      if (isFailing) throw new Error(text);
    };
    return createReadinessChecks({
      broker: { check: async () => fail(state.isKafkaAway, away) },
      consumer: {
        checkConsuming: () => fail(state.isOutside || state.hasStopped || state.lacksKey, 'not consuming'),
        check: () => {},
        hasStopped: () => state.hasStopped,
        lacksKey: () => state.lacksKey,
        paused: () => [],
      },
      backlog: { check: () => {}, drainedAt: () => state.drainedAt },
      hasSubscriptions: true,
      hasJoined: () => true,
      publishedAt: () => state.publishedAt,
    });
  };
  const fine = { isKafkaAway: false, isOutside: false, hasStopped: false, lacksKey: false };

  it('are degraded while Kafka is away for all instances, and their consumers with it', async () => {
    const { kafka, consumer } = checksOf({ ...fine, isKafkaAway: true, isOutside: true });
    for (let minutes = 0; minutes < 10; minutes++) {
      expect([await verdict(kafka), await verdict(consumer)]).to.deep.equal(['degraded', 'degraded']);
      clock.tick(60_000);
    }
  });

  it('are unavailable if this instance alone cannot reach Kafka', async () => {
    const state: State = { ...fine, isKafkaAway: true };
    const { kafka } = checksOf(state);
    expect(await verdict(kafka)).to.equal('degraded');
    clock.tick(1_000);
    state.drainedAt = performance.now();
    expect(await verdict(kafka)).to.equal('unavailable');
    // Its own relay published: only the check cannot connect.
    state.publishedAt = performance.now();
    expect(await verdict(kafka)).to.equal('degraded');
    state.isKafkaAway = false;
    expect(await verdict(kafka)).to.equal('ok');
  });

  it('are degraded while all consumers join again, and unavailable if this one does not get into its group', async () => {
    const state: State = { ...fine, isOutside: true };
    const { consumer } = checksOf(state);
    expect(await verdict(consumer)).to.equal('degraded');
    clock.tick(60_000);
    expect(await verdict(consumer)).to.equal('degraded');
    clock.tick(1);
    expect(await verdict(consumer)).to.equal('unavailable');
    state.isOutside = false;
    expect(await verdict(consumer)).to.equal('ok');
  });

  for (const fault of ['hasStopped', 'lacksKey'] as const)
    it(`are unavailable at once if the consumer ${fault === 'hasStopped' ? 'has ended' : 'lacks a key'}`, async () => {
      expect(await verdict(checksOf({ ...fine, [fault]: true })['consumer'])).to.equal('unavailable');
    });
});
