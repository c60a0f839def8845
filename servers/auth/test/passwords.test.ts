import { expect } from 'chai';
import { limitConcurrency } from '../src/credentials/limit-concurrency.ts';
import { createPasswords } from '../src/credentials/passwords.ts';

describe('passwords', () => {
  const passwords = createPasswords();

  it('are hashed with argon2id at 19 MiB, in two passes, with a salt', async () => {
    const [first, second] = await Promise.all([passwords.hash('correct horse'), passwords.hash('correct horse')]);
    expect(first).to.match(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).to.not.equal(second);
  });

  it('match their hash and no other', async () => {
    const hash = await passwords.hash('correct horse');
    expect(await passwords.matches('correct horse', hash)).to.equal(true);
    for (const wrong of ['Correct horse', 'correct horse ', '']) expect(await passwords.matches(wrong, hash)).to.equal(false);
  });

  it('match in any composition of the keyboard', async () => {
    const hash = await passwords.hash('zoe\u0308 zoe\u0308');
    expect(await passwords.matches('zo\u00eb zo\u00eb', hash)).to.equal(true);
  });

  it('match no account', async () => {
    expect(await passwords.matches('correct horse', undefined)).to.equal(false);
  });

  it('have outdated hashes when their cost rises', async () => {
    const hash = await passwords.hash('correct horse');
    const dearer = createPasswords(undefined, { memoryCost: 19_457, timeCost: 2, parallelism: 1 });
    const longer = createPasswords(undefined, { memoryCost: 19_456, timeCost: 3, parallelism: 1 });
    const cheaper = createPasswords(undefined, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    expect([passwords, dearer, longer, cheaper].map((one) => one.isOutdated(hash))).to.deep.equal([false, true, true, false]);
    expect(passwords.isOutdated('$2b$10$of-another-algorithm')).to.equal(true);
  });

  it('are rejected with 503 beyond the maximum of the queue', async () => {
    const few = createPasswords({ running: 1, waiting: 2 });
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => few.hash('correct horse')));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).to.have.length.greaterThan(0);
    for (const { reason } of refused) expect(reason).to.deep.include({ headers: { 'Retry-After': '5' } });
    expect(await few.matches('correct horse', await few.hash('correct horse'))).to.equal(true);
  });
});

describe('limitConcurrency', () => {
  it('limits the running tasks, starts the others in order, and continues after failures', async () => {
    const limited = limitConcurrency({ running: 3, waiting: 100 });
    const order: number[] = [];
    let running = 0;
    let most = 0;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        limited(async () => {
          most = Math.max(most, ++running);
          order.push(index);
          await new Promise(setImmediate);
          running--;
          if (index % 4 === 0) throw new Error('failed');
          return index;
        }),
      ),
    );
    expect(most).to.equal(3);
    expect(order).to.deep.equal([...order].sort((a, b) => a - b));
    expect(outcomes.filter(({ status }) => status === 'rejected')).to.have.length(5);
  });
});
