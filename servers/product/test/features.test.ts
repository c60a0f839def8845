import { type Feature, inspectService } from '@florin/service';
import { expect } from 'chai';
import { product } from '../src/features.ts';
import { eraseBuyers } from '../src/purchases/erase-buyers.ts';

describe('the features of product', () => {
  it('handle user-erased in purchases first, which locks what the others erase', () => {
    let features: readonly Feature[] = [];
    inspectService({
      ...product,
      features: (context) => {
        features = product.features(context);
        return features;
      },
    });
    const operations = features.flatMap(({ subscriptions = [] }) => subscriptions).filter(({ event }) => event === 'user-erased');
    expect(operations).to.have.length.above(1);
    expect(operations[0]?.handle).to.equal(eraseBuyers);
  });
});
