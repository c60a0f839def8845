import { AppError } from '@florin/app-response';
import { expect } from 'chai';
import { createImportSlots } from '../src/product-import/import-slots.ts';

describe('the slots of imports', () => {
  const take = (slots: ReturnType<typeof createImportSlots>, userId: string) => {
    try {
      return slots.take(userId);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { status: error.status, retryAfter: error.headers?.['Retry-After'] };
    }
  };
  const full = { status: 503, retryAfter: '10' };
  const ofUser = { status: 429, retryAfter: '10' };

  it('leaves slots to others when one user has their maximum', () => {
    const slots = createImportSlots({ concurrency: 2, userConcurrency: 1 });
    expect(take(slots, 'alice')).to.be.a('function');
    expect(take(slots, 'alice')).to.deep.equal(ofUser);
    expect(take(slots, 'bob')).to.be.a('function');
    expect(take(slots, 'carol')).to.deep.equal(full);
    expect(take(slots, 'alice'), 'the own limit comes first').to.deep.equal(ofUser);
  });

  it('frees the slot of the import that ends', () => {
    const slots = createImportSlots({ concurrency: 3, userConcurrency: 2 });
    const [first, second] = [slots.take('alice'), slots.take('alice')];
    slots.take('bob');
    expect(take(slots, 'bob')).to.deep.equal(full);
    first();
    expect(take(slots, 'bob')).to.be.a('function');
    second();
    expect(take(slots, 'alice')).to.be.a('function');
  });
});
