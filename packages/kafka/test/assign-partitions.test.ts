import type { ClusterMetadata } from '@platformatic/kafka';
import { expect } from 'chai';
import { assignPartitions } from '../src/platformatic/assign-partitions.ts';

describe('the assignment of partitions', () => {
  const metadata = {
    topics: new Map([
      ['payments', { partitionsCount: 3 }],
      ['users', { partitionsCount: 4 }],
    ]),
  } as unknown as ClusterMetadata;
  const assign = (subscriptions: Record<string, string[]>) => {
    const members = new Map(
      Object.entries(subscriptions).map(([memberId, topics]) => [memberId, { memberId, version: 1, topics }]),
    );
    const assigned = assignPartitions('a', members, new Set(), metadata);
    return Object.fromEntries(
      assigned.map(({ memberId, assignments }) => [
        memberId,
        [...assignments.values()].flatMap(({ topic, partitions }) => partitions.map((partition) => `${topic}/${partition}`)),
      ]),
    );
  };

  it('gives each partition to one member, and all members alike', () => {
    expect(assign({ b: ['users', 'payments'], a: ['payments', 'users'] })).to.deep.equal({
      a: ['payments/0', 'payments/2', 'users/1', 'users/3'],
      b: ['payments/1', 'users/0', 'users/2'],
    });
  });

  it('gives a topic to the members only that subscribe to it, whichever member leads', () => {
    expect(assign({ a: ['payments'], b: ['payments', 'users'], c: [] })).to.deep.equal({
      a: ['payments/0', 'payments/2'],
      b: ['payments/1', 'users/0', 'users/1', 'users/2', 'users/3'],
      c: [],
    });
  });
});
