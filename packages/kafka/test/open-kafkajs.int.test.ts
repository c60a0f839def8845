import { testKafka } from '@florin/testing';
import { expect } from 'chai';
import kafkajs from 'kafkajs';
import { openKafkajs } from '../src/index.ts';

describe('openKafkajs', () => {
  it('creates a client without a warning of Node', async () => {
    const warnings: string[] = [];
    const note = ({ name, message }: Error): void => void warnings.push(`${name}: ${message}`);
    process.on('warning', note);
    const admin = openKafkajs({ ...testKafka(), logLevel: kafkajs.logLevel.NOTHING }).admin();
    try {
      await admin.connect();
      await admin.describeCluster();
      // Node emits warnings in the next tick.
      await new Promise((resolve) => setImmediate(resolve));
      expect(warnings).to.deep.equal([]);
    } finally {
      await admin.disconnect();
      process.off('warning', note);
    }
  });
});
