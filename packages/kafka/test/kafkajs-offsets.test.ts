import { expect } from 'chai';
import type { Admin } from 'kafkajs';
import { fetchBounds, fetchCommitted } from '../src/kafkajs-offsets.ts';

/** A broker with one partition, whose group has no coordinator for the first `failures` requests. */
function adminOf(type: string, failures: number): Admin {
  let left = failures;
  return {
    fetchTopicOffsets: () => Promise.resolve([{ partition: 0, offset: '9', low: '0', high: '9' }]),
    fetchOffsets: () =>
      left-- > 0
        ? Promise.reject(Object.assign(new Error(type), { type }))
        : Promise.resolve([{ topic: 'x.topic', partitions: [{ partition: 0, offset: '4', metadata: null }] }]),
  } as unknown as Admin;
}

const read = (admin: Admin) => fetchCommitted(admin, { prefix: 'x.', group: 'group', topics: ['topic'] });

describe('reading offsets by kafkajs', () => {
  for (const type of ['NOT_COORDINATOR_FOR_GROUP', 'GROUP_COORDINATOR_NOT_AVAILABLE', 'GROUP_LOAD_IN_PROGRESS'])
    it(`asks again after ${type}`, async () => {
      const [start] = await read(adminOf(type, 2));
      expect(start?.offset).to.equal('4');
    });

  it('reconnects after requests for all topics have ended', async () => {
    let [failures, underWay, slowAsked] = [10, 0, 0];
    // Longer than the pause before a retry, when the tenth one reconnects.
    const delayMs = (topic: string): number => (topic === 'x.slow' && ++slowAsked === 10 ? 300 : 0);
    const fetchTopicOffsets = async (topic: string) => {
      underWay++;
      await new Promise((resolve) => setTimeout(resolve, delayMs(topic)));
      underWay--;
      if (topic !== 'x.slow' && failures-- > 0) throw Object.assign(new Error('no leader'), { type: 'NOT_LEADER_FOR_PARTITION' });
      return [{ partition: 0, offset: '9', low: '0', high: '9' }];
    };
    const interrupted: number[] = [];
    const admin = {
      fetchTopicOffsets,
      disconnect: async () => void interrupted.push(underWay),
      connect: async () => {},
    } as unknown as Admin;
    const bounds = await fetchBounds(admin, 'x.', ['new', 'slow']);
    expect(bounds.map(({ topic }) => topic)).to.deep.equal(['new', 'slow']);
    expect(interrupted).to.deep.equal([0]);
  });

  for (const { title, reconnects, failures } of [
    { title: 'asks again if the old connection ends the new one', reconnects: 1, failures: ['closed'] },
    { title: 'throws if the connection keeps closing', reconnects: 1, failures: Array.from({ length: 6 }, () => 'closed') },
    { title: 'throws if the connection closes and was not opened again', reconnects: 0, failures: ['closed'] },
  ])
    it(title, async () => {
      const electing = Array.from({ length: reconnects * 10 }, () => ({ type: 'NOT_LEADER_FOR_PARTITION' }));
      const errors: object[] = [...electing, ...failures.map(() => ({ name: 'KafkaJSConnectionClosedError' }))];
      const admin = {
        fetchTopicOffsets: async () => {
          const error = errors.shift();
          if (error !== undefined) throw Object.assign(new Error('failed'), error);
          return [{ partition: 0, offset: '9', low: '0', high: '9' }];
        },
        disconnect: async () => {},
        connect: async () => {},
      } as unknown as Admin;
      const outcome = await fetchBounds(admin, 'x.', ['new']).then(
        (bounds) => bounds.length,
        (error: Error) => error.name,
      );
      expect(outcome).to.equal(title.startsWith('throws') ? 'KafkaJSConnectionClosedError' : 1);
    });

  it('throws any other error at once', async () => {
    const error = await read(adminOf('GROUP_AUTHORIZATION_FAILED', 1)).catch((reason: Error) => reason.message);
    expect(error).to.equal('GROUP_AUTHORIZATION_FAILED');
  });
});
