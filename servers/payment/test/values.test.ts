import { valueFaults } from '@florin/testing';
import { expect } from 'chai';
import { readConfig } from '../src/config.ts';
import { createService } from '../src/service.ts';

describe('Kinds of values', () => {
  it('are spelled once: no endpoint has an id, an amount, a time or a text of its own', () => {
    const config = readConfig({ PAYMENT_DATABASE_URL: 'mysql://127.0.0.1/florin_payment', KAFKA_BROKERS: '127.0.0.1:9092' });
    const { endpoints } = createService(config);
    expect(endpoints).to.have.length.above(10);
    expect(valueFaults(endpoints)).to.deep.equal([]);
  });
});
