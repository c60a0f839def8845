import { readFileSync } from 'node:fs';
import { topics } from '@florin/events';
import { expect } from 'chai';
import { allRights, describeRights } from './kafka-rights.ts';

const page = readFileSync(new URL('../../docs/security/transport.md', import.meta.url), 'utf8');

describe('the rights on Kafka', () => {
  it('are those that docs/security/transport.md lists', async () => {
    const listed = [...page.matchAll(/^florin-.+ {2}(?:topic|group) .+$/gm)].map(([line]) => line);
    expect(listed).to.deep.equal(describeRights(await allRights('florin-')));
  });

  it('let one user publish to each topic', async () => {
    const rights = [...(await allRights(''))];
    for (const topic of topics) {
      const writers = rights.filter(([, granted]) =>
        granted.some(({ resource, name, operations }) => resource === 'topic' && name === topic && operations.includes('write')),
      );
      expect(writers, topic).to.have.length(1);
    }
  });
});
